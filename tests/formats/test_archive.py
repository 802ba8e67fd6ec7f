from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats.archive import (
    MOST_EXPANDED,
    MOST_MEMBERS,
    Archive,
    Damaged,
    is_zip,
    paths_in,
    safe_path,
)
from amity.formats.records import Refused

INCOMPLETE = "This ZIP file is incomplete or damaged; download or copy it once more."
TOO_LARGE = "This ZIP file would unpack to far more than it should hold, so it was not opened."
NOISE = bytes((n * n * 31 + n // 7) % 251 for n in range(30_000))


def packed(files, method=zipfile.ZIP_DEFLATED):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as writing:
        for path, data in files.items():
            writing.writestr(path, data)
    return archive


def contents(file):
    archive = Archive(file)
    found = {}
    for member in archive.members:
        with archive.open(member) as stream:
            found[member.path] = stream.read()
    return found


def refusal_of(data):
    with pytest.raises(Refused) as refusal:
        Archive(io.BytesIO(data))
    return refusal.value.sentence


def test_members_are_read_as_streams_whatever_folder_they_lie_in():
    file = packed({"Export 2024/Connections.csv": b"one\ntwo\n", "Export 2024/deeper/notes.txt": b""})

    archive = Archive(file)
    with archive.open(archive.members[0]) as stream:
        lines = list(stream)

    assert [(m.path, m.name, m.size) for m in archive.members] == [
        ("Export 2024/Connections.csv", "Connections.csv", 8),
        ("Export 2024/deeper/notes.txt", "notes.txt", 0),
    ]
    assert lines == [b"one\n", b"two\n"]


def test_two_members_may_be_read_at_once():
    archive = Archive(packed({"a": b"1\n2\n", "b": b"3\n4\n"}))

    with archive.open(archive.members[0]) as first, archive.open(archive.members[1]) as second:
        pairs = list(zip(first, second, strict=True))

    assert pairs == [(b"1\n", b"3\n"), (b"2\n", b"4\n")]


def test_what_macos_adds_and_folders_are_no_members():
    file = packed(
        {"export/": b"", "__MACOSX/export/._a.csv": b"x", "export/._a.csv": b"x", "export/a.csv": b"y"}
    )

    assert contents(file) == {"export/a.csv": b"y"}


@pytest.mark.parametrize(
    ("spelled", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root/.ssh/key", "root/.ssh/key"),
        ("C:\\Windows\\..\\evil.csv", "Windows/evil.csv"),
        ("./a//b.csv", "a/b.csv"),
        ("..", ""),
    ],
)
def test_a_members_path_never_leads_outside(spelled, safe):
    assert safe_path(spelled) == safe


def test_the_first_bytes_name_the_first_members():
    head = packed({"folder/a.csv": b"x" * 100, "../b.csv": NOISE, "__MACOSX/c": b""}).getvalue()

    assert is_zip(head)
    assert list(paths_in(head)) == ["folder/a.csv", "b.csv"]
    assert list(paths_in(head[:20])) == []


def test_an_empty_zip_has_no_members():
    assert contents(packed({})) == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(10), b"nothing like it" * 10])
def test_what_is_no_whole_zip_is_refused(data):
    assert refusal_of(data) == INCOMPLETE


def test_half_a_zip_is_refused_wherever_it_was_cut():
    data = packed({"a.csv": NOISE, "b.csv": NOISE}).getvalue()

    sentences = {refusal_of(data[:length]) for length in range(0, len(data) - 1, 997)}

    assert sentences == {INCOMPLETE}


def test_a_zip_with_a_password_is_refused():
    data = bytearray(packed({"a.csv": b"secret"}).getvalue())
    directory = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, directory + 8, 1)

    assert refusal_of(bytes(data)).startswith("This ZIP file is locked with a password")


def test_a_member_packed_more_than_two_hundredfold_is_refused():
    assert refusal_of(packed({"a.csv": bytes(2 << 20)}).getvalue()) == TOO_LARGE


def test_a_small_member_may_be_packed_as_tightly_as_it_likes():
    assert contents(packed({"a.csv": bytes(1 << 19)})) == {"a.csv": bytes(1 << 19)}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_expands_a_block_at_once_is_not_read(method):
    archive = Archive(packed({"a": b"x" * 99}, method))

    with pytest.raises(Damaged) as problem, archive.open(archive.members[0]):
        pass

    assert problem.value.sentence.startswith("This file is packed in a way that is not read")


def test_a_zip_that_would_unpack_to_more_than_a_gibibyte_is_refused():
    data = bytearray(packed({"a": NOISE, "b": NOISE}).getvalue())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<LL", data, at + 20, MOST_EXPANDED // 100, MOST_EXPANDED // 2 + 1)
        at = data.find(b"PK\x01\x02", at + 4)

    assert refusal_of(bytes(data)) == TOO_LARGE


def test_a_zip_of_too_many_members_is_refused():
    data = packed({str(number): b"" for number in range(MOST_MEMBERS + 1)}).getvalue()

    assert refusal_of(data) == TOO_LARGE


def test_a_list_of_members_that_would_fill_the_memory_is_refused_unread():
    data = bytearray(packed({"a": b"x"}).getvalue())
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 1 << 30)

    assert refusal_of(bytes(data)) == TOO_LARGE


def test_a_member_that_says_less_than_it_holds_gives_no_more_than_it_said():
    data = bytearray(packed({"a": NOISE}).getvalue())
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 100)

    archive = Archive(io.BytesIO(bytes(data)))

    with pytest.raises(Damaged), archive.open(archive.members[0]) as stream:
        stream.read()


def test_a_damaged_member_says_so_and_the_next_is_read():
    data = bytearray(packed({"a": NOISE, "b": b"fine"}, zipfile.ZIP_STORED).getvalue())
    data[1000] ^= 0xFF
    archive = Archive(io.BytesIO(bytes(data)))

    with pytest.raises(Damaged), archive.open(archive.members[0]) as stream:
        stream.read()
    with archive.open(archive.members[1]) as stream:
        read = stream.read()

    assert read == b"fine"


@settings(deadline=None, max_examples=300)
@given(
    changes=st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 30),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
)
def test_damage_is_refused_or_reported_and_never_read_as_if_it_were_whole(changes, cut, method):
    files = {"a.csv": NOISE[:300], "b.csv": b"x"}
    data = bytearray(packed(files, method).getvalue())
    for at, byte in changes:
        data[at % len(data)] = byte

    try:
        found = contents(io.BytesIO(bytes(data[: len(data) - cut])))
    except (Refused, Damaged):
        found = {}

    assert set(found.values()) <= set(files.values())

from __future__ import annotations

import io
from pathlib import Path

import pytest

from amity.formats import eml
from amity.formats.mail_headers import LONGEST_HEADER
from amity.formats.records import Refused
from formats.mail_sample import FROM_LINE, a_mail
from formats_golden import assert_golden

GOLDEN = Path(__file__).parent / "eml"


def read(content):
    return list(eml.read(io.BytesIO(content)))


@pytest.mark.parametrize("name", ["encoded.eml", "robot.eml", "away.eml", "letter.eml", "cards.eml"])
def test_a_message_becomes_its_golden_record(name):
    assert_golden(GOLDEN / name, eml.read)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_line_ends_make_no_difference(line_end):
    content = a_mail(b"Cc: forged@loom.example\n").replace(b"\n", line_end)

    assert eml.recognise(content) is True
    assert read(content) == read(a_mail())


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\n", b"\n" * 50_000])
def test_what_comes_before_the_header_makes_no_difference(before):
    assert read(before + a_mail()) == read(a_mail())


def test_the_body_is_never_read():
    file = io.BytesIO(a_mail(b"x" * 10_000_000))

    (message,) = eml.read(file)

    assert (message.text, message.subject) == ("", "Looms")
    assert file.tell() < 100_000


def test_a_file_without_a_body_arrives():
    (message,) = read(a_mail(b"").rstrip())

    assert message.key == "one@loom.example"


def test_a_header_without_end_is_reported_and_not_read_to_its_end():
    file = io.BytesIO(a_mail(subject="x" * 10_000_000))

    (skipped,) = eml.read(file)

    assert skipped.why == "Its header is longer than 256 KiB."
    assert file.tell() < 2 * LONGEST_HEADER


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_message(content):
    assert read(content) == []


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        ("From: ada@loom.example\n".encode("utf-16"), "UTF-16 text"),
        (b"\0\1\2\3" * 90, "a binary file"),
        (b"PK\x03\x04", "a ZIP file"),
        (FROM_LINE + b"\n" + a_mail(), "a mailbox"),
        (b"Notes: nothing\n\nFrom: x\nDate: y\n", "text beginning with “Notes: nothing”"),
        (b"First Name,Last Name\nAda,Byron\n", "text beginning with “First Name,Last Name Ada,Byron”"),
    ],
)
def test_another_file_is_refused_in_a_sentence(content, seems):
    assert eml.recognise(content) is False
    with pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.sentence == (
        f"A mail message was expected, beginning with its header; this looks like {seems}."
    )

"""What nobody meant to send: wrong, broken, huge and odd files. Each says why; the rest arrives."""

import io
import os
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from amity.gatherings.models import Gathering
from amity.journal.models import Import, ImportState
from amity.moments.models import Moment
from amity.owner.actions import claim
from amity.people.models import Fact, Person, Photo
from amity.people.photo import face
from cast import a_picture, an_owner
from formats.mail_sample import a_mail
from sources.book import names, rows
from sources.samples import (
    ADA,
    BEN,
    CLEO,
    ME,
    a_card,
    a_card_with_photo,
    a_letter,
    a_meeting,
    bring_in,
    eml,
    ics,
    linkedin,
    mbox,
    vcf,
)


@pytest.fixture
def maya(db):
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    return owner


def a_bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", b"First Name,Last Name\n" + b"0" * 50_000_000)
    return path


def half(path):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def written(path, content):
    path.write_bytes(content)
    return path


def a_folder(path):
    path.mkdir()
    return path


def a_pipe(path):
    os.mkfifo(path)
    return path


REFUSED = {
    "export.zip": (
        lambda path: written(path, a_picture("teal")),
        "export.zip looks like a PNG picture; a LinkedIn export was expected.",
    ),
    "cards.vcf": (
        lambda path: written(path, b"Tea\nLooms\n"),
        "cards.vcf looks like plain text; a vCard file was expected.",
    ),
    "empty.ics": (
        lambda path: written(path, b""),
        "empty.ics looks like an empty file; a calendar file was expected.",
    ),
    "half.zip": (lambda path: half(linkedin(path, ["Ada Byron"])), "This ZIP file is incomplete or damaged"),
    "bomb.zip": (a_bomb, "This ZIP file"),
    "nothing": (a_folder, "There is nothing to read in the folder nothing."),
    "pipe": (a_pipe, "pipe is not a file."),
    "missing.mbox": (lambda path: path, "There is no file missing.mbox."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_what_it_says_is_refused_in_one_sentence_and_leaves_nothing(maya, tmp_path, name):
    write, sentence = REFUSED[name]
    before = rows(maya)

    run, report = bring_in(maya, write(tmp_path / name))

    (file,) = report.files
    assert file.refused.startswith(sentence)
    assert file.refused.count(". ") == 0
    assert (rows(maya), run.state, file.records) == (before, ImportState.FAILED, 0)


def test_beside_a_refused_file_the_others_arrive(maya, tmp_path):
    bad, good = (
        written(tmp_path / "bad.zip", b"PK\x03\x04nonsense"),
        vcf(tmp_path / "good", a_card("Ada", email=ADA)),
    )

    run, report = bring_in(maya, bad, good)

    assert [bool(file.refused) for file in report.files] == [True, False]
    assert (names(maya), run.state) == (["Ada"], ImportState.ARRIVED)


def test_a_folder_that_leads_back_to_itself_is_read_once(maya, tmp_path):
    folder = a_folder(tmp_path / "folder")
    vcf(folder / "cards", a_card("Ada", email=ADA))
    (folder / "round").symlink_to(folder)

    _, report = bring_in(maya, folder)

    assert len(report.files) == 1


def test_the_same_path_twice_is_one_file(maya, tmp_path):
    path = vcf(tmp_path / "cards", a_card("Ada", email=ADA))

    _, report = bring_in(maya, path, path)

    assert (len(report.files), report.people_new) == (1, 1)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: vcf(path, a_card("Ada", email=ADA), a_card("Ben", email=BEN)),
        lambda path: mbox(path, a_letter(1, ADA, ME), a_letter(2, BEN, ME)),
        lambda path: ics(path, *(a_meeting(f"{n}", "20200106", "20200107", ME, ADA) for n in range(3))),
    ],
)
def test_of_half_a_file_what_can_be_read_arrives(maya, tmp_path, write):
    _, report = bring_in(maya, half(write(tmp_path / "half")))

    assert (report.files[0].refused, report.files[0].records >= 1) == (None, True)
    assert names(maya) == ["Ada"] or names(maya) == ["Ada Byron"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_names_arrive_in_every_encoding(maya, tmp_path, encoding):
    card = a_card("Zoë Müller", email="zoe@loom.example").replace("\n", "\r\n")

    bring_in(maya, written(tmp_path / "cards", card.encode(encoding)))

    assert names(maya) == ["Zoë Müller"]


def test_blank_rows_are_reported_and_the_rest_arrives(maya, tmp_path):
    connections = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        ",,,,,,\nAda,Byron,https://www.linkedin.com/in/ada,,,,06 May 2024\n,,https://www.linkedin.com/in/x,,,,\n"
    )

    _, report = bring_in(maya, linkedin(tmp_path / "export", **{"Connections.csv": connections}))

    assert names(maya) == ["Ada Byron"]
    assert all(skipped["where"].startswith("Connections.csv line") for skipped in report.files[0].skipped)
    assert len(report.files[0].skipped) >= 1


def test_an_unknown_column_is_kept_as_a_fact(maya, tmp_path):
    columns = "Shoe Size,Last Name,First Name,URL,Connected On"
    connections = f"{columns}\n39,Byron,Ada,https://www.linkedin.com/in/ada,06 May 2024\n"

    bring_in(maya, linkedin(tmp_path / "export", **{"Connections.csv": connections}))

    assert list(Fact.objects.values_list("label", "text", "source")) == [("Shoe Size", "39", "linkedin")]


def test_a_meeting_without_end_is_expanded_so_far_and_no_further(maya, tmp_path):
    daily = a_meeting("a", "20200106T100000Z", "20200106T110000Z", ME, ADA, more="RRULE:FREQ=SECONDLY\n")

    _, report = bring_in(maya, ics(tmp_path / "cal", daily))

    assert 1 <= Gathering.objects.count() <= 2000
    assert len(report.files[0].skipped) == 1


def test_signs_no_database_holds_are_left_out(maya, tmp_path):
    card = a_card("Ada\x00 Byron", email=ADA, note="Tea\x00 and looms", uid="a\x00da")
    letter = a_mail(b"x", subject="Lo\x00oms", message_id="<a\x00b@x>")
    meeting = a_meeting(
        "u\x00id", "20200106", "20200107", ME, ADA, title="Cof\x00fee", more="DESCRIPTION:Te\x00a\n"
    )

    bring_in(
        maya,
        vcf(tmp_path / "c", card),
        eml(tmp_path / "l", letter),
        ics(tmp_path / "i", meeting),
        words="all",
    )

    told = [
        *names(maya),
        *Fact.objects.values_list("text", flat=True),
        *Moment.objects.values_list("key", flat=True),
    ]
    assert "\x00" not in "".join(told)
    assert len(Moment.objects.all()) == 2


def test_words_of_any_length_are_cut_to_what_a_row_holds(maya, tmp_path):
    long = "Looms " * 3000
    card = a_card(
        long, email=ADA, org=long, title=long, note=long, nickname=long, categories="x" * 5000, uid=long
    )
    other = a_card("Ben", email=BEN, categories="x" * 4999 + "y", uid=long + "other")
    meeting = a_meeting("u" * 3000, "20200106", "20200107", ME, ADA, title=long, more=f"LOCATION:{long}\n")
    letter = a_mail(message_id=f"<{'m' * 3000}@x>", subject=long)

    bring_in(
        maya, vcf(tmp_path / "c", card, other), ics(tmp_path / "i", meeting), eml(tmp_path / "e", letter)
    )

    assert (Person.objects.count(), Moment.objects.count()) == (2, 2)


def test_a_file_name_that_is_no_text_is_shown_as_far_as_it_is(maya, tmp_path):
    folder = a_folder(tmp_path / "folder")
    vcf(folder / "cards", a_card("Ada", email=ADA)).rename(folder / os.fsdecode(b"caf\xe9.vcf"))

    run, report = bring_in(maya, folder)

    assert report.files[0].path.endswith("/caf.vcf")
    assert Import.objects.get(pk=run.pk).report["files"][0]["records"] == 1


def a_png_of(width, height):
    """Write the head of a PNG that claims a size, and hardly any data."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


PICTURES = {
    "not a picture": b"Tea and looms",
    "a bomb": a_png_of(60_000, 60_000),
    "too many pixels": a_png_of(6_000, 6_000),
    "half a picture": a_picture("teal")[:200],
    "forty megabytes": a_picture("teal") + b"\0" * 40_000_000,
}


@pytest.mark.parametrize("what", PICTURES)
def test_a_face_that_cannot_be_opened_safely_is_left_out_and_the_card_arrives(maya, tmp_path, what):
    started = time.process_time()

    bring_in(maya, vcf(tmp_path / "cards", a_card_with_photo("Ada", PICTURES[what], email=ADA)))

    assert (names(maya), Photo.objects.count()) == (["Ada"], 0)
    assert time.process_time() - started < 20


@pytest.mark.parametrize("what", ["not a picture", "a bomb", "too many pixels", "half a picture"])
def test_whose_face_was_left_out_is_said_in_one_line_each(maya, tmp_path, what):
    cards = [
        a_card_with_photo("Ada Byron", PICTURES[what], email=ADA),
        a_card_with_photo("Cleo Marsh", a_picture("teal"), email=CLEO),
        a_card_with_photo("", PICTURES[what], email=BEN),
    ]

    _, report = bring_in(maya, vcf(tmp_path / "cards", *cards))

    why = "The picture of {} is left out: it is damaged, or has more than 16 million pixels."
    assert [(one["where"], one["why"], one["text"]) for one in report.files[0].skipped] == [
        ("line 1", why.format("Ada Byron"), "Ada Byron"),
        ("line 13", why.format(BEN), BEN),
    ]
    assert list(Photo.objects.values_list("person__name", flat=True)) == ["Cleo Marsh"]


def test_a_face_becomes_small_whatever_it_was():
    noise = io.BytesIO()
    Image.effect_noise((2000, 1500), 200).convert("RGB").save(noise, "JPEG", quality=95)

    small = face(noise.getvalue())

    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.size, picture.format, len(small) <= 36 * 1024) == ((256, 256), "JPEG", True)


@settings(max_examples=60)
@given(
    st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
    st.integers(0, 1000),
)
def test_no_broken_picture_stops_an_import(form, changes, cut):
    picture = bytearray(a_picture("teal", side=40, form=form))
    for place, value in changes:
        picture[place % len(picture)] = value

    small = face(bytes(picture[: len(picture) - cut % len(picture)]))

    assert small is None or small.startswith(b"\xff\xd8")


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_are_taken_for_a_face_unless_they_are_one(data):
    assert face(data) is None

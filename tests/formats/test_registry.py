"""Which format a file has: told by its content, and refused in one sentence that helps."""

from __future__ import annotations

import io
import zipfile

import pytest

from amity.formats.records import Refused
from amity.formats.registry import FORMATS, recognise, recognise_folder

READS = (
    "Amity reads a LinkedIn export, a vCard file, a mailbox (mbox), a mail message, a Maildir folder, "
    "a calendar file, a Monica export (JSON), a WhatsApp chat, a Google Contacts CSV, "
    "an Outlook CSV, a Thunderbird CSV or a table of people (CSV)."
)


def a_zip(*names, first_member=b""):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if first_member:
            archive.writestr("Articles/article.html", first_member)
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


def refusal(content, name):
    with pytest.raises(Refused) as refused:
        recognise(io.BytesIO(content), name)
    return refused.value.sentence


def test_the_list_of_formats_can_be_read():
    first = ["linkedin", "vcard", "mbox", "eml", "maildir", "ics"]
    assert [form.name for form in FORMATS] == [
        *first,
        "monica",
        "whatsapp",
        "google",
        "outlook",
        "thunderbird",
        "csv",
    ]


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a\x01\0", "a GIF picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC picture"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Office document or a saved Outlook message"),
        (a_zip("[Content_Types].xml", "word/document.xml"), "an Office document"),
        (a_zip("holiday/beach.jpg"), "a ZIP file with none of the files that Amity knows"),
        (a_zip(), "an empty ZIP file"),
        (b"!BDN\0\0", "an Outlook data file (PST)"),
        (b"<!DOCTYPE html>\n<title>Sign in</title>", "a web page"),
        (b'\xef\xbb\xbf\n<html lang="en">', "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
        (b'[{"name": "Ada"}]', "a JSON file"),
        (b'{\n  "name": [', "a JSON file"),
        (b"[[1.5, -2e3], []]", "a JSON file"),
        (b"[]", "a JSON file"),
        (b"[20/06/21 at two] Wei: Open?", "plain text"),
        (b"[20.06.21, two] Wei: Open?", "plain text"),
        (b"[ ] Mend the loom", "plain text"),
        (b"[Verse] The weir is high", "plain text"),
        (b"Dear diary, nobody called.", "plain text"),
        ("Liebes Tagebuch".encode("utf-16"), "plain text"),
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \r\n", "an empty file"),
        (b"\x01\x02\0\x03", "a binary file"),
        (b"\x01\x02\x03\x04\x05words", "a binary file"),
    ],
)
def test_what_cannot_be_read_is_named(content, looks):
    assert (
        refusal(content, "calendar.ics") == f"calendar.ics looks like {looks}; a calendar file was expected."
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Basic_LinkedInDataExport.zip", "a LinkedIn export was expected."),
        ("Connections.CSV", "a table of people (CSV) was expected."),
        ("friends.vcf", "a vCard file was expected."),
        ("All mail.mbox", "a mailbox (mbox) was expected."),
        ("letter.eml", "a mail message was expected."),
        ("notes.txt", READS),
        ("README", READS),
    ],
)
def test_a_refusal_says_what_the_name_promised(name, expected):
    assert refusal(b"Dear diary", name) == f"{name} looks like plain text; {expected}"


def test_half_a_zip_is_called_incomplete():
    sentence = refusal(a_zip("Connections.csv")[:-30], "export.zip")

    assert sentence == "This ZIP file is incomplete or damaged; download or copy it once more."


def test_a_linkedin_zip_is_known_behind_a_large_first_member():
    content = a_zip("Connections.csv", first_member=b"<p>" * 100_000)

    assert recognise(io.BytesIO(content), "export.zip").name == "linkedin"


def test_the_content_decides_and_not_the_name():
    content = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"

    assert recognise(io.BytesIO(content), "photo.jpg").name == "ics"


def test_a_recognised_file_is_left_at_its_beginning():
    file = io.BytesIO(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nEND:VCARD\r\n")
    file.read()

    recognise(file, "ada.vcf")

    assert file.tell() == 0


def test_a_folder_with_cur_and_new_is_a_maildir(tmp_path):
    (tmp_path / "cur").mkdir()
    (tmp_path / "new").mkdir()

    assert recognise_folder(tmp_path).name == "maildir"


def test_another_folder_is_refused(tmp_path):
    folder = tmp_path / "Photos"
    folder.mkdir()

    with pytest.raises(Refused) as refused:
        recognise_folder(folder)

    assert refused.value.sentence == "Photos is a folder, but not a Maildir: it has no folders cur and new."

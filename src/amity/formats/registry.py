"""The formats Amity reads, and which of them a file has: told by content, never by name."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from amity.formats import (
    any_csv,
    eml,
    google_csv,
    ics,
    linkedin,
    maildir,
    mbox,
    monica,
    outlook_csv,
    thunderbird_csv,
    vcard,
    whatsapp,
)
from amity.formats.archive import Archive, is_zip
from amity.formats.columns.fields import Column
from amity.formats.columns.proposal import propose
from amity.formats.columns.shape import Shape
from amity.formats.looks import looks_like, zip_looks_like
from amity.formats.records import Record, Refused

HEAD = 64 * 1024
# A Takeout's mailbox may have many gigabytes; what it may grow to beside its packed size stays bounded.
MOST_UNPACKED = 64 << 30


@dataclass(frozen=True)
class Format:
    """One kind of input: ``says`` is what it is in words.

    ``read`` takes a seekable binary file, or a path where ``folder`` is set. ``recognise`` is asked about a
    file's first 64 KiB. A ``dated`` reader also takes ``today=``, a ``named`` one what the file is called as
    ``name=``, one of a table ``hints=``; ``plan`` says what the columns of a table hold.
    """

    name: str
    says: str
    read: Callable[..., Iterator[Record]]
    recognise: Callable[[bytes], bool]
    folder: bool = False
    dated: bool = False
    named: bool = False
    plan: Callable[[Shape], dict[str, Column]] | None = None


def _never(_head: bytes) -> bool:
    """A folder is no file."""
    return False


_TOLD_BY_CONTENT: tuple[Format, ...] = (
    Format("linkedin", "a LinkedIn export", linkedin.read, linkedin.recognise),
    Format("vcard", "a vCard file", vcard.read, vcard.recognise),
    Format("mbox", "a mailbox (mbox)", mbox.read, mbox.recognise),
    Format("eml", "a mail message", eml.read, eml.recognise),
    Format("maildir", "a Maildir folder", maildir.read, _never, folder=True),
    Format("ics", "a calendar file", ics.read, ics.recognise, dated=True),
    Format("monica", "a Monica export (JSON)", monica.read, monica.recognise),
    Format("whatsapp", "a WhatsApp chat", whatsapp.read, whatsapp.recognise, named=True),
    Format("google", "a Google Contacts CSV", google_csv.read, google_csv.recognise, plan=google_csv.plan),
    Format("outlook", "an Outlook CSV", outlook_csv.read, outlook_csv.recognise, plan=outlook_csv.plan),
    Format(
        "thunderbird",
        "a Thunderbird CSV",
        thunderbird_csv.read,
        thunderbird_csv.recognise,
        plan=thunderbird_csv.plan,
    ),
)


def _is_any_table(head: bytes) -> bool:
    """Nearly every text can be taken for a table, so all others are asked first."""
    return not any(form.recognise(head) for form in _TOLD_BY_CONTENT) and any_csv.recognise(head)


FORMATS: tuple[Format, ...] = (
    *_TOLD_BY_CONTENT,
    Format("csv", "a table of people (CSV)", any_csv.read, _is_any_table, plan=propose),
)
# What the end of a file's name promises; only the sentence of a refusal uses it.
_PROMISES = {
    ".zip": "linkedin",
    ".csv": "csv",
    ".json": "monica",
    ".vcf": "vcard",
    ".vcard": "vcard",
    ".mbox": "mbox",
    ".eml": "eml",
    ".ics": "ics",
    ".ical": "ics",
}


def recognise(file: BinaryIO, name: str) -> Format:
    """Return the first format of the list that a seekable file has; ``name`` serves only the refusal.

    Only the first 64 KiB are looked at, and of a ZIP its list of members. The file is left
    at its beginning. Raises Refused with a sentence saying what the content looks like.
    """
    file.seek(0)
    head = file.read(HEAD)
    looks = looks_like(head)
    if is_zip(head):
        # Archive refuses a ZIP that is damaged, locked or a bomb with its own sentence.
        names = [member.path for member in Archive(file).members]
        head, looks = _directory(names), zip_looks_like(names)
    file.seek(0)
    if form := told_by(head):
        return form
    if monica.is_sql(head):
        raise Refused(f"{name} is Monica's SQL export; in Monica's settings choose the JSON export instead.")
    raise Refused(_refusal(looks, name))


def told_by(head: bytes) -> Format | None:
    """Return the format a file has by its first 64 KiB, None where it is none that Amity reads."""
    return next((form for form in FORMATS if form.recognise(head)), None)


def is_bundle(file: BinaryIO) -> bool:
    """Tell whether a file is a ZIP that no single reader takes whole; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not is_zip(head):
        return False
    names = [member.path for member in Archive(file, most=MOST_UNPACKED).members]
    file.seek(0)
    return told_by(_directory(names)) is None


def recognise_folder(folder: Path) -> Format:
    """Return the format a folder has. Raises Refused when it is none that Amity reads."""
    if maildir.recognise_folder(folder):
        return next(form for form in FORMATS if form.name == "maildir")
    raise Refused(f"{folder.name} is a folder, but not a Maildir: it has no folders cur and new.")


def _directory(names: list[str]) -> bytes:
    """Spell the names of a ZIP's members as the heads of files in it (APPNOTE 4.3.7).

    So a reader that knows a ZIP by the names in its first bytes is told all of them,
    even those behind a large first member.
    """
    encoded = [name.encode()[:0xFFFF] for name in names]
    return b"".join(b"PK\x03\x04" + struct.pack("<22xHH", len(name), 0) + name for name in encoded)


def _refusal(looks: str, name: str) -> str:
    promised = _PROMISES.get(Path(name).suffix.lower())
    if promised:
        expected = next(form.says for form in FORMATS if form.name == promised)
        return f"{name} looks like {looks}; {expected} was expected."
    *others, last = (form.says for form in FORMATS)
    return f"{name} looks like {looks}; Amity reads {', '.join(others)} or {last}."

"""From paths to staged records: find the files, recognise each by its content, read it once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from amity.formats import maildir, registry, whatsapp
from amity.formats.columns.fields import Hints
from amity.formats.records import (
    Contact,
    Event,
    Happening,
    Link,
    Message,
    Promise,
    Record,
    Refused,
    Skipped,
)
from amity.people.actions import clipped
from amity.people.photo import MOST_PIXELS, face
from amity.sources import staging
from amity.sources.keys import storable
from amity.sources.report import FileReport
from amity.sources.tally import Tally
from amity.storage.folded import fold

Progress = Callable[[int], None]
TOLD_EVERY = 500
NO_FACE = "The picture of {name} is left out: it is damaged, or has more than {pixels} million pixels."
WHATSAPP_INSIDE = "_chat.txt"  # what iOS calls every chat in the ZIP that bears its name
# Who the owner is has to be known before their mail is read; people come before what happened with them.
_TURNS = ("linkedin", "monica", "vcard", "google", "outlook", "thunderbird", "csv", "ics")


@dataclass
class Staged:
    """What reading one file left: its report and its tally."""

    report: FileReport
    tally: Tally = field(default_factory=Tally)


def files_in(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Give every file to read, in order: a folder is walked, a Maildir is one source.

    Links to folders inside a folder are left alone, because they may lead in a circle.
    """
    for path in map(Path, paths):
        if not path.is_dir() or maildir.recognise_folder(path):
            yield path
        elif inside := _inside(path):
            yield from files_in(inside)
        else:
            yield path  # nothing in it, which its report will say


def _inside(folder: Path) -> list[Path]:
    try:
        children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    except OSError:
        return []
    return [child for child in children if not (child.is_symlink() and child.is_dir())]


def in_turn(files: list[Path]) -> list[Path]:
    """Order files so that each is read after those that say something it needs."""
    return sorted(files, key=_turn)


def _turn(path: Path) -> int:
    if not path.is_file():  # a pipe would wait for ever
        return len(_TURNS)
    try:
        with path.open("rb") as file:
            name = registry.recognise(file, path.name).name
    except (Refused, OSError):
        return len(_TURNS)
    return _TURNS.index(name) if name in _TURNS else len(_TURNS)


def names_in_chat(path: Path) -> set[str]:
    """Give the folded names of all who write in a chat; none of any other file."""
    if not path.is_file():
        return set()
    try:
        with path.open("rb") as file:
            found = registry.recognise(file, path.name).name == "whatsapp"
            return {fold(name) for name in whatsapp.parties(file)} if found else set()
    except (Refused, OSError):
        return set()


def stage(
    path: Path, out: BinaryIO, tell: Progress, *, today: date, hints: Callable[[BinaryIO], Hints]
) -> Staged:
    """Read one file into the staging file; a refused file leaves nothing there."""
    staged = Staged(FileReport(storable(str(path))))
    start = out.tell()
    try:
        _stage(_records(path, staged.report, today, hints), out, staged, tell)
    except (Refused, OSError) as error:
        sentence = error.sentence if isinstance(error, Refused) else _trouble(path, error)
        return refuse(staged, storable(sentence), out, start)
    return staged


def refuse(staged: Staged, sentence: str, out: BinaryIO, start: int) -> Staged:
    """Take back what was staged since `start` and say why."""
    out.seek(start)
    out.truncate()
    return Staged(FileReport(staged.report.path, staged.report.format, refused=sentence))


def _trouble(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {path.name}."
    return f"{path.name} could not be opened: {(error.strerror or 'unreadable').lower()}."


def _stage(records: Iterator[tuple[str, Record]], out: BinaryIO, staged: Staged, tell: Progress) -> None:
    for count, (source, record) in enumerate(records, start=1):
        if isinstance(record, Skipped):
            staged.report.skip(storable(record.where), storable(record.why), storable(record.text))
            continue
        staged.tally.add(record)
        if isinstance(record, Contact) and record.photo:
            record = _with_a_face(record, staged.report)  # noqa: PLW2901  (the same contact)
        if isinstance(record, Contact | Link | Message | Event | Happening | Promise):
            staged.report.records += 1
            staging.write(out, source, record)
        if count % TOLD_EVERY == 0:
            tell(count)


def _with_a_face(contact: Contact, report: FileReport) -> Contact:
    """Make a face of somebody's picture, once and for all; the report says whose cannot be one."""
    jpeg = face(contact.photo or b"")
    if jpeg is None:
        name = clipped(contact.name or next((way.value for way in contact.ways), "somebody"), 80)
        why = NO_FACE.format(name=name, pixels=MOST_PIXELS // 1_000_000)
        report.skip(storable(contact.where), storable(why), name)
    return replace(contact, photo=jpeg)


def _records(
    path: Path, report: FileReport, today: date, hints: Callable[[BinaryIO], Hints]
) -> Iterator[tuple[str, Record]]:
    if maildir.recognise_folder(path):
        report.format = "maildir"
        for record in maildir.read(path):
            yield report.format, record
        return
    if path.is_dir():
        raise Refused(f"There is nothing to read in the folder {path.name}.")
    if path.exists() and not path.is_file():
        raise Refused(f"{path.name} is not a file.")
    with path.open("rb") as file:
        known = registry.recognise(file, path.name)
        report.format = known.name
        beside: dict[str, Any] = {"today": today} if known.dated else {}
        if known.named:
            beside["name"] = path.parent.name if path.name == WHATSAPP_INSIDE else path.name
        if known.plan:
            beside["hints"] = hints(file)
        file.seek(0)
        for record in known.read(file, **beside):
            yield known.name, record


def fingerprint(paths: Iterable[Path]) -> str:
    """Give one hash over the content of all files, whatever they are called."""
    return hashlib.sha256("".join(sorted(map(_digest, paths))).encode()).hexdigest()


def _digest(path: Path) -> str:
    if path.is_dir():
        mails = (mail for part in ("cur", "new") for mail in path.glob(f"**/{part}/*"))
        names = "\n".join(sorted(mail.relative_to(path).as_posix() for mail in mails))
        return hashlib.sha256(names.encode(errors="replace")).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

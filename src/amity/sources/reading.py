"""From paths to staged records: find the files, recognise each by its content, read it once."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from amity.formats import maildir, registry
from amity.formats.identities import normal_email
from amity.formats.records import Contact, Event, Message, OwnerHint, Record, Refused, Robot, Skipped
from amity.sources import staging
from amity.sources.report import FileReport

Progress = Callable[[int], None]
MAIL = {"mbox", "eml", "maildir"}
TOLD_EVERY = 500
# Chunks of a file that make its fingerprint: two exports that agree in all of it are one file.
_CHUNK = 1 << 20


@dataclass
class Tally:
    """Who occurs in a file's mail and events, from which the owner can be told when they did not say."""

    records: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    hints: list[OwnerHint] = field(default_factory=list)
    robots: set[str] = field(default_factory=set)
    personal: int = 0
    invited: int = 0

    def add(self, record: Record) -> None:
        """Count one record."""
        if isinstance(record, OwnerHint):
            self.hints.append(record)
        elif isinstance(record, Robot):
            self.robots.add(record.party.email or record.party.name)
        elif isinstance(record, Message):
            self._add_message(record)
        elif isinstance(record, Event) and record.guests:
            self.invited += 1
            self.seen.update({normal_email(guest.party.email) for guest in record.guests})

    def _add_message(self, message: Message) -> None:
        if message.automatic:
            self.robots.add(message.sender.email or message.sender.name or message.automatic)
            return
        if message.kind != "mail":
            return
        self.personal += 1
        sender = normal_email(message.sender.email)
        if message.sent_by_owner:
            self.sent[sender] += 1
        self.seen.update({sender, *(normal_email(party.email) for party in message.recipients)})


@dataclass
class Staged:
    """What reading one file left: its report and its tally."""

    report: FileReport
    tally: Tally


def files_in(paths: list[str]) -> Iterator[Path]:
    """Give every file to read, in order: a folder is walked, a Maildir is one source."""
    for name in paths:
        path = Path(name)
        if path.is_dir() and not maildir.recognise_folder(path):
            inside = sorted(child for child in path.iterdir() if not child.name.startswith("."))
            yield from files_in([str(child) for child in inside])
        else:
            yield path


def stage(path: Path, out: BinaryIO, tell: Progress) -> Staged:
    """Read one file into the staging file; a refused file leaves nothing there."""
    staged = Staged(FileReport(str(path)), Tally())
    start = out.tell()
    try:
        _stage(path, out, staged, tell)
    except (Refused, OSError) as error:
        out.seek(start)
        out.truncate()
        sentence = error.sentence if isinstance(error, Refused) else _trouble(path, error)
        staged = Staged(FileReport(str(path), staged.report.format, refused=sentence), Tally())
    return staged


def _trouble(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {path.name}."
    return f"{path.name} could not be opened: {(error.strerror or 'unreadable').lower()}."


def _stage(path: Path, out: BinaryIO, staged: Staged, tell: Progress) -> None:
    for source, record in _records(path, staged.report):
        if isinstance(record, Skipped):
            staged.report.skip(record.where, record.why, record.text)
            continue
        staged.tally.add(record)
        staged.tally.records += 1
        if isinstance(record, Contact | Message | Event):
            staged.report.records += 1
        if not isinstance(record, Robot | OwnerHint):
            staging.write(out, source, record)
        if staged.tally.records % TOLD_EVERY == 0:
            tell(staged.tally.records)


def _records(path: Path, report: FileReport) -> Iterator[tuple[str, Record]]:
    if path.is_dir():
        report.format = "maildir"
        for record in maildir.read(path):
            yield report.format, record
        return
    with path.open("rb") as file:
        known = registry.recognise(file, path.name)
        report.format = known.name
        file.seek(0)
        for record in known.read(file):
            yield known.name, record


def tellers_first(files: list[Path]) -> list[Path]:
    """Order files so that those which say who the owner is come before mail, which has to know."""
    return sorted(files, key=lambda path: path.is_dir() or _looks_like_mail(path))


def _looks_like_mail(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return registry.recognise(file, path.name).name in MAIL
    except (Refused, OSError):
        return False


def fingerprint(paths: list[Path]) -> str:
    """Give one hash over the content of all files, whatever they are called."""
    digests = sorted(_digest(path) for path in paths if path.exists())
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _digest(path: Path) -> str:
    if path.is_dir():
        names = "\n".join(sorted(child.name for part in ("cur", "new") for child in (path / part).glob("*")))
        return hashlib.sha256(names.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(io.BufferedReader(file, _CHUNK), "sha256").hexdigest()  # type: ignore[arg-type]

"""The CSV files of an export: which is which, told by the columns each one has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from amity.formats.archive import Archive, Damaged, Member, is_zip, paths_in
from amity.formats.linkedin.words import repaired
from amity.formats.records import Refused, Skipped
from amity.formats.tabular import HEAD, Columns, Row, columns_in, fold_column, looks_like, table

# Family: the usual name of its file, and the columns without which it cannot be read.
_FAMILIES: dict[str, tuple[str, str]] = {
    "connections": ("Connections.csv", "first name,last name,connected on"),
    "messages": ("messages.csv", "conversation id,from,date,content"),
    "invitations": ("Invitations.csv", "from,to,sent at,direction"),
    "profile": ("Profile.csv", "first name,last name,maiden name,headline"),
    "emails": ("Email Addresses.csv", "email address,confirmed,primary"),
    "phones": ("PhoneNumbers.csv", "number,extension,type"),
    "whatsapp": ("Whatsapp Phone Numbers.csv", "number,extension,is whatsapp number"),
    "positions": ("Positions.csv", "company name,title,started on"),
    "education": ("Education.csv", "school name,degree name"),
    "recommendations received": (
        "Recommendations_Received.csv",
        "first name,last name,text,creation date,status",
    ),
    "recommendations given": (
        "Recommendations_Given.csv",
        "first name,last name,text,creation date,status",
    ),
    "endorsements received": (
        "Endorsement_Received_Info.csv",
        "skill name,endorser first name,endorser last name",
    ),
    "endorsements given": (
        "Endorsement_Given_Info.csv",
        "skill name,endorsee first name,endorsee last name",
    ),
    "events": ("Events.csv", "event name,event time,status"),
}
_NEEDS: dict[str, Columns] = {family: frozenset(needs.split(",")) for family, (_, needs) in _FAMILIES.items()}
# A list of phone numbers by itself is anybody's, and must not be taken for the owner's own numbers.
_NEEDS_ALONE = {family: needs for family, needs in _NEEDS.items() if family != "phones"}
_BY_NAME = {fold_column(name): family for family, (name, _) in _FAMILIES.items()}
_MACHINES = ("guide messages", "learning role play messages", "learning coach messages")
# Names that no other export uses; "Profile.csv" or "Events.csv" alone would say little about a ZIP.
_TELLING = {
    *(fold_column(name) for name, _ in _FAMILIES.values() if name not in {"Profile.csv", "Events.csv"}),
    *(f"{name}.csv" for name in _MACHINES),
    *("ad targeting.csv", "company follows.csv", "rich media.csv", "registration.csv"),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    family: str
    open: Callable[[], AbstractContextManager[BinaryIO]]


def recognise(head: bytes) -> bool:
    """Tell from a file's first 64 KiB whether it is a LinkedIn ZIP or one of its CSV files."""
    if is_zip(head):
        return any(fold_column(path.rpartition("/")[2]) in _TELLING for path in paths_in(head))
    return columns_in(head, _NEEDS_ALONE.values()) is not None


class Export:
    """The readable sheets of one export; ``unreadable`` reports those that are not what they are called."""

    def __init__(self, file: BinaryIO) -> None:
        self.unreadable: list[Skipped] = []
        head = _head(file)
        self._sheets = list(self._in_zip(Archive(file)) if is_zip(head) else _alone(file, head))

    def rows(self, *families: str) -> Iterator[Row | Skipped]:
        """Yield the rows of these families' sheets, mojibake repaired; may be asked again."""
        for sheet in self._sheets:
            if sheet.family in families:
                yield from _rows(sheet)

    def good_rows(self, *families: str) -> Iterator[Row]:
        """Yield only what could be read, for a first reading whose problems the second reports."""
        return (row for row in self.rows(*families) if isinstance(row, Row))

    def _in_zip(self, archive: Archive) -> Iterator[_Sheet]:
        tables = [m for m in archive.members if m.name.casefold().endswith(".csv") and not _is_machine(m)]
        if not any(fold_column(member.name) in _TELLING | set(_BY_NAME) for member in tables):
            raise Refused("This ZIP file holds none of the files of a LinkedIn export (Connections.csv …).")
        for member in tables:
            family = self._family(archive, member)
            if family:
                yield _Sheet(member.name, family, partial(archive.open, member))

    def _family(self, archive: Archive, member: Member) -> str:
        """Give a member's family, or '' after reporting one that its name promised."""
        promised = _BY_NAME.get(fold_column(member.name), "")
        try:
            with archive.open(member) as stream:
                head = stream.read(HEAD)
        except Damaged as damage:
            if promised:
                self.unreadable.append(Skipped(member.name, damage.sentence))
            return ""
        if promised and columns_in(head, [_NEEDS[promised]]):
            return promised
        if promised and head.strip():
            why = f"This looks like {looks_like(head)}; it lacks the columns {_FAMILIES[promised][1]}."
            self.unreadable.append(Skipped(member.name, why, head[:80].decode("utf-8", "replace")))
        return "" if promised else _family_of(head, _NEEDS)


def _alone(file: BinaryIO, head: bytes) -> Iterator[_Sheet]:
    """Read one CSV file by itself; an empty file is an export without a sheet."""
    family = _family_of(head, _NEEDS_ALONE)
    if family:
        yield _Sheet(_FAMILIES[family][0], family, partial(_from_start, file))
    elif head.strip():
        raise Refused(f"This looks like {looks_like(head)}, not a LinkedIn ZIP or one of its CSV files.")


def _from_start(file: BinaryIO) -> AbstractContextManager[BinaryIO]:
    file.seek(0)
    return nullcontext(file)


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(HEAD)


def _family_of(head: bytes, choices: dict[str, Columns]) -> str:
    columns = columns_in(head, choices.values())
    return next((family for family, needs in choices.items() if needs == columns), "")


def _is_machine(member: Member) -> bool:
    return fold_column(member.name).startswith(_MACHINES)


def _rows(sheet: _Sheet) -> Iterator[Row | Skipped]:
    try:
        with sheet.open() as stream:
            for row in table(stream, sheet.name, _NEEDS[sheet.family]):
                yield row if isinstance(row, Skipped) else _repaired(row)
    except Damaged as damage:
        yield Skipped(sheet.name, damage.sentence)


def _repaired(row: Row) -> Row:
    if all(text.isascii() for text in row.cells.values()):
        return row
    return replace(row, cells={column: repaired(text) for column, text in row.cells.items()})

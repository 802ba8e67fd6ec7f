"""Attendee lists as event platforms export them, or as somebody pastes them: who is to be there.

Luma, Eventbrite and Meetup write a table whose header says what each column is; anything else is read line
by line, one name to a line, with or without an address. Neither is a standard: the columns were taken from
the platforms' own exports, and a table that names nobody is refused in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from amity.formats.encodings import text_lines
from amity.formats.records import AttendeeAnswer, Refused, Skipped
from amity.formats.tabular import HEAD, Columns, Row, columns_in, looks_like, table

LARGEST = 5 * 1024 * 1024
LONGEST_NAME_WORDS = 6

# The first set that one line names says how the table is read; the narrow ones come last.
HEADERS: tuple[Columns, ...] = (
    frozenset({"attendee first name", "attendee surname"}),
    frozenset({"first name", "last name"}),
    frozenset({"first name", "surname"}),
    frozenset({"attendee name"}),
    frozenset({"full name"}),
    frozenset({"name"}),
    frozenset({"email"}),
)
_WHOLE = ("attendee name", "full name", "name")
_FIRST, _LAST = ("attendee first name", "first name"), ("attendee surname", "last name", "surname")
_EMAIL = ("attendee email", "email", "email address", "e-mail")
_WORK = (("job title", "title", "role"), ("company", "organization", "organisation", "employer"))
_LINK = ("linkedin", "linkedin url", "linkedin profile", "what is your linkedin profile?", "profile url")
_ANSWER = ("approval status", "attendee status", "rsvp", "status")
_NO = frozenset(
    {"no", "declined", "not going", "not attending", "deleted", "refunded", "cancelled", "canceled"}
)
_MAYBE = frozenset({"maybe", "invited", "waitlist", "waitlisted", "pending", "pending approval"})
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]]{1,64}@[^\s@<>\"(),:;\[\]]{1,190}\.[^\s@<>\"(),:;\[\].]{2,24}")
_BULLET = re.compile(r"^\s*(?:[-*•\u2013]|\d{1,4}[.)])\s+")
_NOT_IN_NAMES = frozenset(",;\t{}[]=/\\<>")
_TEXTS = ("a table", "some other text", "an empty file")
_CELLS = re.compile(r"\t|,\s|;\s?|\s[\u2013\u2014|]\s")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on a list: a name or an address at least. ``about`` is what they do and where, as it says."""

    where: str
    name: str
    email: str = ""
    url: str = ""
    about: str = ""
    answer: AttendeeAnswer = "unknown"


def read(file: BinaryIO, name: str = "the list") -> Iterator[Attendee | Skipped]:
    """Read a list from a binary file that can seek; an empty one gives nothing.

    Raises:
        Refused: for more than 5 MB, or a text in which nobody is named.
    """
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"{name} is larger than 5 MB; an attendee list is not.")
    if not looks_like(data).startswith(_TEXTS):
        raise Refused(f"{name} names nobody: it looks like {looks_like(data)}.")
    needs = columns_in(data[:HEAD], HEADERS)
    return _unless_nobody(_from_table(data, name, needs) if needs else _from_lines(data, name), data, name)


def _unless_nobody(
    found: Iterator[Attendee | Skipped], data: bytes, name: str
) -> Iterator[Attendee | Skipped]:
    """Pass records on once somebody is among them."""
    waiting: list[Attendee | Skipped] = []
    for record in found:
        waiting.append(record)
        if isinstance(record, Attendee):
            yield from waiting
            yield from found
            return
    if waiting:
        wanted = "A list has a column Name or Email, or a name on each line."
        raise Refused(f"{name} names nobody: it looks like {looks_like(data)}. {wanted}")


def _from_table(data: bytes, name: str, needs: Columns) -> Iterator[Attendee | Skipped]:
    for row in table(BytesIO(data), name, needs):
        yield row if isinstance(row, Skipped) else _from_row(row)


def _from_row(row: Row) -> Attendee | Skipped:
    whole = _first_of(row, _WHOLE) or f"{_first_of(row, _FIRST)} {_first_of(row, _LAST)}".strip()
    email = _first_of(row, _EMAIL)
    if not whole and not email:
        return row.skipped("The row has neither a name nor an address.")
    work = ", ".join(part for part in (_first_of(row, names) for names in _WORK) if part)
    return Attendee(row.where, whole, email, _first_of(row, _LINK), work, _answer(_first_of(row, _ANSWER)))


def _first_of(row: Row, columns: tuple[str, ...]) -> str:
    return next((row[column] for column in columns if row[column]), "")


def _answer(text: str) -> AttendeeAnswer:
    word = text.replace("_", " ").casefold()
    if word in _NO:
        return "no"
    if word in _MAYBE:
        return "maybe"
    return "yes" if word else "unknown"


def _from_lines(data: bytes, name: str) -> Iterator[Attendee | Skipped]:
    for number, line in text_lines(BytesIO(data)):
        text = _BULLET.sub("", line.strip())
        if text and frozenset({text.strip('"').casefold()}) not in HEADERS:
            where = f"{name} line {number}"
            yield _from_line(where, text) or Skipped(where, "The line does not read like a name.", text)


def _from_line(where: str, text: str) -> Attendee | None:
    """Read ``Ada Byron <ada@loom.example>``, ``Ada Byron, Weaver, Loom House`` or a bare name.

    A comma without a space after it is a machine's: without an address such a line names nobody.
    """
    address = _ADDRESS.search(text)
    email = address[0] if address else ""
    rest = text.replace(email, " ") if email else text
    cells = [cell for cell in (cell.strip(" \t\"'<>(),;") for cell in _CELLS.split(rest)) if cell]
    who = cells[0] if cells else ""
    if not _reads_like_a_name(who):
        return Attendee(where, "", email) if email else None
    return Attendee(where, who, email, "", ", ".join(cells[1:]))


def _reads_like_a_name(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return (
        len(text.split()) <= LONGEST_NAME_WORDS and letters * 2 > len(text) and not _NOT_IN_NAMES & set(text)
    )

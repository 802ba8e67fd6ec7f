"""Content lines and components of iCalendar, one at a time (RFC 5545, 3.1 and 3.6).

Only the properties Amity reads are kept, each cut at LONGEST_PROPERTY characters and each
component at MOST_PROPERTIES lines, so an attached film or a made-up guest list of a million
cannot fill the memory. Lines are joined as bytes (held one byte to a character) and decoded
afterwards, because a fold may fall inside a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from amity.formats.encodings import decode, raw_lines

LONGEST_PROPERTY = 16_384
MOST_PROPERTIES = 5_000
DEEPEST = 20

_CALENDAR_PROPERTIES = frozenset({"X-WR-CALNAME", "X-OWNER", "X-WR-RELCALID", "X-WR-TIMEZONE"})
LINK_PROPERTIES = ("URL", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE")
_TIME_PROPERTIES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_WORD_PROPERTIES = (
    "UID",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "ATTENDEE",
    "ORGANIZER",
)
_EVENT_PROPERTIES = frozenset(_TIME_PROPERTIES + _WORD_PROPERTIES + LINK_PROPERTIES)

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*((?:"[^"]*"|[^";:])*)')
_ESCAPED = re.compile(r"\\([nN\\;,:\"])")
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: its name in capitals, its value as written, its parameters."""

    name: str
    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        r"""The value with ``\n``, ``\,`` and their like resolved (RFC 5545, 3.3.11)."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Component:
    """The lines of one component: an event, a time zone, or a single line of the calendar itself.

    ``calendar`` counts the calendars of the file from 1; ``trouble`` says why the component
    is no whole one, or is empty; ``cut`` that it had more lines than are kept.
    """

    name: str
    line: int
    calendar: int
    lines: list[str] = field(default_factory=list)
    trouble: str = ""
    cut: bool = False

    @property
    def where(self) -> str:
        """The place of its first line."""
        return f"line {self.line}"

    @property
    def sample(self) -> str:
        """Its first lines, for a report."""
        return decode(" ".join(self.lines[:5]).encode("latin-1"))

    def has(self, name: str) -> bool:
        """Tell whether a line of this name (in capitals) is there."""
        return any(_name_of(line) == name for line in self.lines)

    def properties(self) -> dict[str, list[Property]]:
        """Return its lines read, by name, in the order of the file."""
        found: dict[str, list[Property]] = {}
        for line in self.lines:
            read = property_of(decode(line.encode("latin-1")))
            found.setdefault(read.name, []).append(read)
        return found


def property_of(line: str) -> Property:
    """Take one unfolded line apart (RFC 5545, 3.1; carets by RFC 6868).

    A line whose parameters are broken keeps those before the break and whatever follows
    the next colon.
    """
    name = _name_of(line)
    at, parameters = len(name), {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = re.sub(r"\^[n'^]", lambda c: _CARETS[c[0]], found[2].strip(' "'))
        at = found.end()
    _, _, value = line[at:].partition(":")
    return Property(name, value.strip(), parameters)


def components(file: BinaryIO) -> Iterator[Component]:
    """Yield each event, time zone and telling calendar line, in the order of the file.

    A component that never ends is yielded with its trouble as soon as that is clear; tasks,
    journals, alarms and unknown components are passed over. Starts at the file's beginning.
    """
    scan = _Scan()
    for number, line in _unfolded(file):
        mark, _, name = line[:100].partition(":")
        match mark.strip().upper():
            case "BEGIN":
                yield from scan.begin(_name_of(name.strip()), number)
            case "END":
                yield from scan.end(_name_of(name.strip()), number)
            case _:
                yield from scan.line(line, number)
    yield from scan.broken_off("The file ends in the middle of this event.")


def _unfolded(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield each content line with the number of its first line; empty lines are passed over."""
    file.seek(0)
    start, parts, length = 0, list[str](), 0
    for number, line in raw_lines(file):
        if not line:
            continue
        if line[0] in " \t" and parts:
            if length < LONGEST_PROPERTY:
                parts.append(line[1 : LONGEST_PROPERTY + 1])
                length += len(parts[-1])
            continue
        if parts:
            yield start, "".join(parts)
        start, parts = number, [line[:LONGEST_PROPERTY]]
        length = len(parts[0])
    if parts:
        yield start, "".join(parts)


class _Scan:
    """What is open at the current line. ``inner`` names the components opened inside or instead."""

    def __init__(self) -> None:
        self.open: Component | None = None
        self.inner: list[str] = []
        self.calendar = 0
        self.stray = False  # whether lines of an event that never began were reported already

    def begin(self, name: str, number: int) -> Iterator[Component]:
        self.stray = False
        if name in {"VCALENDAR", "VEVENT", "VTIMEZONE"}:
            yield from self.broken_off("The event has no END:VEVENT.")
        if name == "VCALENDAR":
            self.calendar += 1
        elif name in {"VEVENT", "VTIMEZONE"}:
            self.open = Component(name, number, self.calendar)
        elif len(self.inner) < DEEPEST:
            self.inner.append(name)
            self._keep_in_zone(f"BEGIN:{name}")

    def end(self, name: str, number: int) -> Iterator[Component]:
        if self.open and name == self.open.name:
            yield self.open
            self.open, self.inner = None, []
        elif name == "VCALENDAR":
            yield from self.broken_off("The event has no END:VEVENT.")
        elif name in self.inner:
            del self.inner[self.inner.index(name) :]
            self._keep_in_zone(f"END:{name}")
        elif name == "VEVENT":
            yield from self._without_beginning(f"END:{name}", number)
            self.stray = False

    def line(self, line: str, number: int) -> Iterator[Component]:
        self._keep_in_zone(line)
        if self.inner:
            return
        if self.open is None:
            if _name_of(line) in _CALENDAR_PROPERTIES:
                yield Component("VCALENDAR", number, self.calendar, [line])
            elif _name_of(line) == "DTSTART":
                yield from self._without_beginning(line, number)
        elif self.open.name == "VEVENT" and _name_of(line) in _EVENT_PROPERTIES:
            self._keep(line)

    def broken_off(self, trouble: str) -> Iterator[Component]:
        if self.open and self.open.name == "VEVENT":
            self.open.trouble = trouble
            yield self.open
        self.open, self.inner = None, []

    def _without_beginning(self, line: str, number: int) -> Iterator[Component]:
        if not self.stray:
            self.stray = True
            trouble = "This belongs to an event whose beginning is missing."
            yield Component("VEVENT", number, self.calendar, [line], trouble)

    def _keep_in_zone(self, line: str) -> None:
        if self.open and self.open.name == "VTIMEZONE":
            self._keep(line)

    def _keep(self, line: str) -> None:
        if self.open and len(self.open.lines) < MOST_PROPERTIES:
            self.open.lines.append(line)
        elif self.open:
            self.open.cut = True


def _name_of(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""

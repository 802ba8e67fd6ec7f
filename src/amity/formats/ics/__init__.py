"""Calendar files, ``.ics``: meetings, with the people who were there (RFC 5545).

A file is read twice. The first pass collects the time zones, what each calendar says of
itself, and the changed occurrences of repeating events, which may stand anywhere in the
file; the second yields the events. So memory holds the changed occurrences (at most
MOST_CHANGES of them) and one event, however long the file is. The file must be seekable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from amity.formats.encodings import decode
from amity.formats.ics.guests import address_in
from amity.formats.ics.lines import Component, components
from amity.formats.ics.meeting import Meeting, read_meeting, uid_of
from amity.formats.ics.recurrence import Calendar
from amity.formats.ics.times import Clock, Unreadable
from amity.formats.ics.zones import Zones
from amity.formats.looks import looks_like
from amity.formats.records import OwnerHint, Record, Refused, Skipped, Way
from amity.formats.robots import why_robot

HEAD = 64 * 1024
MOST_CHANGES = 10_000
_FIRST_LINE = re.compile(r"\s*BEGIN:(VCALENDAR|VEVENT)\s", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it is a calendar."""
    return bool(_FIRST_LINE.match(decode(head[:HEAD])))


def read(file: BinaryIO, *, today: date | None = None) -> Iterator[Record]:
    """Yield what a calendar file says: who its owner is, its events, robots, and what was skipped.

    Repeating events are followed for five years: from their first day, or with ``today``
    from at most four years before it. Raises Refused when the content is no calendar.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not recognise(head):
        raise Refused(
            f"A calendar was expected, beginning with BEGIN:VCALENDAR; this looks like {looks_like(head)}."
        )
    known = _first_pass(file)
    yield from known.hints
    calendar = Calendar(today)
    for component in components(file):
        if component.name == "VEVENT" and not known.has_put_aside(component):
            yield from _records(component, known, calendar)
    for component in known.without_a_series():
        yield from _records(component, known, calendar)


@dataclass(slots=True)
class _Known:
    """What the first pass learned.

    ``homes`` has the X-WR-TIMEZONE of each calendar of the file by its number; ``changes``
    the changed occurrences by UID; ``series`` the UIDs of those whose event has come by.
    """

    zones: Zones = field(default_factory=Zones)
    homes: dict[int, str] = field(default_factory=dict)
    hints: dict[OwnerHint, None] = field(default_factory=dict)
    changes: dict[str, list[Component]] = field(default_factory=dict)
    put_aside: set[int] = field(default_factory=set)
    series: set[str] = field(default_factory=set)

    def learn(self, component: Component) -> None:
        """Take what a component tells about the others."""
        if component.name == "VTIMEZONE":
            self.zones.define(component.lines)
        elif component.name == "VCALENDAR":
            self._learn_of_calendar(component)
        elif component.has("RECURRENCE-ID") and len(self.put_aside) < MOST_CHANGES:
            self.changes.setdefault(uid_of(component.properties()), []).append(component)
            self.put_aside.add(component.line)

    def _learn_of_calendar(self, component: Component) -> None:
        for (line,) in component.properties().values():
            if line.name == "X-WR-TIMEZONE":
                self.homes.setdefault(component.calendar, line.value)
            elif (address := address_in(line.text)) and not why_robot(address):
                way = Way("email", address)
                self.hints[OwnerHint(component.where, line.parameters.get("CN", ""), (way,))] = None

    def has_put_aside(self, component: Component) -> bool:
        """Tell whether the second pass shall wait with a component until its series comes by."""
        return component.line in self.put_aside

    def changes_of(self, component: Component) -> list[Component]:
        """Return the changed occurrences of an event that is none itself."""
        if not self.changes or component.has("RECURRENCE-ID"):
            return []
        uid = uid_of(component.properties())
        self.series.add(uid)
        return self.changes.get(uid, [])

    def without_a_series(self) -> Iterator[Component]:
        """Yield the changed occurrences whose event is nowhere in the file."""
        for uid, changed in self.changes.items():
            if uid not in self.series:
                yield from changed

    def clock(self, component: Component) -> Clock:
        """Return how the calendar of a component means its times."""
        home = self.homes.get(component.calendar, "")
        return Clock(self.zones, self.zones.find(home) if home else None)


def _first_pass(file: BinaryIO) -> _Known:
    known = _Known()
    for component in components(file):
        known.learn(component)
    return known


def _records(component: Component, known: _Known, calendar: Calendar) -> Iterator[Record]:
    """Yield what one event of the file says, together with its changed occurrences."""
    meetings: list[Meeting] = []
    for part in [component, *known.changes_of(component)]:
        try:
            meeting = read_meeting(part, known.clock(part))
        except Unreadable as trouble:
            yield Skipped(part.where, str(trouble), part.sample)
            continue
        yield from meeting.skipped
        yield from meeting.robots
        meetings.append(meeting)
    if meetings and meetings[0].replaces is None:
        yield from calendar.occurrences(meetings[0], meetings[1:])
    else:
        yield from (meeting.alone() for meeting in meetings)

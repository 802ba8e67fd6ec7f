"""One VEVENT of the file, read but not yet repeated (RFC 5545, 3.6.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from amity.formats.ics.guests import MOST_GUESTS, guests_and_robots
from amity.formats.ics.lines import LINK_PROPERTIES, MOST_PROPERTIES, Component, Property
from amity.formats.ics.times import Clock, Unreadable, When, basic, fitting_end, later, length
from amity.formats.ics.words import conference_link, one_line, plain_words, web_link
from amity.formats.ics.zones import plain
from amity.formats.records import Event, Guest, Robot, Skipped

LONGEST_UID, LONGEST_NUMBER = 400, 9
Lines = dict[str, list[Property]]


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an event repeats: at most one rule, further starts, and starts that are left out."""

    rule: str = ""
    also: tuple[When, ...] = ()
    never: tuple[When, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there can be more than the one start."""
        return bool(self.rule or self.also)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event with its repetition, or one changed occurrence of it.

    ``event`` has the UID alone as its key. ``replaces`` is the start of the occurrence that
    this meeting changes (RECURRENCE-ID), and ``onward`` says that it changes all later ones too.
    """

    event: Event
    sequence: int = 0
    repeats: Repeats = Repeats()
    replaces: When | None = None
    onward: bool = False
    robots: tuple[Robot, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def alone(self) -> Event:
        """Return the event at its own time, without any repetition."""
        return self.at(self.event.starts, self.event.ends, self.replaces)

    def at(self, starts: When, ends: When, original: When | None) -> Event:
        """Return the event at one of its times; ``original`` is when its rule had that one."""
        key = f"{self.event.key}/{basic(original)}" if original else self.event.key
        if isinstance(starts, datetime) and isinstance(ends, datetime):
            starts, ends = plain(starts), plain(ends)
        return replace(self.event, key=key, starts=starts, ends=ends)


def read_meeting(component: Component, clock: Clock) -> Meeting:
    """Read one event. Raises Unreadable when it has no start that a book can hold.

    What else is broken in it is left out and named among ``skipped``.
    """
    if component.trouble:
        raise Unreadable(component.trouble)
    lines = component.properties()
    troubles = [*_left_out(component, lines), *_unknown_zones(lines, clock)]
    starts = _start(lines, clock)
    ends = _end(lines, clock, starts, troubles)
    guests, robots = guests_and_robots(lines.get("ORGANIZER", []), lines.get("ATTENDEE", []), component.where)
    replaces = lines.get("RECURRENCE-ID", [])
    return Meeting(
        event=_event(lines, component.where, starts, ends, guests),
        sequence=_sequence(lines),
        repeats=_repeats(lines, clock, troubles),
        replaces=_when(replaces[0], clock) if replaces else None,
        onward=any(line.parameters.get("RANGE", "").upper() == "THISANDFUTURE" for line in replaces),
        robots=robots,
        skipped=tuple(Skipped(component.where, why, component.sample) for why in troubles),
    )


def uid_of(lines: Lines) -> str:
    """Return the UID, or for an event without a usable one a name made of what it tells."""
    uid = _value(lines, "UID")
    if 0 < len(uid) <= LONGEST_UID:
        return uid
    told = uid or f"{_value(lines, 'DTSTART')}\n{_value(lines, 'SUMMARY')}"
    return "no-uid-" + hashlib.sha256(told.encode()).hexdigest()[:32]


def _event(lines: Lines, where: str, starts: When, ends: When, guests: tuple[Guest, ...]) -> Event:
    return Event(
        where=where,
        key=uid_of(lines),
        title=one_line(_value(lines, "SUMMARY")),
        starts=starts,
        ends=ends,
        guests=guests,
        place=one_line(_value(lines, "LOCATION")),
        description=plain_words(_value(lines, "DESCRIPTION")),
        url=_link(lines),
        cancelled=_value(lines, "STATUS").upper() == "CANCELLED",
    )


def _value(lines: Lines, name: str) -> str:
    return lines[name][0].text.strip() if name in lines else ""


def _link(lines: Lines) -> str:
    """Return the event's own address, else the call it names anywhere."""
    for name in LINK_PROPERTIES:
        if link := web_link(_value(lines, name)):
            return link
    return conference_link(_value(lines, "LOCATION")) or conference_link(_value(lines, "DESCRIPTION"))


def _when(line: Property, clock: Clock) -> When:
    return clock.read(line.value, line.parameters.get("TZID", ""))


def _start(lines: Lines, clock: Clock) -> When:
    if "DTSTART" not in lines:
        raise Unreadable("It does not say when it starts.")
    return _when(lines["DTSTART"][0], clock)


def _end(lines: Lines, clock: Clock, starts: When, troubles: list[str]) -> When:
    """Return DTEND, or DTSTART and DURATION; a broken end is none, and noted."""
    try:
        if "DTEND" in lines:
            return fitting_end(starts, _when(lines["DTEND"][0], clock))
        if "DURATION" in lines:
            return fitting_end(starts, later(starts, length(lines["DURATION"][0].value)))
    except Unreadable as trouble:
        troubles.append(f"Its end is left out. {trouble}")
    return fitting_end(starts, starts)


def _repeats(lines: Lines, clock: Clock, troubles: list[str]) -> Repeats:
    """Read the repetition. A second rule is left out: RFC 5545, 3.8.5.3 advises against it."""
    rules = lines.get("RRULE", [])
    if len(rules) > 1:
        troubles.append("It has several rules for repeating; only the first is followed.")
    rule = rules[0].value if rules else ""
    try:
        also, never = clock.read_all(lines.get("RDATE", [])), clock.read_all(lines.get("EXDATE", []))
    except Unreadable as trouble:
        troubles.append(f"Its further days and its exceptions are left out. {trouble}")
        return Repeats(rule)
    return Repeats(rule, tuple(also), tuple(never))


def _sequence(lines: Lines) -> int:
    number = _value(lines, "SEQUENCE")
    return int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 0


def _left_out(component: Component, lines: Lines) -> list[str]:
    cut = [f"It has more than {MOST_PROPERTIES:,} lines; the rest is left out."] if component.cut else []
    if len(lines.get("ATTENDEE", [])) > MOST_GUESTS:
        cut.append(f"It has more than {MOST_GUESTS:,} guests; the rest is left out.")
    return cut


def _unknown_zones(lines: Lines, clock: Clock) -> list[str]:
    named = {line.parameters.get("TZID", "") for line in lines.get("DTSTART", [])[:1]}
    return [
        f"Nobody explains the time zone {tzid[:60]!r}, so its times are taken as local."
        for tzid in named
        if tzid and not clock.zones.find(tzid)
    ]

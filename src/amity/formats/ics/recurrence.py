"""When a repeating event takes place, within bounds (RFC 5545, 3.8.5).

The rules are followed by recurring-ical-events, which knows exceptions, changed occurrences
and *this and future*. It has no bounds of its own: dateutil below it searches for the next
day of a rule until the year 9999. So rules that repeat within a day, fall on no day of any
month or are not Gregorian (RFC 7529) are turned away first, and after MOST_FRUITLESS monthly
or yearly rules that gave nothing no further one of the file is followed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any

from amity.formats.ics.meeting import Meeting
from amity.formats.ics.times import Unreadable, When
from amity.formats.records import Event, Skipped

if TYPE_CHECKING:
    import icalendar

MOST_OCCURRENCES = 2_000
YEARS_FOLLOWED, YEARS_BEFORE_TODAY = 5, 4
MOST_FRUITLESS = 50
LONGEST_RULE, LONGEST_INTERVAL = 500, 1_000
MOST_TIMES_A_DAY = 4
_A_YEAR = timedelta(days=365.25)
_PLACE = "X-PLACE"

# What a frequency may be narrowed by beside months, weekdays and times of day: the table of RFC 5545,
# 3.3.10, but for rare pairs that dateutil searches long for.
_NARROWED_BY: dict[str, set[str]] = {
    "YEARLY": {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"},
    "MONTHLY": {"BYMONTHDAY", "BYSETPOS"},
    "WEEKLY": set(),
    "DAILY": {"BYMONTHDAY"},
}
_SEARCHED_LONG = {"MONTHLY", "YEARLY"}
_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ALWAYS_FINE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYDAY", *_TIMES_OF_DAY}
_CANNOT_FOLLOW = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


class Calendar:
    """Repeats the meetings of one file.

    Five years are followed: from the first occurrence on, or when ``today`` is given and the
    meeting still goes on then, from four years before it where the event is older.
    """

    def __init__(self, today: date | None = None) -> None:
        self._today = today
        self._fruitless = 0

    def occurrences(self, core: Meeting, changes: list[Meeting]) -> Iterator[Event | Skipped]:
        """Yield a meeting at each of its times, changed where ``changes`` say so; then what is left out."""
        if not core.repeats:
            yield from (meeting.alone() for meeting in [core, *changes])
            return
        try:
            rule = self._rule(core)
            first, last = self._followed(core.event.starts, rule)
            found = _expanded(core, changes, rule, first, last)
        except _CANNOT_FOLLOW as trouble:
            yield from _unrepeated(core, changes, trouble)
            return
        self._fruitless += len(found) <= 1 and rule.get("FREQ") in _SEARCHED_LONG
        yield from found[:MOST_OCCURRENCES]
        yield from (change.alone() for change in changes if _day(change.replaces) > _day(last))
        if len(found) > MOST_OCCURRENCES or _goes_on(rule, len(found), core, last):
            yield _left_out(core, last)

    def _followed(self, starts: When, rule: dict[str, str]) -> tuple[When, When]:
        oldest = self._today - YEARS_BEFORE_TODAY * _A_YEAR if self._today else _day(starts)
        is_over = "COUNT" in rule or rule.get("UNTIL", "99991231")[:8] < f"{oldest:%Y%m%d}"
        first = starts if is_over else starts + max(oldest - _day(starts), timedelta())
        return first, first + YEARS_FOLLOWED * _A_YEAR

    def _rule(self, core: Meeting) -> dict[str, str]:
        if self._fruitless >= MOST_FRUITLESS:
            raise Unreadable(f"More than {MOST_FRUITLESS} rules of this calendar lead nowhere.")
        return followable(core.repeats.rule) if core.repeats.rule else {}


def followable(text: str) -> dict[str, str]:
    """Return the parts of a rule. Raises Unreadable for one that is broken or would take too long."""
    if len(text) > LONGEST_RULE:
        raise Unreadable("Its rule for repeating is too long.")
    parts = "".join(text.upper().split()).split(";")
    rule = dict(part.split("=", 1) for part in parts if "=" in part)
    frequency = rule.get("FREQ", "")
    if frequency in {"SECONDLY", "MINUTELY", "HOURLY"} or _times_a_day(rule) > MOST_TIMES_A_DAY:
        raise Unreadable("It repeats within a day.")
    if frequency not in _NARROWED_BY or not set(rule) <= _ALWAYS_FINE | _NARROWED_BY[frequency]:
        raise Unreadable("Its rule for repeating is none that Amity knows.")
    if not rule.get("COUNT", "1").isdecimal():
        raise Unreadable("Its rule for repeating does not say how often.")
    if not 1 <= int(rule.get("INTERVAL", "1")) <= LONGEST_INTERVAL or not _falls_on_a_day(rule):
        raise Unreadable("Its rule for repeating falls on no day.")
    return rule


def _times_a_day(rule: dict[str, str]) -> int:
    return prod(len(rule[part].split(",")) for part in _TIMES_OF_DAY if part in rule)


def _falls_on_a_day(rule: dict[str, str]) -> bool:
    """Tell whether the days of a rule ever meet: there is no 30 February, nor a Tuesday seven days on."""
    if rule["FREQ"] == "DAILY" and "BYDAY" in rule and int(rule.get("INTERVAL", "1")) % 7 == 0:
        return False
    months = [int(month) for month in rule.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY", "1").split(",")]
    a_leap_year = 2024
    return any(
        month in range(1, 13) and 1 <= day <= monthrange(a_leap_year, month)[1]
        for month, day in product(months, days)
    )


def _expanded(
    core: Meeting, changes: list[Meeting], rule: dict[str, str], first: When, last: When
) -> list[Event]:
    """Return the occurrences between two moments in order, at most one more than are kept."""
    from recurring_ical_events import EventAdapter, Series

    parts = [core, *changes]
    series = Series([EventAdapter(_component(part, at, rule)) for at, part in enumerate(parts)])
    found = [
        occurrence.as_component(keep_recurrence_attributes=False)
        for occurrence in islice(series.between(first, last), MOST_OCCURRENCES + 1)
    ]
    events = [_event(parts[component[_PLACE]], component) for component in found]
    return sorted(events, key=lambda event: (_day(event.starts), event.key))


def _component(meeting: Meeting, place: int, rule: dict[str, str]) -> icalendar.Event:
    """Tell the library what it needs to know and nothing else."""
    import icalendar

    component = icalendar.Event()
    component[_PLACE], component["SEQUENCE"], component["UID"] = place, meeting.sequence, "one series"
    component.add("DTSTART", meeting.event.starts)
    component.add("DTEND", meeting.event.ends)
    if meeting.replaces:
        onward = {"RANGE": "THISANDFUTURE"} if meeting.onward else {}
        component.add("RECURRENCE-ID", meeting.replaces, parameters=onward)
        return component
    if rule:
        text = ";".join(f"{name}={value}" for name, value in rule.items())
        component.add("RRULE", icalendar.vRecur.from_ical(text))
    for name, days in (("RDATE", meeting.repeats.also), ("EXDATE", meeting.repeats.never)):
        # One line for each day: a line of several takes its zone from the first.
        for day in days:
            component.add(name, [day])
    return component


def _event(meeting: Meeting, occurrence: Any) -> Event:
    """Give an occurrence its words, and the key of the start that its rule had for it."""
    starts, ends = occurrence["DTSTART"].dt, occurrence["DTEND"].dt
    if meeting.replaces is None:
        return meeting.at(starts, ends, starts)
    if starts == meeting.event.starts:
        return meeting.at(starts, ends, meeting.replaces)
    return meeting.at(starts, ends, starts - _moved_by(meeting.event.starts, meeting.replaces))


def _moved_by(now: When, before: When) -> timedelta:
    """Return how far a *this and future* change moves what follows."""
    if isinstance(now, datetime) and isinstance(before, datetime) and bool(now.tzinfo) == bool(before.tzinfo):
        return now - before
    return _day(now) - _day(before)


def _unrepeated(core: Meeting, changes: list[Meeting], trouble: Exception) -> Iterator[Event | Skipped]:
    why = str(trouble) if isinstance(trouble, Unreadable) else "Its rule for repeating cannot be followed."
    yield Skipped(core.event.where, f"{why} Only its first day is kept.", core.event.title)
    yield core.at(core.event.starts, core.event.ends, core.event.starts)
    yield from (change.alone() for change in changes)


def _goes_on(rule: dict[str, str], found: int, core: Meeting, last: When) -> bool:
    """Tell whether the rule has days after the last one followed."""
    if "UNTIL" in rule:
        return rule["UNTIL"][:8] > f"{last:%Y%m%d}"
    if "COUNT" in rule:
        return int(rule["COUNT"]) > found + len(core.repeats.never)
    return bool(rule)


def _left_out(core: Meeting, last: When) -> Skipped:
    why = (
        f"It goes on; occurrences after {_day(last)} are left out "
        f"(at most {YEARS_FOLLOWED} years and {MOST_OCCURRENCES:,} are kept)."
    )
    return Skipped(core.event.where, why, core.event.title)


def _day(when: When | None) -> date:
    return when.date() if isinstance(when, datetime) else when or date.min

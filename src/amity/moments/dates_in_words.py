"""Days as people say them: "yesterday", "last Thursday", "by Friday", "3 May", "two weeks ago".

One question, `day_at`, asked of a list of lower-case words. What happened lies behind
(``ahead=False``), what is promised lies before us (``ahead=True``). A weekday's name never
means today, because today is called today. What cannot be told for sure (03/05/2026,
the year 1700, 31 June) is not understood and stays in the owner's words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

T = TypeVar("T")
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
DEADLINES = frozenset({"by", "before", "until", "till", "due"})

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH_OF = {name[:size]: n for n, name in enumerate(_MONTHS, 1) for size in (3, len(name))} | {"sept": 9}
WEEKDAY_OF = {name: n for n, name in enumerate(_WEEKDAYS)}
# "sat with Ada", "the sun was out": a short name is a weekday only after one of `_STEERS` or a lead.
_SHORT_WEEKDAY_OF = {name[:3]: n for n, name in enumerate(_WEEKDAYS)} | {"tues": 1, "thur": 3, "thurs": 3}
_STEERS = frozenset({"last", "this", "next", "coming"})
_PARTS = frozenset({"morning", "afternoon", "evening", "night", "lunchtime"})
_LEADS = {False: frozenset({"on"}), True: DEADLINES | {"on", "for"}}
# After these words a day belongs to something else: "every Friday", "before Monday" is not when we met.
_BARS = {
    False: DEADLINES | {"next", "coming", "every", "each", "since", "in"},
    True: frozenset({"last", "past", "every", "each", "since"}),
}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "couple": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"\d{3,}")


class Said(NamedTuple):
    """A day that was said: which one, and the index after its last word."""

    day: date
    end: int


_Read = tuple[date, int] | None


def day_at(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Said | None:
    """Read the day that begins at ``words[at]`` (lower case), or None. Never raises."""
    if at and words[at - 1] in _BARS[ahead]:
        return None
    led = words[at] in _LEADS[ahead]
    start = at + led
    start += words[start : start + 1] == ["the"]
    tail = list(words[start : start + 6])
    if not tail or not (tail[0] in _FIRST_WORDS or tail[0][:1].isdecimal() or led):
        return None
    try:
        read = _first_reading(tail, today, ahead=ahead, led=led)
    except (ValueError, OverflowError):  # 31 June, or a day beyond the calendar
        return None
    if read is None or not EARLIEST_YEAR <= read[0].year <= LATEST_YEAR:
        return None
    end = start + read[1]
    return Said(read[0], end + (end < len(words) and words[end] in _PARTS))


def _first_reading(tail: list[str], today: date, *, ahead: bool, led: bool) -> _Read:
    readings = (
        _near(tail, today, ahead=ahead),
        _stretch(tail, today, ahead=ahead),
        _weekday(tail, today, ahead=ahead, led=led),
        _counted(tail, today, ahead=ahead),
        _calendar(tail, today, ahead=ahead),
    )
    return next((read for read in readings if read), None)


# Phrase -> days from today.
_NEAR = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "end of day": 0,
    "yesterday": -1,
    "last night": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}


def _near(tail: list[str], today: date, *, ahead: bool) -> _Read:
    found = _longest(tail, _NEAR)
    if found is None or (found[0] != 0 and (found[0] > 0) != ahead):
        return None
    return today + timedelta(days=found[0]), found[1]


def _friday(today: date, weeks: int) -> date:
    """Friday of the week that begins ``weeks`` Mondays on, or Sunday when that Friday is behind us."""
    monday = today - timedelta(days=today.weekday())
    friday = monday + timedelta(days=7 * weeks + 4)
    return friday if friday >= today else friday + timedelta(days=2)


def _months_on(today: date, months: int, day: int | None = None) -> date:
    """The same day of the month ``months`` away (``day=31`` for its last), shortened where the month is."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(day or today.day, monthrange(year, month + 1)[1]))


# A stretch that is promised ends on its last working day or its last day; one that is over is told roughly.
_AHEAD: dict[str, Callable[[date], date]] = {
    "this week": lambda today: _friday(today, 0),
    "end of week": lambda today: _friday(today, 0),
    "end of the week": lambda today: _friday(today, 0),
    "next week": lambda today: _friday(today, 1),
    "weekend": lambda today: today + timedelta(days=6 - today.weekday()),
    "this weekend": lambda today: today + timedelta(days=6 - today.weekday()),
    "this month": lambda today: _months_on(today, 0, 31),
    "end of month": lambda today: _months_on(today, 0, 31),
    "end of the month": lambda today: _months_on(today, 0, 31),
    "next month": lambda today: _months_on(today, 1, 31),
    "end of next month": lambda today: _months_on(today, 1, 31),
    "end of year": lambda today: date(today.year, 12, 31),
    "end of the year": lambda today: date(today.year, 12, 31),
}
_BEHIND: dict[str, Callable[[date], date]] = {
    "last week": lambda today: today - timedelta(days=7),
    "last weekend": lambda today: today - timedelta(days=today.weekday() + 1),
    "last month": lambda today: _months_on(today, -1),
    "last year": lambda today: _months_on(today, -12),
}


def _stretch(tail: list[str], today: date, *, ahead: bool) -> _Read:
    found = _longest(tail, _AHEAD if ahead else _BEHIND)
    return (found[0](today), found[1]) if found else None


def _weekday(tail: list[str], today: date, *, ahead: bool, led: bool) -> _Read:
    """A weekday: the nearest one behind or ahead, never today; "next Friday" is the one of next week."""
    steer = tail[0] if tail[0] in _STEERS else ""
    rest = tail[bool(steer) :]
    names = WEEKDAY_OF | _SHORT_WEEKDAY_OF if steer or led else WEEKDAY_OF
    number = names.get(rest[0]) if rest else None
    if number is None or steer in ({"last"} if ahead else {"next", "coming"}):
        return None
    named = _calendar(rest[1:], today, ahead=ahead)
    if named:  # "Friday 15 May"
        return named[0], named[1] + bool(steer) + 1
    away = (number - today.weekday() - 1) % 7 + 1 if ahead else -((today.weekday() - number - 1) % 7 + 1)
    if steer == "next":
        away = 7 - today.weekday() + number
    return today + timedelta(days=away), bool(steer) + 1


def _counted(tail: list[str], today: date, *, ahead: bool) -> _Read:
    """Days counted off: "two weeks ago" behind us, "in two weeks" or "two weeks from now" ahead."""
    match tail:
        case ["in" | "within", "a", "couple", "of", unit, *_] if ahead and _is_count("couple", unit):
            return _away("couple", unit, today, 1), 5
        case ["in" | "within", number, unit, *_] if ahead and _is_count(number, unit):
            return _away(number, unit, today, 1), 3
        case ["a", "couple", "of", unit, "ago", *_] if not ahead and _is_count("couple", unit):
            return _away("couple", unit, today, -1), 5
        case [number, unit, "ago", *_] if not ahead and _is_count(number, unit):
            return _away(number, unit, today, -1), 3
        case [number, unit, "from", "now", *_] if ahead and _is_count(number, unit):
            return _away(number, unit, today, 1), 4
    return None


def _is_count(number: str, unit: str) -> bool:
    known = number in _NUMBERS or (number.isdecimal() and len(number) <= 4)  # noqa: PLR2004 - 9999 days is far enough
    return known and unit.removesuffix("s") in {*_UNITS, "month", "year"}


def _away(number: str, unit: str, today: date, sign: int) -> date:
    count = sign * (_NUMBERS.get(number) or int(number))
    match unit.removesuffix("s"):
        case "month":
            return _months_on(today, count)
        case "year":
            return _months_on(today, 12 * count)
        case days:
            return today + timedelta(days=count * _UNITS[days])


def _calendar(tail: list[str], today: date, *, ahead: bool) -> _Read:
    """2026-05-03 · 3.5.2026 · 3 May · 3rd of May 2026 · May 3rd. A named year behind must be behind."""
    match tail:
        case [iso, *_] if found := _ISO.fullmatch(iso):
            day, length = date(*map(int, found.groups())), 1
        case [dotted, *_] if found := _DOTTED.fullmatch(dotted):
            day, length = date(*map(int, reversed(found.groups()))), 1
        case [number, "of", month, *rest] if month in MONTH_OF:
            return _dated(number, month, rest, 3, today, ahead=ahead)
        case [number, month, *rest] if month in MONTH_OF and number[:1].isdecimal():
            return _dated(number, month, rest, 2, today, ahead=ahead)
        case [month, number, *rest] if month in MONTH_OF:
            return _dated(number, month, rest, 2, today, ahead=ahead)
        case _:
            return None
    return (day, length) if ahead or day <= today else None


def _dated(number: str, name: str, rest: list[str], length: int, today: date, *, ahead: bool) -> _Read:
    found = _DAY_OF_MONTH.fullmatch(number)
    if found is None:
        return None
    day, month = int(found[1]), MONTH_OF[name]
    if rest and _YEAR.fullmatch(rest[0]):
        named = date(int(rest[0]), month, day)
        return (named, length + 1) if ahead or named <= today else None
    return _nearest(day, month, today, ahead=ahead), length


def _nearest(day: int, month: int, today: date, *, ahead: bool) -> date:
    """The last such day up to today, or the first from today on; eight years cover every 29 February."""
    for years in range(9):
        year = today.year + (years if ahead else -years)
        if day > monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found == today or (found > today) == ahead:
            return found
    raise ValueError(f"no month {month} has a day {day}")


def _longest(tail: list[str], table: dict[str, T]) -> tuple[T, int] | None:
    for length in range(min(4, len(tail)), 0, -1):
        phrase = " ".join(tail[:length])
        if phrase in table:
            return table[phrase], length
    return None


_FIRST_WORDS = frozenset(
    {phrase.split()[0] for phrase in (*_NEAR, *_AHEAD, *_BEHIND)}
    | {*WEEKDAY_OF, *_SHORT_WEEKDAY_OF, *_STEERS, *MONTH_OF, *_NUMBERS, "in", "within"},
)

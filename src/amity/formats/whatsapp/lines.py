"""The lines of a chat: which of them begins an entry, and in which order its day is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from amity.formats.encodings import text_lines
from amity.formats.records import year_is_valid

LONGEST_ENTRY = 64 * 1024
_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
_NOON = "中午"  # from eleven to one
_MORNING = ("上午", "午前", "오전", "凌晨", "清晨", "早上")
_EVENING = ("下午", "午後", "오후", "傍晚", "晚上", _NOON)
_HALF = "|".join((*_MORNING, *_EVENING))
# Android "30/12/2023, 14:30 - ", iOS "[30/12/2023, 14:30:00] ", 12 hours, dots, ISO days, Finnish "klo",
# Chinese and Japanese "下午2:30", Korean "2023. 12. 30. 오후 2:30".
_BEGINNING = re.compile(
    r"\[?(\d{1,4})[./-]\s?(\d{1,2})[./-]\s?(\d{1,4})\.?,?\s(?:klo\s)?"
    rf"(?:(?P<before>{_HALF})\s?)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?"
    rf"(?:\s?(?:(?P<letter>[AaPp])\.?\s?[Mm]\.?|(?P<after>{_HALF})))?(?:\]\s|\s[-\u2013]\s)"
)
_KOREAN = re.compile(r"\[?\d{2}\.\s\d{1,2}\.\s\d{1,2}\.\s오")
_SPOKEN = re.compile(r"([^:\n]{1,80}):(?: |$)")

Numbers = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the numbers of its day as written, its time, who wrote it, and the words.

    ``name`` is empty for what WhatsApp itself says. ``marked`` says that the words begin with a mark of
    direction, as iOS sets before what nobody typed.
    """

    line: int
    day: Numbers
    time: Numbers
    name: str
    text: str
    marked: bool


def entries(file: BinaryIO) -> Iterator[Entry]:
    """Yield the entries of a chat; further lines belong to the entry above them."""
    file.seek(0)
    held: tuple[int, re.Match[str]] | None = None
    words: list[str] = []
    length = 0
    for number, raw in text_lines(file):
        line = raw.lstrip(_MARKS)
        if begins := _BEGINNING.match(line):
            if held:
                yield _entry(*held, "\n".join(words))
            held, words, length = (number, begins), [line[begins.end() :]], 0
        elif held and length < LONGEST_ENTRY:
            words.append(raw.strip(_MARKS))
            length += len(raw) + 1
    if held:
        yield _entry(*held, "\n".join(words))


def begins(line: str) -> bool:
    """Tell whether a line begins an entry."""
    return bool(_BEGINNING.match(line.lstrip(_MARKS)))


def _entry(line: int, begun: re.Match[str], words: str) -> Entry:
    first, second, third = (int(begun[group]) for group in (1, 2, 3))
    if _KOREAN.match(begun[0]):  # the year comes first there, also where it has two figures
        first += 2000
    spoken = _SPOKEN.match(words)
    name, text = (spoken[1], words[spoken.end() :]) if spoken else ("", words)
    return Entry(
        line=line,
        day=(first, second, third),
        time=(_hour(begun), int(begun["minute"]), int(begun["second"] or 0)),
        name=_bare(name),
        text=text.strip(_MARKS + " \t"),
        marked=text.startswith(tuple(_MARKS)),
    )


def _hour(begun: re.Match[str]) -> int:
    """Give the hour of 24, whatever says in which half of the day it is."""
    hour, half = int(begun["hour"]), begun["before"] or begun["after"] or begun["letter"]
    if half is None or (half == _NOON and hour % 12 > 1):
        return hour
    return hour % 12 + (12 if half in _EVENING or half in "Pp" else 0)


def _bare(name: str) -> str:
    """Give a name without marks, and without the tilde before people who are in no address book."""
    return name.translate(dict.fromkeys(map(ord, _MARKS))).lstrip("~").strip()


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the three numbers of a day stand, and whether the file itself says so."""

    places: tuple[int, int, int] = (2, 1, 0)  # of year, month, day
    sure: bool = True

    def at(self, entry: Entry) -> datetime | None:
        """Give the wall clock's time of an entry; None for a day that never was."""
        year, month, day = (entry.day[place] for place in self.places)
        year += 2000 if year < 100 else 0  # noqa: PLR2004  (two digits)
        try:
            at = datetime(year, month, day, *entry.time)  # noqa: DTZ001  (the owner's wall clock)
        except ValueError:
            return None
        return at if year_is_valid(year) else None


YEAR_FIRST, DAY_FIRST, MONTH_FIRST = (0, 1, 2), (2, 1, 0), (2, 0, 1)
_MOST_DAYS = 31
_MOST_MONTHS = 12


def order_of(days: Iterable[Numbers]) -> Order:
    """Tell the order: by a number that can be no month, else by that in which days go back less often.

    Where that is equal the order in which the chat took fewer days is taken, and not called sure.
    """
    back, took = {DAY_FIRST: 0, MONTH_FIRST: 0}, {DAY_FIRST: 0, MONTH_FIRST: 0}
    before: Numbers | None = None
    first = second = year_first = total = unlike = 0
    for day in days:
        total += 1
        year_first += day[0] > _MOST_DAYS
        first += _MOST_MONTHS < day[0] <= _MOST_DAYS
        second += day[1] > _MOST_MONTHS
        unlike += day[0] != day[1]
        for places in back:
            step = _number(day, places) - _number(before or day, places)
            back[places] += step < 0
            took[places] += abs(step)
        before = day
    if year_first * 2 > total:
        return Order(YEAR_FIRST)
    if first != second:
        return Order(DAY_FIRST if first > second else MONTH_FIRST)
    likelier = min(back, key=lambda places: (back[places], took[places]))
    return Order(likelier, sure=not unlike or back[DAY_FIRST] != back[MONTH_FIRST])


def _number(day: Numbers, places: tuple[int, int, int]) -> int:
    """Count days roughly, so that two can be compared even where one of them never was."""
    year, month, number = (day[place] for place in places)
    return (year * _MOST_MONTHS + month) * _MOST_DAYS + number

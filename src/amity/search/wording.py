"""What is typed into the box: words, and filters in words (``spark:curious in:"San Sebastián"``). Plain.

A filter is ``name:value``, a value with spaces stands in quotes. What is no filter of ours stays words:
nothing that is typed is an error.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

LONGEST_LINE = 400

SPARKS = ("like", "admire", "curious", "rooting")
CARES = ("light", "warm", "close")
PLACES = ("kept", "new", "shelf", "remembered")
STANDINGS = ("single-serving", "new spark", "growing", "steady", "drifting", "dormant")
# The settings by the word one would say for each.
SETTINGS = {
    "coffee": "coffee shop",
    "video": "video call",
    "bar": "hotel bar",
    "dinner": "dinner party",
    "festival": "festival or sporting event",
    "breakout": "conference breakout",
    "crowd": "crowded room",
    "office": "office",
    "online": "online",
    "other": "other",
}
_CHOICES = {
    "spark": SPARKS,
    "care": CARES,
    "is": PLACES,
    "standing": STANDINGS,
    "met": (*SETTINGS, *SETTINGS.values()),
}
_DAYS, _NAMES = ("since", "before"), ("in", "circle")
FILTERS = (*_CHOICES, *_DAYS, *_NAMES)

_PIECE = re.compile(
    rf'(?P<name>{"|".join(FILTERS)}):(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]\S*))|(?P<word>\S+)',
    re.IGNORECASE,
)
_LOOKS_LIKE_FILTER = re.compile(r"([^\W\d_]+):(?!//)\S")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


@dataclass(frozen=True)
class Asked:
    """A line as it is understood. `filters` are (name, value); `unknown` are the words that look like one."""

    words: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it down so that it is understood as the same again."""
        said = [f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in self.filters]
        return " ".join([*self.words, *said])

    def all(self, name: str) -> list[str]:
        """Give every value of a filter."""
        return [value for one, value in self.filters if one == name]

    def day(self, name: str) -> date | None:
        """Give the day of ``since`` or ``before``, the last one said."""
        return day_of(self.all(name)[-1]) if self.all(name) else None


def parse(line: str, own_settings: Collection[str] = ()) -> Asked:
    """Understand a line, in which ``met:`` knows the owner's own settings too; never raises."""
    words: list[str] = []
    filters: list[tuple[str, str]] = []
    unknown: list[str] = []
    for found in _PIECE.finditer(line[:LONGEST_LINE]):
        name = (found["name"] or "").lower()
        value = " ".join((found["quoted"] or found["bare"] or "").split())
        if name and (meant := _meant(name, value, own_settings)):
            filters.append((name, meant))
            continue
        plain = found["word"] or (f'{name}:"{value}"' if found["bare"] is None else f"{name}:{value}")
        words.append(plain)
        unknown += [plain] if _LOOKS_LIKE_FILTER.match(plain) else []
    return Asked(tuple(words), tuple(dict.fromkeys(filters)), tuple(dict.fromkeys(unknown)))


def _meant(name: str, value: str, own_settings: Collection[str]) -> str:
    """Give the value as the filter knows it, '' when it does not."""
    if name in _NAMES:
        return value
    if name in _DAYS:
        return value if day_of(value) else ""
    known = {one.casefold(): one for one in (*(own_settings if name == "met" else ()), *_CHOICES[name])}
    return known.get(value.casefold(), "")


def day_of(text: str) -> date | None:
    """Read a year, a month or a day as its first day: ``2025``, ``2025-03``, ``2025-03-09``."""
    found = _DAY.fullmatch(text)
    if found is None or not text.isascii():
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None

"""Days of which only a part is known: a birthday without its year, a year without its day.

Canonical spellings, as kept in ``records.Dated``: ``1815-12-10``, ``--12-10``, ``1815-12``, ``1815``.
"""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date

from amity.formats.records import year_is_valid

APPLE_WITHOUT_YEAR = 1604  # the year Apple writes where none is known: a leap year before anybody's birth
_LEAP_YEAR = 2000
_DAY = re.compile(r"(?:([0-9]{4})-?|--)([0-9]{2})-?([0-9]{2})(?:[T ].*)?", re.DOTALL)
_MONTH_OR_YEAR = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a day of any year, a month of a year, or a year: whatever is known of the three."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Spell it canonically."""
        year = "-" if self.year is None else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    def in_year(self, year: int) -> date | None:
        """Give the day it falls on in a year, or None when no day is known.

        29 February comes a day early in common years, so that nobody is greeted late.
        """
        if self.month is None or self.day is None:
            return None
        if (self.month, self.day) == (2, 29) and not isleap(year):
            return date(year, 2, 28)
        return date(year, self.month, self.day)


def read(text: str) -> PartialDate | None:
    """Read what ISO 8601 and vCard (RFC 6350, 4.3.1) write for a day, or None when it is no such day.

    Takes extended and basic forms, with a time (which is dropped) or without, and ``--0720``. Apple's
    year 1604 means no year. Years outside 1800 to 2100 and days that never were give None.
    """
    if whole := _DAY.fullmatch(text.strip()):
        year, month, day = (int(part) if part else None for part in whole.groups())
    elif part := _MONTH_OR_YEAR.fullmatch(text.strip()):
        year, month, day = int(part[1]), int(part[2]) if part[2] else None, None
    else:
        return None
    found = PartialDate(None if year == APPLE_WITHOUT_YEAR and day else year, month, day)
    return found if _exists(found) else None


def parse(text: str) -> str | None:
    """Read a day as ``read`` does and spell it canonically; None when it is no day of 1800 to 2100."""
    found = read(text)
    return None if found is None else str(found)


def _exists(found: PartialDate) -> bool:
    if found.year is not None and not year_is_valid(found.year):
        return False
    try:
        date(
            found.year or _LEAP_YEAR,
            1 if found.month is None else found.month,
            1 if found.day is None else found.day,
        )
    except ValueError:
        return False
    return True

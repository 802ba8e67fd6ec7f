"""The many ways one export writes a day: every file has its own, and spreadsheets add theirs.

Seen: ``05 Jun 1833``, ``2026-08-01 02:00:00 UTC``, ``2026/07/28 13:20:49 UTC``, ``1/29/26, 2:37 PM``,
``01/24/18, 03:00 PM``, ``Fri Jan 24 02:54:41 UTC 2025``, ``Jun 5, 2023``; from Excel ``7-Feb-22`` and
``03/15/2024``. Months are English, as LinkedIn writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from amity.formats.records import EARLIEST_YEAR, LATEST_YEAR, year_is_valid

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_MONTH_IN_LETTERS = re.compile(r"(?P<d>\d{1,2})[ .-]+(?P<b>[A-Za-z]{3,9})[ .,-]+(?P<y>\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"(?P<b>[A-Za-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})(?!\d)")
_UNIX = re.compile(
    r"[A-Za-z]{3} (?P<b>[A-Za-z]{3}) +(?P<d>\d{1,2}) (?P<t>[\d:]{8} (?:UTC|GMT)) (?P<y>\d{4})(?!\d)"
)
_SLASHED = re.compile(r"(?P<m>\d{1,2})(?P<s>[/.])(?P<d>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?!\d)")
_SPELLINGS = (_YEAR_FIRST, _MONTH_IN_LETTERS, _SLASHED, _MONTH_FIRST, _UNIX)
_CLOCK = re.compile(
    r"(?:,|T)?\s*+(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?"
    r"\s*+(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*+(?P<zone>UTC|GMT|Z|[+-]\d{2}:?\d{2})?"
)
_NOON = 12
# Two digits as POSIX reads them: 69 to 99 lie in the 1900s.
_FIRST_OF_1900S = 69


class _Read(NamedTuple):
    day: date
    clock: time | None


def day_of(text: str, *, day_first: bool = False) -> date | None:
    """Read a day, with or without a time of day; None when it is none from 1800 to 2100."""
    read = _read(text, day_first=day_first)
    return read.day if read else None


def instant_of(text: str, *, day_first: bool = False) -> datetime | None:
    """Read a day with its time: aware UTC where a zone is written, else naive; None when it is none."""
    read = _read(text, day_first=day_first)
    if read is None or read.clock is None:
        return None
    instant = datetime.combine(read.day, read.clock)
    return instant.astimezone(UTC) if instant.tzinfo else instant


def not_a_day(text: str) -> str:
    """Say in a sentence that a text cannot be read as a day."""
    return f"“{text[:40]}” is not a date between {EARLIEST_YEAR} and {LATEST_YEAR}."


def days_come_first(texts: Iterable[str]) -> bool:
    """Tell from a column whether its ``5/6/2024`` means 5 June: some day in it is above twelve.

    Without such a day the month comes first, as LinkedIn writes it.
    """
    slashed = (_SLASHED.match(text) for text in texts)
    return any(int(found["m"]) > len(_MONTHS) for found in slashed if found)


def _read(text: str, *, day_first: bool) -> _Read | None:
    text = text.strip()
    found = next(filter(None, (spelling.match(text) for spelling in _SPELLINGS)), None)
    if found is None:
        return None
    parts = found.groupdict()
    rest = parts["t"] if "t" in parts else text[found.end() :].strip()
    try:
        day = _day(parts, day_first=day_first)
        return _Read(day, _clock(rest)) if year_is_valid(day.year) else None
    except ValueError:
        return None


def _day(parts: dict[str, str], *, day_first: bool) -> date:
    year, day = int(parts["y"]), int(parts["d"])
    if len(parts["y"]) == 2:  # noqa: PLR2004  # two digits are two digits
        year += 1900 if year >= _FIRST_OF_1900S else 2000
    if "b" in parts:
        return date(year, _MONTHS.index(parts["b"][:3].lower()) + 1, day)
    month = int(parts["m"])
    if "s" in parts and (month > len(_MONTHS) or ((day_first or parts["s"] == ".") and day <= len(_MONTHS))):
        day, month = month, day
    return date(year, month, day)


def _clock(text: str) -> time | None:
    """Read a time of day, None for no text; raises ValueError for any other text."""
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour = int(found["h"])
    if found["half"]:
        hour = hour % _NOON + (_NOON if found["half"] in "Pp" else 0)
    return time(hour, int(found["m"]), int(found["s"] or 0), tzinfo=_zone(found["zone"]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)

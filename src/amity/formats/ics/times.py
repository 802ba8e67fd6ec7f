"""Instants, days and lengths as iCalendar writes them (RFC 5545, 3.3.4 to 3.3.6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from amity.formats.ics.lines import Property
from amity.formats.ics.zones import Zones
from amity.formats.records import EARLIEST_YEAR, LATEST_YEAR, year_is_valid

When = datetime | date
A_DAY = timedelta(days=1)
_WHEN = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?(Z?))?", re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?"
)


class Unreadable(ValueError):
    """A value that is no time; carries the sentence for the report."""


class Clock:
    """How one calendar of a file means its times.

    ``home`` is the zone of X-WR-TIMEZONE: floating times are meant in it, and times in UTC
    are shown in it (what the package x-wr-timezone does for whole calendars).
    """

    def __init__(self, zones: Zones, home: tzinfo | None = None) -> None:
        self.zones, self.home = zones, home

    def read(self, text: str, tzid: str = "") -> When:
        """Read ``19850412T231530``, the same with Z, or ``19850412``.

        A zone nobody explains leaves the time floating. Raises Unreadable for anything else
        and for years a book cannot hold.
        """
        found = _WHEN.fullmatch(text.strip())
        if not found:
            raise Unreadable(f"It has a time that cannot be read: {text[:30]!r}.")
        if not year_is_valid(int(found[1])):
            raise Unreadable(f"Its year {found[1]} is not between {EARLIEST_YEAR} and {LATEST_YEAR}.")
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
            if found[4] is None:
                return day
            # A leap second is the last one before midnight here.
            clock = time(int(found[4]), int(found[5]), min(int(found[6] or 0), 59))
        except ValueError:
            raise Unreadable(f"There is no such time as {text[:30]!r}.") from None
        return self._placed(datetime.combine(day, clock), utc=bool(found[7]), tzid=tzid)

    def read_all(self, properties: list[Property]) -> list[When]:
        """Read the days of EXDATE and RDATE lines; of a period (RFC 5545, 3.3.9) its start."""
        return [
            self.read(part.partition("/")[0], line.parameters.get("TZID", ""))
            for line in properties
            for part in line.value.split(",")
            if part.strip()
        ]

    def _placed(self, moment: datetime, *, utc: bool, tzid: str) -> datetime:
        if utc:
            moment = moment.replace(tzinfo=ZoneInfo("UTC"))
            return moment.astimezone(self.home) if self.home else moment
        return moment.replace(tzinfo=self.zones.find(tzid) if tzid else self.home)


def length(text: str) -> timedelta:
    """Read a DURATION such as ``PT1H30M`` or ``-P1D``. Raises Unreadable for anything else."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise Unreadable(f"It has a length that cannot be read: {text[:30]!r}.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    whole = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -whole if found[1] == "-" else whole


def later(start: When, span: timedelta) -> When:
    """Add a length to a start; a day plus a part of a day stays that day."""
    try:
        return start + span
    except OverflowError:
        raise Unreadable("It would end after the last year there is.") from None


def fitting_end(start: When, end: When) -> When:
    """Return ``end`` in the manner of ``start``, and never before it.

    An all-day event lasts at least its day; a timed one may last no time at all.
    """
    if not isinstance(start, datetime):
        day = end.date() if isinstance(end, datetime) else end
        return day if day > start else start + A_DAY
    if not isinstance(end, datetime):
        end = datetime.combine(end, time(), start.tzinfo)
    elif end.tzinfo is None or start.tzinfo is None:
        end = end.replace(tzinfo=start.tzinfo)
    return max(start, end)


def basic(when: When) -> str:
    """Spell a day or instant in the basic form, aware ones in UTC: ``20260105T090000Z``."""
    if not isinstance(when, datetime):
        return f"{when:%Y%m%d}"
    if when.tzinfo is None:
        return f"{when:%Y%m%dT%H%M%S}"
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"

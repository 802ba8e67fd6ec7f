"""Time zones by whatever name a calendar gives them.

A TZID may be an IANA name, the same behind a vendor's prefix (RFC 5545, 3.2.19), a Windows
name as Outlook writes it, a name explained by a VTIMEZONE of the file, or an offset in words
(``GMT +0100``). The lookup is ours because icalendar keeps one table of zones for the
process: a zone named *Custom* in one file would decide about the next.
"""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from amity.formats.encodings import decode
from amity.formats.ics.lines import Property, property_of

MOST_OBSERVANCES = 50
FARTHEST_EAST = 14  # hours
# zoneinfo makes a path, and tzdata a module, of whatever name it is asked for: ask for no other.
_ZONE_NAME = re.compile(r"(?!localtime)[A-Za-z][\w+-]{1,30}(/[A-Za-z][\w+-]{1,30}){0,2}", re.ASCII)
_TZ_OFFSET = re.compile(r"[+-](0\d|1[0-4])[0-5]\d([0-5]\d)?")
_OFFSET = re.compile(r"\(?(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
# The one form of yearly rule that VTIMEZONEs use. Others could keep dateutil searching for seconds.
_YEARLY = re.compile(
    r"(FREQ=YEARLY|BYMONTH=(0?[1-9]|1[0-2])|BYDAY=[+-]?[1-5][A-Z]{2}|INTERVAL=1|UNTIL=[0-9TZ]+|WKST=[A-Z]{2})"
)
_ZONE_LINES = frozenset(
    {"BEGIN", "END", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "DTSTART", "RRULE", "RDATE"}
)


class Zones:
    """The zones one calendar file speaks of, looked up by TZID."""

    def __init__(self) -> None:
        self._own: dict[str, list[str]] = {}
        self._found: dict[str, tzinfo | None] = {}

    def define(self, lines: list[str]) -> None:
        """Remember the lines of a VTIMEZONE; they are read when its name is first asked for."""
        for line in lines:
            if line.upper().startswith("TZID"):
                tzid = property_of(decode(line.encode("latin-1"))).value
                self._own.setdefault(tzid, lines)
                return

    def find(self, tzid: str) -> tzinfo | None:
        """Return the zone of that name, or None when nobody explains it."""
        if tzid not in self._found:
            self._found[tzid] = _by_name(tzid) or _by_own_rules(self._own.get(tzid, [])) or _by_offset(tzid)
        return self._found[tzid]


def plain(moment: datetime) -> datetime:
    """Exchange a zone that only its file knows for its offset at that moment."""
    if moment.tzinfo is None or isinstance(moment.tzinfo, ZoneInfo | timezone):
        return moment
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def _by_name(tzid: str) -> tzinfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = tzid.strip("/ ").removeprefix("custom_").removeprefix("posix/")
    name = WINDOWS_TO_OLSON.get(name, name)
    if name.upper() in {"UTC", "Z", "GMT"}:
        return ZoneInfo("UTC")
    parts = name.split("/")
    # Behind a prefix stand two or three words: a single one, as in ``/vendor/2010/EST``, may mean anything.
    for guess in (name, "/".join(parts[-3:]), "/".join(parts[-2:])):
        try:
            if _ZONE_NAME.fullmatch(guess):
                return ZoneInfo(guess)
        except (ValueError, OSError, KeyError):  # a folder, a file of another kind, or nothing
            continue
    return None


def _by_own_rules(lines: list[str]) -> tzinfo | None:
    from dateutil.tz import tzical  # type: ignore[import-untyped]  # ships no types

    kept = [property_of(decode(line.encode("latin-1"))) for line in lines]
    for location in kept:
        if location.name == "X-LIC-LOCATION" and (known := _by_name(location.value)):
            return known
    text = "\n".join(_as_dateutil_reads(line) for line in kept if line.name in _ZONE_LINES)
    offsets = [line.value for line in kept if line.name.startswith("TZOFFSET")]
    if not all(map(_TZ_OFFSET.fullmatch, offsets)) or not 0 < text.count("BEGIN:") <= MOST_OBSERVANCES:
        return None
    try:
        zone: tzinfo | None = tzical(io.StringIO(f"BEGIN:VTIMEZONE\n{text}\nEND:VTIMEZONE\n")).get()
        datetime(2020, 1, 1, tzinfo=zone).utcoffset()
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError):
        return None  # what dateutil raises for rules it cannot follow
    return zone


def _as_dateutil_reads(line: Property) -> str:
    if line.name == "RRULE" and not all(map(_YEARLY.fullmatch, line.value.strip(";").upper().split(";"))):
        return "COMMENT:a rule that is not followed"
    if line.name == "DTSTART" and "T" not in line.value:
        return f"DTSTART:{line.value}T000000"
    return f"{line.name}:{line.value.strip(';')}"


def _by_offset(tzid: str) -> tzinfo | None:
    found = _OFFSET.match(tzid.strip())
    if not found or int(found[2]) > FARTHEST_EAST:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)

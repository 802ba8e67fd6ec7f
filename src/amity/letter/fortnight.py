"""Every other Sunday: a date, a wall time and a zone. Plain; never fourteen times twenty-four hours.

European clocks change on Sundays, so an hour may be missing (02:30 becomes 03:30, as RFC 5545 has it) or
come twice (the first is taken).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 14
SUNDAY = 6
LATE = timedelta(hours=36)


@dataclass(frozen=True)
class Fortnight:
    """The Sundays from `starts` on, every second one, at a wall time in a zone."""

    starts: date
    at: time
    zone: str

    def on(self, day: date) -> datetime:
        """Give the instant (UTC) at which it is due on a day."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)

    def last(self, now: datetime) -> date | None:
        """Give the newest of these Sundays whose hour has come, None before the first."""
        local = now.astimezone(ZoneInfo(self.zone)).date()
        back = (local - self.starts).days // DAYS
        for n in (back + 1, back, back - 1):
            day = self.starts + timedelta(days=DAYS * n)
            if n >= 0 and self.on(day) <= now:
                return day
        return None

    def following(self, now: datetime) -> date:
        """Give the next of these Sundays whose hour has not come."""
        last = self.last(now)
        return self.starts if last is None else last + timedelta(days=DAYS)

    def is_missed(self, day: date, now: datetime) -> bool:
        """Tell whether a Sunday is too long past to send by itself: more than 36 hours."""
        return now - self.on(day) > LATE


def sunday_from(day: date) -> date:
    """Give the first Sunday that is not before a day."""
    return day + timedelta(days=(SUNDAY - day.weekday()) % 7)

"""Stretches of time as people say them; plain functions of days."""

from __future__ import annotations

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS = (("year", 365.25), ("month", 30.44), ("week", 7.0), ("day", 1.0))
_HALF_FROM, _HALF_TO = 1.3, 1.75  # years
_WEEKS_UNTIL, _DAYS_UNTIL, _MONTHS_UNTIL = 80.0, 6.5, 340.0


def number(count: int) -> str:
    """Spell small numbers, as a letter would."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def unit_for(days: float) -> tuple[str, float]:
    """Give the unit (name, days) in which this stretch is said most exactly and most simply.

    Weeks and months compete up to eleven weeks: 30 days are a month, 35 are five weeks.
    """
    year, month, week, day = _UNITS
    if days < _DAYS_UNTIL:
        return day
    if days >= _MONTHS_UNTIL:
        return year
    if days > _WEEKS_UNTIL:
        return month
    return min((month, week), key=lambda unit: _error(days, unit[1]))


def _error(days: float, unit: float) -> float:
    return abs(days / max(1, round(days / unit)) / unit - 1)


def every(days: float) -> str:
    """Say how often: 30 -> ``every month``, 35 -> ``every five weeks``."""
    name, length = unit_for(days)
    count = max(1, round(days / length))
    return f"every {name}" if count == 1 else f"every {number(count)} {name}s"


def so_long(days: float) -> str:
    """Say how long: 70 -> ``ten weeks``, 1 -> ``a day``, 540 -> ``a year and a half``."""
    name, length = unit_for(days)
    count = max(1, round(days / length))
    if name == "year" and _HALF_FROM <= days / length < _HALF_TO:
        return "a year and a half"
    return f"a {name}" if count == 1 else f"{number(count)} {name}s"


def since(silence: float, rhythm: float) -> str:
    """Say a silence in the unit of the rhythm it is held against: (65, 30) -> ``two``.

    Where that unit gives the rhythm's own number again, or is too small for so long a silence, the
    silence is said in its own best unit.
    """
    _, length = unit_for(rhythm)
    count, usual = round(silence / length), max(1, round(rhythm / length))
    if count <= usual or count >= len(_NUMBERS):
        return so_long(silence)
    return number(count)


LIKELY, MAYBE = 0.6, 0.25


def likelihood(chance: float) -> str:
    """Say a chance between 0 and 1 in the three words the product uses."""
    if chance >= LIKELY:
        return "likely"
    return "maybe" if chance >= MAYBE else "unlikely on its own"

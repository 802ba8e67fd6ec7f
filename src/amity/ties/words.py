"""Stretches of time as people say them; plain functions of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_NUMBERS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)
# A unit and a count -> the words, in each language's own plural forms.
_EVERY: dict[str, Callable[[int], str]] = {
    "day": lambda count: ngettext("every day", "every %(number)s days", count),
    "week": lambda count: ngettext("every week", "every %(number)s weeks", count),
    "month": lambda count: ngettext("every month", "every %(number)s months", count),
    "year": lambda count: ngettext("every year", "every %(number)s years", count),
}
_SO_LONG: dict[str, Callable[[int], str]] = {
    "day": lambda count: ngettext("a day", "%(number)s days", count),
    "week": lambda count: ngettext("a week", "%(number)s weeks", count),
    "month": lambda count: ngettext("a month", "%(number)s months", count),
    "year": lambda count: ngettext("a year", "%(number)s years", count),
}
_UNITS = (("year", 365.25), ("month", 30.44), ("week", 7.0), ("day", 1.0))
_HALF_FROM, _HALF_TO = 1.3, 1.75  # years
_WEEKS_UNTIL, _DAYS_UNTIL, _MONTHS_UNTIL = 80.0, 6.5, 340.0


def number(count: int) -> str:
    """Spell small numbers, as a letter would."""
    return str(_NUMBERS[count]) if 0 <= count < len(_NUMBERS) else str(count)


def listed(names: Sequence[str]) -> str:
    """Say names one after the other: ``Ada, Ben and Cleo``."""
    if len(names) < 2:  # noqa: PLR2004  (one alone needs no "and")
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


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


def _year_and_a_half(days: float) -> bool:
    return _HALF_FROM <= days / _UNITS[0][1] < _HALF_TO


def every(days: float) -> str:
    """Say how often: 30 -> ``every month``, 35 -> ``every five weeks``, 540 -> ``every year and a half``."""
    name, length = unit_for(days)
    count = max(1, round(days / length))
    if _year_and_a_half(days):
        return _("every year and a half")
    return _EVERY[name](count) % {"number": number(count)}


def so_long(days: float) -> str:
    """Say how long: 70 -> ``ten weeks``, 1 -> ``a day``, 540 -> ``a year and a half``."""
    if days < 1:
        return _("less than a day")
    name, length = unit_for(days)
    count = max(1, round(days / length))
    if _year_and_a_half(days):
        return _("a year and a half")
    return _SO_LONG[name](count) % {"number": number(count)}


def since(silence: float, rhythm: float) -> str:
    """Say a silence in the unit of the rhythm it is held against: (65, 30) -> ``two``.

    Where that unit gives the rhythm's own number again, is too small for so long a silence, or is a year and
    a half, the silence is said in its own best unit.
    """
    _, length = unit_for(rhythm)
    count, usual = round(silence / length), max(1, round(rhythm / length))
    if count <= usual or count >= len(_NUMBERS) or _year_and_a_half(rhythm):
        return so_long(silence)
    return number(count)


LIKELY, MAYBE = 0.6, 0.25
THREE_MONTHS = 90  # days, of which a person's page says a likelihood


def likelihood(chance: float) -> str:
    """Say a chance between 0 and 1 in the three words the product uses."""
    if chance >= LIKELY:
        return _("likely")
    return _("maybe") if chance >= MAYBE else _("unlikely on its own")

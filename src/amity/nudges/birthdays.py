"""Whose birthday it is on which day: of whoever may be suggested then, and nobody's age."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from amity.formats.partial_date import read
from amity.nudges.looking import falls_on
from amity.owner.models import Owner
from amity.people.models import PersonDate, Place, Season
from amity.people.queries import of

SHORT = 31  # days up to which the database looks for them; beyond, every birthday is read


@dataclass(frozen=True)
class Birthday:
    """A birthday on its day."""

    day: date
    uid: str
    name: str


def birthdays(owner: Owner, first: date, last: date) -> list[Birthday]:
    """Give the birthdays from one day to another, soonest first; a year on the card is not needed.

    Left out is whoever is remembered, shelved, in the trash or, on that very day, in a season.
    """
    people = of(owner).filter(remembered=False).exclude(place=Place.SHELF)
    rows = PersonDate.objects.of(owner).filter(kind="birthday", person__in=people.values("pk"))
    if (last - first).days <= SHORT:
        rows = rows.filter(_on_any_day(first, last))
    resting = _resting(owner, first, last)
    columns = ("value", "person_id", "person__uid", "person__name")
    return sorted(
        {
            Birthday(day, uid, name)
            for value, key, uid, name in rows.values_list(*columns)
            for day in _falls(value, first, last)
            if not any(starts <= day <= ends for starts, ends in resting[key])
        },
        key=lambda one: (one.day, one.name, one.uid),
    )


def _on_any_day(first: date, last: date) -> Q:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return reduce(or_, map(falls_on, days))


def _falls(value: str, first: date, last: date) -> list[date]:
    """Give the days on which a partial date falls between two."""
    known = read(value)
    days = (known.in_year(year) for year in range(first.year, last.year + 1)) if known else ()
    return [day for day in days if day and first <= day <= last]


def _resting(owner: Owner, first: date, last: date) -> defaultdict[int, list[tuple[date, date]]]:
    seasons = Season.objects.of(owner).filter(starts__lte=last, ends__gte=first)
    resting: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for person, starts, ends in seasons.values_list("person_id", "starts", "ends"):
        resting[person].append((starts, ends))
    return resting

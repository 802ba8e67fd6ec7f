"""Whose birthday it is on which day: of whoever may be suggested then, and nobody's age."""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from amity.formats.partial_date import read
from amity.owner.models import Owner
from amity.people.models import PersonDate, Place, Season
from amity.people.queries import days_in_order, of
from amity.storage.bulk import these

SHORT = 31  # days up to which the database looks for them; beyond, every birthday is read


@dataclass(frozen=True)
class Birthday:
    """A birthday on its day."""

    day: date
    uid: str
    name: str


def birthdays(owner: Owner, first: date, last: date) -> list[Birthday]:
    """Give the birthdays from one day to another, soonest first, one of each person's a year.

    Left out is whoever is remembered, shelved, in the trash or, on that very day, in a season.
    """
    people = of(owner).filter(remembered=False).exclude(place=Place.SHELF)
    told = PersonDate.objects.of(owner).filter(kind="birthday", person__in=people.values("pk"))
    rows = told if (last - first).days > SHORT else _of_those_with(told, first, last)
    resting = _resting(owner, first, last)
    return sorted(
        (
            Birthday(day, uid, name)
            for key, (value, uid, name) in _the_one(in_order(rows, "person__uid", "person__name")).items()
            for day in _falls(value, first, last)
            if not any(starts <= day <= ends for starts, ends in resting[key])
        ),
        key=lambda one: (one.day, one.name, one.uid),
    )


def born_on(owner: Owner, day: date) -> set[int]:
    """Give the keys of those whose birthday it is, whoever they are."""
    told = PersonDate.objects.of(owner).filter(kind="birthday")
    keys = list(told.filter(_falls_on(day)).values_list("person_id", flat=True))
    return of_the_day(in_order(told.filter(person__in=these(keys))), day)


def of_the_day(told: Iterable[tuple[Any, ...]], day: date) -> set[int]:
    """Give the same, of birthdays that are told in their order."""
    return {key for key, (value,) in _the_one(told).items() if _falls(value, day, day)}


def in_order(told: QuerySet[PersonDate], *also: str) -> QuerySet[PersonDate, tuple[Any, ...]]:
    """Give whose birthdays they are and the days, and other columns, in the order of a person's page."""
    return days_in_order(told).values_list("person_id", "value", *also)


def _the_one(told: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """Keep what is told first of each person: sources may differ, but nobody is born twice."""
    one: dict[int, list[Any]] = {}
    for key, *said in told:
        one.setdefault(key, said)
    return one


def _of_those_with(told: QuerySet[PersonDate], first: date, last: date) -> QuerySet[PersonDate]:
    """Leave, of all birthdays, those of whoever has one between two days."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return told.filter(person__in=told.filter(reduce(or_, map(_falls_on, days))).values("person_id"))


def _falls_on(day: date) -> Q:
    """Ask for the partial dates of a day; 29 February is kept a day early in common years."""
    found = Q(value__endswith=f"-{day:%m-%d}")
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        found |= Q(value__endswith="-02-29")
    return found


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

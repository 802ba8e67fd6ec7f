"""The conferences Amity ships: when and where, to suggest dates and cities. Nothing is fetched.

The list is a part of confs.tech's conference-data (MIT licence, docs/data.md); of a yearly conference it
holds the newest edition only, so a past one tells at which time of the year to look again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from amity.storage.folded import fold

AGAIN_WITHIN = timedelta(days=400)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference. `topics` are words such as ``python``; an online one has no city."""

    starts: date
    ends: date
    name: str
    city: str
    country: str
    url: str
    topics: tuple[str, ...]


@lru_cache(maxsize=1)
def every() -> tuple[Conference, ...]:
    """Give the whole list by date; it is read when it is first asked for (732 rows, about 5 ms)."""
    text = files("amity.gatherings").joinpath("conferences.csv").read_text(encoding="utf-8")
    return tuple(
        Conference(
            date.fromisoformat(row["starts"]),
            date.fromisoformat(row["ends"]),
            row["name"],
            row["city"],
            row["country"],
            row["url"],
            tuple(row["topics"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    )


def named(words: str, *, day: date) -> list[Conference]:
    """Give the conferences in whose name or city each word occurs, those to come first."""
    wanted = fold(words).split()
    found = [
        one for one in every() if wanted and all(word in fold(f"{one.name} {one.city}") for word in wanted)
    ]
    return sorted(found, key=lambda one: (one.ends < day, abs((one.starts - day).days)))


def coming_up(day: date, *, months: int = 9) -> list[Conference]:
    """Give the conferences that begin within so many months."""
    until = day + timedelta(days=30 * months)
    return [one for one in every() if day <= one.starts <= until]


def about_now_last_time(day: date, *, months: int = 9) -> list[Conference]:
    """Give past conferences whose season comes again within so many months and that are not announced."""
    announced = {fold(one.name) for one in every() if one.ends >= day}
    again = [
        one
        for one in every()
        if one.ends < day <= one.starts + AGAIN_WITHIN and fold(one.name) not in announced
    ]
    return [one for one in again if one.starts + YEAR <= day + timedelta(days=30 * months)]


def in_cities(found: Iterable[Conference], cities: Iterable[str]) -> list[tuple[Conference, str]]:
    """Give those that are in one of these cities, with the city; ``Orlando`` finds ``Orlando, FL``."""
    wanted = {fold(city): city for city in cities}
    return [(one, wanted[key]) for one in found if (key := fold(one.city.split(",")[0])) in wanted]

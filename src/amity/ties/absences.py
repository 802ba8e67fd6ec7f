"""Days that are nobody's silence: those on which the owner was away, and those of a person's season.

Who is away may still be written to, and may call home now and then: what comes in says nothing, and a single
day in touch between two long pauses ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from amity.moments.models import WRITTEN, Direction, Moment
from amity.owner.models import Owner
from amity.people.models import Season
from amity.rhythm.days import Ints
from amity.storage.bulk import DayNumber

Stretch = tuple[int, int]
InPeace = tuple[int, int, int]

LOOKED_BACK = 400  # days
SHORTEST, LONGEST = 14, 45  # days: a holiday; beyond, the book was simply not kept
STILL_AWAY = 28  # days: whoever has written nothing for longer may have come back without a word to the book
UNUSUAL, RARELY = 2, 5  # a long pause: times nine in ten of the book's own, and days
ENOUGH = 20  # active days that tell what is usual


def left_out(
    people: Ints, last: Ints, today: int, away_on: Iterable[Stretch], seasons: Iterable[InPeace]
) -> Ints:
    """Count the days of each tie's silence until a day that are not to be counted; all (ties,)."""
    away = np.zeros(len(last), np.int64)
    for starts, ends in away_on:
        away += np.maximum(ends - np.maximum(starts, last), 0)
    for person, first, end in seasons:
        at = int(np.searchsorted(people, person))  # they are sorted
        if first <= today and at < len(people) and people[at] == person:
            away[at] += max(0, min(end, today) - max(first - 1, int(last[at])))
    return np.minimum(away, np.maximum(today - last, 0))


def seasons_of(owner: Owner) -> list[InPeace]:
    """Give every season as (person, first day, last day), the days as ordinals."""
    found = Season.objects.of(owner).values_list("person_id", "starts", "ends")
    return [(person, first.toordinal(), end.toordinal()) for person, first, end in found]


def absences(owner: Owner, day: date) -> list[Stretch]:
    """Give the stretches in which the owner was away, as known on a day; see `stretches`."""
    return stretches(active_days(owner, day - timedelta(days=LOOKED_BACK), day), day.toordinal())


def active_days(owner: Owner, since: date, until: date) -> Ints:
    """Give the days on which the owner met, called or wrote to somebody, or wrote a moment down, sorted."""
    found = Moment.objects.of(owner).filter(day__gt=since, day__lte=until)
    found = found.exclude(kind__in=WRITTEN, direction=Direction.IN)
    return np.sort(np.array(found.values_list(DayNumber("day"), flat=True).distinct(), np.int64))


def stretches(active: Ints, today: int) -> list[Stretch]:
    """Give stretches of long pauses one after the other, as (last day before, last day of it).

    One that goes on until this day counts only while it may be a holiday.
    """
    active = active[(active > today - LOOKED_BACK) & (active <= today)]
    if len(active) < ENOUGH:
        return []
    pauses = np.diff(np.append(active, today + 1))
    long = pauses > max(UNUSUAL * float(np.quantile(pauses[:-1], 0.9)), RARELY)
    edges = np.flatnonzero(np.diff(long, prepend=False, append=False))
    ends = np.append(active, today + 1)
    found = [(int(ends[first]), int(ends[after]) - 1) for first, after in edges.reshape(-1, 2)]
    return [(start, end) for start, end in found if SHORTEST < end + 1 - start <= _longest(end, today)]


def _longest(end: int, today: int) -> int:
    return STILL_AWAY if end == today else LONGEST

"""Days that are nobody's silence: those on which the owner was away, and those of a person's season."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from amity.moments.models import Moment
from amity.owner.models import Owner
from amity.people.models import Season
from amity.rhythm.days import Ints
from amity.ties.history import Histories

Stretch = tuple[int, int]
InPeace = tuple[int, int, int]

LOOKED_BACK = 400  # days
SHORTEST, LONGEST = 14, 45  # days without any moment: a holiday; beyond, the book was simply not kept
STILL_AWAY = 28  # days: whoever has written nothing for longer may have come back without a word to the book
UNUSUAL, ENOUGH = 2, 20  # times nine in ten of the book's pauses; days with a moment that tell them


def left_out(ties: Histories, day: date, away_on: Iterable[Stretch], seasons: Iterable[InPeace]) -> Ints:
    """Count the days of each tie's present silence that are not to be counted, (ties,)."""
    last, today = ties.states.last, day.toordinal()
    away = np.zeros(len(last), np.int64)
    for starts, ends in away_on:
        away += np.maximum(ends - np.maximum(starts, last), 0)
    place = ties.index()
    for person, first, end in seasons:
        if (at := place.get(person)) is not None and first <= today:
            away[at] += max(0, min(end, today) - max(first - 1, int(last[at])))
    return np.minimum(away, np.maximum(today - last, 0))


def seasons_of(owner: Owner) -> list[InPeace]:
    """Give every season as (person, first day, last day), the days as ordinals."""
    found = Season.objects.of(owner).values_list("person_id", "starts", "ends")
    return [(person, first.toordinal(), end.toordinal()) for person, first, end in found]


def absences(owner: Owner, day: date) -> list[Stretch]:
    """Give stretches without any moment, long ones for this book, as (last day before, last day of it).

    One that goes on until this day counts only while it may be a holiday.
    """
    since = day - timedelta(days=LOOKED_BACK)
    found = (
        Moment.objects.of(owner).filter(day__gt=since, day__lte=day).values_list("day", flat=True).distinct()
    )
    busy = np.sort(np.array([one.toordinal() for one in found], np.int64))
    if len(busy) < ENOUGH:
        return []
    pauses = np.diff(np.append(busy, day.toordinal() + 1))
    usual = float(np.quantile(pauses[:-1], 0.9))
    long = (pauses > max(SHORTEST, UNUSUAL * usual)) & (pauses <= LONGEST)
    long[-1] &= pauses[-1] <= STILL_AWAY
    return [
        (int(start), int(start + pause - 1)) for start, pause in zip(busy[long], pauses[long], strict=True)
    ]

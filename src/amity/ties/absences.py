"""Days that are nobody's silence: those on which the owner was away, and those of a person's season."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from amity.moments.models import Moment
from amity.owner.models import Owner
from amity.people.models import Season
from amity.rhythm.days import Ints
from amity.ties.history import Histories

LOOKED_BACK = 400  # days
SHORTEST, LONGEST = 14, 60  # days without any moment: a holiday; beyond, the book was simply not kept
UNUSUAL, ENOUGH = 5, 20  # times the book's usual pause; days with a moment that tell what is usual


def left_out(owner: Owner, ties: Histories, day: date) -> Ints:
    """Count the days of each tie's present silence that are not to be counted, (ties,)."""
    last, today = ties.states.last, day.toordinal()
    away = np.zeros(len(last), np.int64)
    for starts, ends in absences(owner, day):
        away += np.clip(ends - np.maximum(starts, last), 0, LONGEST)
    place = ties.index()
    began = Season.objects.of(owner).filter(starts__lte=day, person__in=list(place))
    for person, first, end in began.values_list("person_id", "starts", "ends"):
        at, until = place[person], min(end.toordinal(), today)
        away[at] += max(0, until - max(first.toordinal() - 1, int(last[at])))
    return np.minimum(away, np.maximum(today - last, 0))


def absences(owner: Owner, day: date) -> list[tuple[int, int]]:
    """Give stretches without any moment, long ones for this book, as (last day before, last day of it)."""
    since = day - timedelta(days=LOOKED_BACK)
    found = (
        Moment.objects.of(owner).filter(day__gt=since, day__lte=day).values_list("day", flat=True).distinct()
    )
    busy = np.sort(np.array([one.toordinal() for one in found], np.int64))
    if len(busy) < ENOUGH:
        return []
    pauses = np.diff(np.append(busy, day.toordinal() + 1))
    long = pauses > max(SHORTEST, UNUSUAL * float(np.median(pauses)))
    return [
        (int(start), int(start + pause - 1)) for start, pause in zip(busy[long], pauses[long], strict=True)
    ]

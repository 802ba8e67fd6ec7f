"""Days that are nobody's silence: those on which the owner was away, and those of a person's season.

Who is away may still be written to, and may call home now and then: what comes in says nothing, and a day in
touch between two long pauses ends nothing, if it is not one of many.

What was left out of a clock stays left out: one that stood still while the owner seemed away runs on from
there, and does not jump by weeks overnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from amity.moments.models import WRITTEN, Direction, Moment
from amity.owner.models import Owner
from amity.people.models import Season
from amity.rhythm.days import Flags, Ints
from amity.storage.bulk import days_after

Stretch = tuple[int, int]
InPeace = tuple[int, int, int]

LOOKED_BACK, YEAR = 400, 365  # days
SHORTEST, LONGEST = 14, 45  # days: a holiday; beyond, the book was simply not kept
STILL_AWAY = 28  # days: whoever has written nothing for longer may have come back without a word to the book
UNUSUAL, RARELY = 2, 5  # a long pause: times nine in ten of the book's own, and days
ENOUGH = 20  # active days that tell what is usual
CHANCE = 2  # times a year that a pause may come by chance
FEW, YOUNG = 10, 30  # active days, and days of a book, that tell what chance brings


def left_out(
    people: Ints, last: Ints, today: int, away_on: Iterable[Stretch], seasons: Iterable[InPeace]
) -> Ints:
    """Count the days of each tie's silence until a day that are not to be counted, each once; all (ties,)."""
    away = uncounted(away_on, today)
    days = np.zeros(len(last), np.int64)
    for after, to in away:
        days += np.maximum(to - np.maximum(after, last), 0)
    for person, theirs in _by_person(seasons).items():
        at = int(np.searchsorted(people, person))  # they are sorted
        if at < len(people) and people[at] == person:
            days[at] = _covered([*away, *theirs], int(last[at]), today)
    return days


def uncounted(away_on: Iterable[Stretch], today: int) -> list[Stretch]:
    """Give what of each stretch does not count: of one that goes on, as many days as are believed unsaid."""
    return [(after, min(to, after + STILL_AWAY) if to == today else to) for after, to in away_on]


def _by_person(seasons: Iterable[InPeace]) -> dict[int, list[Stretch]]:
    theirs: dict[int, list[Stretch]] = defaultdict(list)
    for person, first, end in seasons:
        theirs[person].append((first - 1, end))
    return theirs


def _covered(stretches: Iterable[Stretch], since: int, today: int) -> int:
    """Count the days after one day and up to another that are in any of the stretches."""
    days = 0
    for after, end in sorted(stretches):
        to = min(end, today)
        days += max(0, to - max(after, since))
        since = max(since, to)
    return days


def seasons_of(owner: Owner) -> list[InPeace]:
    """Give every season as (person, first day, last day), the days as ordinals."""
    found = Season.objects.of(owner).values_list("person_id", "starts", "ends")
    return [(person, first.toordinal(), end.toordinal()) for person, first, end in found]


def absences(owner: Owner, day: date) -> list[Stretch]:
    """Give the stretches in which the owner was away, as known on a day; see `stretches`."""
    return stretches(active_days(owner, day - timedelta(days=LOOKED_BACK), day), day.toordinal())


def active_days(owner: Owner, since: date, until: date) -> Ints:
    """Give the days on which the owner met, called or wrote to somebody, or wrote a moment down, sorted."""
    found = Moment.objects.of(owner).filter(day__lte=until)
    found = found.exclude(kind__in=WRITTEN, direction=Direction.IN)
    return days_after(found, since)


def stretches(active: Ints, today: int) -> list[Stretch]:
    """Give the stretches in which the owner was away, as (last day before, last day of it).

    One that goes on ends this day, however long it is: see `uncounted`. Of one that is over and was too long
    for a holiday the first days are given, those that did not count while it went on.
    """
    active = active[(active > today - LOOKED_BACK) & (active <= today)]
    if not len(active):
        return []
    pauses = np.diff(np.append(active, today + 1))
    long = _unlike_the_book(pauses) | _unlikely(pauses)
    away = [one for one in _together(np.append(active, today + 1), long) if one[1] - one[0] >= SHORTEST]
    return [(a, to if to == today or to - a < LONGEST else a + STILL_AWAY) for a, to in away]


def _together(ends: Ints, long: Flags) -> Iterator[Stretch]:
    """Join long pauses that follow one another; alone, where days in touch cut them more than fortnightly."""
    edges = np.flatnonzero(np.diff(long, prepend=False, append=False))
    for first, after in edges.reshape(-1, 2).tolist():
        often = (after - first - 1) * SHORTEST > ends[after] - ends[first]
        bounds = ends[first : after + 1] if often else ends[[first, after]]
        yield from ((start, end - 1) for start, end in pairwise(bounds.tolist()))


def _unlike_the_book(pauses: Ints) -> Flags:
    """Tell which pauses, the last one still open, are long beside the book's own, (pauses,)."""
    if len(pauses) < ENOUGH:
        return np.zeros(len(pauses), np.bool_)
    return pauses > max(UNUSUAL * float(np.quantile(pauses[:-1], 0.9)), RARELY)


def _unlikely(pauses: Ints) -> Flags:
    """Tell which pauses, the last one still open, chance brings at most twice a year, (pauses,).

    Held against the n others over T days. Were active days scattered at random, of a rate of which that is
    all we know, none would fall into L days with probability (1 + L / T)^-n (Lomax); where pauses vary more
    than at random, by their squared coefficient of variation, n days tell as little as n over that.
    In a book where a holiday would be nothing unlikely, no pause is: a longer one is rather the ties' own.
    """
    own = np.arange(len(pauses)) < len(pauses) - 1  # closed ones are among those they are held against
    n = np.maximum(own.sum() - own, 1)
    days = np.maximum(pauses[:-1].sum() - own * pauses, 1)
    squares = (pauses[:-1] ** 2).sum() - own * pauses**2
    bursts = np.maximum(n * squares / days**2 - 1, 1.0)
    a_year = YEAR * n / days * (1 + np.minimum(pauses, LONGEST) / days) ** (-n / bursts)
    return np.asarray((a_year <= CHANCE) & (pauses > SHORTEST) & (days >= YOUNG) & (n >= FEW))

"""A network that nobody is in: owners of different paces, bursts, ties born and dying, holidays, weekends."""

from __future__ import annotations

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals
from benchmarks.rhythm.reading import Messages

PEOPLE, DAYS, FRIENDS = 150, 500, 25.0
MEDIAN_GAP, BETWEEN, OWNERS, BURSTS = 20.0, 1.0, 0.5, 0.7  # days; standard deviations of logs
LIFE, HOLIDAY, WEEKEND = 400.0, 21, 0.5  # days, days, share of the work day's rate


def simulated(seed: int = 1, people: int = PEOPLE, days: int = DAYS) -> Messages:
    """Messages of a network that differs from seed to seed in its pace as well."""
    rng = np.random.default_rng(seed)
    busy = np.exp(rng.normal(0, OWNERS, people))
    one, other = np.triu_indices(people, 1)
    friends = rng.random(len(one)) < np.minimum(FRIENDS * busy[one] * busy[other] / people, 1)
    one, other = one[friends], other[friends]
    speed = np.exp(rng.normal(-np.log(MEDIAN_GAP), BETWEEN, len(one))) * np.exp(rng.normal(0, 0.4))
    born = rng.integers(-int(LIFE), days, len(one))
    alive = born, born + rng.exponential(LIFE * rng.choice([0.3, 3], len(one)))
    present = _present(rng, people, days)
    return _messages(rng, one, other, speed * np.sqrt(busy[one] * busy[other]), alive, present)


def _present(rng: np.random.Generator, people: int, days: int) -> Flags:
    """(people, days): everybody is away for three weeks of a year, at a time of their own."""
    present = np.ones((people, days), np.bool_)
    for person in range(people):
        for start in rng.integers(0, days, max(1, days // 365)):
            present[person, start : start + HOLIDAY] = False
    return present


def _messages(
    rng: np.random.Generator, one: Ints, other: Ints, speed: Reals, alive: tuple[Ints, Reals], present: Flags
) -> Messages:
    mood, rows = np.zeros(len(one)), []
    for day in range(present.shape[1]):
        mood = 0.9 * mood + rng.normal(0, BURSTS * np.sqrt(1 - 0.9**2), len(one))
        rate = speed * np.exp(mood - BURSTS**2 / 2) * (WEEKEND if day % 7 >= 5 else 1.2)
        rate *= (alive[0] <= day) & (day < alive[1]) & present[one, day] & present[other, day]
        met = np.flatnonzero(rng.random(len(one)) < -np.expm1(-rate))
        turned = rng.random(len(met)) < 0.5
        rows.append(
            (
                np.where(turned, one[met], other[met]),
                np.where(turned, other[met], one[met]),
                day + rng.random(len(met)),
            )
        )
    source, target, at = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Messages(source, target, at)

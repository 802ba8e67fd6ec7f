"""Networks of other kinds, which nobody is in: what neither message networks nor `simulated` hold.

Each function takes a seed and gives the messages of one network, drawn as its first line says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amity.rhythm.days import Ints, Reals
from benchmarks.rhythm.reading import Messages

Random = np.random.Generator


def even(seed: int) -> Messages:
    """Gaps of a Gamma law whose shape is about four: a friend comes when due."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 150, 22)
    gap, days = np.exp(rng.normal(np.log(18), 1, len(one))), []
    for mean in gap.tolist():
        start, life, shape = rng.uniform(-200, 400), rng.exponential(600), np.exp(rng.normal(np.log(4), 0.7))
        at = start + np.cumsum(rng.gamma(shape, mean / shape, int(1200 / mean) + 20))
        days.append(_between(at, 0, min(500, start + life)))
    return _messages(rng, one, other, days)


def campus(seed: int) -> Messages:
    """Bursts of people who come, and go within months, each taking all ties along."""
    rng = np.random.default_rng(seed)
    joined = rng.exponential(25, 900)
    left = joined + rng.exponential(60, 900)
    one, other = _friends(rng, 900, 22)
    days = []
    together = np.maximum(joined[one], joined[other]), np.minimum(left[one], left[other])
    for met, over in zip(*together, strict=True):
        at, now, rate = [], met + rng.exponential(10), np.exp(rng.normal(np.log(0.03), 1))
        while now < min(over, 190) and len(at) < 400:
            at.append(now)
            soon = rng.random() < 0.72
            now += rng.exponential(0.4) if soon else rng.exponential(1 / rate) * np.exp(now / 90)
        days.append(np.array(at))
    return _messages(rng, one, other, days)


def projects(seed: int) -> Messages:
    """Weeks of work together, months without, mostly from Monday to Friday."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 150, 25)
    days = []
    for _ in range(len(one)):
        now, alone, at = rng.uniform(-150, 300), np.exp(rng.normal(np.log(0.01), 0.8)), []
        while now < 450:
            length, rate = rng.exponential(35), np.exp(rng.normal(np.log(0.3), 0.7))
            at.append(now + rng.random(rng.poisson(length * rate)) * length)
            now += length + rng.exponential(120)
        days.append(np.concatenate((*at, rng.random(rng.poisson(alone * 450)) * 450)))
    pair, at = np.repeat(np.arange(len(one)), [len(some) for some in days]), np.concatenate(days)
    kept = (at >= 0) & (at < 450)
    kept &= (at % 7 < 5) | (rng.random(len(at)) < 0.15)
    return _told(rng, one[pair[kept]], other[pair[kept]], at[kept])


def appointments(seed: int) -> Messages:
    """Two in five meet each week, fortnight, month or quarter, missing one time in five; others by chance."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 140, 20)
    days = []
    for _ in range(len(one)):
        start = rng.uniform(-300, 450)
        end = start + rng.exponential(500)
        if rng.random() < 0.4:
            every = rng.choice([7, 14, 28, 91])
            at = np.arange(rng.integers(0, every), 540, every, dtype=float)
            at += rng.normal(0, every * 0.05, -(-540 // every))[0]
            at = at[rng.random(len(at)) < 0.8]
        else:
            at = rng.random(rng.poisson(np.exp(rng.normal(np.log(1 / 30), 1)) * 540)) * 540
        days.append(_between(at, max(start, 0), min(end, 540)))
    return _messages(rng, one, other, [some + 0.3 for some in days])


def bursts(seed: int) -> Messages:
    """A Hawkes process: each message brings .7 more, within a day, a week or a month."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 160, 25)
    days = []
    for _ in range(len(one)):
        waiting = list(rng.random(rng.poisson(np.exp(rng.normal(np.log(0.015), 1)) * 400)) * 400)
        at = []
        while waiting:
            if (now := waiting.pop()) < 400:
                at.append(now)
                waiting += [now + rng.exponential(rng.choice([1, 8, 40])) for _ in range(rng.poisson(0.7))]
        days.append(np.array(at))
    return _messages(rng, one, other, days)


def friends(
    seed: int, middle: float = 60, shapes: Sequence[float] = (0.5, 1, 3, 30), life: float = 1500
) -> Messages:
    """Seven years of rhythms of 4 to 400 days, from bursts to clockwork; some meetings bring a few more."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 110, 18)
    days = []
    for _ in range(len(one)):
        gap = np.clip(np.exp(rng.normal(np.log(middle), 0.9)), 4, 400)
        shape, start = rng.choice(shapes), rng.uniform(-800, 2400)
        end = start + rng.exponential(life)
        at = start + np.cumsum(rng.gamma(shape, gap / shape, int(2600 / gap * 2) + 40))
        at = _between(at, 0, min(2600, end))
        if rng.random() < 0.3:
            more = [day + later for day in at for later in rng.exponential(2, rng.poisson(0.8))]
            at = _between(np.concatenate((at, more)), 0, 2600)
        days.append(at)
    return _messages(rng, one, other, days)


def friends_who_last(seed: int) -> Messages:
    """Friends of slower rhythms, about a hundred days, whose ties last eleven years on average."""
    return friends(seed, middle=100, shapes=(1, 1, 8), life=4000)


def friends_with_appointments(seed: int) -> Messages:
    """Six years: half meet each fortnight to half year, some often missing; others' rates wax and wane."""
    rng = np.random.default_rng(seed)
    one, other = _friends(rng, 110, 16)
    days = []
    for _ in range(len(one)):
        start = rng.uniform(-900, 2050)
        end = start + rng.exponential(1800)
        if rng.random() < 0.5:
            every = rng.choice([14, 30, 61, 91, 182])
            at = np.arange(rng.uniform(0, every), 2200, every)
            at += rng.normal(0, every * 0.08, len(at))
            at = at[rng.random(len(at)) < rng.choice([0.95, 0.8, 0.6])]
        else:
            rate = np.exp(rng.normal(np.log(1 / 50), 0.9))
            at = np.sort(rng.random(rng.poisson(2 * rate * 2200)) * 2200)
            luck = rng.random(len(at))
            wave = np.sin(2 * np.pi * (at / rng.uniform(300, 1500) + rng.random()))
            at = at[luck < (1 + wave) / 2]
        days.append(_between(at, max(start, 0), min(end, 2200)))
    return _messages(rng, one, other, days)


def _friends(rng: Random, people: int, mean: float) -> tuple[Ints, Ints]:
    """Pairs of friends, so many a person in the mean."""
    busy = np.exp(rng.normal(0, 0.6, people))
    one, other = np.triu_indices(people, 1)
    kept = rng.random(len(one)) < np.minimum(mean * busy[one] * busy[other] / people, 1)
    return one[kept], other[kept]


def _between(at: Reals, start: float, end: float) -> Reals:
    return at[(at >= start) & (at < end)]


def _messages(rng: Random, one: Ints, other: Ints, days: list[Reals]) -> Messages:
    pair = np.repeat(np.arange(len(one)), [len(at) for at in days])
    return _told(rng, one[pair], other[pair], np.concatenate(days))


def _told(rng: Random, one: Ints, other: Ints, at: Reals) -> Messages:
    turned = rng.random(len(at)) < 0.5
    return Messages(np.where(turned, one, other), np.where(turned, other, one), at)

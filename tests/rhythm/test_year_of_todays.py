"""A year of Todays for sixty invented friends: everybody is thought of in time, nobody too often."""

from dataclasses import replace

import numpy as np
import pytest

from amity.nudges.best_set import choose
from amity.rhythm.need import need, rest
from amity.rhythm.own import own_rhythm, owner_mean, pace
from amity.rhythm.standing import DORMANT, standing
from amity.rhythm.state import build, read, update
from amity.ties.mutual import median_gap

PEOPLE, ENERGY, FORTNIGHT = 60, 6, 14


class Year:
    """One owner's year: who is suggested each day, and what comes of it."""

    def __init__(self, seed, done, *, own_median):
        self.rng = np.random.default_rng(seed)
        self.done, self.own_median = done, own_median
        self.states = self.a_history()
        self.care = self.rng.choice([1, 2, 4], PEOPLE)
        self.cost = self.rng.choice([1, 2, 3, 5], PEOPLE)
        self.everybody = np.ones(PEOPLE, bool)
        self.since, self.skips = np.full(PEOPLE, np.inf), np.zeros(PEOPLE, np.int64)
        self.nudges, self.forgotten = np.zeros(PEOPLE, np.int64), []
        self.waiting, self.suggested = np.zeros(PEOPLE, np.int64), np.zeros(PEOPLE, bool)

    def a_history(self):
        rhythm = np.exp(self.rng.uniform(np.log(5), np.log(400), PEOPLE))
        times = self.rng.integers(3, 15, PEOPLE)
        ties = np.repeat(np.arange(PEOPLE), times)
        gap = np.ceil(rhythm[ties] * np.exp(self.rng.normal(0, 0.4, len(ties))))
        ends = np.cumsum(gap)
        silence = np.floor(rhythm * self.rng.random(PEOPLE))
        days = (ends - ends[np.cumsum(times) - 1][ties] - silence[ties]).astype(np.int64)
        self.median = median_gap(ties, days, PEOPLE)
        return build(ties, days, PEOPLE)

    def live(self):
        for day in range(365):
            lg = own_rhythm(self.states, owner_mean(self.states))
            r = np.fmax(np.exp(lg), self.median) if self.own_median else np.exp(lg)
            self.a_today(day, lg, r)
        self.forgotten += np.flatnonzero((self.waiting > 60) & ~self.suggested).tolist()
        return self

    def a_today(self, day, lg, r):
        seen = read(self.states, day)
        sleeping = standing(seen, r, self.everybody) == DORMANT
        u = self.care * need(self.states, day, lg, r, pace(seen)) * rest(self.since, r, self.skips)
        seat = self.rng.permutation(np.flatnonzero(sleeping))[: day % FORTNIGHT == 0]
        u[sleeping & ~np.isin(np.arange(PEOPLE), seat)] = 0
        chosen = choose(u, self.cost, ENERGY, sleeping)
        self.look_back(seen.silence / r, chosen)
        self.since, self.skips[chosen] = self.since + 1, self.skips[chosen] + 1
        self.since[chosen], self.nudges[chosen] = 0, self.nudges[chosen] + 1
        self.meet(day, chosen[self.rng.random(len(chosen)) < self.done])

    def look_back(self, rhythms, chosen):
        inside = (rhythms >= 1) & (rhythms <= 3)
        self.waiting[inside] += 1
        self.suggested[chosen] |= inside[chosen]
        over = (rhythms > 3) & (self.waiting > 0)
        self.forgotten += np.flatnonzero(over & ~self.suggested).tolist()
        self.waiting[over], self.suggested[over] = 0, False

    def meet(self, day, who):
        met = np.isin(np.arange(PEOPLE), who)
        new = update(self.states, day)
        fields = {
            f: np.where(met, getattr(new, f), getattr(self.states, f))
            for f in ("last", "n", "s1", "counters")
        }
        self.states = replace(self.states, **fields)
        self.waiting[met], self.suggested[met], self.skips[met] = 0, False, 0


@pytest.mark.parametrize("own_median", [False, True], ids=["shrunk rhythm", "or own median"])
@pytest.mark.parametrize("done", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_everybody_is_suggested_between_one_and_three_rhythms_and_nobody_too_often(seed, done, own_median):
    year = Year(seed, done, own_median=own_median).live()

    assert year.forgotten == []
    assert year.nudges.max() <= year.nudges.sum() / 5

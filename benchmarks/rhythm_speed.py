"""How fast ties are rebuilt and forecast on one core, beside a plain Python loop over the same ties.

Run with `python benchmarks/rhythm_speed.py`. Targets: 2 million ties a second from state to probability, and
10,000 ties with 200,000 days rebuilt in under 0.3 s. The last column is how far the two results lie apart.
"""

import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from amity.rhythm.chance import SHIPPED, SLOW, chance, curve
from amity.rhythm.days import Ints, Reals
from amity.rhythm.own import KAPPA, LOUDEST, own_rhythm, owner_mean, pace
from amity.rhythm.state import SPANS, States, build, read
from amity.ties.mutual import ANSWER_WITHIN, COMPANY, FROM_OWNER, FROM_THEM, OTHER, TOGETHER, mutual_days

TODAY = 739_600
Result = TypeVar("Result")
State = tuple[float, ...]  # first, last, n, s1, c10, c45, c200


def a_book(ties: int, days: int, seed: int = 1) -> tuple[Ints, Ints]:
    """(ties, days) of a book: so many ties with so many days over eight years."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, ties, days), TODAY - rng.integers(0, 3000, days)


def best_of(times: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of some runs in seconds, and what the last one returned."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        spans.append(time.perf_counter() - start)
    return min(spans), result


def forecast(states: States) -> Reals:
    """Chance of contact within 90 days for every tie, from state alone."""
    seen, lg = read(states, TODAY), own_rhythm(states, owner_mean(states))
    return chance(curve(seen, lg, pace(seen)), seen.silence, 90.0)


def plain_build(ties: Sequence[int], days: Sequence[int]) -> dict[int, State]:
    """The same state tie by tie."""
    states: dict[int, State] = {}
    for tie, day in sorted(set(zip(ties, days, strict=True))):
        if tie not in states:
            states[tie] = (day, day, 1, 0.0, 1.0, 1.0, 1.0)
            continue
        first, last, n, s1, *counters = states[tie]
        gap = day - last
        faded = (c * math.exp(-gap / k) + 1 for c, k in zip(counters, SPANS.tolist(), strict=True))
        states[tie] = (first, day, n + 1, s1 + math.log(gap), *faded)
    return states


def plain_forecast(rows: Iterable[State], m_owner: float, now: float) -> list[float]:
    """The same chance tie by tie, in plain Python; `now` is the owner's pace."""
    # as shipped the others are 0
    a0, a1, a2, a3, a4, a5, _, _, a8, a9, b0, b1, b2, b3, _, c1, _ = SHIPPED.tolist()
    fast, slow = SLOW.tolist()
    chances = []
    for first, last, n, s1, c10, c45, c200 in rows:
        e = TODAY - last
        lg = (s1 + KAPPA * m_owner) / (n - 1 + KAPPA)
        x10, x45, x200 = (
            math.log(c * math.exp(-e / k) + 0.02) for c, k in ((c10, 10), (c45, 45), (c200, 200))
        )
        gaps, heard = max(n - 1, 1), min(n - 1, LOUDEST)
        d = max(math.log(max(last - first, 1) / gaps) - s1 / gaps, 0.0)
        even = math.log((heard + KAPPA) / (heard * d / float(np.euler_gamma) + KAPPA)) / 2
        log_a = a0 + a1 * x10 + a2 * x45 + a3 * x200 + a4 * lg + a5 * now
        a = math.exp(log_a + a8 * (max(fast, min(slow, lg)) - fast) + a9 * even)
        b, c = math.exp(b0 + b1 * lg + b2 * math.log(n) + b3 * even), math.exp(c1 * even)
        chances.append(1 - ((1 + (e / b) ** c) / (1 + ((e + 90) / b) ** c)) ** a)
    return chances


def rebuilding() -> None:
    """Print the rebuild of 10,000 ties from 200,000 days."""
    ties, days = a_book(10_000, 200_000)
    ours, states = best_of(5, lambda: build(ties, days))
    listed = ties.tolist(), days.tolist()
    theirs, peers = best_of(2, lambda: plain_build(*listed))
    apart = max(abs(states.counters[2, tie] - peers[tie][6]) for tie in peers)
    print(f"rebuild 10,000 ties, 200,000 days   {ours:8.3f} s  {theirs:8.3f} s  {apart:.0e}")


def forecasting() -> None:
    """Print ties a second from state to probability, a million ties at once."""
    states = build(*a_book(1_000_000, 5_000_000))
    ours, p = best_of(5, lambda: forecast(states))
    few = np.flatnonzero(states.n)[:100_000]
    columns = (states.first, states.last, states.n, states.s1, *states.counters)
    rows = list(zip(*(column[few].tolist() for column in columns), strict=True))
    m_owner, now = float(owner_mean(states)[0]), float(pace(read(states, TODAY))[0])
    theirs, q = best_of(2, lambda: plain_forecast(rows, m_owner, now))
    speed, plain = len(p) / ours / 1e6, len(few) / theirs / 1e6
    apart = np.abs(p[few] - q).max()
    print(f"state to probability, ties a second {speed:8.2f} M  {plain:8.2f} M  {apart:.0e}")


def plain_mutual_days(rows: Iterable[tuple[int, int, int, int, bool]]) -> list[tuple[int, int]]:
    """The mutual-day rule moment by moment, on (tie, day, channel, people, confirmed)."""
    sides: dict[int, set[tuple[int, int]]] = {
        TOGETHER: set(),
        FROM_THEM: set(),
        FROM_OWNER: set(),
        OTHER: set(),
    }
    for tie, day, channel, people, confirmed in rows:
        if people <= COMPANY or confirmed:
            sides[channel].add((tie, day))
    mutual = set(sides[TOGETHER])
    for asked, answers in ((FROM_THEM, FROM_OWNER), (FROM_OWNER, FROM_THEM)):
        for tie, day in sides[asked]:
            if any((tie, day + i) in sides[answers] for i in range(ANSWER_WITHIN + 1)):
                mutual.add((tie, day))
    return sorted(mutual)


def finding_mutual_days() -> None:
    """Print the mutual-day rule over 200,000 moments of 10,000 people."""
    ties, days = a_book(10_000, 200_000)
    rng = np.random.default_rng(2)
    channels, people = rng.integers(0, 4, len(ties)), rng.integers(1, 12, len(ties))
    columns = (ties, days, channels, people, people > 10)
    ours, found = best_of(5, lambda: mutual_days(*columns))
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    theirs, peers = best_of(2, lambda: plain_mutual_days(rows))
    apart = len(set(peers) ^ set(zip(*(x.tolist() for x in found), strict=True)))
    print(f"mutual days of 200,000 moments      {ours:8.3f} s  {theirs:8.3f} s  {apart}")


if __name__ == "__main__":
    print(f"{'':36}{'ours':>10}{'plain':>12}  apart")
    rebuilding()
    forecasting()
    finding_mutual_days()

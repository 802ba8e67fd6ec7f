"""How fast a table of eight is composed from 500 people, and how near it comes to what others find.

Run with `python benchmarks/table.py`. Target: 500 people, eight chairs, under 1 s. Beside ours: random
tables, the naive way, for as long as it is given, and every table there is where they can be counted.
"""

import itertools
import os
import random
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from amity.introductions.table import Guests, choose, seat

SIZE, LIMIT = 8, 1.0


def a_book(people: int, seed: int = 1) -> Guests:
    """People of whom one in ten has met another, one in thirty shares a word, and few should not meet."""
    rng = np.random.default_rng(seed)

    def pairs(chance: float) -> np.ndarray:
        upper = np.triu(rng.random((people, people)) < chance, 1)
        return upper | upper.T

    bond = np.where(pairs(0.1), -1.0, 1.0) + 1.5 * pairs(0.03) + 1.5 * pairs(0.01)
    np.fill_diagonal(bond, 0.0)
    worth = 0.5 * (rng.random(people) < 0.3)
    return Guests(bond, worth, rng.random(people) < 0.2, pairs(0.005))


def at_random(guests: Guests, seconds: float) -> float:
    """The best of random tables, in so many seconds."""
    chance, best, until = random.Random(1), -np.inf, time.perf_counter() + seconds
    while time.perf_counter() < until:
        table = chance.sample(range(len(guests.worth)), SIZE)
        if guests.is_peaceful(table):
            best = max(best, guests.value(table))
    return float(best)


def all_of_them(guests: Guests) -> float:
    """The best of every table."""
    tables = itertools.combinations(range(len(guests.worth)), SIZE)
    return max(guests.value(table) for table in tables if guests.is_peaceful(table))


def row(what: str, seconds: float, value: float) -> None:
    """Print one way with its time and the worth of its table."""
    print(f"{what:<44} {seconds * 1000:>10.1f} ms   worth {value:.1f}")


def main() -> None:
    """Print ours beside its peers."""
    guests = a_book(500)
    start = time.perf_counter()
    table = choose(guests, SIZE, seed=1)
    ours = time.perf_counter() - start
    assert table is not None
    row("500 people, swap search", ours, guests.value(table))
    print(f"limit {LIMIT:.0f} s: {'kept' if ours < LIMIT else 'MISSED'}")
    for seconds in (1.0, 10.0):
        row("500 people, random tables", seconds, at_random(guests, seconds))
    few = a_book(18)
    start = time.perf_counter()
    small = choose(few, SIZE, seed=1)
    took = time.perf_counter() - start
    assert small is not None
    row("18 people, swap search", took, few.value(small))
    start = time.perf_counter()
    best = all_of_them(few)
    row("18 people, all 43,758 tables", time.perf_counter() - start, best)
    start = time.perf_counter()
    seat(guests.bond[:9, :9])
    print(f"{'nine chairs, seated exactly':<44} {(time.perf_counter() - start) * 1000:>10.1f} ms")


if __name__ == "__main__":
    main()

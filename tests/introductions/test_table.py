from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.introductions.table import Guests, choose, neighbours, seat


def a_square(rng, count, values):
    upper = np.triu(rng.choice(values, (count, count)), 1)
    return upper + upper.T


def guests_of(seed: int, count: int = 12, *, quarrels: float = 0.1) -> Guests:
    rng = np.random.default_rng(seed)
    return Guests(
        bond=a_square(rng, count, [-1.0, 0.0, 1.0, 2.5, 4.0]),
        worth=rng.choice([0.0, 0.5], count),
        new=rng.random(count) < 0.2,
        apart=a_square(rng, count, [0, 1] if quarrels >= 0.5 else [0] * 9 + [1]).astype(bool),
    )


def every_table(guests: Guests, size: int, must=()):
    tables = (set(table) for table in combinations(range(len(guests.worth)), size))
    return [sorted(table) for table in tables if set(must) <= table and guests.is_peaceful(sorted(table))]


@pytest.mark.parametrize("size", [4, 5, 6, 7, 8])
def test_on_small_cases_no_table_is_better(size):
    for seed in range(40):
        guests = guests_of(seed)
        best = max((guests.value(table) for table in every_table(guests, size)), default=None)

        table = choose(guests, size, seed=1)

        assert (
            (guests.value(table) if table else None) == pytest.approx(best)
            if best is not None
            else table is None
        )


def test_whoever_must_be_there_is_there_and_the_rest_is_still_the_best():
    for seed in range(40):
        guests = guests_of(seed)
        possible = every_table(guests, 5, must=(2, 7))

        table = choose(guests, 5, seed=1, must=(2, 7))

        assert (table is None) == (not possible)
        assert table is None or guests.value(table) == pytest.approx(max(map(guests.value, possible)))


@given(seed=st.integers(0, 10_000), size=st.integers(4, 8), again=st.integers(0, 99))
def test_a_table_has_its_size_keeps_the_peace_and_is_the_same_again(seed, size, again):
    guests = guests_of(seed, 20)

    table = choose(guests, size, seed=again)

    assert table is not None
    assert (len(set(table)), guests.is_peaceful(table)) == (size, True)
    assert choose(guests, size, seed=again) == table


def test_where_everybody_quarrels_there_is_no_table():
    nobody = np.zeros(6)
    guests = Guests(np.ones((6, 6)), nobody, nobody.astype(bool), ~np.eye(6, dtype=bool))

    assert choose(guests, 4, seed=1) is None


def test_fewer_people_than_chairs_make_no_table():
    assert choose(guests_of(1, 3), 4, seed=1) is None


def test_somebody_new_is_invited_though_the_others_share_more():
    bond = np.ones((6, 6)) - np.eye(6)
    bond[5] = bond[:, 5] = 0.0
    guests = Guests(bond, np.zeros(6), np.arange(6) == 5, np.zeros((6, 6), bool))

    table = choose(guests, 4, seed=1)

    assert 5 in table


@pytest.mark.parametrize("count", range(1, 9))
def test_no_seating_is_better(count):
    for seed in range(6):
        bond = a_square(np.random.default_rng(seed), count, [-1.0, 0.0, 1.5, 2.0])
        best = max(neighbours([0, *order], bond) for order in permutations(range(1, count)))

        order = seat(bond)

        assert (order[0], sorted(order)) == (0, list(range(count)))
        assert neighbours(order, bond) == pytest.approx(best)

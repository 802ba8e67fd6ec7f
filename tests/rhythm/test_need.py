"""Whom one more stretch of silence would cost most, and which few to suggest."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.nudges.best_set import choose
from amity.rhythm.need import gate, need, rest
from rhythm_cast import every, ties_met_on


def need_at_two_rhythms(r, times):
    history = every(r, times)
    known = np.array([float(r)])
    return need(ties_met_on(history), history[-1] + 2 * r, np.log(known), known, 0.0)[0]


def test_nobody_is_nudged_before_a_whole_rhythm_of_silence():
    r = np.full(5, 30.0)

    opened = gate(np.array([0.0, 30.0, 60.0, 90.0, 900.0]), r)

    assert opened.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("r", "expected"), [(7, 0.0375), (30, 0.0180), (90, 0.0165), (180, 0.0152), (365, 0.0090)]
)
def test_two_years_of_even_meetings_then_two_rhythms_of_silence_weigh_alike(r, expected):
    assert round(need_at_two_rhythms(r, 730 // r + 1), 4) == expected


def test_a_yearly_friend_is_not_outweighed_by_a_quarterly_one():
    assert need_at_two_rhythms(90, 8) < 2 * need_at_two_rhythms(365, 8)


def test_a_suggestion_is_followed_by_peace_that_ends():
    days = np.array([0.0, 14.0, 140.0, np.inf])

    rested = rest(days, np.full(4, 20.0))

    np.testing.assert_allclose(rested, [0, 1 - np.exp(-1), 1 - np.exp(-10), 1])


def test_slow_friends_rest_longer_and_each_skip_lengthens_it():
    slow, once, twice = (rest(np.array([50.0]), np.array([100.0]), skips)[0] for skips in (0, 1, 2))

    np.testing.assert_allclose([slow, once, twice], 1 - np.exp([-1, -1 / 4, -1 / 9]))


def chosen(utilities, costs, budget=6, dormant=None, **limits):
    sleeping = np.zeros(len(utilities), bool) if dormant is None else np.array(dormant, bool)
    return choose(np.array(utilities, float), np.array(costs, np.int64), budget, sleeping, **limits).tolist()


def test_two_small_good_deeds_are_worth_more_than_one_great_one():
    assert chosen([5, 3, 3], [5, 3, 3]) == [1, 2]


def test_the_best_come_first_and_no_more_than_three():
    assert chosen([1, 4, 2, 3], [1, 1, 1, 1]) == [1, 3, 2]


def test_one_sleeper_at_most():
    assert chosen([9, 8, 1], [1, 1, 1], dormant=[True, True, False]) == [0, 2]


def test_a_day_of_rest_and_a_day_without_anybody_due_suggest_nobody():
    assert chosen([3, 2], [1, 1], budget=0) == []
    assert chosen([0, 0], [1, 1]) == []
    assert chosen([], []) == []


def test_among_equals_the_earlier_is_chosen():
    assert chosen([2, 2, 2, 2, 2], [2, 2, 2, 2, 2]) == [0, 1, 2]


candidate = st.tuples(st.integers(0, 12), st.sampled_from([1, 2, 3, 5]), st.booleans())


@given(st.lists(candidate, min_size=1, max_size=9), st.integers(0, 12))
def test_no_other_set_is_better(people, budget):
    utilities, costs, dormant = zip(*people, strict=True)

    rows = chosen(utilities, costs, budget, dormant)

    def worth(some):
        fits = sum(costs[i] for i in some) <= budget and sum(dormant[i] for i in some) <= 1
        return sum(utilities[i] for i in some) if fits else -1

    best = max(worth(some) for size in range(4) for some in combinations(range(len(people)), size))
    assert (worth(rows), len(set(rows))) == (best, len(rows))

"""What became of the three words, on windows and forecasts made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from amity.rhythm.days import Flags, Reals
from amity.ties import learning
from amity.ties.learning import Window
from amity.ties.words import LIKELY, MAYBE
from amity.ties.words_kept import Forecasts, Word, became, forecasts

DAY = 739_000
TIES = 60


def a_window(day: int, *, came_true: bool, z: float = 0.7) -> Window:
    """A day on which many ties were forecast alike, and either all or none were in touch afterwards."""
    touched = np.full(TIES, came_true)
    said = learning.Forecasts(np.arange(TIES), np.full(TIES, z), touched, day + 90)
    return Window(day, np.full((3, TIES), z), np.broadcast_to(touched, (3, TIES)), day + 30, said)


def a_year(chances: Reals | float, touched: Flags) -> Forecasts:
    """Forecasts of every tie in every month."""
    return Forecasts(np.ones_like(touched), np.broadcast_to(np.asarray(chances), touched.shape), touched)


def shipped(z: float) -> float:
    return float(-np.expm1(-z))


@pytest.mark.parametrize("came_true", [True, False])
def test_what_happened_after_a_day_is_not_in_the_forecast_of_that_day(came_true):
    made = forecasts([a_window(DAY, came_true=came_true)], DAY + 90)

    assert np.allclose(made.chances, shipped(0.7))


def test_what_earlier_months_taught_is_in_a_forecast():
    before = a_window(DAY - 30, came_true=True)

    new, old = forecasts([a_window(DAY, came_true=False), before], DAY + 90).chances

    assert np.allclose(old, shipped(0.7))
    assert (new > shipped(0.7) + 0.1).all()


def test_a_month_that_was_not_over_on_that_day_taught_it_nothing():
    before = a_window(DAY - 29, came_true=True)

    new, _ = forecasts([a_window(DAY, came_true=False), before], DAY + 90).chances

    assert np.allclose(new, shipped(0.7))


def test_a_forecast_is_judged_when_its_three_months_are_over_and_for_a_year():
    found = [a_window(DAY - 30 * ago, came_true=True) for ago in range(20)]

    assert [len(forecasts(found, DAY + after).made) for after in (59, 89, 90)] == [12, 12, 12]
    assert [len(forecasts(found[:1], DAY + after).made) for after in (89, 90)] == [0, 1]


def test_who_was_forecast_in_some_months_only_counts_in_those():
    one = Window(
        DAY,
        np.zeros((3, 0)),
        np.zeros((3, 0), bool),
        DAY + 30,
        learning.Forecasts(np.array([7]), np.ones(1), np.array([True]), DAY + 90),
    )
    other = learning.Forecasts(np.array([3]), np.ones(1), np.array([False]), DAY + 60)

    made = forecasts([one, Window(DAY - 30, one.z, one.touched, DAY, other)], DAY + 90)

    assert (made.made.tolist(), made.touched.tolist()) == (
        [[False, True], [True, False]],
        [[False, True], [False, False]],
    )


def test_each_chance_is_said_in_one_word_also_at_the_edges():
    chances = np.array([[0.0, MAYBE - 1e-9, MAYBE, LIKELY - 1e-9, LIKELY, 1.0]])

    words = became(a_year(chances, np.ones((1, 6), bool)))

    assert [one.times for one in words] == [2, 2, 2]


def test_what_happens_twice_as_often_as_forecast_is_not_kept_though_the_word_is_wide():
    touched = np.arange(54)[None] < 17  # .315, and a quarter is still "unlikely"

    unlikely = became(a_year(0.154, touched))[-1]

    assert (unlikely.times, unlikely.in_touch, round(unlikely.forecast, 3)) == (54, 17, 0.154)
    assert not unlikely.holds


def test_chance_alone_is_no_broken_word():
    touched = np.arange(54)[None] < 24

    maybe = became(a_year(0.5, touched))[1]

    assert (maybe.share < maybe.forecast, maybe.holds) == (True, True)
    assert not Word("maybe", 54, 24, 0.5, 0.0).holds


def test_the_months_of_one_friend_are_not_as_many_friends():
    apart = became(a_year(0.5, np.arange(60)[None] % 5 < 2))[1]
    together = became(a_year(0.5, np.broadcast_to(np.arange(5) < 2, (12, 5))))[1]

    assert (apart.share, together.share) == (together.share, 0.4)
    assert (together.error > 3 * apart.error, apart.times) == (True, together.times)


def test_a_few_who_were_always_in_touch_prove_nothing_against_a_forecast_of_nine_in_ten():
    always = became(a_year(0.9, np.ones((12, 4), bool)))[0]

    assert (always.share, always.holds) == (1.0, True)


def test_a_few_who_all_came_back_when_that_was_unlikely_are_no_chance():
    maybe = became(a_year(0.3, np.ones((12, 4), bool)))[1]

    assert (maybe.share, maybe.holds) == (1.0, False)


def test_two_friends_of_whom_one_was_in_touch_worked_by_hand():
    maybe = became(a_year(0.5, np.array([[True, False]])))[1]

    assert maybe.error == pytest.approx(
        0.5
    )  # sums of .5 and -.5, twice over for there are but two; of two times


def test_forecasts_that_are_right_are_called_so_nineteen_times_in_twenty():
    draw, chance, missed, naive = np.random.default_rng(4), 0.4, 0, 0
    for _ in range(400):
        monthly = draw.poisson(-np.log(1 - chance) / 3, (14, 40))
        touched = monthly[:-2] + monthly[1:-1] + monthly[2:] > 0
        maybe = became(a_year(chance, touched))[1]
        missed += not maybe.holds
        naive += abs(maybe.share - chance) > 2 * np.sqrt(chance * (1 - chance) / maybe.times)

    assert (missed <= 30, naive >= 60) == (True, True)

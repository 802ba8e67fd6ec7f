"""One word for how a tie is doing."""

import numpy as np
import pytest

from amity.rhythm.chance import chance, curve
from amity.rhythm.need import need
from amity.rhythm.own import M_WORLD, own_rhythm
from amity.rhythm.standing import NAMES, growth, standing
from amity.rhythm.state import Seen, read
from amity.ties.mutual import median_gap
from rhythm_cast import every, ties_met_on
from rhythm_golden import TIES


def word(history, today, *, sparked=True, r=None):
    states = ties_met_on(history)
    rhythm = np.exp(own_rhythm(states, M_WORLD)) if r is None else np.array([float(r)])
    return NAMES[standing(read(states, today), rhythm, np.array([sparked]))[0]]


def test_the_words_are_those_of_the_product():
    assert NAMES == ("single-serving", "new spark", "growing", "steady", "drifting", "dormant")


def test_a_card_from_a_crowd_is_single_serving_until_there_is_a_spark():
    assert word([], 100, sparked=False) == "single-serving"
    assert word([], 100) == "new spark"


def test_a_spark_is_new_until_the_third_day():
    assert word([0, 10], 12) == "new spark"
    assert word([0, 10, 20], 22) != "new spark"


def test_a_friend_met_every_ninety_days_eight_times_is_steady_the_day_after():
    assert word(every(90, 8), 631) == "steady"


@pytest.mark.parametrize("gap", [30, 60, 90, 120, 180])
def test_a_slow_friendship_is_steady_the_day_after_and_until_the_next_meeting_is_due(gap):
    history = every(gap, 8)

    words = {word(history, history[-1] + e, r=gap) for e in range(1, gap)}

    assert words == {"steady"}


def test_more_often_than_before_is_growing():
    assert word([*every(60, 6), *every(7, 6, first=330)], 366) == "growing"


@pytest.mark.parametrize(("gap", "days"), [(1, 120), (2, 70), (3, 60), (7, 28), (7, 700), (1, 700)])
def test_a_tie_kept_evenly_is_not_called_growing_for_long(gap, days):
    history = every(gap, days // gap)

    assert word(history, history[-1]) == "steady"


def test_a_quarterly_friend_drifts_after_two_and_a_half_rhythms_and_sleeps_after_four():
    history = every(90, 13)

    silent = [word(history, history[-1] + e, r=90) for e in (225, 226, 360, 361)]

    assert silent == ["steady", "drifting", "drifting", "dormant"]


def test_a_frequent_friend_drifts_sooner_since_the_recent_weeks_fall_short_of_the_past():
    history = every(7, 100)

    silent = [word(history, history[-1] + e, r=7) for e in (25, 26, 180, 181)]

    assert silent == ["steady", "drifting", "drifting", "dormant"]


def test_a_yearly_friend_is_not_called_dormant_when_the_own_median_counts():
    history, today = [0, 365, 730], 730 + 300
    states = ties_met_on(history)
    shrunk = np.exp(own_rhythm(states, M_WORLD))
    longer = np.fmax(shrunk, median_gap(np.zeros(3, np.int64), np.array(history), 1))

    words = [NAMES[standing(read(states, today), r, np.array([True]))[0]] for r in (shrunk, longer)]

    assert words == ["dormant", "steady"]


def test_an_even_history_neither_grows_nor_shrinks():
    z = growth(read(ties_met_on(every(5, 400)), 400 * 5))

    np.testing.assert_allclose(z, [0], atol=0.5)


@pytest.mark.parametrize("worked", TIES, ids=lambda worked: worked.name)
def test_ten_ties_worked_by_hand_come_out_alike(worked):
    states = ties_met_on(worked.days)
    seen, lg = read(states, worked.today), own_rhythm(states, M_WORLD)

    by = curve(seen, lg, 0.0)

    p30, p90 = (chance(by, seen.silence, h) for h in (30, 90))
    needed = need(states, worked.today, lg, np.exp(lg), 0.0)
    got = np.concatenate((lg, by.a, by.b, by.c, p30, p90, needed))
    expected = (worked.lg, worked.a, worked.b, worked.c, worked.p30, worked.p90, worked.need)
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-6)
    assert NAMES[standing(seen, np.exp(lg), np.array([True]))[0]] == worked.standing


def test_a_busy_owners_ties_are_likelier_by_what_was_fitted():
    seen = read(ties_met_on([0, 30, 60]), 70)

    busy, even = (curve(seen, np.log([30.0]), pace) for pace in (0.5, 0.0))

    np.testing.assert_allclose(np.log(busy.a / even.a), [0.558 * 0.5])


@pytest.mark.parametrize(("age", "name"), [(199, "steady"), (200, "drifting")])
def test_a_low_growth_tells_from_two_hundred_days_of_age_on(age, name):
    of_all = (np.array([float(one)]) for one in (20, age))
    seen = Seen(*of_all, np.array([40]), np.zeros(1), np.array([[0.1], [1.0], [30.0]]))

    assert NAMES[standing(seen, np.array([30.0]), np.array([False]))[0]] == name

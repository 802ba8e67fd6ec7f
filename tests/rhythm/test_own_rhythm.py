"""How often two are naturally in touch, and how sure one may be of it."""

import numpy as np

from amity.rhythm.own import M_WORLD, band, own_rhythm, owner_mean, pace
from amity.rhythm.state import read
from rhythm_cast import every, ties_met_on


def test_a_new_owner_has_the_rhythm_of_the_world():
    nobody_twice = ties_met_on([0], [5], [])

    np.testing.assert_allclose(np.exp(owner_mean(nobody_twice)), [21, 21, 21])


def test_twenty_gaps_of_the_owners_weigh_as_much_as_the_world():
    weekly = ties_met_on(every(7, 21))

    np.testing.assert_allclose(owner_mean(weekly), [(np.log(7) + M_WORLD) / 2])


def test_one_kept_daily_does_not_tell_the_rhythm_of_the_others():
    quarterly = [every(90, 5, first=-400 + at) for at in range(20)]

    mean = np.exp(owner_mean(ties_met_on(*quarterly, every(1, 700, first=-700))))

    np.testing.assert_allclose(mean[0], np.exp((80 * np.log(90) + 20 * np.log(1) + 20 * M_WORLD) / 120))
    assert mean[0] > 30


def test_each_owner_has_a_mean_of_their_own():
    book = ties_met_on(every(7, 21), every(90, 21), [3])

    means = owner_mean(book, np.array([0, 1, 0]))

    np.testing.assert_allclose(np.exp(means), [np.sqrt(7 * 21), np.sqrt(90 * 21), np.sqrt(7 * 21)])


def test_a_tie_without_gaps_has_the_owners_rhythm():
    np.testing.assert_allclose(own_rhythm(ties_met_on([0], []), np.log(30)), np.log([30, 30]))


def test_many_gaps_speak_for_themselves():
    np.testing.assert_allclose(np.exp(own_rhythm(ties_met_on(every(7, 500)), M_WORLD)), [7], rtol=0.02)


def test_the_band_narrows_as_gaps_come_in():
    low, high = band(np.log([20.0, 20.0]), np.array([1, 37]))

    np.testing.assert_allclose(low, 20 * np.exp([-np.sqrt(1 / 4.5), -np.sqrt(1 / 40.5)]))
    np.testing.assert_allclose(high * low, [400, 400])


def test_an_even_year_has_an_even_pace_and_a_busy_week_a_high_one():
    even, busy = read(ties_met_on(every(1, 1000)), 999), read(ties_met_on([0], [1], [2]), 2)

    np.testing.assert_allclose(pace(even), [0], atol=0.06)
    assert pace(busy).min() > 0.5


def test_two_owners_do_not_share_a_pace():
    seen = read(ties_met_on([0], [-300], [0]), 0)

    together, apart = pace(seen), pace(seen, np.array([0, 1, 0]))

    assert len(set(together.tolist())) == 1
    assert apart[0] == apart[2] > 0 > -0.01 < apart[1]


def test_the_pace_of_one_who_met_today_after_long_silence_is_as_by_hand():
    today = read(ties_met_on([0]), 0)

    np.testing.assert_allclose(pace(today), [np.log((1 / 10 + 0.05) / (1 / 45 + 0.05))])

"""How likely contact is if nobody does anything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.rhythm.chance import SHIPPED, Curve, chance, curve, evenness, exponent, survival
from amity.rhythm.need import gate, need, rest
from amity.rhythm.own import M_WORLD, band, own_rhythm, owner_mean, pace
from amity.rhythm.standing import standing
from amity.rhythm.state import merge, read, update
from rhythm_cast import every, forecast, ties_met_on, wait

silences = st.floats(0, 1e6)
horizons = st.floats(0, 1e6)
shares = st.floats(0, 0.999)


def logs(low, high):
    """Numbers whose logs lie evenly, as arrays of one."""
    return st.floats(low, high).map(lambda log: np.exp([log]))


forms = logs(-1.5, 1.5)
lomax = st.tuples(logs(-8, 6), logs(-4, 10)).map(lambda ab: Curve(*ab))
curves = lomax | st.tuples(logs(-8, 6), logs(-4, 10), forms, forms).map(lambda abcs: Curve(*abcs))


@given(curves, silences, horizons)
def test_a_chance_is_a_chance(by, e, h):
    p = chance(by, e, h)

    assert 0 <= p <= 1
    np.testing.assert_allclose(p + survival(by, e, h), 1)


@given(curves, silences, horizons, horizons)
def test_more_days_bring_no_smaller_chance(by, e, h, more):
    assert chance(by, e, h) <= chance(by, e, h + more)


@given(lomax, silences, silences, horizons)
def test_more_silence_brings_no_greater_chance(by, e, more, h):
    assert chance(by, e, h) >= chance(by, e + more, h)


@given(lomax, logs(-1.5, 0), forms, silences, silences, horizons)
def test_nor_does_it_where_contact_comes_in_bursts(by, bursts, bend, e, more, h):
    by = by._replace(c=bursts, s=bend)

    assert exponent(by, e, h) >= exponent(by, e + more, h) * (1 - 1e-9)


def test_of_two_who_meet_evenly_it_raises_the_chance_until_the_day_has_come():
    weekly = Curve(np.array([1.0]), np.array([7.0]), np.array([4.0]))

    p = chance(weekly, np.arange(8.0), 1.0)

    assert (np.diff(p) > 0).all()


@given(lomax, silences, horizons)
def test_a_power_of_one_is_the_limit_of_powers_near_it(by, e, h):
    near = by._replace(c=np.array([1 + 1e-12]))

    np.testing.assert_allclose(exponent(near, e, h), exponent(by, e, h), rtol=1e-6, atol=1e-12)


@given(lomax, silences, shares)
def test_the_wait_for_a_chance_brings_that_chance(by, e, share):
    days = wait(by, e, share)

    farthest = days >= min(e + by.b[0], 1) * np.exp(29.9)
    assert farthest or abs(chance(by, e, days) - share) < 1e-6


@given(lomax, silences, horizons, st.floats(-2, 2), st.floats(-1.5, 1.5))
def test_an_owners_two_numbers_are_two_coefficients(by, e, h, offset, bend):
    z = exponent(by, e, h)
    leaning = by._replace(a=by.a * np.exp(offset * np.exp(-bend)), s=np.exp([bend]))

    expected = np.minimum(np.exp(offset) * z ** np.exp(bend), 600)
    below = z < 600
    np.testing.assert_allclose(exponent(leaning, e, h)[below], expected[below], rtol=1e-9, atol=1e-300)


def test_each_coefficient_does_what_its_name_says():
    """A book of three at a pace of its own: what one more unit of each coefficient does, by hand."""
    states = ties_met_on([0, 20, 60], [50, 57, 64], [0])
    seen, lg = read(states, 70), np.log([200.0, 7.0, 21.0])
    c10, c45, c200 = np.log(seen.counters + 0.02)
    over = np.log(1 + np.array([10 / 200, 6 / 7, 70 / 21]))
    ended = np.log(1 + np.array([3, 3, 1]) * np.log(np.array([85 / 75, 35 / 29, 85 / 15])))
    one = np.ones(3)
    slow = np.log([120 / 12, 1, 21 / 12])
    apart = np.array([2 * np.log(30) - np.log(20) - np.log(40), 0, 0])
    even = np.log((np.array([2, 2, 0]) + 4.5) / (apart / np.euler_gamma + 4.5)) / 2
    of_a, of_b = (
        (one, c10, c45, c200, lg, 0.4 * one, over, ended, slow, even),
        (one, lg, np.log([3, 3, 1]), even),
    )

    columns = [*((0, x) for x in of_a), *((1, x) for x in of_b), (2, one), (2, even), (3, one)]
    was = logs_of(curve(seen, lg, 0.4))
    for at, (part, column) in enumerate(columns):
        more = logs_of(curve(seen, lg, 0.4, SHIPPED + 0.1 * (np.arange(17) == at)))
        expected = np.where(np.arange(4)[:, None] == part, 0.1 * column, 0)
        np.testing.assert_allclose(more - was, expected, atol=1e-12)


def logs_of(by):
    """log a, log b, log c and log s, (4, ties)."""
    return np.log(np.stack(np.broadcast_arrays(*by)))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30), st.integers(0, 3000))
def test_the_forecast_of_a_tie_falls_with_silence_once_a_rhythm_has_passed(gaps, silence):
    states = ties_met_on(np.cumsum(gaps).tolist())
    today = int(states.last[0] + np.ceil(np.exp(own_rhythm(states, M_WORLD))[0])) + silence

    assert forecast(states, today + 7, 30) <= forecast(states, today, 30) + 1e-12


def test_a_weekly_friend_is_likelier_to_be_in_touch_than_a_quarterly_one_who_is_likelier_than_a_stranger():
    weekly, quarterly = every(7, 20, first=-133), every(90, 8, first=-630)

    p = forecast(ties_met_on(weekly, quarterly, []), 0, 30)

    assert p[0] > p[1] > p[2]
    assert p[2] < 1e-4


@pytest.mark.parametrize("rhythm", [7, 14, 30, 60, 90])
@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.8])
def test_whoever_is_met_evenly_and_is_due_within_three_months_is_likely_to_be_in_touch_by_then(rhythm, share):
    kept, begun = ties_met_on(every(rhythm, 12)), ties_met_on(every(rhythm, 4))

    assert forecast(kept, int(kept.last[0]) + round(share * rhythm), 90) >= 0.6
    assert forecast(begun, int(begun.last[0]) + round(share * rhythm), 90) >= 0.45


def test_a_slow_friend_is_as_likely_within_one_rhythm_as_a_quick_one():
    """Twelve days apart or 120, met at random: the day after, contact within the next rhythm."""
    rng = np.random.default_rng(3)
    for rhythm in (30, 60, 120):
        waits = np.maximum(1, rng.exponential(rhythm, (400, 12))).round().astype(np.int64)
        states = ties_met_on(*np.cumsum(waits, axis=1).tolist())

        p = forecast(states, states.last + 1, rhythm)

        assert 0.5 < p.mean() < 0.85


days_of_ties = st.lists(st.integers(0, 3000), min_size=1, max_size=40, unique=True)


@given(days_of_ties, st.integers(1, 50), st.integers(0, 400))
def test_evenness_asks_neither_how_slow_nor_how_silent_a_tie_is(days, slower, silence):
    states = ties_met_on(days, [slower * day for day in days])

    even = evenness(read(states, states.last + silence))

    np.testing.assert_allclose(even[0], even[1], atol=1e-9)
    assert even[0] <= evenness(read(ties_met_on(every(7, len(days))), 3000))[0] + 1e-9


def test_evenness_leans_on_chance_and_tells_bursts_from_clockwork():
    clockwork, bursts, chance_alone = (
        every(30, 21),
        sorted(day + more for day in every(300, 7) for more in (0, 1, 2)),
        np.cumsum(np.ceil(-300 * np.log(1 - (np.arange(1000) + 0.5) / 1000))).astype(int).tolist(),
    )
    states = ties_met_on(clockwork, bursts, chance_alone, [0, 30], [0])

    even = evenness(read(states, states.last))

    np.testing.assert_allclose(even[[0, 3, 4]], [np.log(24.5 / 4.5) / 2, np.log(5.5 / 4.5) / 2, 0])
    assert even[1] < -0.5
    assert abs(even[2]) < 0.02


def test_whoever_is_met_like_clockwork_comes_when_due_and_not_before():
    """Thirty days apart twelve times, like clockwork or at random: contact within ten days."""
    at_random = np.cumsum([0, 4, 61, 12, 35, 80, 9, 22, 48, 17, 3, 39]).tolist()
    states = ties_met_on(every(30, 12), at_random)

    fresh, due = (forecast(states, states.last + silence, 10) for silence in (1, 28))

    assert fresh[0] < 0.75 * fresh[1]
    assert due[0] > 1.3 * due[1]
    assert due[0] > 1.8 * fresh[0]


def test_nothing_warns_at_the_extremes():
    histories = [[], [0], [-3_000_000, 3_000_000], every(1, 3000), [-1], [0, 1], [700_000] * 9]
    with np.errstate(all="raise"):
        states = ties_met_on(*histories)
        m = owner_mean(states)
        for today in (-3_000_000, 0, 5, 3_000_000):
            seen, lg = read(states, today), own_rhythm(states, m)
            by = curve(seen, lg, pace(seen))
            other = by._replace(c=np.exp([1.5]), s=np.exp([1.5]))
            values = [
                *(
                    f(one, seen.silence, h)
                    for one in (by, other)
                    for f in (chance, survival)
                    for h in (0, 1e-9, 90.0, 1e9)
                ),
                *band(lg, states.n),
                gate(seen.silence, np.exp(lg)),
                need(states, today, lg, np.exp(lg), pace(seen)),
                rest(seen.silence, np.exp(lg), 10**6),
                standing(seen, np.exp(lg), seen.n > 2),
                update(states, 3_000_000).counters,
                merge(states, ties_met_on(*([3_000_000] for _ in histories))).s1,
            ]
            assert all(np.isfinite(value).all() for value in values)

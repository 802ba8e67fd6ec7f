"""How likely contact is if nobody does anything."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amity.rhythm.chance import chance, curve, survival, wait
from amity.rhythm.need import gate, need, rest
from amity.rhythm.own import M_WORLD, band, own_rhythm, owner_mean, pace
from amity.rhythm.standing import standing
from amity.rhythm.state import merge, read, update
from rhythm_cast import every, forecast, ties_met_on

shapes = st.floats(np.exp(-8), np.exp(6))
scales = st.floats(np.exp(-4), np.exp(8))
silences = st.floats(0, 1e6)
horizons = st.floats(0, 1e6)
shares = st.floats(0, 0.999)


@given(shapes, scales, silences, horizons)
def test_a_chance_is_a_chance(a, b, e, h):
    p = chance(a, b, e, h)

    assert 0 <= p <= 1
    np.testing.assert_allclose(p + survival(a, b, e, h), 1)


@given(shapes, scales, silences, horizons, horizons)
def test_more_days_bring_no_smaller_chance(a, b, e, h, more):
    assert chance(a, b, e, h) <= chance(a, b, e, h + more)


@given(shapes, scales, silences, silences, horizons)
def test_more_silence_brings_no_greater_chance(a, b, e, more, h):
    assert chance(a, b, e, h) >= chance(a, b, e + more, h)


@given(shapes, scales, silences, shares)
def test_the_wait_for_a_chance_brings_that_chance(a, b, e, share):
    days = wait(a, b, e, share)

    farthest = days >= min(e + b, 1) * np.exp(29.9)
    assert farthest or abs(chance(a, b, e, days) - share) < 1e-6


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


def test_nothing_warns_at_the_extremes():
    histories = [[], [0], [-3_000_000, 3_000_000], every(1, 3000), [-1], [0, 1], [700_000] * 9]
    with np.errstate(all="raise"):
        states = ties_met_on(*histories)
        m = owner_mean(states)
        for today in (-3_000_000, 0, 5, 3_000_000):
            seen, lg = read(states, today), own_rhythm(states, m)
            a, b = curve(seen, lg, pace(seen))
            values = [
                *(f(a, b, seen.silence, h) for f in (chance, survival) for h in (0, 1e-9, 90.0, 1e9)),
                *(wait(a, b, seen.silence, q) for q in (0.0, 0.5, 1 - 1e-16)),
                *band(lg, states.n),
                gate(seen.silence, np.exp(lg)),
                need(states, today, lg, np.exp(lg), pace(seen)),
                rest(seen.silence, np.exp(lg), 10**6),
                standing(seen, np.exp(lg), seen.n > 2),
                update(states, 3_000_000).counters,
                merge(states, ties_met_on(*([3_000_000] for _ in histories))).s1,
            ]
            assert all(np.isfinite(value).all() for value in values)

"""Ties for the tests of rhythm: each builder states only the days that matter."""

import numpy as np

from amity.rhythm.chance import chance, curve
from amity.rhythm.own import M_WORLD, own_rhythm
from amity.rhythm.state import build, read

FIELDS = ("first", "last", "n", "s1", "counters")


def pairs(*histories):
    """(ties, days) of histories, one per tie, each a list of days."""
    ties = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    return ties, np.array([day for history in histories for day in history], np.int64)


def ties_met_on(*histories):
    return build(*pairs(*histories), len(histories))


def every(gap, times, first=0):
    return list(range(first, first + gap * times, gap))


def forecast(states, today, horizon, pace=0.0):
    seen = read(states, today)
    return chance(curve(seen, own_rhythm(states, M_WORLD), pace), seen.silence, horizon)


def wait(by, silence, share):
    """Days H until the chance is `share`: exponent(by, silence, H) = -log(1 - share), at most e^30."""
    a, b, c, s = by
    grown = np.expm1(np.minimum((-np.log1p(-share)) ** (1 / s) / a, 30.0))
    before = (silence / b) ** c
    return np.minimum(b * (before + grown * (1 + before)) ** (1 / c) - silence, np.exp(30.0))


def assert_same(one, other):
    for name in FIELDS:
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), rtol=1e-12, atol=1e-12, err_msg=name
        )

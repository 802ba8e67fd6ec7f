"""Chance: how likely contact is within some days if nobody does anything.

The rate of a tie is drawn from a Gamma law, and given its rate a wait is Weibull of power c: after e silent
days the wait T is compound Weibull (Dubey 1968), Lomax where c = 1 (Lomax 1954). Fitted (docs/rhythm.md) on
rhythms of days to a year and H of 7 to 90 days; what is beyond extrapolates.
"""

from typing import NamedTuple

import numpy as np

from amity.rhythm.days import Reals
from amity.rhythm.own import KAPPA
from amity.rhythm.state import Seen

SHIPPED = np.array([-1.448, -0.061, 0.125, 0.462, 0.338, 0.558, 0, 0, 0.91, 0.110, 0.486, -0.024, 0, 0.34, 0])
# Which coefficients make log a, c log(b / r), log c and log s, and between what these are kept.
PARTS = (slice(0, 9), slice(9, 12), slice(12, 14), slice(14, 15))
RANGES = ((-8.0, 6.0), (-6.0, 6.0), (-1.5, 1.5), (-1.5, 1.5))
YOUNG, INSTANT, LG = 15.0, 1e-9, 4  # days, days, and the row of `design` that holds lg
SLOW = np.log([12.0, 120.0])  # days of rhythm from which on, and up to which, slower is no weaker


class Curve(NamedTuple):
    """Shape a, scale b in days, power c and bend s of ties, each above 0 and (ties,) or one for all."""

    a: Reals
    b: Reals
    c: Reals = np.ones(1)
    s: Reals = np.ones(1)


def design(seen: Seen, lg: Reals, pace: Reals | float) -> Reals:
    """What each coefficient of log a, c log(b / r), log c and log s stands before, (15, ties); r = exp(lg).

    (1, log c10, log c45, log c200, lg, pace, over, ended, slow), (1, lg, log n), (1, evenness), (1), each
    counter + .02, with over = log(1 + e / exp(lg)), slow = lg from log 12 up to log 120, and, as in BG/NBD
    (Fader, Hardie & Lee 2005), ended = log(1 + n log((age + 15) / (age - e + 15))).
    """
    x = np.ones((len(SHIPPED), *lg.shape))
    x[1:4], x[LG], x[5] = np.log(seen.counters + 0.02), lg, pace
    x[6], x[8] = np.log1p(seen.silence / np.exp(lg)), np.clip(lg, *SLOW) - SLOW[0]
    x[7] = np.log1p(seen.n * np.log((seen.age + YOUNG) / (seen.age - seen.silence + YOUNG)))
    x[10], x[11], x[13] = lg, np.log(np.maximum(seen.n, 1)), evenness(seen)
    return x


def evenness(seen: Seen) -> Reals:
    """How even a tie's gaps are, log(gamma / d) / 2, (ties,): 0 for exponential ones, with d = .577, gamma.

    d = log(mean gap) - mean log gap, as for a Gamma law's shape (Thom 1958), leans on gamma by kappa gaps.
    """
    gaps, span = np.maximum(seen.n - 1.0, 0), np.maximum(seen.age - seen.silence, 1.0)
    apart = gaps * np.log(span / np.maximum(gaps, 1)) - seen.s1
    return np.log((gaps + KAPPA) / (np.maximum(apart, 0) / np.euler_gamma + KAPPA)) / 2


def curve(seen: Seen, lg: Reals, pace: Reals | float, by: Reals = SHIPPED) -> Curve:
    """The ties' curve; log a is kept in -8 to 6, c log(b / r) in -6 to 6, log c and log s in -1.5 to 1.5.

    So the power bends days about the tie's rhythm r: the even differ in when, not in how often.
    """
    x = design(seen, lg, pace)
    a, b, c, s = (np.clip(by[part] @ x[part], *ends) for part, ends in zip(PARTS, RANGES, strict=True))
    return Curve(np.exp(a), np.exp(lg + b / np.exp(c)), np.exp(c), np.exp(s))


def exponent(by: Curve, silence: Reals, horizon: float | Reals) -> Reals:
    """-log P(T > H | e), z = (a log((1 + ((e + H) / b)^c) / (1 + (e / b)^c)))^s, at most 600; rises in H.

    Silence e and horizon H in days, >= 0; shapes as of `by` or broadcast with it.
    """
    a, b, c, s = by
    silence = np.maximum(silence, INSTANT)
    before = (silence / b) ** c
    z = a * np.log1p(before / (1 + before) * np.expm1(c * np.log1p(horizon / silence)))
    return np.minimum(z if (s == 1).all() else z**s, 600.0)


def survival(by: Curve, silence: Reals, horizon: float | Reals) -> Reals:
    """No contact for H more days after e silent ones, P(T > H | e) = exp(-z); see `exponent`."""
    return np.exp(-exponent(by, silence, horizon))


def chance(by: Curve, silence: Reals, horizon: float | Reals) -> Reals:
    """Contact within H days, p(H | e) = -expm1(-z): rises in H and, for one curve of c <= 1, falls in e."""
    return -np.expm1(-exponent(by, silence, horizon))

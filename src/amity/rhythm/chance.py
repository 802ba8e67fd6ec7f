"""Chance: how likely contact is within some days if nobody does anything.

The rate of a tie is drawn from a Gamma law, and given its rate a wait is Weibull of power c: after e silent
days the wait T is compound Weibull (Dubey 1968), Lomax where c = 1 (Lomax 1954). Fitted (docs/rhythm.md) on
rhythms of days to a year and H of 7 to 90 days; what is beyond extrapolates.
"""

from typing import NamedTuple

import numpy as np

from amity.rhythm.days import Reals
from amity.rhythm.own import KAPPA, LOUDEST
from amity.rhythm.state import Seen

# The coefficients of log a, of log b, of log c and of log s, and between what these four are kept.
SHIPPED = np.array(
    [-1.448, -0.061, 0.125, 0.462, 0.338, 0.558, 0, 0, 0.82, -1.68, 0.110, 1.486, -0.024, -2.63, 0, 1.20, 0]
)
PARTS = (slice(0, 10), slice(10, 14), slice(14, 16), slice(16, 17))
RANGES = ((-8.0, 6.0), (-4.0, 10.0), (-1.5, 1.5), (-1.5, 1.5))
YOUNG, INSTANT = 15.0, 1e-12  # days
SLOW = np.log([12.0, 120.0])  # days of rhythm from which on, and up to which, slower is no weaker


class Curve(NamedTuple):
    """Shape a, scale b in days, power c and bend s of ties, each above 0 and (ties,) or one for all."""

    a: Reals
    b: Reals
    c: Reals = np.ones(1)
    s: Reals = np.ones(1)


def design(seen: Seen, lg: Reals, pace: Reals | float) -> Reals:
    """What each coefficient stands before, (17, ties).

    (1, log c10, log c45, log c200, lg, pace, over, ended, slow, even), (1, lg, log n, even), (1, even), (1),
    each counter + .02, with over = log(1 + e / exp(lg)), slow = lg from log 12 up to log 120, and, as in
    BG/NBD (Fader, Hardie & Lee 2005), ended = log(1 + n log((age + 15) / (age - e + 15))).
    """
    x = np.ones((len(SHIPPED), *lg.shape))
    x[1:4], x[4], x[5] = np.log(seen.counters + 0.02), lg, pace
    x[6], x[8] = np.log1p(seen.silence / np.exp(lg)), np.clip(lg, *SLOW) - SLOW[0]
    x[7] = np.log1p(seen.n * np.log((seen.age + YOUNG) / (seen.age - seen.silence + YOUNG)))
    x[11], x[12], x[[9, 13, 15]] = lg, np.log(np.maximum(seen.n, 1)), evenness(seen)
    return x


def evenness(seen: Seen) -> Reals:
    """How even a tie's gaps are, log(gamma / d) / 2, (ties,): 0 for exponential ones, with d = .577, gamma.

    d = log(mean gap) - mean log gap, as for a Gamma law's shape (Thom 1958), heard of at most 20 gaps, leans
    on gamma by kappa more: whoever is met like clockwork reaches .85.
    """
    gaps, span = np.maximum(seen.n - 1.0, 1), np.maximum(seen.age - seen.silence, 1.0)
    heard, d = np.clip(seen.n - 1.0, 0, LOUDEST), np.maximum(np.log(span / gaps) - seen.s1 / gaps, 0)
    return np.asarray(np.log((heard + KAPPA) / (heard * d / np.euler_gamma + KAPPA)) / 2)


def curve(seen: Seen, lg: Reals, pace: Reals | float, by: Reals = SHIPPED) -> Curve:
    """The ties' curve; log a is kept in -8 to 6, log b in -4 to 10, log c and log s in -1.5 to 1.5."""
    x = design(seen, lg, pace)
    logs = (np.clip(by[part] @ x[part], *ends) for part, ends in zip(PARTS, RANGES, strict=True))
    return Curve(*map(np.exp, logs))


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

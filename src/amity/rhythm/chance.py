"""Chance: how likely contact is within some days if nobody does anything.

The rate of a tie is drawn from a Gamma law, and given its rate a wait is Weibull of power c: after e
silent days the wait T is compound Weibull (Dubey 1968), Lomax where c = 1 (Lomax 1954). As shipped c = s = 1,
fitted on five message networks for H of 7 to 90 days; a longer H extrapolates.
"""

from typing import NamedTuple

import numpy as np

from amity.rhythm.days import Reals
from amity.rhythm.state import Seen

SHIPPED = np.array([-1.448, -0.061, 0.125, 0.462, 0.338, 0.558, 0, 0, 0.110, 1.486, -0.024, 0, 0])
# Which coefficients make log a, log b, log c and log s, and between what these are kept.
PARTS = (slice(0, 8), slice(8, 11), slice(11, 12), slice(12, 13))
RANGES = ((-8.0, 6.0), (-4.0, 8.0), (-1.5, 1.5), (-1.5, 1.5))
YOUNG, INSTANT = 15.0, 1e-9  # days


class Curve(NamedTuple):
    """Shape a, scale b in days, power c and bend s of ties, each above 0 and (ties,) or one for all."""

    a: Reals
    b: Reals
    c: Reals = np.ones(1)
    s: Reals = np.ones(1)


def design(seen: Seen, lg: Reals, pace: Reals | float) -> Reals:
    """What the coefficients of log a and of log b stand before, (11, ties).

    (1, log c10, log c45, log c200, lg, pace, over, ended), then (1, lg, log n), each counter + .02, with
    over = log(1 + e / exp(lg)) and, as in BG/NBD (Fader, Hardie & Lee 2005), ended = log(1 + n log((age + 15)
    / (age - e + 15))).
    """
    one, counters = np.ones(lg.shape), np.log(seen.counters + 0.02)
    over = np.log1p(seen.silence / np.exp(lg))
    ended = np.log1p(seen.n * np.log((seen.age + YOUNG) / (seen.age - seen.silence + YOUNG)))
    log_n = np.log(np.maximum(seen.n, 1))
    return np.stack((one, *counters, lg, one * pace, over, ended, one, lg, log_n))


def curve(seen: Seen, lg: Reals, pace: Reals | float, by: Reals = SHIPPED) -> Curve:
    """The ties' curve; log a is kept in -8 to 6, log b in -4 to 8, log c and log s in -1.5 to 1.5."""
    x = design(seen, lg, pace)
    logs = *(by[part] @ x[part] for part in PARTS[:2]), *(by[part] for part in PARTS[2:])
    return Curve(*(np.exp(np.clip(log, *ends)) for log, ends in zip(logs, RANGES, strict=True)))


def exponent(by: Curve, silence: Reals, horizon: float | Reals) -> Reals:
    """-log P(T > H | e), z = (a log((1 + ((e + H) / b)^c) / (1 + (e / b)^c)))^s, at most 600; rises in H.

    Silence e and horizon H in days, >= 0; shapes as of `by` or broadcast with it. For c = s = 1 it is
    a log1p(H / (e + b)).
    """
    a, b, c, s = by
    if (c == 1).all():
        z = a * np.log1p(horizon / (silence + b))
    else:
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

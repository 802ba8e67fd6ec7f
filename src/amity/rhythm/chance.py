"""Chance: how likely contact is within some days if nobody does anything.

The rate of a tie is drawn from a Gamma law and sinks as silence grows, so the wait T after e silent days
is Lomax, P(T > H | e) = (1 + H / (e + b))^-a (Lomax 1954; Gamma mixture as in Fader, Hardie & Lee 2005).
Coefficients were fitted on five message networks for H of 7 to 90 days; a longer H extrapolates.
"""

import numpy as np

from amity.rhythm.days import Reals
from amity.rhythm.state import Seen

SHIPPED = np.array([-1.448, -0.061, 0.125, 0.462, 0.338, 0.558, 0.110, 1.486, -0.024])
A_RANGE, B_RANGE = (-8.0, 6.0), (-4.0, 8.0)  # of log a and log b


def design(seen: Seen, lg: Reals, pace: Reals | float) -> Reals:
    """(1, log c10, log c45, log c200, lg, pace) for log a, then (1, lg, log n) for b, (9, ties); c + .02."""
    one, counters = np.ones(lg.shape), np.log(seen.counters + 0.02)
    return np.stack((one, *counters, lg, one * pace, one, lg, np.log(np.maximum(seen.n, 1))))


def curve(seen: Seen, lg: Reals, pace: Reals | float, by: Reals = SHIPPED) -> tuple[Reals, Reals]:
    """Each tie's Lomax shape a and scale b in days, (ties,); log a is kept in -8 to 6, log b in -4 to 8."""
    x = design(seen, lg, pace)
    return np.exp(np.clip(by[:6] @ x[:6], *A_RANGE)), np.exp(np.clip(by[6:] @ x[6:], *B_RANGE))


def survival(a: Reals, b: Reals, silence: Reals, horizon: float | Reals) -> Reals:
    """No contact for H >= 0 more days, P(T > H | e) = exp(-z), z = a log1p(H / (e + b)) at most 600."""
    return np.exp(-np.minimum(a * np.log1p(horizon / (silence + b)), 600.0))


def chance(a: Reals, b: Reals, silence: Reals, horizon: float | Reals) -> Reals:
    """Contact within H days, p(H | e) = -expm1(-z): rises in H and, for a given (a, b), falls in e."""
    return -np.expm1(-np.minimum(a * np.log1p(horizon / (silence + b)), 600.0))


def wait(a: Reals, b: Reals, silence: Reals, share: float | Reals) -> Reals:
    """Days H until p(H | e) = share, 0 <= share < 1: (e + b) expm1(-log1p(-share) / a), at most e^30."""
    return np.minimum((silence + b) * np.expm1(np.minimum(-np.log1p(-share) / a, 30.0)), np.exp(30.0))

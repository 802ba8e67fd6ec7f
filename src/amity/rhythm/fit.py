"""Fit: learn the coefficients from windows whose outcome is known, leaning on the shipped ones."""

import numpy as np

from amity.rhythm.chance import A_RANGE, B_RANGE, SHIPPED
from amity.rhythm.days import Flags, Reals

HORIZONS = np.array([7.0, 14.0, 30.0, 60.0, 90.0])
PACE_ONLY, ALL = np.arange(9) == 0, np.arange(9) >= 0  # an offset of log a; every coefficient
CLOSE = 1e-9  # a gain in log likelihood not worth another step


def fit(
    x: Reals, silence: Reals, touched: Flags, weights: Reals, free: Flags = PACE_ONLY, ridge: float = 25.0
) -> tuple[Reals, Reals]:
    """Coefficients of the largest penalised composite Bernoulli likelihood and their standard errors, (9,).

    One row per tie and window: `x` (9, rows) from `design`; `touched` (5, rows), contact within each of
    HORIZONS; `weights` (rows,), more for recent windows; a row counts once over its horizons. Only `free`
    coefficients move, all of them from about 500 rows on; `ridge` is the precision that ties them to SHIPPED.
    Fisher scoring with halved steps; sandwich errors, as horizons hang together (Varin, Reid & Firth 2011).
    """
    rows, corner, step, theta = (x, silence, touched, weights), np.ix_(free, free), np.zeros(9), SHIPPED
    gain, (value, slopes, information) = np.inf, _likelihood(theta, ridge, *rows)
    while gain > CLOSE:
        step[free] = np.linalg.solve(information[corner], slopes.sum(axis=1)[free])
        while (there := _likelihood(theta + step, ridge, *rows))[0] < value:
            step /= 2
        theta, gain = theta + step, there[0] - value
        value, slopes, information = there
    bread, errors = np.linalg.inv(information[corner]), np.zeros(9)
    errors[free] = np.sqrt(np.diag(bread @ (slopes @ slopes.T)[corner] @ bread))
    return theta, errors


def _likelihood(
    theta: Reals, ridge: float, x: Reals, silence: Reals, touched: Flags, weights: Reals
) -> tuple[float, Reals, Reals]:
    """Penalised log likelihood, its slope by row (9, rows), and the expected information (9, 9)."""
    log_a, log_b, apart = theta[:6] @ x[:6], theta[6:] @ x[6:], theta - SHIPPED
    kept_a, kept_b = np.clip(log_a, *A_RANGE), np.clip(log_b, *B_RANGE)
    a, b, horizon, share = np.exp(kept_a), np.exp(kept_b), HORIZONS[:, None], weights / len(HORIZONS)
    until = silence + b
    z = np.clip(a * np.log1p(horizon / until), 1e-9, 600.0)
    # dz/dlog a = z, dz/dlog b = -a b H / ((e + b)(e + b + H)), both 0 where the clip holds
    along_a = z * (kept_a == log_a)
    along_b = -a * b * horizon / (until * (until + horizon)) * (kept_b == log_b)
    along, odds = x[:, None] * np.stack((along_a,) * 6 + (along_b,) * 3), 1 / np.expm1(z)
    value = (np.where(touched, np.log(-np.expm1(-z)), -z) * share).sum() - ridge / 2 * (apart @ apart)
    slopes = (along * np.where(touched, odds, -1.0) * share).sum(axis=1) - ridge * apart[:, None] / x.shape[1]
    information = np.tensordot(along * (odds * share), along, ((1, 2), (1, 2))) + ridge * np.eye(9)
    return float(value), slopes, information

"""Fit: learn the coefficients from windows whose outcome is known, leaning on the shipped ones."""

import numpy as np

from amity.rhythm.chance import A_RANGE, B_RANGE, SHIPPED
from amity.rhythm.days import Flags, Ints, Reals, per_tie

HORIZONS = np.array([7.0, 14.0, 30.0, 60.0, 90.0])
PRIOR, CLOSE = 8.0, 1e-9  # precision of an owner's offset about 0; a gain not worth another step


def fit(
    x: Reals, silence: Reals, touched: Flags, weights: Reals, ridge: float = 25.0, horizons: Reals = HORIZONS
) -> tuple[Reals, Reals]:
    """Coefficients of the largest penalised composite Bernoulli likelihood and their standard errors, (9,).

    One row per tie and window: `x` (9, rows) from `design`; `touched` (k, rows), contact within each horizon;
    `weights` (rows,) or (k, rows), more for recent windows, 0 where a horizon is open; a row counts once over
    its horizons. From about 500 rows on; `ridge` is the precision that ties coefficients to SHIPPED.
    Fisher scoring with halved steps; sandwich errors, as horizons hang together (Varin, Reid & Firth 2011).
    """
    rows, theta, gain = (x, silence, touched, weights, horizons[:, None]), SHIPPED, np.inf
    value, slopes, information = _likelihood(theta, ridge, *rows)
    while gain > CLOSE:
        step = np.linalg.solve(information, slopes.sum(axis=1))
        while (there := _likelihood(theta + step, ridge, *rows))[0] < value:
            step /= 2
        theta, gain = theta + step, there[0] - value
        value, slopes, information = there
    bread = np.linalg.inv(information)
    return theta, np.sqrt(np.diag(bread @ (slopes @ slopes.T) @ bread))


def offsets(z: Reals, touched: Flags, weights: Reals, owners: Ints, prior: float = PRIOR) -> Reals:
    """What to add to each owner's log a, (owners,): the mode under a Normal prior about 0 of that precision.

    `z` = -log survival, `touched` and `weights` (k, rows) as in `fit`, `owners` (rows,) from 0. Few resolved
    windows move little. z e^offset is concave in the offset up to one Fisher step; twenty, each at most 1.
    """
    found, share = np.zeros(int(owners.max(initial=-1)) + 1), weights / len(z)
    for _ in range(20):
        odds = 1 / np.expm1(here := np.clip(z * np.exp(found[owners]), 1e-9, 600.0))
        slope = per_tie(owners, (np.where(touched, odds, -1.0) * here * share).sum(axis=0)) - prior * found
        found += np.clip(slope / (per_tie(owners, (here * here * odds * share).sum(axis=0)) + prior), -1, 1)
    return found


def _likelihood(
    theta: Reals, ridge: float, x: Reals, silence: Reals, touched: Flags, weights: Reals, horizon: Reals
) -> tuple[float, Reals, Reals]:
    """Penalised log likelihood, its slope by row (9, rows), and the expected information (9, 9)."""
    log_a, log_b, apart = theta[:6] @ x[:6], theta[6:] @ x[6:], theta - SHIPPED
    kept_a, kept_b = np.clip(log_a, *A_RANGE), np.clip(log_b, *B_RANGE)
    a, b, share = np.exp(kept_a), np.exp(kept_b), weights / len(horizon)
    z = np.clip(a * np.log1p(horizon / (until := silence + b)), 1e-9, 600.0)
    # dz/dlog a = z, dz/dlog b = -a b H / ((e + b)(e + b + H)), both 0 where the clip holds
    along_a = z * (kept_a == log_a)
    along_b = -a * b * horizon / (until * (until + horizon)) * (kept_b == log_b)
    along, odds = x[:, None] * np.stack((along_a,) * 6 + (along_b,) * 3), 1 / np.expm1(z)
    value = (np.where(touched, np.log(-np.expm1(-z)), -z) * share).sum() - ridge / 2 * (apart @ apart)
    slopes = (along * np.where(touched, odds, -1.0) * share).sum(axis=1) - ridge * apart[:, None] / x.shape[1]
    information = np.tensordot(along * (odds * share), along, ((1, 2), (1, 2))) + ridge * np.eye(9)
    return float(value), slopes, information

"""Fit: learn the coefficients from windows whose outcome is known, leaning on the shipped ones."""

import numpy as np

from amity.rhythm.chance import INSTANT, PARTS, RANGES, SHIPPED
from amity.rhythm.days import Flags, Ints, Reals, per_tie

HORIZONS = np.array([7.0, 14.0, 30.0, 60.0, 90.0])
Prior = Reals | float  # one precision for all, or one each
PRIOR, CLOSE = 8.0, 1e-9  # precision of an owner's own two numbers about 0; a gain not worth another step


def fit(
    x: Reals, silence: Reals, touched: Flags, weights: Reals, ridge: Prior = 25.0, horizons: Reals = HORIZONS
) -> tuple[Reals, Reals]:
    """Coefficients of the largest penalised composite Bernoulli likelihood and their standard errors, (17,).

    One row per tie and window: `x` (17, rows) from `design`; `touched` (k, rows), contact within a horizon;
    `weights` (rows,) or (k, rows), more for recent windows, 0 where a horizon is open; a row counts once over
    its horizons. From about 500 rows on; `ridge`, one or (17,), is the precision that ties them to SHIPPED.
    Fisher scoring with halved steps; sandwich errors, as horizons hang together (Varin, Reid & Firth 2011).
    """
    rows = x, np.maximum(silence, INSTANT), touched, weights / len(horizons), horizons[:, None]
    theta, gain = SHIPPED, np.inf
    value, slopes, information = _likelihood(theta, ridge, *rows)
    while gain > CLOSE:
        step = np.linalg.solve(information, slopes.sum(axis=1))
        while (there := _likelihood(theta + step, ridge, *rows))[0] < value:
            step /= 2
        theta, gain = theta + step, there[0] - value
        value, slopes, information = there
    bread = np.linalg.inv(information)
    return theta, np.sqrt(np.diag(bread @ (slopes @ slopes.T) @ bread))


def leanings(z: Reals, touched: Flags, weights: Reals, owners: Ints, prior: Prior = PRIOR) -> Reals:
    """Each owner's o and log s, (2, owners), by which e^o z^s is right: the mode under Normal priors about 0.

    `z` from `exponent`, `touched` and `weights` (k, rows) as in `fit`, `owners` (rows,) from 0; `prior` their
    precision, one or (2,). Cox's calibration (1958) on the complementary log-log; few resolved windows move
    little. Twenty Fisher steps, each at most 1.
    """
    found, share = np.zeros((2, int(owners.max(initial=-1)) + 1)), weights / len(z)
    log_z, prior = np.log(np.clip(z, 1e-9, 600.0)), np.broadcast_to(prior, 2)
    for _ in range(20):
        bent = log_z * np.exp(found[1, owners])
        here = np.exp(np.clip(found[0, owners] + bent, np.log(1e-9), np.log(600.0)))
        odds = 1 / np.expm1(here)
        pull, much = np.where(touched, odds, -1.0) * here * share, here * here * odds * share
        by_o, by_s = (per_tie(owners, (pull * d).sum(axis=0)) for d in (1.0, bent))
        o_o, o_s, s_s = (per_tie(owners, (much * d).sum(axis=0)) for d in (1.0, bent, bent * bent))
        slope = np.stack((by_o, by_s), axis=1) - prior * found.T
        information = np.stack((o_o, o_s, o_s, s_s), axis=1).reshape(-1, 2, 2) + np.diag(prior)
        found += np.clip(np.linalg.solve(information, slope[..., None])[..., 0], -1, 1).T
    return found


def lean(z: Reals, offset: Reals | float, bend: Reals | float) -> Reals:
    """What an owner's own exponents are, e^offset z^(e^bend), given their two numbers from `leanings`."""
    return np.asarray(np.exp(offset) * z ** np.exp(bend))


def _likelihood(
    theta: Reals, ridge: Prior, x: Reals, silence: Reals, touched: Flags, share: Reals, horizon: Reals
) -> tuple[float, Reals, Reals]:
    """Penalised log likelihood, its slope by row (17, rows), and the expected information (17, 17)."""
    raw = [theta[part] @ x[part] for part in PARTS]
    kept = [np.clip(log, *ends) for log, ends in zip(raw, RANGES, strict=True)]
    a, _, c, s = map(np.exp, kept)
    past, soon = (c * (np.log(days) - kept[1]) for days in (silence, silence + horizon))
    far, near = 1 / (1 + np.exp(-soon)), 1 / (1 + np.exp(-past))
    grown = a * np.log1p(near * np.expm1(soon - past))
    z = np.clip(grown**s, 1e-9, 600.0)
    # what log a, log b, log c and log s add to log z; nothing where a limit holds
    adds = s, -s * a * c * (far - near) / grown, s * a * (soon * far - past * near) / grown, np.log(z)
    moves = [z * d * (k == v) for d, k, v in zip(adds, kept, raw, strict=True)]
    along = x[:, None] * np.repeat(moves, [part.stop - part.start for part in PARTS], axis=0)
    odds, apart, held = 1 / np.expm1(z), theta - SHIPPED, ridge * (theta - SHIPPED)
    value = (np.where(touched, np.log(-np.expm1(-z)), -z) * share).sum() - held @ apart / 2
    slopes = (along * np.where(touched, odds, -1.0) * share).sum(axis=1) - held[:, None] / x.shape[1]
    information = np.tensordot(along * (odds * share), along, ((1, 2), (1, 2))) + ridge * np.eye(len(x))
    return float(value), slopes, information

"""Metrics with 95 % intervals, bootstrapped by ego: the same egos drawn for every row of a table.

Where a draw has nobody with both outcomes its AUC is not a number, and no part of an interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals

BINS, DRAWS, LEAST = 10, 200, 1e-6


@dataclass(frozen=True)
class Sample:
    """What happened to the ties, and how often each bootstrap drew each ego, (DRAWS + 1, egos)."""

    ego: Ints
    touched: Flags
    draws: Ints

    @property
    def both(self) -> Flags:
        """Egos with a tie of either kind, (egos,)."""
        some = np.bincount(self.ego, self.touched, self.draws.shape[1])
        return (some > 0) & (some < np.bincount(self.ego, minlength=self.draws.shape[1]))


def sample(ego: Ints, touched: Flags, seed: int = 1) -> Sample:
    """Draw egos with replacement; the first draw is everybody once."""
    egos = int(ego.max()) + 1
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(egos, np.full(egos, 1 / egos), DRAWS)
    return Sample(ego, touched, np.concatenate((np.ones((1, egos), np.int64), drawn)))


def per_ego_auc(who: Sample, score: Reals) -> Reals:
    """AUC within each ego that has both classes, ties of score counting half; NaN for the others, (egos,)."""
    egos = who.draws.shape[1]
    order = np.lexsort((score, who.ego))
    ego, value, positive = who.ego[order], score[order], who.touched[order]
    fresh = np.append(True, (np.diff(ego) != 0) | (np.diff(value) != 0))
    block = np.cumsum(fresh) - 1
    start = np.flatnonzero(fresh)
    length = np.diff(np.append(start, len(ego)))
    rank = (start + (length - 1) / 2)[block] - np.searchsorted(ego, ego)
    ups = np.bincount(ego, positive, egos)
    downs = np.bincount(ego, minlength=egos) - ups
    with np.errstate(invalid="ignore", divide="ignore"):
        area = (np.bincount(ego, rank * positive, egos) - ups * (ups - 1) / 2) / (ups * downs)
    return np.where(who.both, area, np.nan)


def mean_auc(who: Sample, score: Reals) -> Reals:
    """Mean per-ego AUC of every draw, (DRAWS + 1,)."""
    area = per_ego_auc(who, score)
    known = who.draws[:, who.both]
    return _ratio(known @ area[who.both], known.sum(axis=1))


def spread_over(who: Sample, score: Reals, p: Reals | None) -> dict[str, Reals]:
    """Every metric for every draw."""
    found = {"per-ego AUC": mean_auc(who, score)}
    order = np.argsort(-score, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    ranked = [_ranked(who.draws[draw, who.ego[order]], who.touched[order], ends) for draw in range(DRAWS + 1)]
    found["pooled AUC"], found["AP"] = np.array(ranked).T
    if p is None:
        return found
    q = np.clip(p, LEAST, 1 - LEAST)
    losses = {"Brier": (p - who.touched) ** 2, "log loss": -np.log(np.where(who.touched, q, 1 - q))}
    size = who.draws @ np.bincount(who.ego, minlength=who.draws.shape[1])
    for name, loss in losses.items():
        found[name] = who.draws @ np.bincount(who.ego, loss, who.draws.shape[1]) / size
    order = np.argsort(p, kind="stable")
    y, q = who.touched[order], p[order]
    found["ECE"] = np.array([_ece(who.draws[draw, who.ego[order]], y, q) for draw in range(DRAWS + 1)])
    return found


def _ranked(weight: Ints, touched: Flags, ends: Ints) -> tuple[float, float]:
    """Weighted pooled AUC and average precision of ties in falling order of score, equal scores together."""
    ups, all_ = np.cumsum(weight * touched)[ends], np.cumsum(weight)[ends]
    step, downs = np.diff(ups, prepend=0), all_ - ups
    fresh = np.diff(downs, prepend=0)
    area = _ratio((fresh * (ups - step / 2)).sum(), ups[-1] * downs[-1])
    return float(area), float(_ratio((step * ups / np.maximum(all_, 1)).sum(), ups[-1]))


def _ratio(part: Reals, whole: Reals | Ints) -> Reals:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(whole > 0, part / whole, np.nan))


def _ece(weight: Ints, touched: Flags, p: Reals) -> float:
    """Calibration error over ten bins of equal mass: mean of |share touched - mean p|."""
    mass = np.cumsum(weight) - weight / 2
    at = np.minimum((BINS * mass / max(weight.sum(), 1)).astype(np.int64), BINS - 1)
    apart = np.bincount(at, weight * (touched - p), BINS)
    return float(np.abs(apart).sum() / max(weight.sum(), 1))


def interval(draws: Reals) -> tuple[float, float, float] | None:
    """The figure and its 95 % interval; None where there is no figure."""
    if np.isnan(draws[0]):
        return None
    low, high = np.nanpercentile(draws, (2.5, 97.5))
    return round(float(draws[0]), 4), round(float(low), 4), round(float(high), 4)


Scorer = Callable[[], tuple[Reals, Reals | None]]

"""Own rhythm: how often two are naturally in touch, leaning on the owner's other ties at first."""

import numpy as np

from amity.rhythm.days import Ints, Reals, gaps, per_tie
from amity.rhythm.state import Seen, States

M_WORLD = float(np.log(21))  # mean log gap at the start: friends are slower than office mail
WITHIN, KAPPA = 1.0, 4.5  # s2w, the variance of a tie's log gaps about their mean; within / between


def owner_mean(states: States, owners: Ints | None = None, world: float = M_WORLD, weight: int = 20) -> Reals:
    """(sum s1 + weight world) / (sum (n - 1) + weight), the owner's mean log gap, (ties,); see `pace`."""
    known = np.maximum(states.n - 1.0, 0)
    return (_total(states.s1, owners) + weight * world) / (_total(known, owners) + weight)


def spread(ties: Ints, days: Ints, weight: int = 20) -> tuple[float, float]:
    """(s2w, kappa) of one owner's (tie, day) pairs by moments: one-way analysis of variance of log gaps.

    For N gaps in K ties of k gaps: s2w = SSW / (N - K), s2b = (SSB - (K - 1) s2w) / (N - sum k^2 / N), each
    leaning on its start value; kappa = s2w / s2b, kept within 1 to 20.
    """
    tie, gap = gaps(ties, days)
    x, k = np.log(gap), np.bincount(tie)
    mean, total, groups = per_tie(tie, x) / np.maximum(k, 1), max(len(x), 1), int(np.count_nonzero(k))
    s2w = (float(((x - mean[tie]) ** 2).sum()) + weight * WITHIN) / (len(x) - groups + weight)
    free, unequal = max(groups - 1, 0), float((k * k).sum()) / total
    between = float((k * (mean - float(x.sum()) / total) ** 2).sum()) - free * s2w
    s2b = free * max(between, 0.0) / max(total - unequal, 1.0) + weight * WITHIN / KAPPA
    return s2w, float(np.clip(s2w * (free + weight) / s2b, 1.0, 20.0))


def own_rhythm(states: States, m_owner: Reals | float, kappa: float = KAPPA) -> Reals:
    """Shrunk mean log gap lg = (s1 + kappa m_owner) / (n - 1 + kappa), (ties,): for arithmetic only."""
    return (states.s1 + kappa * m_owner) / (np.maximum(states.n - 1, 0) + kappa)


def band(lg: Reals, n: Ints, kappa: float = KAPPA, within: float = WITHIN) -> tuple[Reals, Reals]:
    """Low and high of the natural rhythm exp(lg) in days: exp(lg -+ sqrt(s2w / (n - 1 + kappa)))."""
    width = np.sqrt(within / (np.maximum(n - 1, 0) + kappa))
    return np.exp(lg - width), np.exp(lg + width)


def pace(seen: Seen, owners: Ints | None = None) -> Reals:
    """The owner's pace for each tie, log((sum c10 / 10 + .05) / (sum c45 / 45 + .05)); busy is above 0.

    `owners` (ties,) numbers each tie's owner from 0; without it all ties belong to one.
    """
    c10, c45, _ = (_total(counter, owners) for counter in seen.counters)
    return np.log((c10 / 10 + 0.05) / (c45 / 45 + 0.05))


def _total(values: Reals, owners: Ints | None) -> Reals:
    return np.full(values.shape, values.sum()) if owners is None else per_tie(owners, values)[owners]

"""Own rhythm: a tie's mean log gap, shrunk to its owner's and the world's (Efron & Morris 1975)."""

import numpy as np

from amity.rhythm.days import Ints, Reals, per_tie
from amity.rhythm.state import Seen, States

M_WORLD = float(np.log(21))  # mean log gap at the start: friends are slower than office mail
LOUDEST = 20  # gaps of one tie that are heard for its owner, as many as the world has
WITHIN, KAPPA = 1.0, 4.5  # s2w, the variance of a tie's log gaps about their mean; within / between


def owner_mean(states: States, owners: Ints | None = None, world: float = M_WORLD, weight: int = 20) -> Reals:
    """The owner's mean log gap, (sum g s1 / (n - 1) + weight world) / (sum g + weight), (ties,); see `pace`.

    g = min(n - 1, 20) gaps speak for a tie: one kept daily must not tell the rhythm of all the others.
    """
    gaps = np.maximum(states.n - 1.0, 0)
    heard = np.minimum(gaps, LOUDEST)
    told = _total(heard * states.s1 / np.maximum(gaps, 1), owners)
    return (told + weight * world) / (_total(heard, owners) + weight)


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

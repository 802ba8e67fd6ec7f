"""What each level of likeness weighs: Fellegi and Sunter's weights, learned from the book by EM.

A pair is either of one person or of two. In pairs of one person a field shows level l with chance m, in
pairs of two with chance u; the weight of the level is log2(m / u), and the weights of independent fields
add up (Fellegi & Sunter 1969). Nobody labels anything: m, u and the share of pairs of one person are
estimated by expectation maximisation (Winkler 1988) over all pairs of the book. Pairs that no key
brought together count as pairs of two, whose levels a random sample tells. Shipped Dirichlet priors say
what a book is like on its first day, and weigh less the more the book itself has to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.duplicates.likeness.comparing import LEVELS, NAMED, Compared, Reals
from amity.duplicates.likeness.record import Ints, Table
from amity.duplicates.likeness.spelling import Small

# Per level, from "other" upwards: chances among pairs of one person, then among pairs of two.
SHIPPED: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "given": ((0.04, 0.02, 0.02, 0.06, 0.06, 0.80), (0.962, 0.005, 0.008, 0.005, 0.01, 0.01)),
    "family": ((0.06, 0.01, 0.02, 0.06, 0.01, 0.84), (0.981, 0.002, 0.005, 0.004, 0.003, 0.005)),
    "email": ((0.40, 0.10, 0.50), (0.99997, 2e-5, 2e-6)),
    "phone": ((0.40, 0.60), (0.99999, 1e-5)),
    "url": ((0.50, 0.50), (0.999999, 1e-6)),
    "number": ((0.05, 0.10, 0.85), (0.99999, 1e-5, 1e-6)),
    "born": ((0.02, 0.02, 0.02, 0.04, 0.15, 0.75), (0.55, 0.406, 0.04, 0.003, 8e-4, 5e-5)),
    "place": ((0.25, 0.05, 0.15, 0.05, 0.50), (0.75, 0.2, 0.05, 1e-3, 3e-4)),
    "employer": ((0.35, 0.05, 0.60), (0.977, 0.003, 0.02)),
}
SURE_OF_SAME = 30.0  # pairs of one person that the shipped m weighs as much as
SURE_OF_OTHERS = 2000.0  # pairs of two that the shipped u weighs as much as
SHARE = 0.1  # pairs of one person to be expected, per record
ROUNDS, SETTLED = 25, 1e-4
COUNTED = ("email", "phone", "url", "number", "born")  # seldom the same, so that a sample would miss it
ALIAS = np.array([0.0, 6.0, 7.0, 13.0])
MOMENT, SAME_MIDDLE, OTHER_MIDDLE = 3.0, 1.0, -3.0
USUAL_NAMES = {"given": 0.006, "family": 0.003}  # share of records that bear a name nobody else here bears
USUAL_SIZE = 60.0


@dataclass(slots=True)
class Weights:
    """Bits for each level of each field (level 0 says nothing), and for being one person at all."""

    levels: dict[str, Reals]
    same: dict[str, Reals]
    start: float


def learn(table: Table, pairs: Compared, sample: Compared) -> Weights:
    """Estimate the weights from candidate `pairs` and a random `sample` of the pairs of a `table`."""
    size = table.size
    universe = max(size * (size - 1) / 2, 1.0)
    shape = (*(len(LEVELS[field]) + 1 for field in LEVELS), len(ALIAS))
    seen, counts = _patterns(pairs, shape)
    random = {field: _at_random(table, field, sample.levels[field], universe) for field in LEVELS}
    same = {field: np.array([1.0, *SHIPPED[field][0]]) for field in LEVELS}
    others = {field: np.array([1.0, *SHIPPED[field][1]]) for field in LEVELS}
    expected = SHARE * max(size, 1)
    share, scale = expected / universe, min(universe, float(len(sample.here)))
    for _ in range(ROUNDS):
        odds = np.log(min(share, 0.5) / (1 - min(share, 0.5))) + ALIAS[seen[-1]] * np.log(2)
        for place, field in enumerate(LEVELS):
            odds = odds + np.log(same[field] / others[field])[seen[place]]
        one = counts / (1 + np.exp(-odds))
        before, share = share, (one.sum() + expected * 0.1) / (universe + universe * 0.1)
        for place, field in enumerate(LEVELS):
            found = np.bincount(seen[place], one, shape[place]).astype(np.float64)
            same[field] = _mean(found, SHIPPED[field][0], SURE_OF_SAME)
            left = np.maximum(random[field] * universe - found, 0)
            others[field] = _mean(left / universe * scale, SHIPPED[field][1], SURE_OF_OTHERS)
        if abs(share - before) < SETTLED * before:
            break
    share = min(share, 0.5)
    levels = {field: np.log2(same[field] / others[field]) for field in LEVELS}
    return Weights(levels, same, float(np.log2(share / (1 - share))))


def _patterns(pairs: Compared, shape: tuple[int, ...]) -> tuple[list[Ints], Reals]:
    """Count the pairs of each pattern of levels; give each pattern's levels, field by field."""
    code = np.zeros(len(pairs.here), np.int64)
    said = [*(pairs.levels[field] for field in LEVELS), _goes_by(pairs)]
    for level, levels in zip(said, shape, strict=True):
        code *= levels
        code += level
    codes, counts = np.unique(code, return_counts=True)
    return [level.astype(np.int64) for level in np.unravel_index(codes, shape)], counts.astype(float)


def _at_random(table: Table, field: str, sampled: Small, universe: float) -> Reals:
    """Give the share of each level among all pairs: sampled, but how often values agree is counted."""
    top = len(LEVELS[field])
    share = np.bincount(sampled, minlength=top + 1) / max(len(sampled), 1)
    if field in COUNTED:
        bearers = table.columns[field].counts.astype(np.float64)
        share[top] = (bearers * (bearers - 1)).sum() / 2 / universe
    return share


def _mean(found: Reals, shipped: tuple[float, ...], strength: float) -> Reals:
    """Give the mean of the Dirichlet distribution; level 0 weighs nothing."""
    counts = found[1:] + strength * np.array(shipped)
    return np.concatenate([[1.0], counts / counts.sum()])


def weigh(pairs: Compared, weights: Weights) -> tuple[Reals, Reals]:
    """Give each pair its bits for being one person, and how many of them are not the name's."""
    name, rest = np.zeros(len(pairs.here)), np.zeros(len(pairs.here))
    for field in LEVELS:
        level = pairs.levels[field]
        bits = weights.levels[field][level]
        if field in USUAL_NAMES:
            same = np.flatnonzero(level == len(LEVELS[field]))
            bits[same] = _rare(pairs, weights, field, same)
            name += bits
        else:
            rest += bits
    rest += ALIAS[_goes_by(pairs)]
    rest[pairs.moments] += MOMENT
    name[pairs.middle > 0] += SAME_MIDDLE
    name[pairs.middle < 0] += OTHER_MIDDLE
    name += rest
    name += weights.start
    return name, rest


def _goes_by(pairs: Compared) -> Small:
    """Give what both go by; that it is like a name says nothing more where both are named."""
    unnamed = (pairs.levels["given"] == 0) | (pairs.levels["family"] == 0)
    return np.where((pairs.alias == NAMED) & ~unnamed, 0, pairs.alias).astype(np.int8)


def _rare(pairs: Compared, weights: Weights, field: str, rows: Ints) -> Reals:
    """Let a rare name weigh more than a common one: its own share is the chance of meeting it twice."""
    size = 1 + pairs.size
    share = (pairs.rarity[field][rows] * size + USUAL_NAMES[field] * USUAL_SIZE) / (size + USUAL_SIZE)
    return np.asarray(np.log2(weights.same[field][-1] / share))

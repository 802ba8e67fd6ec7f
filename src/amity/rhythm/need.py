"""Need: whom silence would cost most, and whom to suggest. A nudge is worth care (1, 2 or 4) need rest."""

from itertools import chain, combinations

import numpy as np

from amity.rhythm.chance import SHIPPED, chance, curve
from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.state import States, read


def gate(silence: Reals, r: Reals) -> Reals:
    """Nobody is nudged early: 0 until e reaches the rhythm r, then min(1, (e / r - 1) / 2)."""
    return np.clip((silence / r - 1) / 2, 0, 1)


def need(states: States, today: int | Ints, lg: Reals, r: Reals, pace: Reals, by: Reals = SHIPPED) -> Reals:
    """The chance of contact that s more silent days would cost: gate (p(H | e) - p(H | e + s)) >= 0, (ties,).

    r days as in `standing`, H = clip(2r, 30, 730), s = clip(r / 4, 7, 90), so slow ties weigh as fast ones.
    Counters fade over those s days too; the owner's pace stays today's.
    """
    horizon, stretch = np.clip(2 * r, 30, 730), np.clip(r / 4, 7, 90)
    now, later = read(states, today), read(states, today + stretch)
    p_now = chance(*curve(now, lg, pace, by), now.silence, horizon)
    p_later = chance(*curve(later, lg, pace, by), later.silence, horizon)
    return gate(now.silence, r) * np.maximum(p_now - p_later, 0)


def rest(since_suggested: Reals, r: Reals, skips: Ints | int = 0) -> Reals:
    """Peace after a suggestion, 1 - exp(-days since / (max(14, r / 2) (1 + skips)^2)); never is inf days."""
    # skips: suggestions in this silence that led to nothing; squared, or light and costly ties starve
    patience = np.maximum(14, r / 2) * (1 + skips) ** 2
    return -np.expm1(-np.minimum(since_suggested / patience, 600.0))


def choose(
    utilities: Reals, costs: Ints, budget: int, dormant: Flags, at_most: int = 3, at_most_dormant: int = 1
) -> Ints:
    """Rows of the set with the largest sum of utilities, all above 0, whose costs fit the budget; best first.

    One row a person; shapes (rows,). Exact: of rows alike in cost and dormancy only the best `at_most` can
    belong to it, and all sets of those are tried. Equal sums go to the earlier rows.
    """
    order, seats = np.argsort(-utilities, kind="stable"), dict[tuple[int, bool], list[int]]()
    for row in order[utilities[order] > 0].tolist():
        seats.setdefault((int(costs[row]), bool(dormant[row])), []).append(row)
    rows = sorted(chain.from_iterable(alike[:at_most] for alike in seats.values()))
    sets = chain.from_iterable(combinations(rows, size) for size in range(at_most + 1))
    fits = (s for s in map(list, sets) if costs[s].sum() <= budget and dormant[s].sum() <= at_most_dormant)
    best = np.array(max(fits, key=lambda s: float(utilities[s].sum())), np.int64)
    return best[np.argsort(-utilities[best], kind="stable")]

"""Best set: which offers of the day go together, by what they are worth and what they cost."""

from itertools import chain, combinations

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals


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

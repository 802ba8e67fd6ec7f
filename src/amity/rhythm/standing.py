"""Standing: one word for how a tie is doing. It describes the past and promises nothing."""

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.state import SPANS, Seen

NAMES = ("single-serving", "new spark", "growing", "steady", "drifting", "dormant")
SINGLE_SERVING, NEW_SPARK, GROWING, STEADY, DRIFTING, DORMANT = range(6)
FRIENDS_FROM, OLD_ENOUGH, GROWS, SHRINKS = 3, 200, 1.0, -0.9  # days; days of age before low z tells; z


def growth(seen: Seen) -> Reals:
    """How far recent days exceed the tie's own past: z = (c45 - m45 R) / sqrt(m45 R / 2 + .25), (ties,).

    R = (c200 + 1/6) / (m200 + 10) is the past's days per day, leaning on one in sixty for ten days; m_k =
    k (1 - exp(-age / k)) is what one a day would hold by now. Of a tie kept evenly z is soon below 1.
    """
    _, c45, c200 = seen.counters
    _, m45, m200 = -SPANS[:, None] * np.expm1(np.maximum(seen.age / -SPANS[:, None], -600.0))
    expected = m45 * (c200 + 1 / 6) / (m200 + 10)
    return np.asarray((c45 - expected) / np.sqrt(expected / 2 + 0.25))


def standing(seen: Seen, r: Reals, sparked: Flags) -> Ints:
    """Index into NAMES of each tie, (ties,). r, its rhythm in days: exp(lg), or the own median if longer."""
    z = growth(seen)
    fading = (z < SHRINKS) & (seen.age >= OLD_ENOUGH)
    rules = {
        SINGLE_SERVING: ~sparked & (seen.n == 0),
        NEW_SPARK: sparked & (seen.n < FRIENDS_FROM),
        DORMANT: seen.silence > np.maximum(180, 4 * r),
        DRIFTING: fading | (seen.silence > np.maximum(30, 2.5 * r)),
        GROWING: z > GROWS,
    }
    return np.select(list(rules.values()), [np.int64(code) for code in rules], np.int64(STEADY))

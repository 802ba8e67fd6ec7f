"""Need: whom silence would cost most. A nudge is worth care (1, 2 or 4) times need times rest; (ties,)."""

import numpy as np

from amity.rhythm.chance import SHIPPED, chance, curve
from amity.rhythm.days import Ints, Reals
from amity.rhythm.state import States, read


def gate(silence: Reals, r: Reals) -> Reals:
    """Nobody is nudged early: 0 until e reaches the rhythm r, then min(1, (e / r - 1) / 2)."""
    return np.clip((silence / r - 1) / 2, 0, 1)


def need(states: States, today: int | Ints, lg: Reals, r: Reals, pace: Reals, by: Reals = SHIPPED) -> Reals:
    """The chance of contact that s more silent days would cost: gate (p(H | e) - p(H | e + s)) >= 0, (ties,).

    r days as in `standing`, H = clip(2r, 30, 730), s = clip(r / 4, 7, 90): of slow ties, too, silence costs
    something (even ones at two rhythms: .037, .009 for 7, 365 days). Counters fade over s too, pace does not.
    """
    horizon, stretch = np.clip(2 * r, 30, 730), np.clip(r / 4, 7, 90)
    now, later = read(states, today), read(states, today + stretch)
    p_now = chance(curve(now, lg, pace, by), now.silence, horizon)
    p_later = chance(curve(later, lg, pace, by), later.silence, horizon)
    return gate(now.silence, r) * np.maximum(p_now - p_later, 0)


def rest(since_suggested: Reals, r: Reals, skips: Ints | int = 0) -> Reals:
    """Peace after a suggestion, 1 - exp(-days since / (max(14, r / 2) (1 + skips)^2)); never is inf days."""
    # skips: suggestions in this silence that led to nothing; squared, or light and costly ties starve
    patience = np.maximum(14, r / 2) * (1 + skips) ** 2
    return -np.expm1(-np.minimum(since_suggested / patience, 600.0))

"""State: all that is remembered of a tie, enough to forecast it, as a struct of arrays."""

from dataclasses import dataclass

import numpy as np

from amity.rhythm.days import Ints, Reals, distinct, gaps, per_tie

SPANS = np.array([10.0, 45.0, 200.0])  # the memories k of the three counters c_k
NEVER = 1_000_000.0  # the silence of two who were never in touch


@dataclass(frozen=True, slots=True)
class States:
    """Ties as they stood on their own last day; shapes (ties,). A tie without a day has n = 0 and zeros."""

    first: Ints  # day ordinals, of any sign
    last: Ints
    n: Ints  # distinct days
    s1: Reals  # sum of the logs of the n - 1 gaps
    counters: Reals  # (3, ties): c_k = sum over days of exp(-(last - day) / k)


@dataclass(frozen=True, slots=True)
class Seen:
    """The same ties read at a date; shapes (ties,)."""

    silence: Reals  # e, days since the last day
    age: Reals  # days since the first
    n: Ints
    s1: Reals
    counters: Reals  # (3, ties): c_k exp(-e / k)


def build(ties: Ints, days: Ints, size: int | None = None) -> States:
    """State of ties 0 to size - 1 from (tie, day) pairs, (pairs,), in any order; a day counts once."""
    ties, days = distinct(ties, days)
    n = np.bincount(ties, minlength=size or 0)
    some, end = n > 0, np.cumsum(n)
    first, last = np.zeros_like(n), np.zeros_like(n)
    first[some], last[some] = days[(end - n)[some]], days[end[some] - 1]
    tie, gap = gaps(ties, days)
    counters = np.stack([per_tie(ties, fade, len(n)) for fade in _fade(last[ties] - days)])
    return States(first, last, n, per_tie(tie, np.log(gap), len(n)), counters)


def update(states: States, day: int | Ints) -> States:
    """Add a day, an ordinal or (ties,), O(1): after d days c_k = c_k exp(-d / k) + 1; see `merge`."""
    days, one = np.full(states.n.shape, day), np.ones(states.n.shape)
    return merge(states, States(days, days, one.astype(np.int64), 0 * one, np.stack((one, one, one))))


def merge(earlier: States, later: States) -> States:
    """Two histories of the same ties, one after the other, O(1): what `build` makes of their union.

    They may share the day between them. Where histories interleave, as channels do, sums cannot tell gaps and
    shared days: ValueError, and the concatenated pairs are to be built (a tenth of a microsecond a day).
    """
    both = (earlier.n > 0) & (later.n > 0)
    gap = np.where(both, later.first - earlier.last, 1)
    if (gap < 0).any():
        raise ValueError("These histories interleave; build them again from the union of their days.")
    shared, fade = gap == 0, _fade(np.where(both, later.last - earlier.last, 0))
    first = np.where(earlier.n > 0, earlier.first, later.first)
    last = np.where(later.n > 0, later.last, earlier.last)
    s1 = earlier.s1 + later.s1 + np.log(np.maximum(gap, 1))
    counters = (earlier.counters - shared) * fade + later.counters
    return States(first, last, earlier.n + later.n - shared, s1, counters)


def read(states: States, today: int | Ints | Reals) -> Seen:
    """The ties at a date, one or (ties,), after a silence e = today - last, counters faded by it; e >= 0."""
    some = states.n > 0
    silence, age = (np.where(some, np.maximum(today - d, 0.0), NEVER) for d in (states.last, states.first))
    return Seen(silence, age, states.n, states.s1, states.counters * _fade(silence))


def _fade(days: Ints | Reals) -> Reals:
    """Fading exp(-days / k), (3, days), for each k of SPANS; never under exp(-600), so no underflow."""
    return np.asarray(np.exp(np.maximum(days / -SPANS[:, None], -600.0)))

"""Who would enjoy one table, and who sits beside whom. Plain: arrays in, positions out; no Django, no clock.

Choosing k of n people so that the sum over all pairs at the table is greatest is the *maximum diversity*
problem, hard in general (Kuo, Glover & Dhir 1993). Here it is solved by steepest-ascent swaps from several
seeded starts: 500 people take milliseconds, and on small cases the tests hold it against the exact optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
# (who is seated, as bits; who sits last) -> (what it is worth, who sits before the last)
_Paths = dict[tuple[int, int], tuple[float, int]]

STARTS = 32
NEWCOMER = 100.0  # somebody new comes before anything else that can be won, but never before the peace
_NEVER = 1e6  # outweighs everything that can be won at a table of eight
_SURE = 1e-9


@dataclass(frozen=True)
class Guests:
    """People who may be asked, by position.

    Attributes:
        bond: (n, n), symmetric, zero diagonal: what it is worth to have these two at one table.
        worth: (n,): what it is worth to have this one.
        new: (n,): the owner hardly knows them yet.
        apart: (n, n), symmetric: these two do not sit at one table.
    """

    bond: Reals
    worth: Reals
    new: Flags
    apart: Flags

    def value(self, table: Sequence[int]) -> float:
        """Give what a table is worth: its pairs, its people, and somebody new once."""
        at = np.asarray(table)
        pairs = float(self.bond[np.ix_(at, at)].sum()) / 2
        return pairs + float(self.worth[at].sum()) + (NEWCOMER if self.new[at].any() else 0.0)

    def is_peaceful(self, table: Sequence[int]) -> bool:
        """Tell whether nobody sits with somebody they should not sit with."""
        at = np.asarray(table)
        return not self.apart[np.ix_(at, at)].any()


def choose(guests: Guests, size: int, *, seed: int, must: Sequence[int] = ()) -> list[int] | None:
    """Choose `size` people, among them all who must be there; the same seed gives the same table.

    Returns:
        Their positions in order, or None when no peaceful table was found.
    """
    count = len(guests.worth)
    if count < size or len(must) > size:
        return None
    rng = np.random.default_rng(seed)
    pull = guests.bond - _NEVER * guests.apart
    free = np.setdiff1d(np.arange(count), np.asarray(must, int))
    best: tuple[float, list[int]] | None = None
    for _ in range(STARTS):
        start = np.concatenate([np.asarray(must, int), rng.permutation(free)[: size - len(must)]])
        table = sorted(_climb(guests, pull, start, len(must)).tolist())
        if guests.is_peaceful(table):
            found = (guests.value(table), table)
            best = found if best is None or found[0] > best[0] + _SURE else best
    return best[1] if best else None


def _climb(guests: Guests, pull: Reals, table: NDArray[np.int64], fixed: int) -> NDArray[np.int64]:
    """Make the best single swap until none helps; the first `fixed` stay."""
    table = table.copy()
    while len(table) > fixed:
        gain = _gains(guests, pull, table)
        gain[:fixed] = -np.inf
        out, came = np.unravel_index(int(gain.argmax()), gain.shape)
        if gain[out, came] <= _SURE:
            break
        table[out] = came
    return table


def _gains(guests: Guests, pull: Reals, table: NDArray[np.int64]) -> Reals:
    """(size, n): what the table would win if this one left and that one came."""
    theirs = pull[table]
    alone = theirs.sum(axis=0) + guests.worth
    gain: Reals = alone - theirs - alone[table][:, None]
    new = int(guests.new[table].sum())
    left = new - guests.new[table].astype(int)
    after = (left[:, None] + guests.new[None, :].astype(int)) > 0
    gain += NEWCOMER * (after.astype(float) - float(new > 0))
    gain[:, table] = -np.inf
    return gain


def seat(bond: Reals) -> list[int]:
    """Seat everybody round a table so that the sum over neighbours is greatest; position 0 sits first.

    Exact, by Held and Karp's recurrence over subsets (1962): k 2^k steps squared, for nine people a moment.
    Of the two directions round the table the one with the lower second position is given.
    """
    count = len(bond)
    if count <= 3:  # noqa: PLR2004  (everybody sits beside everybody)
        return list(range(count))
    paths: _Paths = {(1 << at, at): (float(bond[0, at]), 0) for at in range(1, count)}
    for seated in range(2, 1 << count, 2):
        for last in range(1, count):
            before = seated ^ (1 << last)
            if not seated >> last & 1 or not before:
                continue
            paths[seated, last] = max(
                (paths[before, at][0] + float(bond[at, last]), at)
                for at in range(1, count)
                if before >> at & 1
            )
    return _walk_back(paths, bond, count)


def _walk_back(paths: _Paths, bond: Reals, count: int) -> list[int]:
    seated = (1 << count) - 2
    last = max(range(1, count), key=lambda at: paths[seated, at][0] + float(bond[at, 0]))
    order = []
    while last:
        order.append(last)
        seated, last = seated ^ (1 << last), paths[seated, last][1]
    return [0, *(order if order[0] < order[-1] else order[::-1])]


def neighbours(order: Sequence[int], bond: Reals) -> float:
    """Give what a seating is worth: the sum over those who sit beside each other."""
    return float(sum(bond[one, other] for one, other in zip(order, [*order[1:], order[0]], strict=True)))

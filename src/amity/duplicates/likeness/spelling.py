"""How many slips of the pen lie between two spellings, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Small = npt.NDArray[np.int8]
LONGEST = 24
_AT_ONCE = 200_000


_SIGN = np.array([1 << (sign % 39) for sign in range(256)], np.uint64)  # a bit for each of a to z and 0 to 9
_SIGN[0] = 0


@dataclass(slots=True)
class Spelt:
    """Values letter by letter, zeros after their ends; the set of the letters of each, and how many."""

    rows: Bytes
    sets: npt.NDArray[np.uint64]
    long: Small


def letters(values: Sequence[str], width: int = LONGEST) -> Spelt:
    """Spell each value as one row of `width` letters; what is longer is cut."""
    ascii_only = [value.encode("ascii", "replace")[:width] for value in values] or [b""]
    rows = np.array(ascii_only, dtype=f"S{width}").view(np.uint8).reshape(-1, width)
    sets = np.bitwise_or.reduce(_SIGN[rows], axis=1)
    return Spelt(rows, sets, (rows > 0).sum(axis=1).astype(np.int8))


def slips(spelt: Spelt, here: Ints, there: Ints, most: int = 2) -> Small:
    """Count the letters written wrongly, left out, added or swapped between rows `here` and `there`.

    The optimal string alignment distance (Damerau 1964), within a band: ``most + 1`` stands for any more.
    A slip adds one letter to the set at most, and takes one away; most pairs need no closer look than that.
    """
    found = np.full(len(here), most + 1, np.int8)
    one, other = spelt.sets[here], spelt.sets[there]
    near = np.maximum(np.bitwise_count(one & ~other), np.bitwise_count(other & ~one)) <= most
    near &= np.abs(spelt.long[here] - spelt.long[there]) <= most
    rows = np.flatnonzero(near)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        found[part] = _within_band(spelt.rows[here[part]], spelt.rows[there[part]], most)
    return found


def _within_band(one: Bytes, other: Bytes, most: int) -> Small:
    size = len(one)
    lengths = (one > 0).sum(axis=1), (other > 0).sum(axis=1)
    shift = lengths[1] - lengths[0]
    far = np.int8(most + 1)
    found = np.full(size, far, np.int8)
    one, other = np.ascontiguousarray(one.T), np.ascontiguousarray(other.T)
    rows = [np.full((2 * most + 3, size), far, np.int8) for _ in range(3)]
    for place in range(most + 1):
        rows[1][place + most + 1] = place
    reached = np.abs(shift) <= most
    for row in range(int(lengths[0].max(initial=0)) + 1):
        if row:
            _next_row(rows, one, other, row, most)
            rows[0], rows[1], rows[2] = rows[1], rows[2], rows[0]
        ends = np.flatnonzero(reached & (lengths[0] == row))
        found[ends] = rows[1][shift[ends] + most + 1, ends]
    return np.minimum(found, far)


def _next_row(rows: list[Small], one: Bytes, other: Bytes, row: int, most: int) -> None:
    """Fill ``rows[2]`` from the row before, ``rows[1]``, and the one before that, for swapped letters."""
    before, last, now = rows
    width = len(other)
    now[:] = most + 1
    for place in range(1, 2 * most + 2):
        at = row + place - most - 1
        if at == 0:
            now[place] = min(row, most + 1)
        if not 1 <= at <= width:
            continue
        best = last[place] + (one[row - 1] != other[at - 1])
        np.minimum(best, last[place + 1] + 1, out=best)
        np.minimum(best, now[place - 1] + 1, out=best)
        if row > 1 and at > 1:
            swapped = (one[row - 1] == other[at - 2]) & (one[row - 2] == other[at - 1])
            np.minimum(best, np.where(swapped, before[place] + 1, most + 1), out=best)
        now[place] = np.minimum(best, most + 1)


def each_once(here: Ints, there: Ints, many: int, judge: Callable[[Ints, Ints], Small]) -> Small:
    """Judge each distinct pair of values once, whichever comes first, and give the answer pair by pair."""
    found = np.empty(len(here), np.int8)
    same = here == there
    if same.any():
        found[same] = judge(here[same][:1], here[same][:1])  # what is equal is equally so
    here, there = here[~same], there[~same]
    codes, place = np.unique(np.minimum(here, there) * many + np.maximum(here, there), return_inverse=True)
    found[~same] = judge(codes // many, codes % many)[place]
    return found

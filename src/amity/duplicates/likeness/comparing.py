"""How alike two records are, field by field, in levels; every pair at once.

Level 0 means that one of the two says nothing; the others go from "other" upwards to "equal". Names are
compared straight and crosswise, since many a form mixes up which is which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness import names
from amity.duplicates.likeness.judging import ALIKE, OTHER, Judge
from amity.duplicates.likeness.record import SHORTEST, Column, Ints, Table
from amity.duplicates.likeness.spelling import Small, each_once

Reals = npt.NDArray[np.float64]
Shares = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
SAME = 2  # of a value without a judge: 1 is another
NEAR, STREET, HOUSE = 3, 4, 5  # where one lives; 2 is the same region
NAMED, LOCAL, HANDLE = 1, 2, 3  # what one goes by
LEVELS = {
    "given": ("other", "initial", "rough", "alike", "short", "equal"),
    "family": ("other", "initial", "rough", "alike", "short", "equal"),
    "email": ("other", "alike", "equal"),
    "phone": ("other", "equal"),
    "url": ("other", "equal"),
    "number": ("other", "alike", "equal"),
    "born": ("age", "other", "year", "near", "alike", "equal"),
    "place": ("other", "region", "near", "street", "house"),
    "employer": ("other", "alike", "equal"),
}
AT_ONCE = 300_000  # pairs
_WORTH = np.array([0, -4, 1, 2, 4, 4, 6], np.int8)  # only to choose among names, straight and crosswise
CROSSED = 3  # what it costs to take a given name for a family name
CROSSED_AT_MOST = 2 * int(_WORTH[-1]) - CROSSED


@dataclass(slots=True)
class Compared:
    """The levels of each pair; `rarity` is the share of other records that bear the name both bear."""

    here: Ints
    there: Ints
    levels: dict[str, Small]
    rarity: dict[str, Shares]
    alias: Small
    moments: Flags
    middle: Small  # -1 another middle name, 1 the same, 0 unsaid
    generation: Small  # -1 father and son, 1 the same, 0 unsaid by both, 2 said by one
    unread: Flags  # the two names are in two scripts, and one does not say how the other is read
    size: int  # records of the book


def compare(table: Table, by: dict[str, Judge], here: Ints, there: Ints) -> Compared:
    """Compare the records at `here` with those at `there`, so many at once that memory stays small."""
    starts = range(0, max(len(here), 1), AT_ONCE)
    parts = [_compare(table, by, here[at : at + AT_ONCE], there[at : at + AT_ONCE]) for at in starts]
    joined = {
        one: np.concatenate([getattr(part, one) for part in parts])
        for one in ("alias", "moments", "middle", "generation", "unread")
    }
    levels = {kind: np.concatenate([part.levels[kind] for part in parts]) for kind in LEVELS}
    rarity = {kind: np.concatenate([part.rarity[kind] for part in parts]) for kind in parts[0].rarity}
    return Compared(here, there, levels, rarity, size=table.size, **joined)


def _compare(table: Table, by: dict[str, Judge], here: Ints, there: Ints) -> Compared:
    of = table.columns
    levels, rarity, said = _names(table, by, here, there)
    _in_one_word(table, here, there, levels)
    unread = _across_scripts(table, here, there, levels, said)
    for kind in ("email", "number", "born", "employer", "phone", "url"):
        levels[kind] = _best(of[kind], here, there, by.get(kind))
    levels["place"] = _places(table, by, here, there)
    alias, moments = _aliases(table, here, there), _best(of["moment"], here, there) == SAME
    middle = _middles(of["middle"], by["given"], here, there)
    generation = _generations(of["generation"], here, there)
    return Compared(here, there, levels, rarity, alias, moments, middle, generation, unread, table.size)


Parts = dict[str, Ints]
Said = dict[str, Ints]  # for either part of a name, the words (pairs, 2) that were compared


def _best(one: Column, here: Ints, there: Ints, judge: Judge | None = None) -> Small:
    """Give the highest level among the values of either side; without a judge, 2 is the same, 1 is not."""
    found = np.zeros(len(here), np.int8)
    for rows, a, b in _side_by_side(one, one, here, there):
        level = each_once(a, b, len(one.values), judge) if judge else 1 + (a == b)
        found[rows] = np.maximum(found[rows], level)
    return found


def _side_by_side(one: Column, other: Column, here: Ints, there: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Give, slot by slot, the pairs (rows) that say something on both sides, and what."""
    if one.empty or other.empty:
        return
    for left in one.at.T.copy():  # a slot in one piece is looked up twice as fast
        some = left[here]
        rows = np.flatnonzero(some >= 0)
        some, others = some[rows], there[rows]
        for right in other.at.T.copy():
            b = right[others]
            both = np.flatnonzero(b >= 0)
            if len(both):
                yield rows[both], some[both], b[both]


def _names(
    table: Table, by: dict[str, Judge], here: Ints, there: Ints
) -> tuple[dict[str, Small], dict[str, Shares], Said]:
    """Choose, of all names of either side, straight and crosswise, those that fit best."""
    of = table.columns
    best = np.full(len(here), -99, np.int16)
    chosen = {kind: np.zeros(len(here), np.int8) for kind in ("given", "family")}
    said = {kind: np.full((len(here), 2), -1, np.int64) for kind in ("given", "family")}
    named = (of["given"].at >= 0) | (of["family"].at >= 0)
    slots = range(named.shape[1])
    for left, right, crossed in product(slots, slots, (False, True)):
        worthwhile = best < CROSSED_AT_MOST if crossed else True
        rows = np.flatnonzero(named[here, left] & named[there, right] & worthwhile)
        if not len(rows):
            continue
        one, other = _parts(of, here[rows], left), _parts(of, there[rows], right)
        fits = _crosswise(by, of, one, other) if crossed else _straight(by, of, one, other)
        worth = (_WORTH[fits[0]] + _WORTH[fits[1]]).astype(np.int16) - CROSSED * crossed
        better = worth > best[rows]
        best[rows[better]] = worth[better]
        for level, kind in zip(fits, ("given", "family"), strict=True):
            chosen[kind][rows[better]] = level[better]
            turned = ("family", "given")[kind == "family"] if crossed else kind
            said[kind][rows[better]] = np.column_stack([one[kind][better], other[turned][better]])
    return chosen, {kind: _rarity(of, said[kind][:, 0], table.size) for kind in said}, said


def _in_one_word(table: Table, here: Ints, there: Ints, levels: dict[str, Small]) -> None:
    """Take names that are the same in one word for alike, however they are parted: *Wang Xiao Ming*."""
    rows = np.flatnonzero(np.minimum(levels["given"], levels["family"]) < ALIKE)
    rows = rows[_best(table.columns["joined"], here[rows], there[rows]) == SAME]
    for kind in ("given", "family"):
        levels[kind][rows] = np.maximum(levels[kind][rows], ALIKE)


def _across_scripts(table: Table, here: Ints, there: Ints, levels: dict[str, Small], said: Said) -> Flags:
    """Take a name that another script cannot say for unsaid; vowels may be what it cannot say."""
    script, values = table.columns["script"], table.columns["given"].values
    a, b = script.at[here, 0], script.at[there, 0]
    across = (a != b) & (a >= 0) & (b >= 0)
    unread = np.zeros(len(here), bool)
    for kind in ("given", "family"):
        rows = np.flatnonzero(across & (levels[kind] == OTHER))
        words, place = np.unique(said[kind][rows], return_inverse=True)
        bones = np.array([names.skeleton(names.sound(values[word])) for word in words] or [""])
        one, other = bones[place.reshape(-1, 2)].T
        told = (one == other) & (np.char.str_len(one) > 1)
        levels[kind][rows] = np.where(told, ALIKE, 0)
        unread[rows[~told]] = True
    return unread


def _parts(of: dict[str, Column], who: Ints, slot: int) -> dict[str, Ints]:
    return {kind: of[kind].at[who, slot] for kind in ("given", "family", "whole")}


def _crosswise(by: dict[str, Judge], of: dict[str, Column], one: Parts, other: Parts) -> tuple[Small, Small]:
    many = len(of["given"].values)
    ways = (one["given"], other["family"]), (one["family"], other["given"])
    given, family = (_level(by["given"], a, b, many) for a, b in ways)
    return given, family


def _straight(by: dict[str, Judge], of: dict[str, Column], one: Parts, other: Parts) -> tuple[Small, Small]:
    """Compare part with part; a double given name may be one word (*Minsu*, *Min-su*)."""
    many = len(of["given"].values)
    given = _level(by["given"], one["given"], other["given"], many)
    double = np.flatnonzero((one["whole"] != one["given"]) | (other["whole"] != other["given"]))
    for here, there in (("whole", "given"), ("given", "whole"), ("whole", "whole")):
        level = _level(by["given"], one[here][double], other[there][double], many)
        given[double] = np.maximum(given[double], np.where(level >= ALIKE, level, 0))
    return given, _level(by["family"], one["family"], other["family"], many)


def _level(judge: Judge, a: Ints, b: Ints, many: int) -> Small:
    level = np.zeros(len(a), np.int8)
    both = np.flatnonzero((a >= 0) & (b >= 0))
    if len(both):
        level[both] = each_once(a[both], b[both], many, judge)
    return level


def _rarity(of: dict[str, Column], said: Ints, size: int) -> Shares:
    """Give the share of the other records that bear the word, as given or family name."""
    counts = np.zeros(len(of["given"].values) + 1)
    for kind in ("given", "family"):
        counts[: len(of[kind].counts)] += of[kind].counts
    others = np.where(said >= 0, np.maximum(counts[said] - 2, 0), 0)
    return (others / max(size, 1)).astype(np.float32)


def _places(table: Table, by: dict[str, Judge], here: Ints, there: Ints) -> Small:
    """Weigh the parts of a postal address together: whoever shares a house shares all of them."""
    of = table.columns
    street, town, code = (_best(of[kind], here, there, by[kind]) for kind in ("street", "town", "postcode"))
    region = _best(of["region"], here, there)
    around = np.maximum(town, code)
    level = np.where(np.maximum(np.maximum(street, around), region) > 0, 1, 0)
    level[region == SAME] = 2
    level[around >= SAME] = NEAR
    level[street >= SAME] = STREET
    level[(street >= SAME) & (around >= SAME)] = HOUSE
    return level.astype(np.int8)


def _aliases(table: Table, here: Ints, there: Ints) -> Small:
    """What they go by: the same handle, the same telling part before the @, or one the other's name."""
    of = table.columns
    long = np.array([len(value) for value in of["joined"].values] or [0]) >= SHORTEST
    level = np.zeros(len(here), np.int8)
    for one, other, worth in (
        ("joined", "local", NAMED), ("local", "joined", NAMED), ("joined", "handle", NAMED),
        ("handle", "joined", NAMED), ("telling", "telling", LOCAL), ("handle", "telling", HANDLE),
        ("telling", "handle", HANDLE), ("handle", "handle", HANDLE),
    ):  # fmt: skip
        for rows, a, b in _side_by_side(of[one], of[other], here, there):
            same = rows[(a == b) & long[a]]
            level[same] = np.maximum(level[same], worth)
    return level


def _middles(one: Column, judge: Judge, here: Ints, there: Ints) -> Small:
    level = _best(one, here, there, judge)
    return np.where(level == OTHER, -1, np.where(level > 0, 1, 0)).astype(np.int8)


def _generations(one: Column, here: Ints, there: Ints) -> Small:
    a, b = one.at[here, 0], one.at[there, 0]
    both = np.where(a == b, 1, -1)
    return np.where((a >= 0) & (b >= 0), both, np.where((a >= 0) | (b >= 0), 2, 0)).astype(np.int8)

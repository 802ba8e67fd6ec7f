"""Which pairs are worth a closer look: those that share a hashed key, or lie side by side when sorted.

The cost grows with the records and the keys of each, not with their square: of a key that many share (a
common name) only neighbours are paired.
"""

from __future__ import annotations

import numpy as np

from amity.duplicates.likeness import names
from amity.duplicates.likeness.record import Column, Ints, Table

SMALL_BLOCK = 40  # records of one key, each compared with each
NEIGHBOURS = 6  # in larger blocks, and in the sorted order of names
_MIX = np.uint64(0x9E3779B97F4A7C15)
_ALIASES = ("handle", "telling", "joined")
_ALONE = ("email", "phone", "url", "number", "moment", "born")


def candidates(table: Table, also: Ints | None = None) -> tuple[Ints, Ints]:
    """Give the pairs to compare, and the pairs `also` (n, 2), as two arrays, the smaller first."""
    codes = [_pairs(keys, table) for keys in _keys(table)]
    codes += [_side_by_side(order, table.size) for order in _orders(table)]
    if also is not None:
        codes.append(_coded(also[:, 0], also[:, 1], table.size))
    both = np.concatenate(codes)
    codes.clear()  # in a large book these are what takes most room
    both.sort()
    fresh = np.ones(len(both), bool)
    fresh[1:] = both[1:] != both[:-1]  # np.unique hashes, which takes longer
    both = both[fresh]
    return both // max(table.size, 1), both % max(table.size, 1)


def _keys(table: Table) -> list[Ints]:
    """Give every key as an array (records, slots), -1 where a record has none."""
    of = table.columns
    given, family = _sounds(of["given"]), _sounds(of["family"])
    first = _sounds(of["given"], 1)
    born, place = of["born"].at[:, :1], of["postcode"].at[:, :1]
    town, street = of["town"].at[:, :1], of["street"].at[:, :1]
    keys = [of[kind].at for kind in _ALONE]
    keys.append(np.concatenate([of[kind].at for kind in _ALIASES], axis=1))
    keys += [np.concatenate([_both(given, family), _both(family, given)], axis=1), _both(first, family)]
    keys += [_both(given, other) for other in (place, town, street, born)]
    keys += [_both(family, other) for other in (place, town, street)]
    keys += [_both(street, place), _both(street, town)]
    return keys


def _sounds(names_of: Column, letters: int = 0) -> Ints:
    """Give a key for how each name sounds; short names sound like the long ones they stand for."""
    numbers: dict[str, int] = {}
    heard = [names.skeleton(names.sound(min(names.roots(one)))) or one for one in names_of.values]
    if letters:
        heard = [one[:letters] for one in heard]
    keys = np.array([numbers.setdefault(one, len(numbers)) for one in heard] or [0], np.int64)
    return np.where(names_of.at >= 0, keys[names_of.at], -1)


def _both(one: Ints, other: Ints) -> Ints:
    """Hash two fields into one key, slot by slot."""
    slots = max(one.shape[1], other.shape[1])
    wide = [
        np.broadcast_to(array, (len(array), slots)) if array.shape[1] == 1 else array
        for array in (one, other)
    ]
    slots = min(array.shape[1] for array in wide)
    here, there = (array[:, :slots] for array in wide)
    hashed = (here.astype(np.uint64) * _MIX) ^ (
        there.astype(np.uint64) + (here.astype(np.uint64) << np.uint64(6))
    )
    hashed = (hashed ^ (hashed >> np.uint64(29))) * _MIX
    return np.where((here >= 0) & (there >= 0), (hashed >> np.uint64(2)).astype(np.int64), -1)


def _pairs(keys: Ints, table: Table) -> Ints:
    """Pair the records that share a key: all of a small block, neighbours of a large one."""
    who, slot = np.nonzero(keys >= 0)
    value = keys[who, slot]
    order = np.lexsort((who, value))
    who, value = who[order], value[order]
    _, sizes = np.unique(value, return_counts=True)
    size = np.repeat(sizes, sizes)
    who, value, size = who[size > 1], value[size > 1], size[size > 1]
    found = []
    for step in range(1, SMALL_BLOCK):
        same = (value[step:] == value[:-step]) & ((size[step:] <= SMALL_BLOCK) | (step <= NEIGHBOURS))
        here, there = who[:-step][same], who[step:][same]
        if not len(here):
            break
        found.append(_coded(here, there, table.size))
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _coded(here: Ints, there: Ints, size: int) -> Ints:
    low, high = np.minimum(here, there), np.maximum(here, there)
    return np.asarray((low * size + high)[low != high])


def _orders(table: Table) -> list[Ints]:
    """Give the records sorted by the letters of their names, from either end, and of their mailboxes."""
    return [
        np.argsort(ranks, kind="stable")
        for ranks in (
            _ranked(table, "family", "given"),
            _ranked(table, "given", "family"),
            _ranked(table, "local", "family"),
        )
    ]


def _ranked(table: Table, first: str, then: str) -> Ints:
    ranks = [_rank(table.columns[kind]) for kind in (first, then)]
    return np.asarray(ranks[0] * (int(ranks[1].max(initial=0)) + 1) + ranks[1])


def _rank(one: Column) -> Ints:
    place = np.empty(len(one.values) + 1, np.int64)
    place[np.argsort(np.array([*one.values, ""]), kind="stable")] = np.arange(len(place))
    return np.asarray(place[one.at[:, 0]])


def _side_by_side(order: Ints, size: int) -> Ints:
    found = [_coded(order[:-step], order[step:], size) for step in range(1, NEIGHBOURS) if size > step]
    return np.concatenate(found) if found else np.empty(0, np.int64)

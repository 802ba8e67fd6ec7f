"""Three answers: surely one, perhaps, no. And why, in words that are enumerated.

The chance says how alike two records are; what may be merged without asking is told by rules that no chance
outweighs: something personal besides the name, and nothing that speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from amity.duplicates.likeness.comparing import (
    HANDLE,
    HOUSE,
    LOCAL,
    NAMED,
    NEAR,
    Compared,
    Flags,
    Reals,
)
from amity.duplicates.likeness.judging import ALIKE, EQUAL, INITIAL, OTHER, ROUGH, SHORT
from amity.duplicates.likeness.record import Column, Ints, Table
from amity.duplicates.likeness.spelling import Small

SURELY, PERHAPS = 0.99, 0.5  # of one person; the same for every book
ALIKE_NUMBER = 2
EXACT = {"number": 3, "born": 6}
TWO_SLIPS, SLIP_OF_A_DAY, ANOTHER_DAY, ANOTHER_AGE = 4, 5, 2, 1
SAME_ADDRESS = 3
HALF_SAID = 2  # one is *junior*, the other does not say
FAR_MORE = 8.0  # bits
ENOUGH = 5.0  # bits that come from elsewhere than the name


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records (positions) that are *surely* or *perhaps* one person, what speaks for or against it."""

    first: int
    second: int
    answer: str
    evidence: tuple[str, ...]
    chance: float


@dataclass(slots=True)
class Answers:
    """What is answered for each pair."""

    chance: Reals
    surely: Flags
    perhaps: Flags


def decide(table: Table, pairs: Compared, bits: Reals, rest: Reals) -> Answers:
    """Give each pair its answer."""
    chance = 1 / (1 + np.exp2(-np.clip(bits, -60, 60)))
    own = _owned(table, pairs)
    never, against = irreconcilable(pairs), contradicted(pairs, own)
    merged = (chance >= SURELY) & (rest >= ENOUGH) & personal(pairs, own) & ~against & ~never
    apart = never | (against & (chance < PERHAPS)) | of_two_ages(pairs) | twins(pairs)
    merged[_bridges(table.size, pairs, merged, apart, bits)] = False
    asked = (chance >= PERHAPS) & ~merged & ~never
    return Answers(chance, merged, asked)


def _owned(table: Table, pairs: Compared) -> dict[str, Flags]:
    """Tell which mailboxes, numbers and profiles both bear, and nobody of another name."""
    unlike = (pairs.levels["given"] == OTHER) | (pairs.levels["family"] == OTHER) | (pairs.generation < 0)
    own = {kind: _own(table.columns[kind], pairs, unlike) for kind in ("email", "phone", "url")}
    own["handle"] = pairs.alias == HANDLE
    return own


def _own(one: Column, pairs: Compared, unlike: Flags) -> Flags:
    shared = np.zeros(len(one.values) + 1, bool)
    for value, rows in _both_bear(one, pairs):
        shared[value[unlike[rows]]] = True
    found = np.zeros(len(pairs.here), bool)
    for value, rows in _both_bear(one, pairs):
        found[rows[~shared[value]]] = True
    return found


def _both_bear(one: Column, pairs: Compared) -> Iterator[tuple[Ints, Ints]]:
    for left in range(one.at.shape[1]):
        for right in range(one.at.shape[1]):
            a, b = one.at[pairs.here, left], one.at[pairs.there, right]
            rows = np.flatnonzero((a == b) & (a >= 0))
            yield a[rows], rows


def personal(pairs: Compared, own: dict[str, Flags]) -> Flags:
    """Tell where something personal besides the name is the same; what several bear is nobody's own."""
    level = pairs.levels
    given, family = level["given"] >= ALIKE, level["family"] >= ALIKE
    found = own["email"] | (own["phone"] & (level["given"] > 0)) | own["url"] | own["handle"]
    found |= (level["number"] == EXACT["number"]) | (pairs.alias == LOCAL)
    found |= (level["born"] == EXACT["born"]) & (given | family)
    slip, near = level["born"] >= SLIP_OF_A_DAY, level["place"] >= NEAR
    found |= slip & ((given & family) | (level["email"] > 1))
    found |= (level["born"] >= TWO_SLIPS) & near & given & family
    more = (level["email"] > 1) | (level["number"] > 1) | near
    return np.asarray(found | (slip | (level["place"] == HOUSE)) & more & (given | family))


def contradicted(pairs: Compared, own: dict[str, Flags]) -> Flags:
    """Tell what speaks against a pair so that nobody merges it unasked: another name, day or number.

    A clerk's slip is outweighed by two things that agree, but only where these are no household's: a family
    shares its house, its telephone and its mailbox, and twins their birthday besides.
    """
    level = pairs.levels
    number, born = level["number"] == EXACT["number"], level["born"] == EXACT["born"]
    house, near = level["place"] == HOUSE, level["place"] >= NEAR
    named = np.minimum(level["given"], level["family"]) >= ALIKE
    alone, of_household = _agreeing(pairs, own)
    two = alone + of_household >= 2  # noqa: PLR2004
    rough = (level["family"] == ROUGH) | (
        pairs.unread & (np.maximum(level["given"], level["family"]) < ALIKE)
    )
    against = (level["given"] == OTHER) & ~(number & (born | (house & (level["family"] != OTHER))))
    against |= (level["family"] == OTHER) & ~((number | born) & two)
    against |= rough & ~(two | (number & near))
    against |= (level["given"] == ROUGH) & ~((alone >= 2) | (number & near))  # noqa: PLR2004
    another = (level["born"] == ANOTHER_AGE) | (level["born"] == ANOTHER_DAY)
    against |= another & ~(number | ((level["number"] > 1) & house & named))
    against |= ((level["number"] == 1) | (pairs.middle < 0)) & ~(two | (born & near & named))
    return np.asarray(against | ((pairs.generation == HALF_SAID) & ~born & ~number))


def _agreeing(pairs: Compared, own: dict[str, Flags]) -> tuple[Small, Small]:
    """Count what is the same, or a slip apart, besides the name: one's own, and what a household shares."""
    level = pairs.levels
    goes_by = (pairs.alias >= LOCAL) & (level["email"] < SAME_ADDRESS)
    alone = level["number"] > 1, level["born"] >= SLIP_OF_A_DAY, goes_by
    shared = level["place"] == HOUSE, own["email"], own["phone"]
    one, other = (np.asarray(np.sum(of, axis=0, dtype=np.int8)) for of in (alone, shared))
    return one, other


def irreconcilable(pairs: Compared) -> Flags:
    """Tell which pairs nobody should be asked about: two given names, father and son."""
    return np.asarray((pairs.generation < 0) | (_two_given_names(pairs) & ~twins(pairs)))


def _two_given_names(pairs: Compared) -> Flags:
    return np.asarray((pairs.levels["given"] == OTHER) & (pairs.levels["number"] < ALIKE_NUMBER))


def twins(pairs: Compared) -> Flags:
    """Tell who are twins, or one person who goes by another given name too: one day, surname and house."""
    level = pairs.levels
    household = (level["family"] >= ALIKE) & (level["place"] == HOUSE)
    return np.asarray(_two_given_names(pairs) & household & (level["born"] == EXACT["born"]))


def of_two_ages(pairs: Compared) -> Flags:
    """Tell who may be father and son though all else is the same: their birthdays are an age apart."""
    return np.asarray((pairs.levels["born"] == ANOTHER_AGE) & (pairs.levels["number"] < ALIKE_NUMBER))


def _bridges(size: int, pairs: Compared, merged: Flags, apart: Flags, bits: Reals) -> Ints:
    """Give the merges (rows) by which a third record would bring together two that are apart.

    The third is left with the one it is far more like; where it is like both it is asked about.
    """
    dropped: set[int] = set()
    while True:
        kept = merged.copy()
        kept[list(dropped)] = False
        group = clusters(size, pairs.here[kept], pairs.there[kept])
        bad = np.flatnonzero(apart & (group[pairs.here] == group[pairs.there]))
        if not len(bad):
            return np.array(sorted(dropped), np.int64)
        near = _neighbours(pairs, kept & np.isin(group[pairs.here], group[pairs.here[bad]]))
        before = len(dropped)
        for row in bad:
            one, other = near.get(int(pairs.here[row]), {}), near.get(int(pairs.there[row]), {})
            for third in one.keys() & other.keys():
                likes = bits[one[third]] - bits[other[third]]
                dropped |= {one[third]} if likes < FAR_MORE else set()
                dropped |= {other[third]} if likes > -FAR_MORE else set()
        if len(dropped) == before:  # apart by more than one step: nobody there is merged unasked
            dropped |= set(np.flatnonzero(kept & np.isin(group[pairs.here], group[pairs.here[bad]])).tolist())


def _neighbours(pairs: Compared, kept: Flags) -> dict[int, dict[int, int]]:
    """Give, for each record, those it is merged with and by which row."""
    near: dict[int, dict[int, int]] = {}
    for row in np.flatnonzero(kept).tolist():
        here, there = int(pairs.here[row]), int(pairs.there[row])
        near.setdefault(here, {})[there] = row
        near.setdefault(there, {})[here] = row
    return near


def clusters(size: int, here: Ints, there: Ints) -> Ints:
    """Give each of `size` records the smallest position it is joined with, directly or by way of others."""
    group = np.arange(size)
    while True:
        low = np.minimum(group[here], group[there])
        before = group.copy()
        np.minimum.at(group, here, low)
        np.minimum.at(group, there, low)
        group = group[group]
        if (before == group).all():
            return group


_SAID: tuple[tuple[str, int, str], ...] = (
    ("email", 3, "same personal address"), ("email", 2, "address alike"), ("phone", 2, "shared phone"),
    ("url", 2, "same profile"), ("number", 3, "same number"), ("number", 2, "number alike"),
    ("number", 1, "different number"), ("born", 6, "same birthday"), ("born", 5, "birthday alike"),
    ("born", 4, "birthday alike"), ("born", 3, "birthdays a year apart"), ("born", 2, "different birthday"),
    ("born", 1, "different birthday"),
    ("place", 5, "same house"),
    ("place", 4, "same street"), ("place", 3, "same town"), ("employer", 3, "same employer"),
    ("employer", 2, "employer alike"), ("employer", 1, "different employer"),
)  # fmt: skip


_GIVEN = {
    OTHER: "different given name", INITIAL: "same initial", ROUGH: "given name alike",
    ALIKE: "given name alike", SHORT: "nickname", EQUAL: "same given name",
}  # fmt: skip
_FAMILY = {
    OTHER: "different family name", INITIAL: "same initial of the family name", ROUGH: "family name alike",
    ALIKE: "family name alike", SHORT: "family name alike", EQUAL: "same family name",
}  # fmt: skip


_GOES_BY = {NAMED: "named like the handle", LOCAL: "mailbox named alike", HANDLE: "same handle"}
_MOMENT, _MIDDLE = "shared moment", "different middle name"
_GENERATION = {-1: "father and son", HALF_SAID: "father or son"}
_NAME, _LIKE = "same name", "name alike"
# Every reason there is, in words that a page may say in the owner's language.
EVIDENCE = frozenset(
    [_NAME, _LIKE, *_GIVEN.values(), *_FAMILY.values(), *(words for _, _, words in _SAID), *_GOES_BY.values(),
     _MOMENT, _MIDDLE, *_GENERATION.values()]
)  # fmt: skip


def evidence(pairs: Compared, rows: Ints) -> list[tuple[str, ...]]:
    """Say in the words of ``EVIDENCE`` what speaks for each of some pairs, and what against it."""
    also = [pairs.alias, pairs.moments, pairs.middle, pairs.generation]
    levels = np.column_stack([one[rows] for one in (*pairs.levels.values(), *also)])
    patterns, which = np.unique(levels, axis=0, return_inverse=True)
    said = [
        _in_words(dict(zip(pairs.levels, pattern, strict=False)), *pattern[-len(also) :])
        for pattern in patterns.tolist()
    ]
    return [said[one] for one in which.ravel().tolist()]


def _in_words(
    levels: dict[str, int], alias: int, moment: int, middle: int, generation: int
) -> tuple[str, ...]:
    said = list(_of_names(levels["given"], levels["family"]))
    said += [words for field, level, words in _SAID if levels[field] == level]
    if alias and not (levels["email"] == SAME_ADDRESS and alias < HANDLE):  # which the address says already
        said.append(_GOES_BY[alias])
    said += [_MOMENT] * bool(moment) + [_MIDDLE] * (middle < 0)
    if generation in _GENERATION:
        said.append(_GENERATION[generation])
    return tuple(said)


def _of_names(given: int, family: int) -> Iterator[str]:
    if given == EQUAL and family == EQUAL:
        yield _NAME
        return
    if given and family and min(given, family) >= ROUGH and SHORT not in {given, family}:
        yield _LIKE
        return
    yield from (words for words in (_GIVEN.get(given), _FAMILY.get(family)) if words)

"""How alike two records are, field by field, in levels; every pair at once.

Level 0 means that one of the two says nothing; the others go from "other" upwards to "equal". Names are
compared straight and crosswise, since many a form mixes up which is which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness import names
from amity.duplicates.likeness.record import SHORTEST, Column, Ints, Table
from amity.duplicates.likeness.spelling import Small, each_once, letters, slips

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
OTHER, INITIAL, ROUGH, ALIKE, SHORT, EQUAL = 1, 2, 3, 4, 5, 6  # a word of a name
NEAR, STREET, HOUSE = 3, 4, 5  # where one lives; 2 is the same region
NAMED, LOCAL, HANDLE = 1, 2, 3  # what one goes by
LEVELS = {
    "given": ("other", "initial", "rough", "alike", "short", "equal"),
    "family": ("other", "initial", "rough", "alike", "short", "equal"),
    "email": ("other", "alike", "equal"),
    "phone": ("other", "equal"),
    "url": ("other", "equal"),
    "number": ("other", "alike", "equal"),
    "born": ("other", "year", "near", "alike", "equal"),
    "place": ("other", "region", "near", "street", "house"),
    "employer": ("other", "alike", "equal"),
}
CROSSED = 3  # what it costs to take a given name for a family name
_WORTH = np.array([0, -4, 1, 2, 4, 4, 6], np.int8)  # only to choose among names, straight and crosswise


@dataclass(slots=True)
class Compared:
    """The levels of each pair; `rarity` is the share of other records that bear the name both bear."""

    here: Ints
    there: Ints
    levels: dict[str, Small]
    rarity: dict[str, Reals]
    alias: Small
    moments: Flags
    middle: Small  # -1 another middle name, 1 the same, 0 unsaid
    generation: Small  # -1 father and son, 1 the same, 0 unsaid by both, 2 said by one
    unread: Flags  # the two names are in two scripts, and one does not say how the other is read
    size: int  # records of the book


def compare(table: Table, here: Ints, there: Ints) -> Compared:
    """Compare the records at `here` with those at `there`."""
    of = table.columns
    levels, rarity, said = _names(table, here, there)
    _in_one_word(table, here, there, levels)
    unread = _across_scripts(table, here, there, levels, said)
    for kind, judge in (
        ("email", _emails), ("phone", _exactly), ("url", _exactly), ("number", _numbers), ("born", _days),
        ("employer", _employers),
    ):  # fmt: skip
        levels[kind] = _best(of[kind], here, there, judge(of[kind]))
    levels["place"] = _places(table, here, there)
    return Compared(
        here,
        there,
        levels,
        rarity,
        _aliases(table, here, there),
        _best(of["moment"], here, there, _exactly(of["moment"])) == 2,  # noqa: PLR2004
        _middles(of["middle"], here, there),
        _generations(of["generation"], here, there),
        unread,
        table.size,
    )


Judge = Callable[[Ints, Ints], Small]
Judges = tuple[Judge, Judge]
Parts = dict[str, Ints]
Said = dict[str, Ints]  # for either part of a name, the words (pairs, 2) that were compared


def _best(one: Column, here: Ints, there: Ints, judge: Judge) -> Small:
    """Give the highest level among the values of either side."""
    found = np.zeros(len(here), np.int8)
    for left in range(one.at.shape[1]):
        for right in range(one.at.shape[1]):
            a, b = one.at[here, left], one.at[there, right]
            both = np.flatnonzero((a >= 0) & (b >= 0))
            if len(both):
                level = each_once(a[both], b[both], len(one.values), judge)
                found[both] = np.maximum(found[both], level)
    return found


def _exactly(_: Column) -> Judge:
    return lambda a, b: np.where(a == b, 2, 1).astype(np.int8)


def _emails(one: Column) -> Judge:
    """Two slips in a whole address, or the same mailbox."""
    spelt = letters(one.values, 40)
    long = np.array([len(value) for value in one.values] or [0])

    def judge(a: Ints, b: Ints) -> Small:
        far = slips(spelt, a, b, 2)
        alike = (far <= 1) | ((far <= 2) & (np.minimum(long[a], long[b]) >= 14))  # noqa: PLR2004
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge


def _numbers(one: Column) -> Judge:
    spelt = letters(one.values)
    return lambda a, b: (3 - np.minimum(slips(spelt, a, b, 2), 2)).astype(np.int8)


def _days(one: Column) -> Judge:
    """The same day; one slip, or day and month the other way round; two slips; no more than a year apart."""
    turned = [value[:4] + value[6:8] + value[4:6] for value in one.values]
    spelt, other = letters(one.values, 8), letters(turned, 8)
    year = np.array([int(value[:4]) for value in one.values] or [0])

    def judge(a: Ints, b: Ints) -> Small:
        far = slips(spelt, a, b, 2)
        crossed = (spelt[a] == other[b]).all(axis=1)
        level = np.where(np.abs(year[a] - year[b]) <= 1, 2, 1)
        for reached, worth in ((far <= 2, 3), ((far <= 1) | crossed, 4), (a == b, 5)):  # noqa: PLR2004
            level[reached] = worth
        return level.astype(np.int8)

    return judge


def _employers(one: Column) -> Judge:
    spelt = letters(one.values)
    first = np.array([hash_of(value.split()[:1]) for value in one.values] or [0])

    def judge(a: Ints, b: Ints) -> Small:
        alike = (slips(spelt, a, b, 1) <= 1) | (first[a] == first[b])
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge


def hash_of(parts: list[str]) -> int:
    """Number a word the same way in every run."""
    return int.from_bytes("".join(parts).encode()[:7], "big")


def _words(one: Column, *, lists: bool = True) -> Judge:
    """Compare two words of a name: the same, short for, alike in letters or sound, an initial, another.

    Of two given names that many bear, a letter more or less is another person (*Maria*, *Mario*); where
    only one of them is one that many bear, the other may be a slip (*Hugo*, *Hug*). A family name has no
    such list.
    """
    values = one.values
    spelt = letters(values)
    long = np.array([len(value) for value in values] or [0])
    heard = [names.sound(value) for value in values]
    sounds, bones = _numbered(heard), _numbered([names.skeleton(value) for value in heard])
    boned = np.array([len(names.skeleton(value)) for value in heard] or [0])
    known = np.array([lists and names.is_given_name(value) for value in values] or [False])
    bags = np.stack([(spelt == sign).sum(axis=1) for sign in range(ord("a"), ord("z") + 1)], axis=1).astype(
        np.int8
    )

    def judge(a: Ints, b: Ints) -> Small:
        least, far = np.minimum(long[a], long[b]), slips(spelt, a, b, 2)
        many, slip = known[a] & known[b], (known[a] != known[b]) | (not lists)
        shuffled = np.minimum(bags[a], bags[b]).sum(axis=1) >= 0.75 * np.maximum(long[a], long[b])
        rough = ((far <= 1) & (least >= 3)) | (slip & (least >= 4) & ((far <= 2) | shuffled))  # noqa: PLR2004
        alike = ((far <= 1) & (least >= np.where(slip, 4, 5))) | ((far <= 2) & (least >= 6))  # noqa: PLR2004
        sound = (sounds[a] == sounds[b]) | ((bones[a] == bones[b]) & (boned[a] >= 3) & (far <= 2))  # noqa: PLR2004
        level = np.where(rough & ~many, ROUGH, OTHER)
        level[(alike & ~many) | (sound & (least >= 2))] = ALIKE  # noqa: PLR2004
        level[(least == 1) & (spelt[a, 0] == spelt[b, 0])] = INITIAL
        for place in np.flatnonzero(many & (a != b)):
            if names.short_for(values[a[place]], values[b[place]]):
                level[place] = SHORT
        return np.where(a == b, EQUAL, level).astype(np.int8)

    return judge


def _numbered(values: list[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in values] or [0], np.int64)


def _names(table: Table, here: Ints, there: Ints) -> tuple[dict[str, Small], dict[str, Reals], Said]:
    """Choose, of all names of either side, straight and crosswise, those that fit best."""
    of = table.columns
    judges = _words(of["given"]), _words(of["family"], lists=False)
    best = np.full(len(here), -99, np.int16)
    chosen = {kind: np.zeros(len(here), np.int8) for kind in ("given", "family")}
    said = {kind: np.full((len(here), 2), -1, np.int64) for kind in ("given", "family")}
    for left, right, crossed in product(*2 * [range(of["given"].at.shape[1])], (False, True)):
        rows = np.flatnonzero(_named(of, here, left) & _named(of, there, right))
        one, other = _parts(of, here[rows], left), _parts(of, there[rows], right)
        fits = _crosswise(judges, of, one, other) if crossed else _straight(judges, of, one, other)
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
    joined = table.columns["joined"]
    same = _best(joined, here, there, _exactly(joined)) == 2  # noqa: PLR2004
    for kind in ("given", "family"):
        levels[kind][same & (levels[kind] < ALIKE)] = ALIKE


def _across_scripts(table: Table, here: Ints, there: Ints, levels: dict[str, Small], said: Said) -> Flags:
    """Take a name that another script cannot say for unsaid; vowels may be what it cannot say."""
    script, values = table.columns["script"], table.columns["given"].values
    a, b = script.at[here, 0], script.at[there, 0]
    across = (a != b) & (a >= 0) & (b >= 0)
    unread = np.zeros(len(here), bool)
    for kind in ("given", "family"):
        for row in np.flatnonzero(across & (levels[kind] == OTHER)):
            bones = {names.skeleton(names.sound(values[one])) for one in said[kind][row]}
            told = len(bones) == 1 and len(min(bones)) > 1
            levels[kind][row], unread[row] = (ALIKE, unread[row]) if told else (0, True)
    return unread


def _named(of: dict[str, Column], who: Ints, slot: int) -> Flags:
    return np.asarray((of["given"].at[who, slot] >= 0) | (of["family"].at[who, slot] >= 0))


def _parts(of: dict[str, Column], who: Ints, slot: int) -> dict[str, Ints]:
    return {kind: of[kind].at[who, slot] for kind in ("given", "family", "whole")}


def _crosswise(judges: Judges, of: dict[str, Column], one: Parts, other: Parts) -> tuple[Small, Small]:
    many = len(of["given"].values)
    ways = (one["given"], other["family"]), (one["family"], other["given"])
    given, family = (_level(judges[0], a, b, many) for a, b in ways)
    return given, family


def _straight(judges: Judges, of: dict[str, Column], one: Parts, other: Parts) -> tuple[Small, Small]:
    """Compare part with part; a double given name may be one word (*Minsu*, *Min-su*)."""
    many = len(of["given"].values)
    given = _level(judges[0], one["given"], other["given"], many)
    double = np.flatnonzero((one["whole"] != one["given"]) | (other["whole"] != other["given"]))
    for here, there in (("whole", "given"), ("given", "whole"), ("whole", "whole")):
        level = _level(judges[0], one[here][double], other[there][double], many)
        given[double] = np.maximum(given[double], np.where(level >= ALIKE, level, 0))
    return given, _level(judges[1], one["family"], other["family"], many)


def _level(judge: Judge, a: Ints, b: Ints, many: int) -> Small:
    level = np.zeros(len(a), np.int8)
    both = np.flatnonzero((a >= 0) & (b >= 0))
    if len(both):
        level[both] = each_once(a[both], b[both], many, judge)
    return level


def _rarity(of: dict[str, Column], said: Ints, size: int) -> Reals:
    """Give the share of the other records that bear the word, as given or family name."""
    counts = np.zeros(len(of["given"].values) + 1)
    for kind in ("given", "family"):
        counts[: len(of[kind].counts)] += of[kind].counts
    return np.where(said >= 0, np.maximum(counts[said] - 2, 0), 0) / max(size, 1)


def _places(table: Table, here: Ints, there: Ints) -> Small:
    """Weigh the parts of a postal address together: whoever shares a house shares all of them."""
    of = table.columns
    street, town, code = (
        _best(of[kind], here, there, _spelt(of[kind])) for kind in ("street", "town", "postcode")
    )
    region = _best(of["region"], here, there, _exactly(of["region"]))
    around = np.maximum(town, code)
    level = np.where(np.maximum(np.maximum(street, around), region) > 0, 1, 0)
    level[region == 2] = 2  # noqa: PLR2004
    level[around >= 2] = NEAR  # noqa: PLR2004
    level[street >= 2] = STREET  # noqa: PLR2004
    level[(street >= 2) & (around >= 2)] = HOUSE  # noqa: PLR2004
    return level.astype(np.int8)


def _spelt(one: Column) -> Judge:
    """The same, or a slip apart; a number of a house or a short postcode must be the same."""
    spelt = letters(one.values)
    long = np.array([len(value) for value in one.values] or [0])
    digits = _numbered(["".join(sign for sign in value if sign.isdigit()) for value in one.values])

    def judge(a: Ints, b: Ints) -> Small:
        far, least = slips(spelt, a, b, 2), np.minimum(long[a], long[b])
        alike = ((far <= 1) & (least >= 4)) | ((far <= 2) & (least >= 9))  # noqa: PLR2004
        alike &= (digits[a] == digits[b]) | (least >= 9)  # noqa: PLR2004
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge


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
        a, b = of[one].at[here], of[other].at[there]
        for left in range(a.shape[1]):
            for right in range(b.shape[1]):
                same = (a[:, left] == b[:, right]) & (a[:, left] >= 0)
                same[same] = long[a[:, left][same]]
                level[same] = np.maximum(level[same], worth)
    return level


def _middles(one: Column, here: Ints, there: Ints) -> Small:
    level = _best(one, here, there, _words(one))
    return np.where(level == OTHER, -1, np.where(level > 0, 1, 0)).astype(np.int8)


def _generations(one: Column, here: Ints, there: Ints) -> Small:
    a, b = one.at[here, 0], one.at[there, 0]
    both = np.where(a == b, 1, -1)
    return np.where((a >= 0) & (b >= 0), both, np.where((a >= 0) | (b >= 0), 2, 0)).astype(np.int8)

"""How alike two values of one field are, in levels: the letters, the sound, the day, the number.

A judge is made once for all values of a column, then asked about many pairs of them by their numbers.
"""
# ruff: noqa: PLR2004  (so many slips in a word of so many letters: the numbers are the rules)

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness import names
from amity.duplicates.likeness.record import Column, Ints, Table
from amity.duplicates.likeness.spelling import Small, letters, slips
from amity.formats.identities import A_GENERATION

Flags = npt.NDArray[np.bool_]
SHUFFLED = 0.75  # of a word's letters, in any order
OTHER, INITIAL, ROUGH, ALIKE, SHORT, EQUAL = 1, 2, 3, 4, 5, 6  # a word of a name
Judge = Callable[[Ints, Ints], Small]


def judges(table: Table) -> dict[str, Judge]:
    """Make the judges of a book's columns."""
    of = table.columns
    strict, lenient = _words(of["given"])
    found = {
        "given": strict,
        "family": lenient,
        "email": _emails(of["email"]),
        "number": _numbers(of["number"]),
    }
    found |= {"born": _days(of["born"]), "employer": _employers(of["employer"])}
    return found | {kind: _spelt(of[kind]) for kind in ("street", "town", "postcode")}


def _emails(one: Column) -> Judge:
    """Two slips in a whole address, or the same mailbox."""
    spelt = letters(one.values, 40)

    def judge(a: Ints, b: Ints) -> Small:
        far = slips(spelt, a, b, 2)
        alike = (far <= 1) | ((far <= 2) & (np.minimum(spelt.long[a], spelt.long[b]) >= 14))
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge


def _numbers(one: Column) -> Judge:
    spelt = letters(one.values)
    return lambda a, b: (3 - np.minimum(slips(spelt, a, b, 2), 2)).astype(np.int8)


def _days(one: Column) -> Judge:
    """Same day; one slip, or day and month turned; two slips; a year apart; less than a generation; more."""
    turned = [value[:4] + value[6:8] + value[4:6] for value in one.values]
    spelt, other = letters(one.values, 8), letters(turned, 8)
    year = np.array([int(value[:4]) for value in one.values] or [0])

    def judge(a: Ints, b: Ints) -> Small:
        far = slips(spelt, a, b, 2)
        crossed = (spelt.rows[a] == other.rows[b]).all(axis=1)
        gap = np.abs(year[a] - year[b])
        level = np.where(gap <= 1, 3, np.where(gap < A_GENERATION, 2, 1))
        for reached, worth in ((far <= 2, 4), ((far <= 1) | crossed, 5), (a == b, 6)):
            level[reached & (gap < A_GENERATION)] = (
                worth  # 1946 and 1976 are one slip apart, and father and son
            )
        return level.astype(np.int8)

    return judge


def _employers(one: Column) -> Judge:
    spelt = letters(one.values)
    first = _numbered([value.partition(" ")[0] for value in one.values])

    def judge(a: Ints, b: Ints) -> Small:
        alike = (slips(spelt, a, b, 1) <= 1) | (first[a] == first[b])
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge


def _words(one: Column) -> tuple[Judge, Judge]:
    """Make the judges of given and of family names: the same, short for, alike in letter or sound, initial.

    Of two given names that many bear, a letter more or less is another person (*Maria*, *Mario*). Where many
    bear only one of them, the other may be a slip (*Hugo*, *Hug*). Family names have no such list.
    """
    values = one.values
    spelt = letters(values)
    initial = spelt.rows[:, 0]
    long = np.array([len(value) for value in values] or [0])
    heard = [names.sound(value) for value in values]
    bony = [names.skeleton(value) for value in heard]
    sounds, bones, boned = _numbered(heard), _numbered(bony), np.array([len(bone) for bone in bony] or [0])
    listed = np.array([names.is_given_name(value) for value in values] or [False])
    signs = range(ord("a"), ord("z") + 1)
    bags = np.stack([(spelt.rows == sign).sum(axis=1) for sign in signs], axis=1).astype(np.int8)

    def judge(a: Ints, b: Ints, known: Flags) -> Small:
        least, far = np.minimum(long[a], long[b]), slips(spelt, a, b, 2)
        many, slip = known[a] & known[b], (known[a] != known[b]) | (known is not listed)
        begun = initial[a] == initial[b]
        rough = ((far <= 1) & (least >= 3)) | (slip & (least >= 4) & (far <= 2))
        rows = np.flatnonzero(slip & (least >= 4) & begun & ~rough & ~many)
        both = np.minimum(bags[a[rows]], bags[b[rows]]).sum(axis=1)
        rough[rows] = both >= SHUFFLED * np.maximum(long[a[rows]], long[b[rows]])
        alike = (far <= 1) & (least >= np.where(slip, 4, 6))
        alike |= (far <= 2) & (least >= np.where(slip, 6, 8)) & begun
        sound = (sounds[a] == sounds[b]) | ((bones[a] == bones[b]) & (boned[a] >= 3) & (far <= 2))
        level = np.where(rough & ~many, ROUGH, OTHER)
        level[(alike & ~many) | (sound & (least >= 2))] = ALIKE
        level[(least == 1) & begun] = INITIAL
        for place in np.flatnonzero(many & (a != b)):
            if names.short_for(values[a[place]], values[b[place]]) and (
                far[place] <= 2 or _one_is_long(values, a[place], b[place])
            ):
                level[place] = SHORT
        return np.where(a == b, EQUAL, level).astype(np.int8)

    none = np.zeros_like(listed)
    return (lambda a, b: judge(a, b, listed)), (lambda a, b: judge(a, b, none))


def _one_is_long(values: list[str], a: int, b: int) -> bool:
    """Tell whether one is what the other is short for: *Ada* and *Lena* are only both short for Adaline."""
    return values[a] in names.roots(values[b]) or values[b] in names.roots(values[a])


def _numbered(values: list[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in values] or [0], np.int64)


def _spelt(one: Column) -> Judge:
    """The same, or a slip apart; the number of a house and a postcode's must be the same."""
    spelt = letters(one.values)
    long = np.array([len(value) for value in one.values] or [0])
    digits = _numbered(["".join(sign for sign in value if sign.isdigit()) for value in one.values])

    def judge(a: Ints, b: Ints) -> Small:
        far, least = slips(spelt, a, b, 2), np.minimum(long[a], long[b])
        alike = ((far <= 1) & (least >= 4)) | ((far <= 2) & (least >= 9))
        alike &= digits[a] == digits[b]
        return np.where(a == b, 3, np.where(alike, 2, 1)).astype(np.int8)

    return judge

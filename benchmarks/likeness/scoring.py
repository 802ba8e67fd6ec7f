"""What came out right: merges, questions, and how sure one may be of a share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import comb, exp, lgamma, log

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness.deciding import clusters
from amity.duplicates.likeness.record import Ints
from benchmarks.likeness.reading import Labelled


@dataclass(frozen=True, slots=True)
class Said:
    """What a contender said of a set: pairs (n, 2) to merge unasked, and those to ask about besides."""

    merged: Ints
    asked: Ints


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one contender on one set."""

    truly: int  # pairs of one person
    merged: int
    wrong: int
    wrong_same_name: int  # of these, between two people who also bear the very same name
    precision: float
    at_least: float  # exact lower bound of precision, one-sided 95 %
    recall: float
    shown: int  # merged or asked
    shown_precision: float
    shown_at_least: float
    shown_recall: float

    def row(self) -> dict[str, float | int]:
        """Give the figures by name."""
        return asdict(self)


def score(labelled: Labelled, said: Said) -> Score:
    """Hold what a contender said to the labels; what is merged is merged with all it was merged with."""
    one, size = _truth(labelled), len(labelled.records)
    merged = said.merged
    if labelled.pairs is None:
        merged = closed(size, merged)
    codes, shown = _codes(merged, size), np.union1d(_codes(merged, size), _codes(said.asked, size))
    truly = _truly(labelled)
    right = [int(one(pairs).sum()) for pairs in (codes, shown)]
    wrong = codes[~one(codes)]
    called = _called(labelled)
    same = sum(bool(called(code // size) & called(code % size)) for code in wrong)
    return Score(
        truly, len(codes), len(codes) - right[0], int(same),
        _part(right[0], len(codes)), lower(right[0], len(codes)),
        _part(right[0], truly), len(shown), _part(right[1], len(shown)), lower(right[1], len(shown)),
        _part(right[1], truly),
    )  # fmt: skip


def _called(labelled: Labelled) -> Callable[[int], set[str]]:
    """Tell by which names a record's person goes anywhere in the set."""
    who = labelled.identity or [str(place) for place in range(len(labelled.records))]
    found: dict[str, set[str]] = {}
    for one, row in zip(who, labelled.rows, strict=True):
        name = " ".join(part for kind in ("name", "given", "family") for part in row.get(kind, ()))
        found.setdefault(one, set()).add(name.casefold())
    return lambda place: found[who[int(place)]] - {""}


def _truth(labelled: Labelled) -> Callable[[Ints], npt.NDArray[np.bool_]]:
    size = len(labelled.records)
    if labelled.pairs is not None:
        good = _codes(labelled.pairs[np.array(labelled.match, bool)], size)
        return lambda codes: np.isin(codes, good)
    _, who = np.unique(np.array(labelled.identity), return_inverse=True)
    return lambda codes: who[codes // size] == who[codes % size]


def _truly(labelled: Labelled) -> int:
    if labelled.pairs is not None:
        return sum(labelled.match)
    _, counts = np.unique(np.array(labelled.identity), return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def _codes(pairs: Ints, size: int) -> Ints:
    pairs = np.asarray(pairs, np.int64).reshape(-1, 2)
    return np.unique(pairs.min(axis=1) * size + pairs.max(axis=1))


def closed(size: int, merged: Ints) -> Ints:
    """Give every pair that lies within what is merged, directly or by way of others."""
    merged = np.asarray(merged, np.int64).reshape(-1, 2)
    group = clusters(size, merged[:, 0], merged[:, 1])
    order = np.argsort(group, kind="stable")
    _, starts, sizes = np.unique(group[order], return_index=True, return_counts=True)
    found = []
    for start, many in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        here, there = np.triu_indices(many, 1)
        members = order[start : start + many]
        found.append(np.column_stack([members[here], members[there]]))
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def _part(some: int, every: int) -> float:
    return round(some / every, 4) if every else 1.0


def lower(right: int, every: int, doubt: float = 0.05) -> float:
    """Give the exact lower bound of a share (Clopper & Pearson 1934), one-sided."""
    if not right:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_least(right, every, middle) < doubt else (low, middle)
    return round(low, 4)


def _at_least(right: int, every: int, chance: float) -> float:
    """Give the chance of `right` or more of `every`."""
    if every - right < 200:
        below = 1 - chance
        return sum(_term(every - wrong, every, chance, below) for wrong in range(every - right + 1))
    return 1 - sum(_term(good, every, chance, 1 - chance) for good in range(right))


def _term(good: int, every: int, chance: float, below: float) -> float:
    if not chance or not below:
        return float((good == every) if not below else (good == 0))
    if every < 900:
        return comb(every, good) * chance**good * below ** (every - good)
    ways = lgamma(every + 1) - lgamma(good + 1) - lgamma(every - good + 1)
    return exp(ways + good * log(chance) + (every - good) * log(below))

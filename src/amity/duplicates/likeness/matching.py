"""The whole way: from a book's records to the pairs that are one person, or may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amity.duplicates.likeness import deciding, weights
from amity.duplicates.likeness.blocking import candidates
from amity.duplicates.likeness.comparing import Compared, compare
from amity.duplicates.likeness.deciding import Answers, Pair
from amity.duplicates.likeness.judging import judges
from amity.duplicates.likeness.record import Ints, Record, table

SAMPLE = 60_000


@dataclass(frozen=True, slots=True)
class Matched:
    """Every pair that was compared, by the records' positions in `order`, and its answer."""

    order: Ints
    pairs: Compared
    answers: Answers


def alike(records: Sequence[Record]) -> list[Pair]:
    """Find the pairs of records that are *surely* or *perhaps* one person, the likeliest first."""
    found = matched(records)
    rows = np.flatnonzero(found.answers.surely | found.answers.perhaps)
    ends = found.order[found.pairs.here[rows]], found.order[found.pairs.there[rows]]
    both = np.sort(np.stack(ends), axis=0)
    answers = ["surely" if surely else "perhaps" for surely in found.answers.surely[rows].tolist()]
    chances = [round(chance, 6) for chance in found.answers.chance[rows].tolist()]
    shown = map(Pair, *both.tolist(), answers, deciding.evidence(found.pairs, rows), chances)
    return sorted(shown, key=lambda pair: (pair.answer == "perhaps", -pair.chance, pair.first, pair.second))


def matched(records: Sequence[Record], also: Ints | None = None) -> Matched:
    """Compare a book's records, and the pairs (n, 2) `also`; the order in which they come changes nothing."""
    order = np.array(sorted(range(len(records)), key=lambda one: _content(records[one])), np.int64)
    book = table([records[one] for one in order])
    place = np.argsort(order)
    by = judges(book)
    pairs = compare(book, by, *candidates(book, None if also is None else place[also]))
    learned = weights.learn(book, pairs, compare(book, by, *at_random(book.size)))
    bits, rest = weights.weigh(pairs, learned)
    return Matched(order, pairs, deciding.decide(book, pairs, bits, rest))


def _content(record: Record) -> tuple[str, ...]:
    return (
        record.given,
        record.family,
        *record.names,
        *(f"{kind}{said}" for kind, said in sorted(record.said.items())),
    )


def at_random(size: int) -> tuple[Ints, Ints]:
    """Give all pairs of a small book, a seeded sample of those of a large one."""
    if size * (size - 1) // 2 <= SAMPLE:
        here, there = np.triu_indices(size, 1)
        return here.astype(np.int64), there.astype(np.int64)
    draw = np.random.default_rng(1969)
    here, there = draw.integers(0, size, SAMPLE), draw.integers(0, size - 1, SAMPLE)
    return here, there + (there >= here)

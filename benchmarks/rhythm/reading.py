"""Temporal edge lists as arrays: SNAP and Network Repository forms, plain or packed by gzip or bzip2.

Cells are split at the delimiter most lines keep to, else at white space; comments and the line of sizes in a
MatrixMarket file are passed over. Certainly times are dates, and numbers of plausible years since 1970 or
year 0. A counter is taken for one only where no other column could be; any other file is refused (columns.py
says more). What cannot be read is dropped, and notes count it: rows of another width than most, without a
time or a person, or at a time that cannot be.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np

from amity.rhythm.days import Ints, Reals
from benchmarks.rhythm.columns import Unreadable, as_column, as_day, as_number, epoch_of, places, possible

__all__ = ["Messages", "Unreadable", "development", "read"]

COMMENTS = ("#", "%", "//", ";")
PACKED: dict[bytes, Callable[..., TextIO]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
}  # by the bytes a file begins with
SAMPLE = 20_000  # lines looked at before deciding
DELIMITERS = ("\t", ";", ",")  # a decimal comma may stand in a file of semicolons, and both in one of tabs
WORD = re.compile(r'"[^"]*"|\d{4}-\d\d-\d\d +\d\d:[^\s,;]+|[^\s,;]+')  # where no delimiter is kept to
NUMBERS = re.compile(r"\s*\d+\s+\d+\s*")  # two columns, not one
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "networks"
# The development networks, and where one is dense: before its participants leave.
DEVELOPMENT = {"ia-radoslaw-email.edges": None, "call-Reality.txt": (12600, 12860)}
DAY = 86_400.0  # seconds
UNITS = {"days": 1 / DAY, "seconds": 1.0, "milliseconds": 1e3}  # units a second
LONGEST_IN_DAYS, LONGEST_IN_SECONDS = 20_000, 1e10  # spans of counters that begin at any number


@dataclass(frozen=True)
class Messages:
    """Directed messages between numbered people, (messages,); `at` in days since an epoch."""

    source: Ints
    target: Ints
    at: Reals
    notes: tuple[str, ...] = ()


def development() -> Iterator[tuple[str, Messages, tuple[int, int] | None]]:
    """Give the development networks that lie beside the project, each with the days on which it is dense."""
    for name, dense in DEVELOPMENT.items():
        if (DATA / name).exists():
            yield name, read(DATA / name), dense


def read(
    path: Path, shape: str | None = None, column: int | None = None, unit: str | None = None
) -> Messages:
    """Read a file; `column` counts from 0. Raises Unreadable."""
    head = list(islice(_lines(path), SAMPLE))
    delimiter = "," if shape == "csv" else None if shape else _delimiter(head)
    rows = [_cells(line, delimiter) for line in head]
    width, often = _usual(map(len, rows))
    if width < 3:
        raise Unreadable(f"{path.name} has no lines of at least three columns.")
    if often * 2 < len(rows):
        raise Unreadable(f"The lines of {path.name} have no common number of columns.")
    columns = [as_column(list(cells)) for cells in zip(*(r for r in rows if len(r) == width), strict=True)]
    when, one, other = places(columns, column, path.name)
    moment = as_number if unit and columns[when].moment is as_day else columns[when].moment
    numbers: dict[str, int] = {}
    source, target, at = array("q"), array("q"), array("d")
    lost = Counter({"no time, or no one": -columns[when].headed})  # a header is no loss
    for row in (_cells(line, delimiter) for line in _lines(path)):
        if len(row) != width:
            lost[f"not of {width} columns, as most are"] += 1
        elif (time := moment(row[when])) is None or not (row[one] and row[other]):
            lost["no time, or no one"] += 1
        else:
            source.append(numbers.setdefault(row[one], len(numbers)))
            target.append(numbers.setdefault(row[other], len(numbers)))
            at.append(time)
    notes = tuple(f"{many} rows dropped: {why}" for why, many in lost.items() if many > 0)
    found = Messages(np.array(source, np.int64), np.array(target, np.int64), np.array(at, np.float64), notes)
    return _in_days(found, unit, dated=moment is not as_number)


def _lines(path: Path) -> Iterator[str]:
    """Lines that say something: no comments, and not the line of sizes in a MatrixMarket file."""
    try:
        with path.open("rb") as raw:
            start = raw.read(3)
        opener: Callable[..., TextIO] = next(
            (how for magic, how in PACKED.items() if start.startswith(magic)), open
        )
        with opener(path, "rt", encoding="utf-8-sig", errors="replace") as lines:
            sizes = False
            for line in lines:
                sizes |= line.startswith("%%MatrixMarket")
                if not line.strip() or line.lstrip().startswith(COMMENTS):
                    continue
                if not sizes:
                    yield line.rstrip("\r\n")
                sizes = False
    except (OSError, EOFError, zlib.error) as broken:
        raise Unreadable(f"{path.name} cannot be read to its end: {broken}.") from broken


def _usual(values: Iterable[int]) -> tuple[int, int]:
    """Give the commonest number, and how often it comes."""
    return next(iter(Counter(values).most_common(1)), (0, 0))


def _delimiter(lines: list[str]) -> str | None:
    """Give the delimiter by which most lines have the same three columns or more; None for white space."""
    for delimiter in DELIMITERS:
        rows = [_cells(line, delimiter) for line in lines]
        width, often = _usual(len(row) for row in rows if not any(map(NUMBERS.fullmatch, row)))
        if width >= 3 and often * 2 > len(lines):
            return delimiter
    return None


def _cells(line: str, delimiter: str | None) -> list[str]:
    cells = WORD.findall(line) if delimiter is None else line.split(delimiter)
    if delimiter and '"' in line:
        with suppress(csv.Error):  # a cell too long to be one
            cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    return [cell.strip().strip('"') for cell in cells]


def _in_days(found: Messages, unit: str | None, *, dated: bool) -> Messages:
    """Turn whatever the file counts in into days, and drop the times that cannot be."""
    kept, notes = found.source != found.target, list(found.notes)
    epoch = epoch_of(found.at) if dated or not unit else None
    if epoch:
        low, high, per_second, since = epoch
        kept &= (found.at >= low) & (found.at <= high)
        days = (found.at - since * per_second) / per_second / DAY
    else:
        kept &= possible(found.at)
        unit = "seconds" if dated else unit or _unit(found.at[kept])
        days = found.at / UNITS[unit] / DAY
        if not dated:
            notes.append(f"times count {unit} from an unknown day")
    if dropped := int((~kept).sum()):
        notes.append(f"{dropped} rows dropped: to oneself, or at no possible time")
    return Messages(found.source[kept], found.target[kept], days[kept], tuple(notes))


def _unit(values: Reals) -> str:
    """Guess what a counter counts from how far it comes."""
    span = float(np.ptp(values)) if len(values) else 0.0
    return "days" if span < LONGEST_IN_DAYS else "seconds" if span < LONGEST_IN_SECONDS else "milliseconds"

"""Temporal edge lists as arrays: SNAP and Network Repository forms, comma or white space, comments.

The column of times is the one whose values look like times; where none or several do, the file is refused.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from amity.rhythm.days import Ints, Reals

COMMENTS = ("#", "%", "//", ";")
SAMPLE = 20_000  # lines looked at before deciding
DAY, YEAR_ZERO = 86_400.0, 62_167_219_200.0  # seconds; from year 0 until 1970
# (from, to, units a second, what to subtract): the ranges in which a number is surely a point in time.
EPOCHS = (
    (1e8, 5e9, 1.0, 0.0),
    (6.2e10, 6.6e10, 1.0, YEAR_ZERO),
    (1e11, 5e12, 1e3, 0.0),
    (1e14, 5e15, 1e6, 0.0),
    (1e17, 5e18, 1e9, 0.0),
)
UNITS = {"days": 1 / DAY, "seconds": 1.0, "milliseconds": 1e3}  # units a second
SURELY = 0.95  # of the values must look like times
LONGEST_IN_DAYS, LONGEST_IN_SECONDS = 20_000, 1e10  # spans of counters that begin at any number


class Unreadable(SystemExit):
    """A file that cannot be read, with the sentence that says why."""


@dataclass(frozen=True)
class Messages:
    """Directed messages between numbered people, (messages,); `at` in days since an epoch."""

    source: Ints
    target: Ints
    at: Reals
    notes: tuple[str, ...] = ()


def read(
    path: Path, shape: str | None = None, column: int | None = None, unit: str | None = None
) -> Messages:
    """Read a file; `column` counts from 0. Raises Unreadable."""
    head = list(islice(_rows(path, shape), SAMPLE))
    if not head:
        raise Unreadable(f"{path.name} has no lines of at least three columns.")
    when = column if column is not None else time_column(head, path.name)
    if not 0 <= when < len(head[0]):
        raise Unreadable(f"{path.name} has no column {when}; columns count from 0.")
    one, other = [at for at in range(len(head[0])) if at != when][:2]
    numbers: dict[str, int] = {}
    source, target, at = array("q"), array("q"), array("d")
    for row in _rows(path, shape):
        if len(row) > max(when, other) and (moment := _number(row[when])) is not None:
            source.append(numbers.setdefault(row[one], len(numbers)))
            target.append(numbers.setdefault(row[other], len(numbers)))
            at.append(moment)
    found = Messages(np.array(source, np.int64), np.array(target, np.int64), np.array(at, np.float64))
    return _in_days(found, unit)


def time_column(rows: list[list[str]], name: str) -> int:
    """Give the one column whose values look like times, counting from 0. Raises Unreadable."""
    width = min(map(len, rows))
    columns = [[_number(row[at]) for row in rows] for at in range(width)]
    numeric = {at: np.array(c, float) for at, c in enumerate(columns) if None not in c and len(set(c)) > 1}
    surely = [at for at, values in numeric.items() if _epoch(values) is not None]
    maybe = surely or [at for at, values in numeric.items() if (np.diff(values) >= 0).all()]
    if not maybe and width >= 3:
        widest = sorted(numeric, key=lambda at: float(np.ptp(numeric[at])))[-2:]
        ranges = [float(np.ptp(numeric[at])) for at in widest]
        maybe = widest[1:] if len(ranges) > 1 and ranges[1] > 50 * ranges[0] else []
    if len(maybe) != 1:
        many = "No column looks" if not maybe else f"Columns {', '.join(map(str, maybe))} all look"
        raise Unreadable(f"{many} like times in {name}; say which with --time-column N, counting from 0.")
    return maybe[0]


def _rows(path: Path, shape: str | None) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            text = line.strip()
            if not text or text.startswith(COMMENTS):
                continue
            row = text.split(",") if shape == "csv" else re.split(r"[,;\s]+", text)
            if len(row) > 2 and not all(c.isalpha() or c in "_ ," for c in text):
                yield [cell.strip().strip('"') for cell in row]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _epoch(values: Reals) -> tuple[float, float, float, float] | None:
    inside = (e for e in EPOCHS if ((values >= e[0]) & (values <= e[1])).mean() >= SURELY)
    return next(inside, None)


def _in_days(found: Messages, unit: str | None) -> Messages:
    """Turn whatever the file counts in into days, and drop the times that cannot be."""
    kept, notes = np.isfinite(found.at) & (found.source != found.target), []
    epoch = None if unit else _epoch(found.at)
    if epoch:
        low, high, per_second, since = epoch
        kept &= (found.at >= low) & (found.at <= high)
        days = (found.at - since * per_second) / per_second / DAY
    else:
        span = float(np.ptp(found.at[kept])) if kept.any() else 0.0
        guess = (
            "days" if span < LONGEST_IN_DAYS else "seconds" if span < LONGEST_IN_SECONDS else "milliseconds"
        )
        notes.append(f"times count {unit or guess} from an unknown day")
        days = found.at / UNITS[unit or guess] / DAY
    if dropped := int((~kept).sum()):
        notes.append(f"{dropped} rows dropped: to oneself, or at no possible time")
    return Messages(found.source[kept], found.target[kept], days[kept], tuple(notes))

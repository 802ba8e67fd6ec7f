"""Which columns of an edge list are the time, the sender and the recipient.

Certain, where 95 % of a column's cells are so: ISO dates; seconds, milliseconds, micro- or nanoseconds since
1970, or seconds since year 0, in plausible years; YYYYMMDD, where every number is a day from 1970 to 2100.

A guess: counters that begin at any number. The only column that never falls is taken for one if nothing else
is a number; or if it stands behind the people; or if it stands before two columns that name the same people,
and there are no other numbers. Where every column falls somewhere, the last of three columns of numbers is
taken if by far the widest, behind two that name the same people. All else is refused: a list sorted by sender
looks just like one sorted by time.

People are the columns a header calls so, else the first two that are neither the time nor a row number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

import numpy as np

from amity.rhythm.days import Flags, Reals

YEAR_ZERO = 62_167_219_200.0  # seconds from year 0 until 1970
# (from, to, units a second, what to subtract): the ranges in which a number is surely a point in time.
EPOCHS = (
    (1e8, 5e9, 1.0, 0.0),
    (6.2e10, 6.6e10, 1.0, YEAR_ZERO),
    (1e11, 5e12, 1e3, 0.0),
    (1e14, 5e15, 1e6, 0.0),
    (1e17, 5e18, 1e9, 0.0),
)
SURELY = 0.95  # of the values must look like times
NEVER_FAR = 20_000  # from the middle, a value is possible whatever it counts
CALENDAR = re.compile(
    r"(19[7-9]\d|20\d\d|2100)(\d\d)(\d\d)(?:\.0)?"
)  # pandas writes .0 where some are missing
KIND = "(?:node|user|person)?(?:id|name|address)?"
SENDER = re.compile(f"(?:source|src|from|sender|ego|caller|u|i|a|(?:node|user|person|u|id)1){KIND}")
RECIPIENT = re.compile(
    f"(?:target|tgt|dst|to|recipient|receiver|alter|callee|v|j|b|(?:node|user|person|u|id)2){KIND}"
)


class Unreadable(SystemExit):
    """A file that cannot be read, with the sentence that says why."""


@dataclass(frozen=True)
class Column:
    """A sample of one column. Its first cell may be a header, and is not held against it."""

    cells: list[str]
    moment: Callable[[str], float | None]  # how a cell is read as a time
    known: Reals  # the times so read

    @property
    def mostly(self) -> bool:
        """Whether nearly all cells can be read as times."""
        return len(self.known) >= max(SURELY * (len(self.cells) - 1), 1)

    @property
    def headed(self) -> bool:
        """Whether only the first cell is no time."""
        return self.mostly and self.moment(self.cells[0]) is None

    @property
    def timely(self) -> bool:
        """Whether nearly all cells could be times, and not all the same."""
        return self.mostly and len(np.unique(self.known)) > 1

    @property
    def certain(self) -> bool:
        """Whether the cells are dates, or numbers that only points in time are."""
        return self.moment is not as_number or epoch_of(self.known) is not None


def as_column(cells: list[str]) -> Column:
    """Read a column as numbers if most are, else as dates; as YYYYMMDD if every number is such a day."""
    numbers = [cell for cell in cells if as_number(cell) is not None]
    moment = as_number if len(numbers) * 2 >= len(cells) - 1 else as_date
    if numbers and moment is as_number and all(as_day(cell) is not None for cell in numbers):
        moment = as_day
    return Column(cells, moment, np.array([t for c in cells if (t := moment(c)) is not None], np.float64))


def as_number(cell: str) -> float | None:
    """Read a finite number."""
    try:
        return number if isfinite(number := float(cell)) else None
    except ValueError:
        return None


def as_date(cell: str) -> float | None:
    """Read an ISO date, with or without a time of day, as seconds since 1970."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def as_day(cell: str) -> float | None:
    """Read YYYYMMDD as seconds since 1970."""
    day = CALENDAR.fullmatch(cell)
    return as_date("-".join(day.groups())) if day else None


def epoch_of(values: Reals) -> tuple[float, float, float, float] | None:
    """Give the one of EPOCHS that nearly all values lie in."""
    inside = (e for e in EPOCHS if len(values) and ((values >= e[0]) & (values <= e[1])).mean() >= SURELY)
    return next(inside, None)


def possible(values: Reals) -> Flags:
    """Whether each value may belong to one counter: a hundred times as far off as most, it does not."""
    far = np.abs(values - (np.median(values) if len(values) else 0))
    return np.asarray(far <= max(NEVER_FAR, 100 * float(np.median(far))) if len(far) else far > 0)


def places(columns: list[Column], given: int | None, name: str) -> tuple[int, int, int]:
    """Say where the time, the sender and the recipient stand. Raises Unreadable."""
    if given is not None and not 0 <= given < len(columns):
        raise Unreadable(f"{name} has no column {given}; columns count from 0.")
    if given is not None and not len(columns[given].known):
        raise Unreadable(f"Column {given} of {name} holds no times.")
    filled = {at: column for at, column in enumerate(columns) if any(column.cells)}
    named = _named(columns)
    if given in named:
        named = []
    if not named and given != 0 and _row_number(filled):
        del filled[0]
    layout = _Layout(filled, named)
    when = layout.time(name) if given is None else given
    people = layout.people(when)
    if len(people) < 2:
        raise Unreadable(f"{name} has no two columns of people.")
    return when, people[0], people[1]


def _named(columns: list[Column]) -> list[int]:
    """Say which columns a header calls the sender and the recipient; none unless both."""
    if not any(column.headed for column in columns):
        return []
    heads = [re.sub(r"[^a-z0-9]", "", column.cells[0].lower()) for column in columns]
    found = [next(filter(who.fullmatch, heads), None) for who in (SENDER, RECIPIENT)]
    return [heads.index(head) for head in found if head] if all(found) else []


def _row_number(filled: dict[int, Column]) -> bool:
    """Whether the first column counts the rows. It may not where a weight of 1 would then be a person."""
    beside = [at for at, column in filled.items() if set(column.cells[1:]) != {"1"}]
    if len(beside) < 4 or beside[0] != 0 or not filled[0].timely:
        return False
    known = filled[0].known
    return known[0] in {0, 1} and bool((np.diff(known) == 1).mean() >= SURELY)


class _Layout:
    """The columns that are not empty, by their places, and which of them a header calls people."""

    def __init__(self, filled: dict[int, Column], named: list[int]) -> None:
        self.filled, self.named = filled, named
        self.numeric = {at: column for at, column in filled.items() if column.timely}
        self.free = [at for at in self.numeric if at not in named]

    def people(self, when: int) -> list[int]:
        """Say who would be the sender and the recipient if that were the time."""
        return self.named or [at for at in self.filled if at != when][:2]

    def time(self, name: str) -> int:
        """Give the one column that is certainly the time, else the one it is fair to take for it."""
        found, say = [at for at in self.free if self.numeric[at].certain], "all look like times"
        if not found:
            found, say = self._counters(), "could each be the time"
        if len(found) != 1:
            many = f"Columns {', '.join(map(str, found))} {say}" if found else "No column looks like times"
            raise Unreadable(f"{many} in {name}; say which with --time-column N, counting from 0.")
        return found[0]

    def _counters(self) -> list[int]:
        """Give the columns that could be a counter of time: only one, where it is fair to take it."""
        values = {at: column.known[possible(column.known)] for at, column in self.numeric.items()}
        rising = [at for at in self.free if (np.diff(values[at]) >= 0).all()]
        if rising:
            return rising if len(rising) == 1 and self._alone(rising[0]) else self.free
        ranges = sorted((float(np.ptp(values[at])), at) for at in values)
        far = len(ranges) == 3 and ranges[2][0] > 50 * ranges[1][0]
        last = ranges[-1][1] if far else 0
        return [last] if far and last > max(self.people(last)) and self._plain(last) else []

    def _alone(self, at: int) -> bool:
        """Whether no other column could be the time, where only this one never falls."""
        people, others = self.people(at), set(self.free) - {at}
        if at > max(people):
            return not any(map(self._plain, others & set(people)))
        return not others or (at < min(people) and others <= set(people) and self._plain(at))

    def _plain(self, at: int) -> bool:
        """Whether the people beside it are the same in both columns, and it is none of them."""
        one, other, time = (set(self.filled[place].cells) for place in (*self.people(at), at))
        return len(one & other) * 2 >= len(one | other) and len(time - one - other) >= SURELY * len(time)

"""From a table and a plan for its columns to records, one row at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile, islice
from typing import BinaryIO

from amity.formats.columns import days
from amity.formats.columns.contact import plain, read_row
from amity.formats.columns.fields import DAYS, NO_HINTS, Hints, Plan, corrected, names_somebody
from amity.formats.columns.proposal import named
from amity.formats.columns.shape import (
    OF_HINTS,
    ROWS_SEEN,
    SECOND_HEADER,
    Shape,
    rows_below,
    shape_of,
    why_nobody,
)
from amity.formats.records import Record, Refused, Skipped
from amity.formats.tabular import HEAD, Columns, Row, columns_in

Planner = Callable[[Shape], Plan]
NO_NAME = "No column of this table is a name, and without one nobody in it can be known."
NO_ROWS = "This table has columns, but not one row."
_NOBODY = {SECOND_HEADER, OF_HINTS}


def is_table_of(head: bytes, needs: tuple[Columns, ...]) -> bool:
    """Tell whether a line of a file's first bytes names all columns of one of these sets."""
    return columns_in(head, needs) is not None


def read_known(
    file: BinaryIO, needs: tuple[Columns, ...], plan_of: Planner, what: str, hints: Hints = NO_HINTS
) -> Iterator[Record]:
    """Read a table of a program we know; raises Refused where it lacks the columns that program writes."""
    file.seek(0)
    head = file.read(HEAD)
    shape = shape_of(head)
    if shape is None or not is_table_of(head, needs):
        if head.strip():
            raise Refused(f"This is not {what}: it lacks the columns {', '.join(sorted(needs[0]))}.")
        return
    yield from read_rows(file, shape, corrected(plan_of(shape), hints), hints)


def read_rows(file: BinaryIO, shape: Shape, plan: Plan, hints: Hints) -> Iterator[Record]:
    """Read every row by a plan; blank ones, a header that comes again and hints below one are none.

    Raises:
        Refused: where no column is a name, or there are no rows.
    """
    if not names_somebody(plan):
        raise Refused(NO_NAME)
    day_first = _order_of_days(file, shape, plan, hints)
    file.seek(0)
    empty = True
    for row, here in planned(rows_below(file, shape.layout), shape, plan, hints):
        if isinstance(row, Skipped):
            empty = empty and row.why in _NOBODY
            yield row
        else:
            empty = False
            yield read_row(row, here, day_first=day_first)
    if empty:
        raise Refused(NO_ROWS)


def planned(
    rows: Iterable[Row | Skipped], shape: Shape, plan: Plan, hints: Hints
) -> Iterator[tuple[Row | Skipped, Plan]]:
    """Give each row with the plan of its own table: below a further header, what those names say.

    The first rows of each that are nobody, such as hints below the header, are reported.
    """
    columns, here, begun = shape.spelled, plan, False
    coming, seen = iter(rows), deque[Row | Skipped]()
    while (row := seen.popleft() if seen else next(coming, None)) is not None:
        if isinstance(row, Row):
            if row.spelled.keys() != columns.keys():
                columns, begun = row.spelled, False
                seen.extend(islice(coming, ROWS_SEEN - len(seen)))
                further = columns.keys() != shape.spelled.keys()
                here = corrected(named(columns, _first_of([row, *seen])), hints) if further else plan
            if not begun and (why := why_nobody(row)):
                yield row.skipped(why), here
                continue
            begun = True
        yield row, here


def _first_of(ahead: list[Row | Skipped]) -> list[Row]:
    """Give those of the rows ahead that are of the first one's table, without its hints."""
    rows = [row for row in ahead if isinstance(row, Row)]
    return list(dropwhile(why_nobody, (row for row in rows if row.spelled.keys() == rows[0].spelled.keys())))


def _order_of_days(file: BinaryIO, shape: Shape, plan: Plan, hints: Hints) -> bool:
    """Tell whether the day comes first in ``3/4/1980``: by the file, else the owner, else their country."""
    told = order_told(file, shape, plan, hints)
    if told is None:
        told = hints.day_first
    return hints.day_first_here if told is None else told


def order_told(file: BinaryIO, shape: Shape, plan: Plan, hints: Hints) -> bool | None:
    """Read days until one can be read in one way only; None when the whole file has none."""
    seen = list(_days_in(planned((*shape.rows, *shape.below), shape, plan, hints)))
    if not any(map(days.is_ambiguous, map(plain, seen))):
        return days.day_comes_first(seen)
    file.seek(0)
    return days.day_comes_first(_days_in(planned(rows_below(file, shape.layout), shape, plan, hints)))


def _days_in(rows: Iterable[tuple[Row | Skipped, Plan]]) -> Iterator[str]:
    return (
        cell
        for row, plan in rows
        if isinstance(row, Row)
        for name, cell in row.cells.items()
        if plan[name].field in DAYS
    )

"""From a table and a plan for its columns to records, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from amity.formats.columns import days
from amity.formats.columns.contact import plain, read_row
from amity.formats.columns.fields import DAYS, NO_HINTS, Hints, Plan, corrected, names_somebody
from amity.formats.columns.proposal import named
from amity.formats.columns.shape import Shape, is_second_header, rows_below, shape_of
from amity.formats.records import Record, Refused, Skipped
from amity.formats.tabular import HEAD, Columns, Row, columns_in

Planner = Callable[[Shape], Plan]
NO_NAME = "No column of this table is a name, and without one nobody in it can be known."
NO_ROWS = "This table has columns, but not one row."
_SECOND_HEADER = "This row names the columns once more."


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
    """Read every row by a plan; blank ones and a header that comes again are none.

    Raises:
        Refused: where no column is a name, or there are no rows.
    """
    if not names_somebody(plan):
        raise Refused(NO_NAME)
    day_first = order_of_days(file, shape, plan, hints)
    file.seek(0)
    rows = rows_below(file, shape.layout)
    first = next(rows, None)
    if isinstance(first, Row) and is_second_header(list(first.cells.values())):
        yield first.skipped(_SECOND_HEADER)
        first = next(rows, None)
    if first is None:
        raise Refused(NO_ROWS)
    columns, here = shape.spelled, plan
    for row in chain((first,), rows):
        if isinstance(row, Skipped):
            yield row
            continue
        if row.spelled.keys() != columns.keys():
            columns = row.spelled
            here = plan if columns.keys() == shape.spelled.keys() else corrected(named(columns), hints)
        yield read_row(row, here, day_first=day_first)


def order_of_days(file: BinaryIO, shape: Shape, plan: Plan, hints: Hints) -> bool:
    """Tell whether the day comes first in ``3/4/1980``: by the file, else the owner, else their country."""
    told = order_told(file, shape, plan)
    if told is None:
        told = hints.day_first
    return hints.day_first_here if told is None else told


def order_told(file: BinaryIO, shape: Shape, plan: Plan) -> bool | None:
    """Read days until one can be read in one way only; None when the whole file has none."""
    of_days = [name for name, column in plan.items() if column.field in DAYS]
    if not of_days or not any(map(days.is_ambiguous, map(plain, _cells(shape.rows, of_days)))):
        return days.day_comes_first(_cells(shape.rows, of_days))
    file.seek(0)
    rows = (row for row in rows_below(file, shape.layout) if isinstance(row, Row))
    return days.day_comes_first(_cells(rows, of_days))


def _cells(rows: Iterator[Row] | tuple[Row, ...], names: list[str]) -> Iterator[str]:
    return (row[name] for row in rows for name in names if row[name])

"""Any other table of people: a delimiter, a header and a meaning for each column are found by content.

The meaning is a proposal. Where the header itself does not say where the names are, the owner is asked, on
the page that looks into their files or with ``--column``, and what they say comes back in ``hints``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from amity.formats.columns.fields import NO_HINTS, Hints, corrected, names_somebody
from amity.formats.columns.proposal import is_of_people, is_sure, propose
from amity.formats.columns.reading import NO_NAME, read_rows
from amity.formats.columns.shape import Shape, shape_of
from amity.formats.records import Record, Refused
from amity.formats.tabular import HEAD

ASK = (
    "Amity cannot tell which column holds the names; say so on the page “Bring people in”, "
    'or with --column "HEADER=name".'
)
_COLUMNS_NAMED = 6


def recognise(head: bytes) -> bool:
    """Tell whether a file's first 64 KiB are a table of two columns or more, whatever is in it."""
    return shape_of(head) is not None


def read(file: BinaryIO, *, hints: Hints = NO_HINTS) -> Iterator[Record]:
    """Yield a Contact, Robot or Skipped for each row.

    Raises:
        Refused: for what is no table, one that is not about people, and one whose names cannot be told.
    """
    file.seek(0)
    head = file.read(HEAD)
    shape = shape_of(head)
    if shape is None:
        if head.strip():
            raise Refused("This is not a table: no two of its lines have the same columns.")
        return
    proposed = propose(shape)
    if hints.columns.keys().isdisjoint(proposed) and not is_sure(shape, proposed):
        raise Refused(ASK if is_of_people(shape, proposed) else _of_something_else(shape))
    plan = corrected(proposed, hints)
    if not names_somebody(plan):
        raise Refused(NO_NAME)
    yield from read_rows(file, shape, plan, hints)


def _of_something_else(shape: Shape) -> str:
    columns = ", ".join(list(shape.spelled.values())[:_COLUMNS_NAMED])
    return f"This is a table of something else: none of its columns ({columns[:120]}) holds people's names."

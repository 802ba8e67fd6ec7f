"""Where a table's header is and how its cells are cut, told by its first lines alone."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import dropwhile, islice, takewhile
from typing import BinaryIO

from amity.formats.columns.fields import tell_of_people
from amity.formats.columns.words import field_named, field_of
from amity.formats.encodings import decode
from amity.formats.looks import looks_like
from amity.formats.records import Skipped
from amity.formats.tabular import DELIMITERS, HEAD, Layout, Row, fold_column, spellings, table, ways_to_cut

MOST_COLUMNS = 500
ROWS_SEEN = 50
_LINES_SEEN, _ROWS_PASSED = 100, 1000
_LEAST_KNOWN = 2
_STRAY_NULS, _SEEN_OF_A_CELL = 3, 200
_TEXTS = ("a table (CSV)", "plain text")
_LEAST_SHARE = 0.6
EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}\.[^\s@.<>,;]{2,24}")
PHONE = re.compile(r"\+?[\d() /.-]{5,24}")
URL = re.compile(r"(?:https?://|www\.)\S+|[\w.-]+\.\w+/\S+", re.IGNORECASE)
_REACHED = re.compile(r"[^\s@]@[^\s@]+\.|\d{5}")
_DATA_INSIDE = re.compile(r"@|\d{3}|\d[-./]\d")
_IN_BRACKETS = re.compile(r"\(.*\)|\[.*\]|\{.*\}|<.*>", re.DOTALL)
_BRACKETS = "()[]{}<> \t\r\n"
SECOND_HEADER = "This row names the columns once more."
OF_HINTS = "This row only says what belongs into the columns."
FIGURES = re.compile(r"[\d\s.,:/%€$£+-]+")


@dataclass(frozen=True)
class Shape:
    """A table by its header and its first rows; ``below`` has the first rows under further headers."""

    layout: Layout
    rows: tuple[Row, ...]
    below: tuple[Row, ...] = ()

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The columns: folded name -> as the file spells it."""
        return spellings(self.layout.cells)

    @cached_property
    def spelled_below(self) -> dict[str, str]:
        """The columns that only further headers name."""
        further = {name: cell for row in self.below for name, cell in row.spelled.items()}
        return {name: cell for name, cell in further.items() if name not in self.spelled}

    @cached_property
    def fingerprint(self) -> str:
        """The same for two files with the same columns, in whatever order they come."""
        names = "\n".join(sorted(self.spelled))
        return blake2b(
            f"{bool(self.layout.line)}\n{names}".encode(errors="replace"), digest_size=16
        ).hexdigest()

    def filled(self, column: str) -> list[str]:
        """Give what stands under a column in the first rows."""
        return filled(column, self.rows if column in self.spelled else self.below)


def filled(column: str, rows: Iterable[Row]) -> list[str]:
    """Give what stands under a column in some rows."""
    return [row[column][:_SEEN_OF_A_CELL] for row in rows if row[column]]


def shape_of(head: bytes) -> Shape | None:
    """Find the table in a file's first bytes; None for what is no table of two columns or more."""
    if looks_like(head if head.count(b"\0") > _STRAY_NULS else head.replace(b"\0", b"")) not in _TEXTS:
        return None
    lines = decode(head[:HEAD]).splitlines()[:_LINES_SEEN]
    layout = _by_words(lines) or _by_regularity(lines)
    if layout is None or len(layout.cells) > MOST_COLUMNS:
        return None
    columns = spellings(layout.cells).keys()
    passed = islice(rows_below(io.BytesIO(head[:HEAD]), layout), _ROWS_PASSED)
    found = [row for row in passed if isinstance(row, Row)]
    first = dropwhile(why_nobody, takewhile(lambda row: row.spelled.keys() == columns, found))
    below = (row for row in found if row.spelled.keys() != columns)
    return Shape(layout, tuple(islice(first, ROWS_SEEN)), tuple(islice(below, ROWS_SEEN)))


def rows_below(file: BinaryIO, layout: Layout) -> Iterator[Row | Skipped]:
    """Read the rows below a header, and those below each further one, whose columns may be others."""
    return table(file, "", layout, _is_header_of_more)


def _is_header_of_more(cells: list[str]) -> bool:
    """Tell whether a row below people is a header: most cells are names of columns, people's among them."""
    # Asked of every row: an address, a number or its first word answers it for nearly all of them. A person's
    # own row begins with their name far more often than with a word of ours.
    if len(cells) > MOST_COLUMNS or _DATA_INSIDE.search(" ".join(cells)):
        return False
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < _LEAST_KNOWN or not field_named(filled[0]):
        return False
    named = [field_named(cell) for cell in filled]
    known = set(named) - {""}
    return named.count("") * 2 < len(named) and len(known) >= _LEAST_KNOWN and tell_of_people(known)


def why_nobody(row: Row) -> str:
    """Say why a first row below a header is no person, '' where it may be one."""
    if is_second_header(list(row.cells.values())):
        return SECOND_HEADER
    return OF_HINTS if _is_of_hints(row) else ""


def is_second_header(cells: list[str]) -> bool:
    """Tell whether a row's cells name columns themselves: most of them, and at least two."""
    filled = [cell for cell in cells if cell]
    known = _known(filled)
    return known >= _LEAST_KNOWN and known * 2 > len(filled)


def _is_of_hints(row: Row) -> bool:
    """Tell whether all cells are in brackets or say their columns' names again, and none is somebody's."""
    if any(map(_DATA_INSIDE.search, row.cells.values())):
        return False
    told = [text for column, text in row.cells.items() if fold_column(text) != column]
    alone = len(row.cells) == 1
    return all(_IN_BRACKETS.fullmatch(text) and not _may_be_a_name(text, alone=alone) for text in told)


def _may_be_a_name(cell: str, *, alone: bool) -> bool:
    """Tell whether a cell in brackets may name somebody: two large words, none of them ours, or one alone."""
    words = cell.strip(_BRACKETS).split()
    large = all(word[0].isupper() for word in words) and not any(map(field_of, words))
    return large and len(words) >= (1 if alone else _LEAST_KNOWN)


def _by_words(lines: list[str]) -> Layout | None:
    """Take the line that names most columns; before it, though, a header that has people below it."""
    found = [(_known(layout.cells), -layout.line, layout) for layout in _layouts(lines)]
    known, _line, best = max(found, default=(0, 0, None), key=lambda one: one[:2])
    if best is None or known < _LEAST_KNOWN:
        return None
    above = (one for _known, _line, one in found if one.line < best.line and _is_header_of_more(one.cells))
    people = [number for number, line in enumerate(lines[: best.line], start=1) if _REACHED.search(line)]
    return next((one for one in above if people and one.line < people[-1]), best)


def _known(cells: list[str]) -> int:
    return len({field_of(cell) for cell in cells if cell and "@" not in cell} - {""})


def _by_regularity(lines: list[str]) -> Layout | None:
    """Take the delimiter that cuts most lines alike; their first is the header unless it holds data."""
    widths: dict[str, Counter[int]] = {delimiter: Counter() for delimiter in DELIMITERS}
    for layout in _layouts(lines):
        widths[layout.delimiter][len(layout.cells)] += 1
    filled = sum(bool(line.strip()) for line in lines)
    best = max(
        ((count, width, delimiter) for delimiter, seen in widths.items() for width, count in seen.items()),
        default=(0, 0, ","),
    )
    if best[0] < max(2, filled * _LEAST_SHARE):
        return None
    first = next(one for one in _layouts(lines) if (len(one.cells), one.delimiter) == best[1:])
    if any(map(_is_data, first.cells)):
        return Layout(first.delimiter, 0, [""] * best[1])
    return first


def _layouts(lines: list[str]) -> Iterator[Layout]:
    for number, line in enumerate(lines, start=1):
        for delimiter, cells in ways_to_cut(line):
            yield Layout(delimiter, number, cells)


def _is_data(cell: str) -> bool:
    cell = cell.strip()
    return any(kind.fullmatch(cell) for kind in (EMAIL, PHONE, URL, FIGURES)) if cell else False

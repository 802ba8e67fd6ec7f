"""Tables in text files: a header row found by the names in it, then one row after the other.

What people export is rarely plain RFC 4180: notes stand above the header, columns come in any order and
twice, a spreadsheet has put ``;`` for ``,``, and somebody's quote was never closed. So the header is the
first line that names the columns a format needs, and a row whose quoting is broken costs that row only:
it is reported and reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from amity.formats import looks
from amity.formats.encodings import decode, is_utf16, open_text
from amity.formats.records import Skipped

HEAD = 64 * 1024
LONGEST_RECORD = 1 << 20
_LINES_ABOVE_HEADER = 100
# After an unclosed quote the lines it swallowed are read again; a file made of such quotes only would
# be read as often as it has lines.
_SECOND_READINGS = 100
DELIMITERS = ",;\t|"

# The limit of the csv module is one for the whole process; its default would cut long notes.
csv.field_size_limit(LONGEST_RECORD)

Columns = frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``row["first name"]`` is the trimmed text under that column, "" when there is none.

    Columns are asked for in lower case with single spaces, however the file spells them; ``cells`` has
    those that are filled.
    """

    where: str
    cells: dict[str, str]
    spelled: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def others(self, known: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield column (as the file spells it) and text of filled cells the reader has no place for."""
        return ((self.spelled[c], text) for c, text in self.cells.items() if c not in known)

    def skipped(self, why: str) -> Skipped:
        """Report this row as unread."""
        return Skipped(self.where, why, ", ".join(self.cells.values()))


def fold_column(name: str) -> str:
    """Fold a column's name: case, underscores and runs of spaces say nothing."""
    return " ".join(name.replace("_", " ").split()).casefold()


def columns_in(head: bytes, choices: Iterable[Columns]) -> Columns | None:
    """Return the first of ``choices`` that one line of a file's first bytes names, else None."""
    lines = decode(head[:HEAD]).splitlines()[:_LINES_ABOVE_HEADER]
    named = [{fold_column(cell) for cell in cells} for line in lines for _, cells in ways_to_cut(line)]
    return next((needs for needs in choices if any(needs <= columns for columns in named)), None)


class Layout(NamedTuple):
    """Where a table's header was found: its line, counted from 1 (0 when no line is one), and its cells."""

    delimiter: str
    line: int
    cells: list[str]


def _is_no_header(_cells: list[str]) -> bool:
    return False


def table(
    file: BinaryIO, name: str, needs: Columns | Layout, is_header: Callable[[list[str]], bool] = _is_no_header
) -> Iterator[Row | Skipped]:
    """Read the rows below a header: the first that names all of ``needs`` (folded names), or a known one.

    Two tables may stand in one file: below a row that ``is_header``, the cells are under its names.

    Rows come as they are read, blank ones and repeated headers left out; ``where`` is ``name``, if any, and
    the line the row begins on. A row with broken quotes or more cells than columns is a ``Skipped``. A text
    without such a header gives one ``Skipped``, an empty one nothing. The binary file stays open.
    """
    text = open_text(file)
    try:
        lines = _Lines(text)
        header = _go_below(lines, needs) if isinstance(needs, Layout) else _find_header(lines, needs)
        if header:
            yield from _rows(lines, name, header, is_header)
        elif lines.taken and not isinstance(needs, Layout):
            wanted = ", ".join(sorted(needs))
            yield Skipped(name, f"No line names the columns {wanted}.", lines.taken[0][1])
    finally:
        text.detach()


_KINDS = (
    (b"%pdf", "a PDF document"),
    (b"pk\x03\x04", "a ZIP file"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"gif8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document"),
    (b"begin:vcard", "a vCard file"),
    (b"begin:vcalendar", "a calendar file"),
    (b"from ", "a mailbox (mbox)"),
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML file"),
)


def looks_like(head: bytes) -> str:
    """Say in words what a file seems to be that is not the table somebody expected."""
    start = decode(head[:1024]).encode() if is_utf16(head) else head[:1024]
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind = next((words for sign, words in _KINDS if start.startswith(sign)), None)
    if kind:
        return kind
    if not start:
        return "an empty file"
    if looks.looks_like(head[:1024]) == looks.A_JSON:
        return looks.A_JSON
    if b"\0" in start:
        return "a binary file"
    first = next(iter(decode(head[:1024]).strip().splitlines()), "")
    return f"a table with the columns {first[:60]}" if "," in first else "some other text"


@dataclass(frozen=True, slots=True)
class _Header:
    delimiter: str
    cells: list[str]
    columns: tuple[str, ...]
    spelled: dict[str, str]


class _Lines:
    """The lines of a text, counted; ``taken`` holds those of the record now being read."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = enumerate(text, start=1)
        self._again: deque[tuple[int, str]] = deque()
        self._size = 0
        self._second_readings = _SECOND_READINGS
        self.taken: list[tuple[int, str]] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.taken.append(self._again.popleft() if self._again else next(self._text))
        line = self.taken[-1][1]
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            raise csv.Error
        return line

    def begin_record(self) -> None:
        """Forget the lines of the record before."""
        self.taken.clear()
        self._size = 0

    def give_back(self) -> bool:
        """Let all lines of this record but the first be read again, unless that was done too often."""
        if self._second_readings == 0:
            return False
        self._second_readings -= 1
        self._again.extendleft(reversed(self.taken[1:]))
        return True


def ways_to_cut(line: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each delimiter a line has with the cells it cuts; a header never spans lines."""
    for delimiter in DELIMITERS:
        if delimiter in line and len(line) < LONGEST_RECORD:
            yield delimiter, _cut(line, delimiter)


def _cut(line: str, delimiter: str) -> list[str]:
    """Cut one line forgivingly: a quote that is out of place is read as it stands."""
    return next(csv.reader([line], delimiter=delimiter), [])


def _find_header(lines: _Lines, needs: Columns) -> _Header | None:
    """Read on to the header; without one ``lines.taken`` keeps the first filled line."""
    first: list[tuple[int, str]] = []
    for _ in range(_LINES_ABOVE_HEADER):
        lines.begin_record()
        try:
            line = next(lines)
        except (StopIteration, csv.Error):
            break
        for delimiter, cells in ways_to_cut(line):
            if needs <= {fold_column(cell) for cell in cells}:
                return _header(delimiter, cells)
        first = first or [taken for taken in lines.taken if taken[1].strip()]
    lines.taken = first or lines.taken
    return None


def _go_below(lines: _Lines, layout: Layout) -> _Header:
    """Pass over what stands above the rows of a table whose layout is known."""
    for _ in range(layout.line):
        lines.begin_record()
        with suppress(StopIteration, csv.Error):
            next(lines)
    return _header(layout.delimiter, layout.cells)


def _header(delimiter: str, cells: list[str]) -> _Header:
    spelled = spellings(cells)
    return _Header(delimiter, cells, tuple(spelled), spelled)


def spellings(cells: list[str]) -> dict[str, str]:
    """Name every column once: the second ``Tag`` is ``Tag 2``, one without a name ``column 8``."""
    spelled: dict[str, str] = {}
    times: Counter[str] = Counter()
    for position, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column {position}"
        folded = fold_column(name)
        while fold_column(name) in spelled:
            times[folded] += 1
            name = f"{cell.strip() or 'column'} {times[folded] + 1}"
        spelled[fold_column(name)] = name
    return spelled


def _rows(
    lines: _Lines, name: str, header: _Header, is_header: Callable[[list[str]], bool]
) -> Iterator[Row | Skipped]:
    below = yield from _rows_of_one(lines, name, header, is_header, begun=False)
    while below:
        below = yield from _rows_of_one(lines, name, below, is_header, begun=True)


def _rows_of_one(
    lines: _Lines, name: str, header: _Header, is_header: Callable[[list[str]], bool], *, begun: bool
) -> Generator[Row | Skipped, None, _Header | None]:
    """Yield one table's rows and return the next one's header; until rows have begun there is none."""
    width = len(header.columns)
    for line, cells, why in _records(lines, header):
        where = f"{name} line {line}".lstrip()
        if why:
            yield Skipped(where, why, cells[0])
        elif cells == header.cells:
            continue
        elif begun and is_header(cells):
            return _header(header.delimiter, cells)
        elif any(cell.strip() for cell in cells[width:]):
            surplus = f"The row has {len(cells)} cells, the header only {width}; a comma may lack its quotes."
            yield Skipped(where, surplus, header.delimiter.join(cells))
        elif filled := _filled(header, cells):
            begun = True
            yield Row(where, filled, header.spelled)
    return None


def _filled(header: _Header, cells: list[str]) -> dict[str, str]:
    pairs = zip(header.columns, cells, strict=False)
    return {column: text for column, cell in pairs if (text := cell.strip())}


def _records(lines: _Lines, header: _Header) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells, and why they cannot be read ("" mostly; else the one cell is the bare line)."""
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    while True:
        lines.begin_record()
        why = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells, why = _mend(lines, header)
            if len(lines.taken) > 1 and not lines.give_back():
                why = f"A quote is not closed; lines {lines.taken[0][0]} to {lines.taken[-1][0]} are lost."
        yield lines.taken[0][0], cells, why


def _mend(lines: _Lines, header: _Header) -> tuple[list[str], str]:
    """Read a broken record's first line alone: it counts if it has a cell for every column."""
    line = lines.taken[0][1]
    if len(line) > LONGEST_RECORD:
        return [line], f"The line is longer than {LONGEST_RECORD:,} characters."
    cells = _cut(line, header.delimiter)
    if len(lines.taken) == 1 and len(cells) == len(header.columns):
        return cells, ""
    return [line.strip()], "The quotes in this row are not closed or stand in the middle of a cell."

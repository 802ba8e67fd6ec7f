"""docs/sources.md speaks of every format Amity reads, and of no other."""

import re
from pathlib import Path

from amity.formats.archive import MOST_EXPANDED, MOST_RATIO
from amity.formats.columns.shape import Shape
from amity.formats.records import EARLIEST_YEAR, LATEST_YEAR, WORDS_KEPT
from amity.formats.registry import FORMATS
from amity.formats.tabular import Layout, fold_column
from amity.gatherings.actions import FEW
from amity.people.photo import SIDE
from amity.sources.actions import WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|(.*)\|$", PAGE, re.MULTILINE)


def test_every_format_of_the_list_has_its_row_and_says_what_becomes_of_it():
    assert sorted(name for name, _ in ROWS) == sorted(one.name for one in FORMATS)
    assert all(cell.strip() for _, cells in ROWS for cell in cells.split("|"))


def test_the_table_of_columns_says_what_each_program_s_columns_become():
    programs, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in re.findall(
            r"^\| (?:becomes|[a-z ,]+) \|.*\|$", PAGE.partition("## Tables of people")[2], re.MULTILINE
        )
    ]
    told = {
        (program.strip("`"), name): becomes
        for becomes, *cells in rows
        for program, cell in zip(programs[1:], cells, strict=True)
        for name in filter(None, cell.split(", "))
    }

    found = {}
    for form in FORMATS:
        names = [name for program, name in told if program == form.name]
        if names and form.plan:
            plan = form.plan(Shape(Layout(",", 1, names), ()))
            found |= {(form.name, name): plan[fold_column(name)].field for name in names}

    assert len(found) == len(told) > 80
    assert {key: field for key, field in found.items() if field not in told[key].split(", ")} == {}


def test_the_figures_on_the_page_are_those_of_the_code():
    assert f"{EARLIEST_YEAR} to {LATEST_YEAR}" in PAGE.replace("\n", " ")
    assert (MOST_EXPANDED, MOST_RATIO, FEW, WORDS_KEPT, SIDE) == (1 << 30, 200, 8, 500, 256)
    assert {f"`{choice}`" for choice in WORDS} <= set(re.findall(r"`\w+`", PAGE))

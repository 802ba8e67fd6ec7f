"""docs/export.md names every table and column an export holds, and no other."""

import re
from pathlib import Path

from amity.book.export import tables
from amity.book.tables import columns, label

PAGE = Path(__file__).parents[2] / "docs" / "export.md"


def test_every_table_and_column_of_an_export_is_documented():
    said = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))

    there = {
        label(model): ", ".join(field.name for field in columns(model) if field.name not in {"id", "owner"})
        for model in tables()
    }
    assert said == there

"""The box's grammar: nothing raises, and what is printed is understood as the same again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.search.wording import FILTERS, Asked, parse

LINES = [
    ("ada  looms", Asked(("ada", "looms"))),
    ("spark:curious met:dinner", Asked((), (("spark", "curious"), ("met", "dinner")))),
    ('in:"San  Sebastián" ada', Asked(("ada",), (("in", "San Sebastián"),))),
    ('Standing:"New Spark"', Asked((), (("standing", "new spark"),))),
    ("since:2025 before:2025-03-09", Asked((), (("since", "2025"), ("before", "2025-03-09")))),
    ("since:soon", Asked(("since:soon",), (), ("since:soon",))),
    ("title:weaver", Asked(("title:weaver",), (), ("title:weaver",))),
    ("https://ada.example 10:30 in:", Asked(("https://ada.example", "10:30", "in:"))),
    ('in:"Lyon', Asked((), (("in", "Lyon"),))),
    ("", Asked()),
]


@pytest.mark.parametrize(("line", "asked"), LINES)
def test_a_line_is_understood(line, asked):
    assert parse(line) == asked


pieces = st.one_of(
    st.text(max_size=12),
    st.builds("{}:{}".format, st.sampled_from([*FILTERS, "title", "IN"]), st.text(max_size=9)),
    st.builds('{}:"{}"'.format, st.sampled_from(FILTERS), st.sampled_from(["new spark", "a b", "2025", ""])),
)


@given(st.lists(pieces, max_size=6).map(" ".join))
def test_any_line_can_be_written_down_and_understood_again(line):
    asked = parse(line)

    assert parse(str(asked)) == asked

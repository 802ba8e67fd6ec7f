"""A few damaged files of every format; `make fuzz` reads a hundred thousand."""

from __future__ import annotations

import pytest

from amity.formats.registry import FORMATS
from fuzz import damaged, seeds_of, try_all

EVERY = [pytest.param(form, id=form.name) for form in FORMATS]


@pytest.mark.parametrize("form", EVERY)
def test_damaged_files_neither_crash_nor_hang_nor_fill_the_memory_nor_vanish(form):
    count = try_all(form, range(300))

    assert count.wrong == []
    assert (count.inputs, count.peak < 256) == (300, True)
    assert count.records + count.skipped > 0


def test_an_input_is_known_by_its_number_for_good():
    form = FORMATS[0]

    assert damaged(form, seeds_of(form), 17) == damaged(form, seeds_of(form), 17)
    assert damaged(form, seeds_of(form), 17) != damaged(form, seeds_of(form), 18)

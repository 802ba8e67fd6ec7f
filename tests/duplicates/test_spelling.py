"""Slips of the pen, counted for many pairs at once as one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.duplicates.likeness.spelling import letters, slips

WORDS = st.text("abc", max_size=9)


def one_by_one(here, there):
    """Count the slips by the book: Damerau's distance of aligned strings."""
    rows = {(a, 0): a for a in range(len(here) + 1)} | {(0, b): b for b in range(len(there) + 1)}
    for a, one in enumerate(here, 1):
        for b, other in enumerate(there, 1):
            rows[a, b] = min(rows[a - 1, b] + 1, rows[a, b - 1] + 1, rows[a - 1, b - 1] + (one != other))
            if a > 1 and b > 1 and (one, here[a - 2]) == (there[b - 2], other):
                rows[a, b] = min(rows[a, b], rows[a - 2, b - 2] + 1)
    return rows[len(here), len(there)]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20), st.integers(1, 3))
def test_slips_are_counted_up_to_one_more_than_matters(pairs, most):
    spelt = letters([word for pair in pairs for word in pair])
    places = np.arange(len(pairs))

    found = slips(spelt, 2 * places, 2 * places + 1, most)

    assert found.tolist() == [min(one_by_one(*pair), most + 1) for pair in pairs]

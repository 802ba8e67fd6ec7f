from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.storage.folded import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Zoë  Ångström ", "zoe angstrom"),
        ("Ærø Łódź Þór", "aero lodz thor"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁn ①", "fin 1"),
        ("渡辺 涼", "渡辺 涼"),
        ("", ""),
    ],
)
def test_one_spelling_for_comparing(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["Lu", "Ll", "Zs"])))
def test_case_says_nothing(text):
    assert fold(text.casefold()) == fold(text)

"""The product's words, spelled in the code exactly as the owner reads them, and told in docs/words.md."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from amity.moments.models import Felt, GiftKind, Kind, PromiseState, Setting
from amity.nudges.models import Energy
from amity.people.models import CARE_WEIGHT, Care, HopeState, SparkKind
from amity.rhythm.standing import NAMES
from amity.ties.words import likelihood

PAGE = Path(__file__).parent.parent / "docs" / "words.md"

SPELLED = {
    "people.models.SparkKind": (SparkKind.values, ["like", "admire", "curious", "rooting"]),
    "people.models.Care": (Care.values, ["light", "warm", "close"]),
    "people.models.HopeState": (HopeState.values, ["open", "happened", "let go"]),
    "moments.models.Kind": (Kind.values, ["met", "call", "video call", "message", "mail", "note"]),
    "moments.models.Setting": (
        Setting.values,
        [
            "coffee shop",
            "video call",
            "hotel bar",
            "dinner party",
            "festival or sporting event",
            "conference breakout",
            "crowded room",
            "office",
            "online",
            "other",
        ],
    ),
    "moments.models.Felt": (Felt.values, ["gave energy", "neutral", "took energy"]),
    "moments.models.GiftKind": (GiftKind.values, ["kind word", "idea", "introduction", "time", "help"]),
    "moments.models.PromiseState": (PromiseState.values, ["open", "kept", "let go"]),
    "nudges.models.Energy": (Energy.values, ["rest", "low", "usual"]),
    "rhythm.standing.NAMES": (
        list(NAMES),
        ["single-serving", "new spark", "growing", "steady", "drifting", "dormant"],
    ),
}


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table that follows a heading."""
    section = PAGE.read_text(encoding="utf-8").split(heading, 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("where", SPELLED)
def test_an_enumeration_is_spelled_as_the_product_spells_it(where):
    values, product = SPELLED[where]

    assert values == product


def test_the_page_spells_them_so_too():
    told = {where.strip("`"): values.split(" · ") for _, values, where in rows("## Spelled exactly so")}

    assert told == {where: product for where, (_, product) in SPELLED.items()}


@pytest.mark.parametrize("where", [row[2].strip("`") for row in rows("# Words")])
def test_every_word_lives_where_the_page_says(where):
    parts = where.split(".")
    place = importlib.import_module("amity." + ".".join(parts[:2]))

    for name in parts[2:]:
        there = hasattr(place, name) or name in getattr(place, "__dataclass_fields__", {})
        assert there, f"{where} is not there"
        place = getattr(place, name, None)


def test_care_weighs_as_the_product_says():
    assert {str(care): weight for care, weight in CARE_WEIGHT.items()} == {"light": 1, "warm": 2, "close": 4}


def test_chances_are_said_in_three_words():
    said = {likelihood(percent / 100) for percent in range(101)}

    assert said == {"likely", "maybe", "unlikely on its own"}


def test_no_table_column_or_word_of_the_page_counts_people():
    forbidden = re.compile(r"\b(lead_score|deal|streak|reply_rate|pipeline)\b")
    models = sorted((PAGE.parent.parent / "src" / "amity").glob("*/models.py"))

    assert [
        model.parent.name for model in models if forbidden.search(model.read_text(encoding="utf-8"))
    ] == []

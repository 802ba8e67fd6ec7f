from __future__ import annotations

from amity.introductions.topics import pairs, weights, words_of


def test_telling_words_are_long_rare_and_singular():
    assert words_of("she wants to write about looms and the cities of the future") == {
        "loom",
        "city",
        "future",
    }


def test_what_two_people_share_is_said_rarest_first():
    said = {1: {"loom", "tea"}, 2: {"loom", "bread"}, 3: {"loom", "tea"}, 4: {"salt"}}

    assert pairs(said) == {(1, 2): ["loom"], (1, 3): ["tea", "loom"], (2, 3): ["loom"]}


def test_a_word_said_of_everybody_joins_nobody():
    said = {key: {"coffee"} for key in range(20)} | {20: {"loom"}, 21: {"loom"}}

    assert set(weights(said)) == {"loom"}

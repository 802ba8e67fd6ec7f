from __future__ import annotations

import pytest

from amity.ties.words import every, likelihood, number, since, so_long


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "every day"),
        (3, "every three days"),
        (7, "every week"),
        (14, "every two weeks"),
        (21, "every three weeks"),
        (28, "every four weeks"),
        (30, "every month"),
        (35, "every five weeks"),
        (61, "every two months"),
        (70, "every ten weeks"),
        (91, "every three months"),
        (182, "every six months"),
        (365, "every year"),
        (540, "every year and a half"),
        (730, "every two years"),
    ],
)
def test_how_often_is_said_as_people_say_it(days, said):
    assert every(days) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "less than a day"),
        (1, "a day"),
        (5, "five days"),
        (7, "a week"),
        (70, "ten weeks"),
        (400, "a year"),
        (540, "a year and a half"),
        (6000, "16 years"),
    ],
)
def test_how_long_is_said_as_people_say_it(days, said):
    assert so_long(days) == said


@pytest.mark.parametrize(
    ("silence", "rhythm", "said"),
    [
        (65, 30, "two"),
        (77, 35, "eleven"),
        (35, 21, "five"),
        (800, 365, "two"),
        # said in the unit of the rhythm it would be the rhythm's own number again
        (40, 30, "six weeks"),
        # or so many that nobody counts them
        (13, 1, "two weeks"),
        (400, 30, "a year"),
        (1100, 540, "three years"),
        (0, 7, "less than a day"),
    ],
)
def test_a_silence_is_said_in_the_unit_of_the_rhythm_where_that_is_plain(silence, rhythm, said):
    assert since(silence, rhythm) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "likely"),
        (0.6, "likely"),
        (0.59, "maybe"),
        (0.25, "maybe"),
        (0.24, "unlikely on its own"),
        (0.0, "unlikely on its own"),
    ],
)
def test_a_chance_is_said_in_three_words_and_never_as_a_number(chance, said):
    assert likelihood(chance) == said


@pytest.mark.parametrize(("count", "said"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13")])
def test_small_numbers_are_spelled(count, said):
    assert number(count) == said


def test_below_twelve_years_no_stretch_needs_a_figure():
    said = [every(days) + so_long(days) + since(2 * days, days) for days in range(1, 2190)]

    assert [one for one in said if any(sign.isdigit() for sign in one)] == []

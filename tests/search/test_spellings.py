from __future__ import annotations

import pytest

from amity.people.actions import edit
from amity.search.cache import fresh
from amity.search.spellings import distance, near
from cast import a_person, an_owner

NAMES = ["Ada Byron", "Zoë Ångström", "Nadia Grünberg", "Jun Ito"]


@pytest.mark.parametrize(
    ("one", "other", "typos"),
    [
        ("ada", "ada", 0),
        ("aad", "ada", 1),
        ("byron", "bryon", 1),
        ("ada", "adda", 1),
        ("gruber", "grambre", 3),
        ("a", "xyz", 3),
    ],
)
def test_typos_are_counted_and_two_swapped_neighbours_are_one(one, other, typos):
    assert distance(one, other, 2) == typos


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bryon", "byron"),
        ("aad", "ada"),
        ("adda", "ada"),
        ("angstorm", "angstrom"),
        ("angtrem", "angstrom"),
        ("gruenberg", "grunberg"),
        ("grumberk", "grunberg"),
        ("it", None),
        ("weaver", None),
    ],
)
def test_a_name_is_known_by_one_or_two_typos(typed, meant):
    for name in NAMES:
        a_person(name)
    fresh(an_owner())

    assert near(an_owner(), typed) == ([meant] if meant else [])


@pytest.mark.django_db
def test_a_spelling_nobody_bears_any_more_is_forgotten():
    ada, maya = a_person("Ada Byron").person, an_owner()
    a_person("Carl Byron")
    fresh(maya)
    edit(ada, name="Ada Wick")
    fresh(maya)

    assert (near(maya, "wikc"), near(maya, "bryon")) == (["wick"], ["byron"])

from __future__ import annotations

import pytest

from amity.people.actions import add_fact, add_way, edit, join_circle
from amity.people.models import Link, Person
from amity.ties.roster import Wanted, roster
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


@pytest.fixture
def friends() -> dict[str, Person]:
    ada = a_person("Ada Byron").kept(spark="curious").met_on("2026-05-01", setting="dinner party")
    bo = a_person("Bo Lind").kept(spark="like").met_on("2026-05-01", setting="coffee shop")
    cleo = a_person("Cleo Marsh").kept()
    dov = a_person("Dov Peled").wrote_on("2026-05-01")
    join_circle(bo.person, "looms")
    add_fact(ada.person, "Lisboa, Portugal", label="City")
    add_way(dov.person, "address", "Rua da Rosa 12, 1200 LISBOA")
    Link.objects.create(owner=an_owner(), a=bo.person, b=ada.person, kind="introduced by")
    edit(dov.person, how_met="Ada Byron brought him along to the workshop")
    return {one.person.name: one.person for one in (ada, bo, cleo, dov)}


def names(**wish: object) -> list[str]:
    found = roster(an_owner(), Wanted(**wish), day=TODAY)
    return [one.row.name.split()[0] for one in found.people]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"sparks": ["curious"]}, ["Ada"]),
        ({"sparks": ["curious", "like"]}, ["Ada", "Bo"]),
        ({"circles": ["looms"]}, ["Bo"]),
        ({"cities": ["lisboa"]}, ["Ada", "Dov"]),
        ({"cities": ["Lisb"]}, []),
        ({"settings": ["dinner party"]}, ["Ada"]),
        ({"settings": ["dinner party", "coffee shop"]}, ["Ada", "Bo"]),
        ({"standings": ["new spark"], "settings": ["coffee shop"]}, ["Bo"]),
        ({"sparks": ["curious"], "circles": ["looms"]}, []),
        ({"words": "byron", "cities": ["Lisboa"], "place": "kept"}, ["Ada"]),
        ({"sparks": ["nonsense"], "settings": ["nowhere"]}, []),
    ],
)
def test_the_wish_narrows_whoever_is_found(friends, wish, found):
    assert names(**wish) == found


def test_whoever_was_met_through_somebody_is_found_by_a_link_or_by_the_words_of_how_they_met(friends):
    assert names(through=[friends["Ada Byron"].uid]) == ["Bo", "Dov"]
    assert names(through=["nobody"]) == []


def test_another_owners_people_and_links_are_never_found(friends):
    ines = an_owner("Ines")
    guest = a_person("Ada Guest").of(ines).kept(spark="curious")
    Link.objects.create(owner=ines, a=guest.person, b=friends["Ada Byron"], kind="introduced by")

    assert names(sparks=["curious"]) == ["Ada"]
    assert names(through=[friends["Ada Byron"].uid]) == ["Bo", "Dov"]


def test_all_filters_together_ask_no_more_questions_of_a_longer_book(friends, django_assert_max_num_queries):
    wish = Wanted(
        words="a",
        sparks=["like"],
        circles=["looms"],
        cities=["Lisboa"],
        settings=["coffee shop"],
        standings=["new spark"],
        through=[friends["Ada Byron"].uid],
    )
    roster(an_owner(), wish, day=TODAY)

    with django_assert_max_num_queries(13):
        roster(an_owner(), wish, day=TODAY)

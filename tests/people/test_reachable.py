from __future__ import annotations

import pytest

from amity.people.actions import shelve, trash, unshelve, untrash
from amity.people.edits import end_season
from amity.people.models import Season
from amity.people.queries import get, matching, of, reachable
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


@pytest.fixture(autouse=True)
def bo():
    """Bo, who is always reachable, so that an empty answer is no answer."""
    return a_person("Bo")


def names(found) -> list[str]:
    return sorted(person.name for person in found)


def test_somebody_new_may_be_suggested():
    maya = a_person("Ada").owner

    assert names(reachable(maya, TODAY)) == ["Ada", "Bo"]


def test_somebody_remembered_is_never_suggested():
    ada = a_person("Ada").remembered()

    assert names(reachable(ada.owner, TODAY)) == ["Bo"]
    assert names(of(ada.owner)) == ["Ada", "Bo"]


def test_somebody_mentioned_is_neither_suggested_nor_listed():
    ada = a_person("Ada").mentioned()

    assert names(reachable(ada.owner, TODAY)) == ["Bo"]
    assert names(of(ada.owner)) == ["Bo"]
    assert names(matching(ada.owner, "ada")) == []


def test_somebody_on_the_shelf_is_searchable_and_never_suggested():
    ada = a_person("Ada")

    shelve(ada.person)

    assert names(reachable(ada.owner, TODAY)) == ["Bo"]
    assert names(matching(ada.owner, "ada")) == ["Ada"]


def test_somebody_taken_from_the_shelf_may_be_suggested_again():
    ada = a_person("Ada")
    shelve(ada.person)

    unshelve(ada.person)

    assert names(reachable(ada.owner, TODAY)) == ["Ada", "Bo"]


def test_somebody_in_the_trash_is_neither_suggested_nor_found():
    ada = a_person("Ada")

    trash(ada.person)

    assert names(reachable(ada.owner, TODAY)) == ["Bo"]
    assert names(matching(ada.owner, "ada")) == []
    assert get(ada.owner, ada.person.uid) == ada.person


def test_somebody_taken_out_of_the_trash_may_be_suggested_again():
    ada = a_person("Ada")
    trash(ada.person)

    untrash(ada.person)

    assert names(reachable(ada.owner, TODAY)) == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-05-09", ["Ada", "Bo"]),
        ("2026-05-10", ["Bo"]),
        ("2026-06-01", ["Bo"]),
        ("2026-06-02", ["Ada", "Bo"]),
    ],
)
def test_a_season_is_peace_from_its_first_day_to_its_last(today, expected):
    ada = a_person("Ada").rests("2026-05-10", "2026-06-01")

    assert names(reachable(ada.owner, day(today))) == expected


@pytest.mark.parametrize("ended_on", ["2026-05-10", "2026-05-20"])
def test_a_season_ended_early_is_over_that_day(ended_on):
    ada = a_person("Ada").rests("2026-05-10", "2026-06-01")

    end_season(Season.objects.get(), day=day(ended_on))

    assert names(reachable(ada.owner, day(ended_on))) == ["Ada", "Bo"]


def test_the_season_of_another_owner_keeps_nobody_here_in_peace():
    a_person("Charles").of(an_owner("Jonas")).rests("2026-05-01", "2026-06-01")

    assert names(reachable(an_owner(), TODAY)) == ["Bo"]
    assert names(reachable(an_owner("Jonas"), TODAY)) == []

"""Whom Amity suggests to bring together, and whom it never does."""

from __future__ import annotations

import pytest

from amity.introductions import actions, queries
from amity.moments.actions import Told, record
from amity.people.actions import add_fact, end_hope, rest, shelve, trash
from amity.people.models import Hope, Link
from bringing_together import TODAY, ada, again, begun, charles
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db


def suggested():
    return [(pair.a.name, pair.b.name, pair.why) for pair in queries.suggested(an_owner(), TODAY)]


def test_two_who_share_a_curiosity_and_a_hope_are_suggested_with_the_reason():
    ada(), charles()

    assert suggested() == [
        (
            "Ada Byron",
            "Charles Cog",
            "Ada makes you curious: “looms that remember”, and Charles hopes: “a loom for every school”.",
        )
    ]


@pytest.mark.parametrize(
    "since",
    [
        lambda one, two: record(one.owner, [one, two], day=TODAY, told=Told()),
        lambda one, two: Link.objects.create(owner=one.owner, a=two, b=one, kind="colleague"),
        lambda one, two: actions.keep_apart(two, one),
        lambda one, two: actions.pass_over(two, one, day=TODAY),
        lambda one, two: actions.begin(two, one, to_a="Looms.", to_b="Looms.", day=TODAY),
        lambda one, _: shelve(one),
        lambda _, two: trash(two),
        lambda one, _: rest(one, starts=TODAY, ends=day("2026-08-01")),
        lambda *_: end_hope(Hope.objects.get(), "happened", day=TODAY),
    ],
    ids=["met", "linked", "apart", "passed over", "begun", "shelf", "trash", "season", "no hope any more"],
)
def test_a_pair_is_not_suggested(since):
    since(ada().person, charles().person)

    assert suggested() == []


def test_a_link_that_is_only_supposed_does_not_stand_in_the_way():
    Link.objects.create(owner=an_owner(), a=ada().person, b=charles().person, kind="group mail", maybe=True)

    assert len(suggested()) == 1


def test_a_sensitive_fact_is_never_a_reason():
    ada(), add_fact(a_person("Mary Quill").kept().person, "recovering from looms", sensitive=True)

    assert suggested() == []


def test_somebody_remembered_is_not_suggested():
    ada().remembered(), charles()

    assert suggested() == []


def test_nobody_is_in_two_pairs_at_once():
    ada(), charles(), a_person("Mary Quill").kept().hopes("mend old looms")

    assert len(suggested()) == 1


def test_a_pair_of_another_owner_is_not_seen():
    ada(), charles()

    assert queries.suggested(an_owner("Jonas"), TODAY) == []


def test_undoing_a_passing_over_brings_the_pair_back(maya_undoes):
    actions.pass_over(ada().person, charles().person, day=TODAY)

    maya_undoes()

    assert len(suggested()) == 1


def test_a_person_who_is_erased_takes_the_lines_along():
    from amity.book.actions import erase
    from amity.journal.models import Touch

    one = begun()
    erase(one.a)

    kept = str(list(Touch.objects.values_list("before", "after")))
    assert "looms" not in kept
    assert queries.under_way(an_owner()) == []


def test_an_introduction_is_found_by_its_owner_alone():
    one = begun()

    assert again(one) == one
    with pytest.raises(queries.NotFound):
        queries.get(an_owner("Jonas"), one.uid)

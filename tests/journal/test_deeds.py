from __future__ import annotations

import pytest

from amity.journal.actions import deed
from amity.journal.models import Deed, Touch
from amity.journal.queries import last_deed, mark_read, newest, news, recent
from amity.people.actions import add, add_hope, edit, keep
from amity.people.models import Hope, Person
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db


def touches_of(verb: str) -> list[tuple[str, str]]:
    return list(Touch.objects.filter(deed__verb=verb).values_list("kind", "table"))


def test_writing_somebody_down_is_one_deed_with_a_sentence():
    a_person("Ada")

    assert [(one.verb, one.sentence, one.who) for one in Deed.objects.all()] == [
        ("add person", "Added Ada.", "owner")
    ]
    assert touches_of("add person") == [("made", "amity.person")]


def test_a_change_keeps_what_was_and_what_became_of_it_and_nothing_else():
    ada = a_person("Ada").person

    edit(ada, name="Ada Byron")

    changed = Touch.objects.get(kind="changed")
    assert (changed.before, changed.after) == ({"name": "Ada"}, {"name": "Ada Byron"})


def test_removing_a_row_keeps_all_of_it():
    ada = a_person("Ada").hopes("weave with machines").person
    hope = Hope.objects.get()

    with deed(ada.owner, "take out") as writing:
        writing.remove(hope)

    before = Touch.objects.get(kind="removed").before
    assert (before["uid"], before["text"], before["day"]) == (hope.uid, "weave with machines", "2026-01-01")


def test_a_deed_that_changes_nothing_leaves_no_trace():
    ada = a_person("Ada").person

    with deed(ada.owner, "nothing much") as writing:
        writing.change(ada, name="Ada")

    assert not Deed.objects.filter(verb="nothing much").exists()


def test_deeds_inside_a_deed_join_it():
    maya = an_owner()

    with deed(maya, "evening", "An evening with Ada."):
        ada = add(maya, "Ada")
        keep(ada, day=day("2026-05-10"), sparks={"like": "her laugh"})
        add_hope(ada, "weave with machines", day=day("2026-05-10"))

    assert [one.sentence for one in Deed.objects.all()] == ["An evening with Ada."]
    assert [table for kind, table in touches_of("evening") if kind == "made"] == [
        "amity.person",
        "amity.spark",
        "amity.hope",
    ]


def test_a_deed_of_another_owner_inside_stays_that_owners():
    maya, jonas = an_owner(), an_owner("Jonas")

    with deed(maya, "outer") as writing:
        writing.make(Person(owner=maya, name="Ada", folded="ada"))
        add(jonas, "Charles")

    assert {one.owner: one.verb for one in Deed.objects.all()} == {maya: "outer", jonas: "add person"}


def a_deed_that_fails_halfway(maya) -> None:
    with deed(maya, "half"):
        add(maya, "Ada")
        raise LookupError("the loom is stuck")


def test_a_deed_that_fails_halfway_never_was():
    maya = an_owner()

    with pytest.raises(LookupError):
        a_deed_that_fails_halfway(maya)

    assert (Person.objects.count(), Deed.objects.count()) == (0, 0)


def test_the_next_deed_after_a_failed_one_stands_alone():
    maya = an_owner()
    with pytest.raises(LookupError):
        a_deed_that_fails_halfway(maya)

    add(maya, "Bo")

    assert [one.verb for one in Deed.objects.all()] == ["add person"]


def test_news_are_read_once_in_the_order_in_which_they_happened():
    ada = a_person("Ada")
    first = news(ada.owner, "ties", newest(ada.owner))
    mark_read(ada.owner, "ties", first.upto)
    bo = a_person("Bo")

    second = news(ada.owner, "ties", newest(ada.owner))

    assert first.rows == {"amity.person": frozenset({ada.person.pk})}
    assert second.rows == {"amity.person": frozenset({bo.person.pk})}
    assert second.upto == newest(ada.owner) > first.upto


def test_a_room_that_has_read_everything_has_no_news():
    maya = a_person("Ada").owner

    mark_read(maya, "ties", newest(maya))

    assert news(maya, "ties", newest(maya)) is None
    assert news(maya, "search", newest(maya)) is not None


def test_history_is_told_newest_first_without_what_the_clock_did():
    maya = a_person("Ada").kept().owner
    with deed(maya, "settle", "An evening is over.", who="clock") as writing:
        writing.about(maya)

    assert [one.sentence for one in recent(maya)] == ["Kept Ada.", "Added Ada."]
    assert last_deed(maya).sentence == "Kept Ada."

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from amity.journal.actions import CannotUndo, undo
from amity.journal.models import Deed, Touch
from amity.journal.queries import last_deed, recent
from amity.moments.actions import forget, give, promise
from amity.moments.models import Gift, Moment, Participation, Promise
from amity.people.actions import add_hope, add_way, edit, join_circle, keep
from amity.people.edits import keep_with, set_photo, set_work
from amity.people.models import Circle, Membership, Organisation, Person, Photo, Place, Spark
from amity.people.queries import matching
from cast import a_person, a_picture, an_owner, day

pytestmark = pytest.mark.django_db


def undo_last(owner, verb=""):
    done = Deed.objects.filter(owner=owner, verb=verb) if verb else Deed.objects.filter(owner=owner)
    return undo(owner, done.latest("id").uid)


def picture_of(model):
    return list(model.objects.order_by("pk").values())


def test_somebody_written_down_is_gone_after_undo():
    maya = a_person("Ada").owner

    undone = undo_last(maya)

    assert (list(Person.objects.all()), undone.sentence) == ([], "Undone: Added Ada.")


def test_a_change_is_taken_back_to_what_it_was():
    ada = a_person("Ada").person
    before = picture_of(Person)
    keep(ada, day=day("2026-05-10"), sparks={"like": "her laugh"}, care="close")

    undo_last(ada.owner)

    assert (picture_of(Person), Spark.objects.count()) == (before, 0)


def test_a_moment_taken_away_comes_back_whole():
    ada = (
        a_person("Ada").met_on("2026-05-10", setting="coffee shop", text="Looms.", felt="gave energy").person
    )
    moment = Moment.objects.get()
    promise(ada, "send the paper", day=day("2026-05-10"), moment=moment)
    give(ada, "idea", day=day("2026-05-10"), received=True, moment=moment)
    tables = (Moment, Participation, Promise, Gift)
    before = [picture_of(table) for table in tables]
    forget(moment)

    undo_last(ada.owner)

    assert [picture_of(table) for table in tables] == before


def test_a_spark_taken_away_comes_back_with_its_words():
    ada = a_person("Ada").kept(spark="rooting", words="her engine").person
    keep_with(ada, day=day("2026-05-10"), sparks={})

    undo_last(ada.owner)

    assert list(Spark.objects.values_list("kind", "line")) == [("rooting", "her engine")]


def test_an_exchanged_photo_comes_back():
    ada = a_person("Ada").person
    set_photo(ada, a_picture("red"))
    red = bytes(Photo.objects.get().jpeg)
    set_photo(ada, a_picture("blue"))

    undo_last(ada.owner)

    assert bytes(Photo.objects.get().jpeg) == red


def test_an_undone_rename_is_found_by_the_old_name_again():
    ada = a_person("Ada").person
    edit(ada, name="Augusta")

    undo_last(ada.owner)

    assert [one.name for one in matching(ada.owner, "ada")] == ["Ada"]
    assert list(matching(ada.owner, "augusta")) == []


def test_an_address_taken_back_is_found_no_more():
    ada = a_person("Ada").reached_by("email", "ada@looms.example").person

    undo_last(ada.owner, "add way")

    assert list(matching(ada.owner, "looms")) == []


def test_an_older_deed_can_be_undone_while_nothing_stands_on_it():
    ada = a_person("Ada").person
    add_hope(ada, "weave", day=day("2026-05-10"))
    keep(ada, day=day("2026-05-10"))

    undo_last(ada.owner, "add hope")

    assert (ada.hopes.count(), Person.objects.get().place) == (0, Place.KEPT)


@pytest.mark.parametrize(
    "later",
    [
        lambda ada: edit(ada, name="Augusta"),
        lambda ada: add_hope(ada, "weave", day=day("2026-05-10")),
        lambda ada: add_way(ada, "email", "ada@looms.example"),
    ],
)
def test_what_something_newer_stands_on_stays_and_says_why(later):
    ada = a_person("Ada").person
    later(ada)

    with pytest.raises(CannotUndo) as refusal:
        undo_last(ada.owner, "add person")

    assert refusal.value.sentence == "Something newer stands on this; take that back first."
    assert Person.objects.count() == 1


def test_taken_back_in_reverse_order_everything_goes():
    maya = a_person("Ada").kept(spark="like").hopes("weave").met_on("2026-05-10").owner

    for done in Deed.objects.order_by("-id"):
        undo(maya, done.uid)

    assert [table.objects.count() for table in (Person, Spark, Moment)] == [0, 0, 0]


def test_a_circle_stays_while_somebody_else_is_in_it():
    ada, bo = a_person("Ada").person, a_person("Bo").person
    join_circle(ada, "weavers")
    joined = Deed.objects.latest("id")
    join_circle(bo, "weavers")

    with pytest.raises(CannotUndo):
        undo(ada.owner, joined.uid)

    assert (Circle.objects.count(), Membership.objects.count()) == (1, 2)


def test_an_organisation_stays_while_somebody_else_works_there():
    ada, bo = a_person("Ada").person, a_person("Bo").person
    set_work(ada, "Weaver", "Looms")
    set = Deed.objects.latest("id")  # noqa: A001  (the deed is called so)
    set_work(bo, "Spinner", "Looms")

    with pytest.raises(CannotUndo):
        undo(ada.owner, set.uid)

    assert list(Organisation.objects.values_list("name", "affiliations__title").order_by("affiliations")) == [
        ("Looms", "Weaver"),
        ("Looms", "Spinner"),
    ]


def test_nothing_is_undone_twice():
    maya = a_person("Ada").owner
    added = Deed.objects.get().uid
    undo(maya, added)

    with pytest.raises(CannotUndo) as refusal:
        undo(maya, added)

    assert refusal.value.sentence == "That is already undone, or was never done."


def test_an_undo_is_not_undone():
    maya = a_person("Ada").owner
    undone = undo_last(maya)

    with pytest.raises(CannotUndo):
        undo(maya, undone.uid)

    assert Person.objects.count() == 0


def test_a_stranger_undoes_nothing_of_mine():
    a_person("Ada")

    with pytest.raises(CannotUndo):
        undo(an_owner("Jonas"), Deed.objects.get().uid)

    assert Person.objects.count() == 1


def test_after_thirty_days_a_deed_stays_done():
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        maya = a_person("Ada").owner
    added = Deed.objects.get().uid

    with time_machine.travel(start + timedelta(days=30), tick=False):
        offered = last_deed(maya).uid
    with time_machine.travel(start + timedelta(days=30, seconds=1), tick=False):
        offered_later = last_deed(maya)
        with pytest.raises(CannotUndo) as refusal:
            undo(maya, added)

    assert (offered, offered_later) == (added, None)
    assert refusal.value.sentence == "That was more than thirty days ago."


def test_what_was_undone_stands_in_the_history_as_undone():
    maya = a_person("Ada").owner

    undo_last(maya)

    assert [(one.sentence, one.can_undo) for one in recent(maya)] == [("Added Ada.", False)]


def test_a_refused_undo_writes_nothing():
    ada = a_person("Ada").hopes("weave").person
    before = (Deed.objects.count(), Touch.objects.count())

    with pytest.raises(CannotUndo):
        undo_last(ada.owner, "add person")

    assert (Deed.objects.count(), Touch.objects.count()) == before

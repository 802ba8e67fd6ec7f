from __future__ import annotations

import pytest

from amity.owner.actions import NotPossible
from amity.people.actions import (
    add_fact,
    add_hope,
    add_way,
    end_hope,
    join_circle,
    leave_circle,
    rest,
)
from amity.people.edits import add_day, set_circles
from amity.people.models import Circle, Fact, Hope, Membership, PersonDate, Season, Way
from amity.people.queries import circles
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


@pytest.fixture
def ada():
    return a_person("Ada").person


def test_a_hope_is_dated_and_open_until_something_comes_of_it(ada):
    hope = add_hope(ada, " weave with\nmachines ", day=TODAY)

    assert (hope.text, hope.day, hope.state, hope.ended_on) == ("weave with machines", TODAY, "open", None)


@pytest.mark.parametrize("state", ["happened", "let go"])
def test_a_hope_ends_on_a_day_and_can_be_opened_again(ada, state):
    hope = add_hope(ada, "weave", day=TODAY)

    end_hope(hope, state, day=day("2026-06-01"))
    ended = Hope.objects.values_list("state", "ended_on").get()
    end_hope(hope, "open", day=day("2026-07-01"))

    assert ended == (state, day("2026-06-01"))
    assert Hope.objects.values_list("state", "ended_on").get() == ("open", None)


def test_a_hope_does_not_fail(ada):
    hope = add_hope(ada, "weave", day=TODAY)

    with pytest.raises(NotPossible) as refusal:
        end_hope(hope, "failed", day=TODAY)

    assert refusal.value.sentence == "'failed' is not a state of a hope; it is one of open, happened, let go."


@pytest.mark.parametrize(
    "write", [lambda ada: add_hope(ada, " ", day=TODAY), lambda ada: add_fact(ada, "\n")]
)
def test_nothing_is_written_without_words(ada, write):
    with pytest.raises(NotPossible) as refusal:
        write(ada)

    assert refusal.value.sentence == "There is nothing written there yet."
    assert (Hope.objects.count(), Fact.objects.count()) == (0, 0)


def test_the_owners_own_word_is_a_source_too(ada):
    add_fact(ada, "Takes no sugar.", label="coffee", sensitive=True)

    assert Fact.objects.values_list("label", "text", "source", "sensitive").get() == (
        "coffee",
        "Takes no sugar.",
        "you",
        True,
    )


def test_a_way_keeps_its_own_spelling_beside_the_normal_one():
    ada = a_person("Ada").of(an_owner(zone="Europe/London")).person

    add_way(ada, "phone", "020 7946 0018", label="work")
    add_way(ada, "email", "Ada.Byron+tea@Gmail.com")
    add_way(ada, "handle", "@Ada")

    assert list(Way.objects.order_by("id").values_list("kind", "value", "normal", "label")) == [
        ("phone", "020 7946 0018", "+442079460018", "work"),
        ("email", "Ada.Byron+tea@Gmail.com", "adabyron@gmail.com", ""),
        ("handle", "@Ada", "@ada", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "not an address"), ("url", "//["), ("phone", " "), ("pigeon", "Grey")]
)
def test_what_is_no_way_is_refused(ada, kind, value):
    with pytest.raises(NotPossible):
        add_way(ada, kind, value)

    assert Way.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "kept"),
    [("1815-12-10", "1815-12-10"), ("--12-10", "--12-10"), ("18151210", "1815-12-10"), ("1815", "1815")],
)
def test_a_day_may_be_known_in_part(ada, told, kept):
    add_day(ada, "birthday", told)

    assert PersonDate.objects.values_list("kind", "value").get() == ("birthday", kept)


@pytest.mark.parametrize("told", ["soon", "1815-13-01", "--02-30", "0000-01-01", "9999-01-01", ""])
def test_a_day_that_never_was_is_refused(ada, told):
    with pytest.raises(NotPossible):
        add_day(ada, "birthday", told)

    assert PersonDate.objects.count() == 0


def test_one_circle_has_one_spelling(ada):
    bo = a_person("Bo").person

    join_circle(ada, "#Wéavers")
    join_circle(bo, "weavers")
    join_circle(bo, "WEAVERS")

    assert circles(ada.owner) == ["Wéavers"]
    assert list(Membership.objects.order_by("id").values_list("person__name", flat=True)) == ["Ada", "Bo"]


def test_a_circle_is_left_again(ada):
    membership = join_circle(ada, "weavers")

    leave_circle(membership)

    assert Membership.objects.count() == 0


@pytest.mark.parametrize("name", ["", " ", "#", "# #"])
def test_a_circle_needs_a_name(ada, name):
    with pytest.raises(NotPossible):
        join_circle(ada, name)

    assert Circle.objects.count() == 0


def test_circles_can_be_said_all_at_once(ada):
    join_circle(ada, "weavers")
    join_circle(ada, "tea")

    set_circles(ada, ["Tea", "#looms", ""])

    assert sorted(Membership.objects.values_list("circle__name", flat=True)) == ["looms", "tea"]


def test_a_season_has_a_beginning_and_an_end(ada):
    rest(ada, starts=TODAY, ends=day("2026-08-01"), why="a newborn")

    assert Season.objects.values_list("starts", "ends", "why").get() == (
        TODAY,
        day("2026-08-01"),
        "a newborn",
    )


def test_a_season_does_not_end_before_it_begins(ada):
    with pytest.raises(NotPossible) as refusal:
        rest(ada, starts=TODAY, ends=day("2026-05-09"))

    assert (refusal.value.sentence, Season.objects.count()) == ("A season ends after it begins.", 0)

"""Tables from the book: who is asked, who is not, and what becomes of it."""

from __future__ import annotations

from datetime import time

import pytest

from amity.gatherings.actions import settle_past
from amity.gatherings.models import Attendance
from amity.introductions import actions, hosting
from amity.introductions.composing import Wanted, compose
from amity.moments.actions import Told, record
from amity.moments.models import Moment
from amity.owner.actions import NotPossible
from amity.people import places
from amity.people.actions import add_fact, add_way
from amity.people.models import Person
from bringing_together import TODAY
from cast import a_person, an_owner, day, instant

pytestmark = pytest.mark.django_db
OLD = ("2026-01-05", "2026-02-04", "2026-03-06")
NAMES = ("Ada", "Bo", "Cleo", "Dov", "Edith", "Finn")


@pytest.fixture(scope="module")
def keys(planted_once):
    return [a_person(name).kept().met_on(*OLD).person.pk for name in NAMES]


@pytest.fixture
def friends(keys):
    found = Person.objects.filter(pk__in=keys).select_related("owner")
    return {one.name: one for one in found.order_by("pk")}


def names(**wish):
    return {seat.person.name for seat in compose(an_owner(), Wanted(day=TODAY, **wish)).seats}


def test_people_who_have_met_are_not_put_together_when_others_have_not(friends):
    record(an_owner(), [friends["Ada"], friends["Bo"], friends["Cleo"]], day=day("2026-04-01"), told=Told())

    table = names(size=4)

    assert len(table & {"Ada", "Bo", "Cleo"}) == 1


def test_people_who_share_something_are_at_one_table(friends):
    for name in ("Ada", "Finn"):
        add_fact(friends[name], "plays the cello")

    proposal = compose(an_owner(), Wanted(day=TODAY, size=4))

    said = {seat.person.name: seat.why for seat in proposal.seats}
    assert (said["Ada"], said["Finn"]) == ("Shares “cello” with Finn.", "Shares “cello” with Ada.")
    assert proposal.words == "No two of them have met, and you know all of them well."
    order = [seat.person.name for seat in proposal.seats]
    assert abs(order.index("Ada") - order.index("Finn")) == 1


def test_somebody_new_is_always_among_them_and_sits_by_the_owner(friends):
    record(an_owner(), list(friends.values()), day=day("2026-04-01"), told=Told())
    a_person("Newt").kept()

    seats = compose(an_owner(), Wanted(day=TODAY, size=5)).seats

    assert [seat.person.name for seat in seats if seat.new] == ["Newt"]
    assert "Newt" in {seats[0].person.name, seats[-1].person.name}


def test_two_who_should_not_sit_together_do_not(friends):
    actions.keep_apart(friends["Ada"], friends["Bo"])

    for seed in range(1, 9):
        assert not {"Ada", "Bo"} <= names(size=5, seed=seed)


def test_the_same_wish_gives_the_same_table(friends):
    assert friends
    assert [names(size=4, seed=seed) for seed in (1, 2, 3)] == [
        names(size=4, seed=seed) for seed in (1, 2, 3)
    ]


def test_whoever_rests_or_lies_on_the_shelf_is_not_asked_and_neither_is_a_stranger(friends):
    a_person("Resting").kept().rests("2026-05-01", "2026-06-01")
    a_person("Gone").kept().remembered()
    a_person("Unkept")

    assert names(size=6) == set(NAMES)
    assert friends


def test_only_those_whom_the_book_knows_to_live_there_are_asked(friends):
    for name in ("Ada", "Bo", "Cleo"):
        add_fact(friends[name], "Lisboa, Portugal", label="City")
    add_way(friends["Dov"], "address", "Rua da Rosa 12, 1200 LISBOA")
    add_way(friends["Edith"], "address", "Lisboastraße 3, Berlin")

    assert names(size=4, city="lisboa") == {"Ada", "Bo", "Cleo", "Dov"}
    assert places.offered(an_owner(), [person.pk for person in friends.values()]) == ["Lisboa"]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"size": 3}, "A table has four to eight guests."),
        ({"size": 9}, "A table has four to eight guests."),
        ({"size": 8}, "For a table of eight there are only six people you keep."),
        (
            {"size": 4, "city": "Oslo"},
            "For a table of four there is nobody you keep whom the book knows to live in Oslo.",
        ),
    ],
)
def test_a_table_that_cannot_be_is_refused_in_one_sentence(friends, wish, sentence):
    assert friends
    with pytest.raises(NotPossible) as refused:
        names(**wish)
    assert refused.value.sentence == sentence


def test_whoever_is_wanted_is_there_and_whoever_is_not_is_not(friends):
    table = names(size=4, must=(friends["Finn"].pk,), without=(friends["Ada"].pk,))

    assert ("Finn" in table, "Ada" in table) == (True, False)


def test_somebody_who_rests_cannot_be_wanted(friends):
    resting = a_person("Resting").kept().rests("2026-05-01", "2026-06-01").person

    with pytest.raises(NotPossible, match="Resting cannot be asked for that day"):
        names(size=4, must=(resting.pk,))
    assert friends


def set_for(friends, *who, **told):
    guests = [friends[name] for name in who or ("Ada", "Bo", "Cleo", "Dov")]
    return hosting.set_table(an_owner(), guests, day=day("2026-05-22"), **told)


def test_a_table_becomes_one_gathering_in_the_owners_hour(friends):
    an_owner(zone="Europe/Berlin")

    table = set_for(friends, at=time(19, 30), title="Soup", place="At home")

    assert (table.title, table.place, table.setting, table.size) == ("Soup", "At home", "dinner party", 5)
    assert table.starts_at == instant("2026-05-22 19:30", "Europe/Berlin")
    assert [person.name for person in hosting.guests(table)] == ["Ada", "Bo", "Cleo", "Dov"]


def test_setting_a_table_is_one_deed_that_can_be_undone(friends, maya_undoes):
    set_for(friends)

    maya_undoes()

    assert (hosting.tables(an_owner()).count(), Attendance.objects.count()) == (0, 0)


def test_one_evening_is_one_moment_for_everybody(friends):
    before = Moment.objects.count()
    set_for(friends)

    settle_past(an_owner(), now=instant("2026-05-23 09:00"))

    assert Moment.objects.count() == before + 1
    assert Moment.objects.latest("id").participations.count() == 4


def test_the_invitation_names_no_guest_and_no_address(friends):
    add_way(friends["Ada"], "email", "ada@looms.example")
    an_owner(zone="Europe/Lisbon")
    table = set_for(friends, title="Soup, slowly", place="Rua da Rosa 12")

    calendar = hosting.invitation(table).decode()
    letter = hosting.invite(table, friends["Ada"])

    assert "SUMMARY:Soup\\, slowly" in calendar
    assert "DTSTART;TZID=Europe/Lisbon:20260522T193000" in calendar
    assert [word for word in ("Ada", "Bo", "@looms") if word in calendar] == []
    assert letter.body == (
        "Hello Ada,\n\nSoup, slowly for five: Friday 22 May 2026, 19:30, at Rua da Rosa 12.\n"
        "Will you come? A yes or a no is all I need.\n\nMaya\n"
    )
    assert [box.address for box in letter.to] == ["ada@looms.example"]


@pytest.mark.parametrize("who", [("Ada",), ("Ada", "Ada", "Ada", "Ada")])
def test_too_small_a_table_is_not_set(friends, who):
    with pytest.raises(NotPossible, match="four to eight"):
        set_for(friends, *who)


def test_a_table_with_two_who_should_not_sit_together_is_not_set(friends):
    actions.keep_apart(friends["Dov"], friends["Ada"])

    with pytest.raises(NotPossible, match="should not sit at one table"):
        set_for(friends)


def test_a_person_of_another_book_sits_at_no_table(friends):
    theirs = a_person("Zed").of(an_owner("Jonas")).kept().person

    with pytest.raises(NotPossible, match="Zed cannot be asked"):
        hosting.set_table(an_owner(), [*[*friends.values()][:3], theirs], day=TODAY)


def test_those_kept_apart_may_sit_together_again(friends):
    pair = actions.keep_apart(friends["Ada"], friends["Bo"])
    assert actions.keep_apart(friends["Bo"], friends["Ada"]) == pair

    actions.no_longer_apart(pair)

    assert set_for(friends).size == 5

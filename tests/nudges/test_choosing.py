"""Who is chosen for a day. A year of Todays has a file of its own."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from amity.gatherings.actions import settle_past
from amity.nudges.actions import done, plan, skip
from amity.nudges.choosing import budget, propose
from amity.nudges.models import Nudge
from amity.people.actions import keep, shelve, trash
from amity.people.models import Person
from amity.ties.actions import log_suggestions
from amity.ties.queries import album
from cast import a_gathering, a_person, an_owner, day, instant

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")
MONTHLY = ("2026-01-05", "2026-02-04", "2026-03-06")
LONG_AGO = ("2024-03-01", "2024-04-01", "2024-05-01")


def chosen(energy="usual", today=TODAY, owner=None) -> list[tuple[str, str]]:
    """Give who is proposed and why, in order."""
    owner = owner or an_owner()
    names = dict(Person.objects.filter(owner=owner).values_list("pk", "name"))
    return [(names[offer.person], offer.reason) for offer in propose(owner, today, energy)]


def test_an_empty_book_has_an_empty_day():
    assert chosen() == []


def test_birthday_first_then_whoever_was_just_met_then_whoever_is_due():
    a_person("Overdue").met_on(*MONTHLY).kept(care="close")
    met = a_person("Just met").kept()
    a_person("Birthday").born("--05-10").kept()
    a_gathering("Tea", "2026-05-09", met)
    settle_past(an_owner(), now=instant("2026-05-10 05:00"))

    assert chosen() == [("Birthday", "birthday"), ("Just met", "after a gathering"), ("Overdue", "overdue")]


def test_of_two_birthdays_the_one_the_owner_cares_for_more_is_thought_of():
    a_person("Light").born("--05-10").kept(care="light")
    a_person("Close").born("--05-10").kept(care="close")

    assert chosen() == [("Close", "birthday")]


def test_somebody_who_has_a_birthday_and_was_just_met_is_suggested_once():
    ada = a_person("Ada").born("--05-10").kept()
    a_gathering("Tea", "2026-05-09", ada)
    settle_past(an_owner(), now=instant("2026-05-10 05:00"))

    assert chosen() == [("Ada", "birthday")]


def test_after_a_crowded_evening_nobody_is_suggested_who_was_not_said_to_have_been_met():
    a_gathering("Fair", "2026-05-09", a_person("Ada").kept(on="2025-01-01"), size=400)
    settle_past(an_owner(), now=instant("2026-05-10 05:00"))

    assert chosen() == []


def test_there_are_at_most_three():
    for number in range(8):
        a_person(f"Friend {number}").met_on(*MONTHLY).kept()

    assert len(chosen()) == 3


@pytest.mark.parametrize(("energy", "left"), [("rest", 0), ("low", 3), ("usual", 6)])
def test_a_day_holds_what_its_energy_can(energy, left):
    for number in range(4):
        a_person(f"Friend {number}").wrote_on(*MONTHLY, kind="mail").kept()

    offers = propose(an_owner(), TODAY, energy)

    assert budget(an_owner(), energy) == left
    assert sum(offer.cost for offer in offers) == {0: 0, 3: 2, 6: 6}[left]


def test_an_owner_with_little_energy_has_no_more_on_a_low_day():
    assert [budget(an_owner(energy_usual=usual), "low") for usual in (3, 12)] == [3, 3]


def test_before_any_choice_friends_count_as_kept():
    a_person("Friend").met_on(*MONTHLY)
    a_person("Acquaintance").met_on("2026-01-05", "2026-02-04")

    assert chosen() == [("Friend", "overdue")]


def test_after_the_first_choice_only_those_who_were_kept_are_suggested():
    a_person("Friend").met_on(*MONTHLY)
    a_person("Kept").met_on(*MONTHLY).kept()

    assert chosen() == [("Kept", "overdue")]


def test_a_choice_stays_a_choice_while_everybody_kept_is_in_peace():
    a_person("Friend").met_on(*MONTHLY)
    a_person("Kept").met_on(*MONTHLY).kept().rests("2026-05-01", "2026-06-01")

    assert chosen() == []


@pytest.mark.parametrize(
    "hide",
    [
        lambda ada: ada.remembered(),
        lambda ada: ada.mentioned(),
        lambda ada: shelve(ada.person),
        lambda ada: trash(ada.person),
        lambda ada: ada.rests("2026-05-10", "2026-05-10"),
    ],
)
def test_whoever_cannot_be_suggested_is_not_for_any_reason(hide):
    a_person("Bo").met_on(*MONTHLY).kept()
    ada = a_person("Ada").born("--05-10").kept(care="close", spark="like").met_on(*MONTHLY)
    a_gathering("Tea", "2026-05-09", ada)
    settle_past(an_owner(), now=instant("2026-05-10 05:00"))

    hide(ada)

    assert chosen() == [("Bo", "overdue")]


def test_a_friend_of_another_owner_is_not_suggested():
    jonas = an_owner("Jonas")
    a_person("Charles").of(jonas).met_on(*MONTHLY).kept().born("--05-10")
    a_person("Ada").met_on(*MONTHLY).kept()

    assert chosen() == [("Ada", "overdue")]
    assert chosen(owner=jonas) == [("Charles", "birthday")]


def test_whoever_was_suggested_yesterday_leaves_today_to_others():
    ada = a_person("Ada").wrote_on(*MONTHLY, kind="mail").kept()
    a_person("Bo").wrote_on(*MONTHLY, kind="mail").kept()
    log_suggestions(ada.owner, [ada.person.pk], day=day("2026-05-09"))

    assert chosen(energy="low") == [("Bo", "overdue")]


def test_the_care_of_the_owner_decides_between_equals():
    for care in ("light", "close", "warm"):
        a_person(care).wrote_on(*MONTHLY, kind="mail").kept(care=care)

    assert chosen(energy="low") == [("close", "overdue")]


def test_of_equals_the_one_written_down_first_comes_first_on_either_engine():
    ada, charles = a_person("Ada"), a_person("Charles")
    for somebody in (ada, charles):
        keep(somebody.person, day=TODAY)
    Person.objects.filter(pk=ada.person.pk).update(uid="z" * 8)  # PostgreSQL may read along this index

    assert chosen() == [("Ada", "new tie"), ("Charles", "new tie")]


def test_thirty_new_names_that_stayed_names_hide_no_friend():
    for number in range(30):
        a_person(f"Name {number}").kept(spark="curious", on="2026-01-01")
    a_person("Friend").met_on(*MONTHLY).kept(on="2026-01-01")

    assert chosen() == [("Friend", "overdue")]


@pytest.mark.once
def test_a_dormant_friend_has_a_seat_at_most_once_a_fortnight():
    for number in range(5):
        a_person(f"Old friend {number}").met_on(*LONG_AGO).kept()
        a_person(f"Friend {number}").met_on(*MONTHLY).kept()

    for number in range(60):
        plan(an_owner(), TODAY + timedelta(days=number))

    seats = list(
        Nudge.objects.filter(reason="dormant").order_by("plan__day").values_list("plan__day", flat=True)
    )
    gaps = {(later - earlier).days for earlier, later in pairwise(seats)}
    assert len(seats) == 5
    assert gaps == {14}


@pytest.mark.once
def test_the_dormant_seat_is_drawn_anew_each_time():
    for number in range(12):
        a_person(f"Old friend {number}").met_on(*LONG_AGO).kept()

    drawn = {chosen(today=TODAY + timedelta(days=number))[0] for number in range(30)}

    assert len(drawn) > 6


def test_the_same_book_and_day_give_the_same_day():
    for number in range(12):
        a_person(f"Old friend {number}").met_on(*LONG_AGO).kept()
        a_person(f"Friend {number}").met_on(*MONTHLY).kept()

    assert chosen() == chosen()


@pytest.mark.once
@pytest.mark.parametrize("seed", range(3))
def test_a_usual_day_offers_somebody_whenever_anybody_is_due(seed):
    dice = random.Random(seed)
    maya = an_owner(energy_usual=3)
    for number in range(20):
        rhythm, silence = dice.randrange(7, 120), dice.randrange(1, 200)
        days = [str(TODAY - timedelta(days=silence + rhythm * times)) for times in range(3)]
        a_person(f"Friend {number}").wrote_on(*days, kind=dice.choice(["mail", "message"])).kept()
    ties = album(maya, TODAY)

    offers = propose(maya, TODAY, "usual")

    assert (ties.seen.silence > ties.r).any()
    assert 1 <= len(offers) <= 3
    assert sum(offer.cost for offer in offers) <= 3
    assert not any("?" in offer.opener for offer in offers)


def test_somebody_the_owner_has_just_written_to_is_left_to_answer():
    a_person("Ada").wrote_on(*MONTHLY).kept()
    (nudge,) = plan(an_owner(), TODAY).nudges.all()

    done(nudge, today=TODAY)

    assert [chosen(today=TODAY + timedelta(days=days)) for days in (1, 14)] == [[], []]
    assert chosen(today=TODAY + timedelta(days=16)) == [("Ada", "overdue")]


def test_not_today_is_no_no_for_tomorrow():
    a_person("Ada").met_on(*MONTHLY).kept()
    (nudge,) = plan(an_owner(), TODAY).nudges.all()

    skip(nudge)

    assert chosen(today=TODAY + timedelta(days=1)) == [("Ada", "overdue")]

from __future__ import annotations

import pytest

from amity.gatherings.actions import add, settle_past
from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Deed
from amity.moments.models import Moment, Participation
from amity.owner.actions import claim
from amity.people.models import Person, Way
from cast import a_gathering, a_person, an_owner, day, instant, invite

pytestmark = pytest.mark.django_db

LATER = instant("2026-05-11 12:00")


def there() -> list[str]:
    return sorted(Participation.objects.values_list("person__name", flat=True))


def test_a_small_gathering_that_is_over_becomes_a_moment_with_everybody_who_came():
    ada, bo = a_person("Ada"), a_person("Bo")
    coffee = a_gathering("Coffee", "2026-05-10", ada, bo, setting="coffee shop", kind="met")

    made = settle_past(an_owner(), now=LATER)

    moment = Moment.objects.get()
    assert (made, moment.text, str(moment.day), moment.kind, moment.setting, moment.size) == (
        1,
        "Coffee",
        "2026-05-10",
        "met",
        "coffee shop",
        3,
    )
    assert there() == ["Ada", "Bo"]
    assert set(Attendance.objects.values_list("gathering", "moment")) == {(coffee.pk, moment.pk)}


def test_running_it_twice_changes_nothing():
    a_gathering("Coffee", "2026-05-10", a_person("Ada"))
    settle_past(an_owner(), now=LATER)
    before = (list(Moment.objects.values()), Deed.objects.count())

    made = settle_past(an_owner(), now=LATER)

    assert (made, (list(Moment.objects.values()), Deed.objects.count())) == (0, before)


def test_what_the_clock_settled_is_a_deed_of_the_clocks():
    a_gathering("Coffee", "2026-05-10", a_person("Ada"))

    settle_past(an_owner(), now=LATER)

    assert list(Deed.objects.filter(who="clock").values_list("verb", "sentence")) == [
        ("settle", "Coffee is over.")
    ]


@pytest.mark.parametrize(("size", "made"), [(8, 1), (9, 0)])
def test_up_to_eight_people_being_there_means_having_been_in_touch(size, made):
    a_gathering("Evening", "2026-05-10", a_person("Ada"), size=size)

    assert settle_past(an_owner(), now=LATER) == made
    assert Moment.objects.count() == made


@pytest.mark.parametrize("told", [{"cancelled": True}, {"answer": "no"}])
def test_what_did_not_take_place_for_the_owner_becomes_nothing(told):
    a_gathering("Coffee", "2026-05-10", a_person("Ada"), **told)

    assert settle_past(an_owner(), now=LATER) == 0
    assert Moment.objects.count() == 0


def test_whoever_declined_was_not_there():
    coffee = a_gathering("Coffee", "2026-05-10", a_person("Ada"), size=3)
    invite(coffee, a_person("Bo"), answer="no")

    settle_past(an_owner(), now=LATER)

    assert there() == ["Ada"]


def test_a_gathering_to_which_nobody_came_becomes_nothing():
    coffee = a_gathering("Coffee", "2026-05-10", size=2)
    invite(coffee, a_person("Bo"), answer="no")

    assert settle_past(an_owner(), now=LATER) == 0
    assert Gathering.objects.get().settled


def test_a_guest_with_an_address_becomes_a_person():
    a_gathering("Coffee", "2026-05-10", "Grace.Hop@x.org")

    settle_past(an_owner(), now=LATER)

    assert there() == ["grace.hop"]
    assert list(Way.objects.values_list("kind", "value", "normal")) == [
        ("email", "Grace.Hop@x.org", "grace.hop@x.org")
    ]


def test_a_guest_whose_address_the_book_knows_is_that_person():
    a_person("Ada").reached_by("email", "ada.byron@gmail.com")
    a_gathering("Coffee", "2026-05-10", "AdaByron@googlemail.com")

    settle_past(an_owner(), now=LATER)

    assert (there(), Person.objects.count()) == (["Ada"], 1)


def test_a_mere_name_stays_a_name():
    a_gathering("Coffee", "2026-05-10", a_person("Ada"), "Grace")

    settle_past(an_owner(), now=LATER)

    assert there() == ["Ada"]
    assert list(Attendance.objects.filter(person=None).values_list("name", "moment")) == [("Grace", None)]
    assert not Person.objects.filter(name="Grace").exists()


def test_the_owners_own_address_becomes_nobody():
    claim(an_owner(), "email", "maya@x.org")
    a_gathering("Coffee", "2026-05-10", a_person("Ada"), "Maya@x.org")

    settle_past(an_owner(), now=LATER)

    assert (there(), Person.objects.count()) == (["Ada"], 1)


def test_somebody_listed_twice_was_there_once():
    ada = a_person("Ada").reached_by("email", "ada@x.org")
    a_gathering("Coffee", "2026-05-10", ada, "ada@x.org", ada)

    settle_past(an_owner(), now=LATER)

    assert there() == ["Ada"]


def test_a_stranger_who_shares_an_address_is_another_owners_person():
    a_person("Ada").of(an_owner("Jonas")).reached_by("email", "ada@x.org")
    a_gathering("Coffee", "2026-05-10", "ada@x.org")

    settle_past(an_owner(), now=LATER)

    assert list(Participation.objects.values_list("person__name", "person__owner__name")) == [("ada", "Maya")]


def test_gatherings_of_another_owner_are_not_settled():
    a_gathering("Coffee", "2026-05-10", "ada@x.org", owner=an_owner("Jonas"))

    assert settle_past(an_owner(), now=LATER) == 0
    assert not Gathering.objects.get().settled


def test_more_than_a_hundred_are_settled_in_one_go():
    for number in range(101):
        add(an_owner(), f"Call {number}", day=day("2026-05-10"))

    settle_past(an_owner(), now=LATER)

    assert Gathering.objects.filter(settled=False).count() == 0

from __future__ import annotations

import pytest

from amity.gatherings.actions import add, kind_of
from amity.gatherings.models import Gathering
from amity.gatherings.queries import last_with, on
from amity.owner.actions import NotPossible
from cast import a_gathering, a_person, an_owner, day, instant, invite

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


def test_a_gathering_is_written_down_by_hand():
    add(an_owner(), " Weavers'\nevening ", day=TODAY, place="The Loom")

    kept = Gathering.objects.values_list("title", "day", "last_day", "place", "settled").get()
    assert kept == ("Weavers' evening", TODAY, TODAY, "The Loom", False)


@pytest.mark.parametrize(
    ("title", "last_day", "sentence"),
    [
        (" ", None, "A gathering needs a name."),
        ("Evening", "2026-05-09", "A gathering ends after it begins."),
    ],
)
def test_a_gathering_that_makes_no_sense_is_refused(title, last_day, sentence):
    with pytest.raises(NotPossible) as refusal:
        add(an_owner(), title, day=TODAY, last_day=last_day and day(last_day))

    assert (refusal.value.sentence, Gathering.objects.count()) == (sentence, 0)


def test_a_day_shows_who_will_be_there_in_the_order_of_the_list():
    dinner = a_gathering("Dinner", "2026-05-10", a_person("Ada"), "Grace", "mary@x.org", place="The Loom")
    invite(dinner, a_person("Bo"), answer="no")

    (row,) = on(an_owner(), TODAY)

    assert (row.uid, row.title, row.place, row.names) == (
        dinner.uid,
        "Dinner",
        "The Loom",
        ["Ada", "Grace", "mary@x.org"],
    )


def test_a_day_begins_with_what_lasts_all_day_and_goes_by_the_clock():
    a_gathering("Supper", "2026-05-10", starts_at=instant("2026-05-10 19:00"))
    a_gathering("Tea", "2026-05-10", starts_at=instant("2026-05-10 15:00"))
    a_gathering("Fair", "2026-05-10")
    a_gathering("Festival", "2026-05-08", last_day=day("2026-05-11"))

    assert [row.title for row in on(an_owner(), TODAY)] == ["Festival", "Fair", "Tea", "Supper"]


def test_a_day_shows_nothing_of_other_days_nor_what_was_called_off():
    a_gathering("Yesterday", "2026-05-09")
    a_gathering("Tomorrow", "2026-05-11")
    a_gathering("Cancelled", "2026-05-10", cancelled=True)
    a_gathering("Declined", "2026-05-10", answer="no")
    a_gathering("Tea", "2026-05-10")

    assert [row.title for row in on(an_owner(), TODAY)] == ["Tea"]


def test_three_gatherings_ask_no_more_than_one(django_assert_num_queries):
    maya = an_owner()
    for number in range(3):
        a_gathering(f"Tea {number}", f"2026-05-1{number}", a_person("Ada"), a_person("Bo"))
        a_gathering(f"Fair {number}", "2026-05-20", a_person("Ada"), "Grace")

    for one in ("2026-05-10", "2026-05-20"):
        with django_assert_num_queries(2):
            on(maya, day(one))


def test_the_last_gathering_with_somebody_may_be_a_large_one():
    ada = a_person("Ada")
    a_gathering("Tea", "2026-05-01", ada)
    a_gathering("Conference", "2026-05-08", ada, size=400)
    a_gathering("Next year", "2027-05-08", ada)

    assert last_with(ada.person, upto=TODAY).title == "Conference"


@pytest.mark.parametrize(
    ("title", "place", "url", "kind"),
    [
        ("Coffee with Ada", "The Loom", "", "met"),
        ("Planning", "", "https://meet.example/x", "video call"),
        ("Phone: Ada", "", "", "call"),
        ("Ada phone/coffee", "", "", "call"),
        ("Ada", "Telephone", "", "call"),
        ("Recall the looms", "", "", "met"),
    ],
)
def test_a_calendar_entrys_words_tell_what_kind_of_moment_it_will_be(title, place, url, kind):
    assert kind_of(title, place, url) == kind

from __future__ import annotations

import icalendar
import pytest

from amity.formats.ics_writer import write_calendar
from amity.moments.actions import promise
from amity.nudges import feed
from amity.nudges.actions import plan
from amity.nudges.birthdays import birthdays
from amity.nudges.models import Feed, Plan
from amity.people import actions
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def read(owner):
    """Give (day, last day, title) of each event, and the uids."""
    found = icalendar.Calendar.from_ical(feed.calendar(owner, TODAY)).walk("VEVENT")
    return [(str(e["DTSTART"].dt), str(e["DTEND"].dt), str(e["SUMMARY"])) for e in found], [
        str(e["UID"]) for e in found
    ]


def test_the_feed_holds_birthdays_promises_and_todays_people_and_nothing_else_of_them():
    ada = a_person("Ada").born("--06-01").met_on("2026-01-05", "2026-02-04", "2026-03-06", text="Divorce.")
    ada.kept(care="close")
    promise(ada.person, "send the paper", day=TODAY, due=day("2026-05-20"))
    promise(ada.person, "someday", day=TODAY)
    actions.add_fact(ada.person, "ill since May", sensitive=True)
    plan(ada.owner, TODAY)

    events, uids = read(ada.owner)

    assert events == [
        ("2026-06-01", "2026-06-02", "Birthday: Ada"),
        ("2027-06-01", "2027-06-02", "Birthday: Ada"),
        ("2026-05-20", "2026-05-21", "You said you would: send the paper (Ada)"),
        ("2026-05-10", "2026-05-11", "A word to Ada, perhaps"),
    ]
    assert read(ada.owner)[1] == uids
    assert len(set(uids)) == len(uids)


def test_reading_the_feed_plans_nothing():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06").kept(care="close")

    events, _uids = read(ada.owner)

    assert (events, Plan.objects.count()) == ([], 0)


def test_whoever_must_not_come_up_is_not_in_the_feed():
    born = [a_person(name).born("1980-06-01") for name in ("Gone", "Away", "Shelf", "Rests", "Here")]
    gone, away, shelf, rests, _here = born
    gone.remembered()
    promise(gone.person, "write", day=TODAY, due=TODAY)
    actions.trash(away.person)
    actions.shelve(shelf.person)
    rests.rests("2026-05-01", "2026-06-30")

    events, _uids = read(an_owner())

    assert [(on, title) for on, _last, title in events] == [
        ("2026-06-01", "Birthday: Here"),
        ("2027-06-01", "Birthday: Here"),
        ("2027-06-01", "Birthday: Rests"),
    ]


def test_a_birthday_on_29_february_comes_a_day_early_in_common_years_whoever_asks():
    ada = a_person("Ada").born("--02-29")

    of_the_week = birthdays(ada.owner, day("2027-02-25"), day("2027-03-01"))
    of_the_years = birthdays(ada.owner, day("2027-01-01"), day("2028-12-31"))

    assert [one.day for one in of_the_week] == [day("2027-02-28")]
    assert [one.day for one in of_the_years] == [day("2027-02-28"), day("2028-02-29")]


def test_a_new_address_ends_the_old_and_none_is_like_another():
    maya = an_owner()

    old, new = feed.renew(maya).token, feed.renew(maya).token
    seen = [feed.owner_by(old), feed.owner_by(new)]
    feed.end(maya)

    assert seen == [None, maya]
    assert len(new) == 32
    assert not Feed.objects.exists()


def test_an_empty_feed_is_a_calendar_all_the_same():
    assert feed.calendar(an_owner(), TODAY) == write_calendar([], name="Amity")

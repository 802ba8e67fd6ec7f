"""The question of an evening: what it asks about, when it comes, and how it stops."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from amity.letter import sundays
from amity.letter.daily import set_daily
from amity.letter.evening import asked_about, write_evening
from amity.letter.models import Evening, Morning
from amity.meet.debrief import Said, debrief
from amity.post.models import Delivery, Mailing
from browsing import Browser
from cast import a_gathering, a_person, an_owner, day, instant
from letter_cast import links
from sink import parsed

pytestmark = pytest.mark.django_db
BERLIN, TUESDAY = "Europe/Berlin", day("2026-05-12")
EIGHT = instant("2026-05-12 20:00", BERLIN)


@pytest.fixture
def ines():
    """Give Ines, who wants to be asked at eight."""
    owner = an_owner("Ines", zone=BERLIN, welcomed=True)
    set_daily(owner, Evening, on=True, at=time(20), address="")
    return owner


def a_dinner(owner, title, begins, ends):
    return a_gathering(
        title,
        begins[:10],
        a_person(f"Ada of {title}").of(owner),
        owner=owner,
        starts_at=instant(begins, BERLIN),
        ends_at=instant(ends, BERLIN),
    )


def evenings(owner, *days):
    """Let the clock look at five past eight of each day; give what is asked about, by title."""
    evening = Evening.objects.of(owner).get()
    return [[one.title for one in asked_about(evening, day(one))] for one in days]


def test_the_clock_asks_once_on_the_evening_after_with_a_link_and_its_own_way_out(sink, ines, client):
    lunch = a_dinner(ines, "Lunch, loom", "2026-05-12 12:00", "2026-05-12 13:30")
    set_daily(ines, Morning, on=True, at=time(7), address="")
    for minutes in (-1, 0, 1, 2):
        sundays.keep_sundays(ines, now=EIGHT + timedelta(minutes=minutes))

    words = parsed(sink.mails[-1][2]).get_body(("plain",)).get_content().replace("\r\n", "\n")
    look_back, leave = links(sink)
    looked = client.get(leave)
    on_after_looking = Evening.objects.get().on
    client.post(leave, {"List-Unsubscribe": "One-Click"})

    assert sink.to() == ["ines@book.example"]
    assert parsed(sink.mails[0][2])["Subject"] == "How was it? Tuesday, 12 May"
    assert parsed(sink.mails[0][2])["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert words.startswith("“Lunch, loom” is over. Whom did you enjoy?\n")
    assert look_back == f"/gatherings/{lunch.uid}/debrief"
    assert (looked.status_code, on_after_looking) == (200, True)
    assert (Evening.objects.get().on, Morning.objects.get().on) == (False, True)


def test_today_asks_on_the_evening_after_without_any_mail(ines, at_night):
    a_dinner(ines, "Supper", "2026-05-12 18:00", "2026-05-12 19:30")
    browser = Browser()
    browser.force_login(ines)

    before, after = at_night("2026-05-12 19:00", browser), at_night("2026-05-12 19:31", browser)

    assert ("How was it?" in before, "How was it?" in after) == (False, True)


@pytest.fixture
def at_night(monkeypatch):
    """Read Today at an instant in Berlin."""

    def read(when, browser):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant(when, BERLIN))
        return browser.reads("/")

    return read


def test_what_goes_on_past_the_hour_is_asked_about_on_the_next_evening_and_nothing_on_two(ines):
    a_dinner(ines, "Long dinner", "2026-05-12 19:00", "2026-05-12 23:30")
    a_dinner(ines, "Coffee", "2026-05-12 09:00", "2026-05-12 10:00")
    a_gathering("A whole day", "2026-05-12", "Bo", owner=ines)

    asked = evenings(ines, "2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14")

    assert asked == [[], ["Coffee"], ["A whole day", "Long dinner"], []]


def test_what_was_looked_back_on_called_off_or_had_nobody_is_not_asked_about_nor_on_a_quiet_day(ines):
    told = a_dinner(ines, "Told", "2026-05-12 12:00", "2026-05-12 13:00")
    debrief(told, Said(felt="neutral"), today=TUESDAY)
    off = a_dinner(ines, "Off", "2026-05-12 12:00", "2026-05-12 13:00")
    type(off).objects.filter(pk=off.pk).update(cancelled=True)
    a_gathering("Alone", "2026-05-11", owner=ines)
    a_dinner(ines, "Monday's", "2026-05-11 12:00", "2026-05-11 13:00")

    open_day = evenings(ines, "2026-05-11", "2026-05-12")
    an_owner("Ines", quiet_days=[0])

    assert open_day == [["Monday's"], []]
    assert evenings(ines, "2026-05-11") == [[]]


def test_a_machine_that_slept_asks_the_same_night_or_never_and_two_processes_once(sink, ines):
    a_dinner(ines, "Coffee", "2026-05-12 09:00", "2026-05-12 10:00")

    late = [write_evening(ines, now=instant("2026-05-12 23:40", BERLIN)) for _ in range(2)]
    sundays.keep_sundays(ines, now=instant("2026-05-13 00:05", BERLIN))

    assert [one is not None for one in late] == [True, False]
    assert (sink.mails, Mailing.objects.get().state) == ([], "cancelled")
    assert Delivery.objects.get().state == "pending"


@pytest.mark.once
@pytest.mark.parametrize(
    "on", ["2026-03-29", "2026-10-25"], ids=["an hour that is left out", "an hour that comes twice"]
)
def test_a_day_on_which_the_clocks_change_is_asked_about_once(sink, ines, on):
    set_daily(ines, Evening, on=True, at=time(2, 30), address="")
    a_dinner(ines, "A night", f"{on} 00:10", f"{on} 00:40")

    came = [
        write_evening(ines, now=instant(f"{on} 00:45", BERLIN) + timedelta(minutes=5 * n)) for n in range(60)
    ]

    assert len([one for one in came if one]) == 1

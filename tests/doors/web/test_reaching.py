from __future__ import annotations

import icalendar
import pytest

from amity.introductions.actions import begin
from amity.letter.models import Evening, Letterhead, Morning
from amity.letter.setting_up import head_of
from amity.moments.actions import promise
from amity.nudges import feed
from browsing import Browser, words_of
from cast import a_person, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


@pytest.fixture
def path(maya):
    promise(a_person("Ada").person, "send the paper", day=TODAY, due=day("2026-05-20"))
    return f"/feed/{feed.renew(maya).token}.ics"


def test_a_calendar_program_reads_the_feed_without_a_cookie_and_again_only_when_it_changed(path):
    stranger = Browser()

    first = stranger.get(path)
    again = stranger.get(path, headers={"If-None-Match": first["ETag"]})
    promise(a_person("Bo").person, "call", day=TODAY, due=TODAY)
    changed = stranger.get(path, headers={"If-None-Match": first["ETag"]})

    titles = [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(changed.content).walk("VEVENT")]
    assert (first.status_code, again.status_code, again.content, changed.status_code) == (200, 304, b"", 200)
    assert titles == ["You said you would: call (Bo)", "You said you would: send the paper (Ada)"]
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    assert first.cookies == again.cookies == {}


def test_an_address_that_is_nobodys_is_answered_like_any_page_that_is_not_there(path, maya):
    stranger = Browser()
    feed.renew(maya)

    answers = [stranger.get(path), stranger.get("/feed/none.ics"), stranger.get("/nowhere")]

    assert [(one.status_code, words_of(one)) for one in answers] == [(404, words_of(answers[2]))] * 3


def test_the_address_is_made_made_anew_and_ended_by_its_owner(browser_of_maya, maya, settings):
    settings.AMITY_URL = "https://maya.example"
    seen = []
    for wish in ("new", "new", "end"):
        browser_of_maya.post("/you/feed", {"do": wish})
        made = feed.feed_of(maya)
        seen.append(made.token if made else "")

    page = browser_of_maya.reads("/you/reach")

    assert len({*seen}) == 3
    assert seen[2] == ""
    assert "Make the address" in page
    assert "on this machine only" not in page


def test_a_house_nobody_else_can_reach_says_so(browser_of_maya, maya):
    made = feed.renew(maya)

    page = browser_of_maya.get("/you/reach")

    assert "the address works only in a calendar program on this machine" in words_of(page)
    assert f'value="http://127.0.0.1:8000/feed/{made.token}.ics"' in page.content.decode()
    assert "No mail server is set yet" in words_of(page)


def test_the_morning_is_set_and_what_is_wrong_leaves_what_was_typed(browser_of_maya):
    wrong = browser_of_maya.post("/you/reach", {"on": "1", "at": "6:77", "address": "me@maya.example"})
    before = Morning.objects.exists()
    browser_of_maya.post("/you/reach", {"on": "1", "at": "06:15", "address": "me@maya.example"})

    assert (wrong.status_code, before) == (422, False)
    assert "That is no hour; write it like 18:30." in words_of(wrong)
    assert 'value="me@maya.example"' in wrong.content.decode()
    assert list(Morning.objects.values_list("on", "at__hour", "at__minute", "address")) == [
        (True, 6, 15, "me@maya.example")
    ]
    assert "One sentence comes on days that have one." in browser_of_maya.reads("/you")


def test_the_question_of_the_evening_is_set_beside_the_morning_and_neither_touches_the_other(browser_of_maya):
    typed = {"which": "evening", "on": "1", "at": "21:30", "address": "me@maya"}
    wrong = browser_of_maya.post("/you/reach", typed)
    browser_of_maya.post("/you/reach", {**typed, "address": "me@maya.example"})
    neither = browser_of_maya.post("/you/reach", {"which": "noon", "on": "1", "at": "12:00"})

    page = wrong.content.decode()
    assert (wrong.status_code, page.count("That does not look like"), page.count('value="21:30"')) == (
        422,
        1,
        1,
    )
    assert 'value="07:30"' in page
    assert "Nothing was chosen." in words_of(neither)
    assert (Evening.objects.get().at.isoformat(), Morning.objects.exists()) == ("21:30:00", False)
    assert "How it was is asked in the evening." in browser_of_maya.reads("/you")


def test_the_phone_gets_a_code_only_where_it_can_open_the_book(browser_of_maya, settings):
    here = browser_of_maya.get("/you/reach").content.decode()
    settings.AMITY_URL = "https://maya.example"
    there = browser_of_maya.get("/you/reach").content.decode()

    assert ("qr-code" in here, "A phone cannot open this Amity" in here) == (False, True)
    assert "QR code of https://maya.example/you/phone" in there
    assert 'class="qr-code"' in there


PAGES = {
    "/cards": "no https address that other people's phones could open",
    "/letter/desk": "They leave by a mail",
    "/you/reach": "the address works only in a calendar program on this machine",
    "/meet/together/{introduction}": "you send two short mails from your own mail program",
    "/people/{person}": "Nobody could say yes here",
}


def test_what_needs_an_address_says_so_before_it_is_used(browser_of_maya, maya):
    head_of(maya, TODAY)
    Letterhead.objects.filter(owner=maya).update(title="Small tables")
    ada, bo = (a_person(name).reached_by("email", f"{name}@a.example").person for name in ("Ada", "Bo"))
    one = begin(ada, bo, to_a="You both weave.", to_b="You both weave.", day=TODAY)
    names = {"introduction": one.uid, "person": ada.uid}

    said = {page: browser_of_maya.reads(page.format(**names)) for page in PAGES}

    assert [page for page, sentence in PAGES.items() if sentence not in said[page]] == []

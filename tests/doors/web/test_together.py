"""The pages that bring people together, read without a screen."""

from __future__ import annotations

import pytest

from amity.gatherings.models import Gathering
from amity.introductions.actions import keep_apart
from amity.introductions.models import Apart, Introduction
from bringing_together import ada, begun, charles
from browsing import Browser, words_of
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(maya):
    assert maya
    return [a_person(name).kept().person for name in ("Ada", "Bo", "Cleo", "Dov", "Edith", "Finn")]


def test_from_a_suggestion_to_two_people_who_know_each_other(browser_of_maya):
    one, other = ada().person, charles().person
    assert "Ada makes you curious: “looms that remember”" in browser_of_maya.reads("/meet/together")
    lines = {"a": one.uid, "b": other.uid, "to_a": "Looms for schools.", "to_b": "She knows looms."}
    browser_of_maya.post("/meet/together/write", lines)
    edit = f"/meet/together/{Introduction.objects.get().uid}/edit"

    said = [words_of(browser_of_maya.post(edit, {"do": "ask"}, follow=True))]
    for end in "ab":
        browser_of_maya.post(edit, {"do": "tick", "end": end, "answer": "yes"})
    said.append(browser_of_maya.reads(edit.removesuffix("/edit")))
    said.append(words_of(browser_of_maya.post(edit, {"do": "sent"}, follow=True)))

    assert "Two short mails are yours to send" in said[0]
    assert "Write to Ada Byron in my mail program" in said[0]
    assert "Both said yes. One mail brings them together." in said[1]
    assert "You brought them together today. Thank you for that." in said[2]


def test_a_missing_line_is_said_and_what_was_typed_stays(browser_of_maya):
    one, other = ada().person, charles().person
    lines = {"a": one.uid, "b": other.uid, "to_a": "Looms for schools.", "to_b": ""}

    answer = browser_of_maya.post("/meet/together/write", lines)

    assert answer.status_code == 422
    assert "Write one line for each of the two." in words_of(answer)
    assert "Looms for schools." in words_of(answer)
    assert Introduction.objects.count() == 0


def test_a_pair_passed_over_is_gone_and_can_be_brought_back(browser_of_maya):
    pair = {"a": ada().person.uid, "b": charles().person.uid}

    answer = browser_of_maya.post("/meet/together/pass", pair, follow=True)

    assert "No pair stands out just now." in words_of(answer)
    assert "Will not suggest Ada Byron and Charles Cog again. Undo" in words_of(answer)


def test_a_step_that_cannot_be_is_said_on_the_page(browser_of_maya):
    edit = f"/meet/together/{begun().uid}/edit"

    answer = browser_of_maya.post(edit, {"do": "sent"})

    assert (answer.status_code, Introduction.objects.get().state) == (422, "writing")
    assert "Nobody was asked yet." in words_of(answer)


def test_another_owner_and_a_stranger_see_nothing_of_it(six):
    one, pair = begun(), keep_apart(six[0], six[1])
    jonas, stranger = Browser(an_owner("Jonas", welcomed=True)), Browser()
    addresses = ["together", "table", f"together/{one.uid}", f"together/write?a={one.a.uid}&b={one.b.uid}"]
    posts = [f"together/{one.uid}/edit", f"table/apart/{pair.uid}", "table/set"]

    pages = [browser.reads(f"/meet/{at}") for browser in (jonas, stranger) for at in addresses]
    for browser in (jonas, stranger):
        for at in posts:
            browser.post(f"/meet/{at}", {"do": "withdraw", "guest": [each.uid for each in six]})

    assert [page for page in pages if "Ada" in page or "Charles" in page] == []
    assert (Introduction.objects.get().state, Apart.objects.count(), Gathering.objects.count()) == (
        "writing",
        1,
        0,
    )


def told_of(people, **told):
    return {
        "guest": [each.uid for each in people[:4]],
        "day": "2026-05-22",
        "title": "Soup",
        "size": "4",
    } | told


def test_a_table_is_composed_changed_set_and_called_off(browser_of_maya, six):
    page = browser_of_maya.get("/meet/table?size=4&day=2026-05-22")
    left_out, stays = (seat.person for seat in page.context["proposal"].seats[:2])
    wish = f"size=4&day=2026-05-22&without={left_out.uid}&must={stays.uid}"
    changed = browser_of_maya.get(f"/meet/table?{wish}")
    names = {seat.person.name for seat in changed.context["proposal"].seats}

    set_ = browser_of_maya.post("/meet/table/set", told_of(six, at="20:00", place="Home"), follow=True)
    uid = Gathering.objects.get().uid
    file = browser_of_maya.get(f"/meet/table/{uid}/invitation.ics")
    browser_of_maya.post(f"/meet/table/{uid}/call-off")

    assert (left_out.name in names, stays.name in names) == (False, True)
    assert "Soup 22 May 2026, 20:00, Home" in words_of(set_)
    assert "Round the table, clockwise: Maya, Ada, Bo, Cleo, Dov." in words_of(set_)
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert file.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert browser_of_maya.get(f"/meet/table/{uid}").status_code == 404


@pytest.mark.parametrize(
    "wish", ["size=99", "size=x", "day=soon", "seed=-1", "invite=Nobody", "must=zz&without=zz"]
)
def test_a_strange_wish_is_answered_kindly(browser_of_maya, six, wish):
    assert six

    answer = browser_of_maya.get(f"/meet/table?{wish}")

    assert answer.status_code == 200
    assert "A small table" in words_of(answer)


def test_what_is_no_hour_keeps_the_guests_and_says_so(browser_of_maya, six):
    answer = browser_of_maya.post("/meet/table/set", told_of(six, at="late"))

    assert answer.status_code == 422
    assert "That is not a time; write it like 19:30." in words_of(answer)
    assert b'value="Soup"' in answer.content


def test_an_empty_book_has_no_table_and_says_why(browser_of_maya):
    assert "For a table of six there is nobody you keep." in browser_of_maya.reads("/meet/table")

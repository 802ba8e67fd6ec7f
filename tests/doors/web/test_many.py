from __future__ import annotations

import re

import pytest
import time_machine

from amity.people.actions import shelve
from amity.people.models import Person
from browsing import Browser, words_of
from cast import a_person, an_owner
from forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(maya) -> list[Person]:
    return [a_person(name).person for name in ("Ada Byron", "Bo Lind", "Cleo Marsh")]


def places() -> dict[str, str]:
    return dict(Person.objects.filter(trashed_at=None).order_by("id").values_list("name", "place"))


def test_those_who_are_ticked_are_kept_and_the_list_comes_back_as_it_was(browser_of_maya, three):
    ticked = {
        "do": "keep",
        "who": [three[0].uid, three[1].uid],
        "with": "like",
        "care": "warm",
        "place": "new",
    }

    answer = browser_of_maya.post("/people/many", ticked, follow=True)
    undone = browser_of_maya.post(f"/undo/{answer.context['deed']['uid']}", follow=True)

    assert answer.redirect_chain == [("/people?place=new", 302)]
    assert "Kept 2 people. Undo" in words_of(answer)
    assert undone.status_code == 200
    assert set(places().values()) == {"new"}


def test_all_that_were_found_are_meant_and_nobody_else(browser_of_maya, three):
    browser_of_maya.post("/people/many", {"do": "shelf", "all": "1", "q": "a"})

    assert places() == {"Ada Byron": "shelf", "Bo Lind": "new", "Cleo Marsh": "shelf"}


def test_without_a_choice_or_a_deed_nothing_happens_and_that_is_said(browser_of_maya, three):
    nobody = browser_of_maya.post("/people/many", {"do": "trash"}, follow=True)
    nothing = browser_of_maya.post("/people/many", {"who": three[0].uid}, follow=True)

    assert "Nobody is chosen." in words_of(nobody)
    assert "Say what is to happen with them." in words_of(nothing)
    assert set(places().values()) == {"new"}


def test_pressed_twice_it_is_done_once_and_what_was_undone_between_stays_undone(maya, three):
    browser, shown = Browser(maya), Browser(maya).get("/people").content.decode()
    (form,) = (form for form in forms_of(shown) if form.action == "/people/many")
    sent = form.holds | {"do": "shelf", "who": [three[0].uid]}

    once = browser.post("/people/many", sent, follow=True)
    browser.post(f"/undo/{once.context['deed']['uid']}")
    twice = browser.post("/people/many", sent, follow=True)

    assert set(places().values()) == {"new"}
    assert "That is written down already." in words_of(twice)


def test_a_circle_with_too_long_a_name_comes_back_and_can_be_sent_again(browser_of_maya, three):
    sent = {"do": "join", "who": [three[0].uid], "name": "a" * 121, "once": "k1"}

    wrong = browser_of_maya.post("/people/many", sent)
    right = browser_of_maya.post("/people/many", sent | {"name": "looms"}, follow=True)

    assert "That is longer than the 120 letters that fit here." in words_of(wrong)
    assert f'value="{"a" * 121}"' in wrong.content.decode()
    assert re.findall(r'value="(\w+)" checked', wrong.content.decode()) == [three[0].uid]
    assert "Put Ada Byron into looms." in words_of(right)


def test_people_of_another_book_are_never_among_the_chosen(browser_of_maya, three):
    stranger = a_person("Of Ines").of(an_owner("Ines")).person

    browser_of_maya.post("/people/many", {"do": "trash", "who": [stranger.uid, three[0].uid]})

    assert sorted(places()) == ["Bo Lind", "Cleo Marsh", "Of Ines"]


def test_whoever_rested_long_on_the_shelf_can_be_let_go_in_one_deed(browser_of_maya, three):
    with time_machine.travel("2025-01-10T09:00:00+00:00", tick=False):
        shelve(three[0])
    shelve(three[1])

    shelf = browser_of_maya.reads("/people?place=shelf")
    answer = browser_of_maya.post(
        "/people/many", {"do": "trash", "rested": "1", "place": "shelf"}, follow=True
    )

    assert "Some have rested here for a year and nothing has happened since." in shelf
    assert sorted(places()) == ["Bo Lind", "Cleo Marsh"]
    assert "Put Ada Byron into the trash. Undo" in words_of(answer)
    assert "Some have rested" not in words_of(answer)

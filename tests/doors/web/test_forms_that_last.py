"""What an owner has typed survives a second tab, an impatient finger and a sign-in that ran out."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from amity.owner.actions import new_link
from amity.people.actions import add_fact, add_hope
from amity.people.edits import reword_fact, set_head
from amity.people.models import Fact, Hope, Person
from browsing import Browser, words_of
from cast import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(maya) -> Person:
    return a_person("Ada Byron").kept(on="2026-05-01").person


def form_of(page: str, action: str) -> dict[str, str]:
    """Give the hidden fields of the first form with this action."""
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.DOTALL)[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_of_two_tabs_sees_the_first_ones_words_and_chooses(maya, ada, htmx):
    fact = add_fact(ada, "Plays the viola")
    second_tab, where = Browser(maya, htmx=htmx), reverse("fact_edit", args=[fact.uid])
    drawn = form_of(Browser(maya).get(reverse("person", args=[ada.uid])).content.decode(), where)
    reword_fact(fact, "Plays the violin", sensitive=False)

    first = second_tab.post(where, drawn | {"do": "save", "text": "Plays the cello"})
    again = form_of(first.content.decode(), where)
    second = second_tab.post(where, again | {"do": "save", "text": "Plays the cello"})

    page = first.content.decode()
    assert first.status_code == 409
    assert "This was changed in the meantime." in words_of(first)
    assert "Plays the violin" in words_of(first)
    assert ">Plays the cello</textarea>" in page
    assert (second.status_code, Fact.objects.get().text) == (200 if htmx else 302, "Plays the cello")


def test_the_head_of_a_page_changed_elsewhere_is_not_written_over(browser_of_maya, ada):
    where = reverse("person_edit", args=[ada.uid])
    drawn = form_of(browser_of_maya.get(where).content.decode(), where)
    set_head(ada, name="Ada Lovelace", how_met="", remembered=False, title="", organisation="", circles=[])

    answer = browser_of_maya.post(where, drawn | {"name": "Ada King", "met": "At the loom"})

    page = answer.content.decode()
    assert (answer.status_code, Person.objects.get().name) == (409, "Ada Lovelace")
    assert 'value="Ada King"' in page
    assert ">At the loom</textarea>" in page
    assert "Ada Lovelace" in words_of(answer)


def test_a_form_sent_twice_is_written_down_once(browser_of_maya, ada):
    where = reverse("hope_add", args=[ada.uid])
    drawn = form_of(browser_of_maya.get(reverse("person", args=[ada.uid])).content.decode(), where)

    for _ in range(2):
        browser_of_maya.post(where, drawn | {"text": "A flat with a piano"})

    assert Hope.objects.count() == 1
    assert "That is written down already." in browser_of_maya.reads("/people")


def test_a_form_that_was_wrong_can_be_sent_again_as_it_is(browser_of_maya, ada):
    where = reverse("hope_add", args=[ada.uid])
    drawn = form_of(browser_of_maya.get(reverse("person", args=[ada.uid])).content.decode(), where)

    wrong = browser_of_maya.post(where, drawn | {"text": " "})
    right = browser_of_maya.post(where, drawn | {"text": "A flat with a piano"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Hope.objects.get().text == "A flat with a piano"


@pytest.mark.parametrize("htmx", [False, True])
def test_what_was_typed_while_the_session_ran_out_is_written_down_after_signing_in(maya, ada, htmx):
    where = reverse("hope_add", args=[ada.uid])
    forgotten, browser = Browser(htmx=htmx), Browser()

    asked = forgotten.post(where, {"text": "A flat with a <piano>", "once": "k1"})
    kept = form_of(asked.content.decode(), reverse("sign_in"))
    shown = browser.post(reverse("sign_in"), kept | {"token": new_link(maya)})
    browser.post(where, {"text": "A flat with a <piano>", "once": "k1"})

    assert asked.status_code == 200
    assert asked.headers.get("HX-Retarget") == "body"
    assert set(kept) == {"kept_for", "kept"}
    assert "A flat with a <piano>" in words_of(shown)
    assert form_of(shown.content.decode(), where)["once"] == "k1"
    assert Hope.objects.get().text == "A flat with a <piano>"


def test_no_password_is_kept_with_a_form_that_waits(maya):
    answer = Browser().post(
        reverse("password"), {"email": "maya@x.example", "password": "Zebulon 1", "current": "Zebulon 2"}
    )

    assert "kept_for" in answer.content.decode()
    assert "Zebulon" not in answer.content.decode()


def test_a_form_kept_for_another_house_goes_nowhere(maya):
    answer = Browser(maya).post(reverse("sign_in"), {"kept_for": "https://elsewhere.example/", "kept": "a=b"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_hope_is_offered_to_be_changed_by_what_it_says(browser_of_maya, ada):
    hope = add_hope(ada, "A flat", day=ada.kept_on)

    answer = browser_of_maya.post(reverse("hope_edit", args=[hope.uid]), {"do": "save", "text": "A house"})

    assert (answer.status_code, Hope.objects.get().text) == (302, "A house")

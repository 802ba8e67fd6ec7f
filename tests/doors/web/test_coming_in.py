from __future__ import annotations

import pytest

from amity.nudges.models import Plan
from amity.owner.actions import new_link, set_password
from amity.owner.models import Owner, SignInLink
from browsing import Browser, words_of
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db
PASSWORD = "weaving looms at night"


def test_following_the_link_uses_nothing_up(maya):
    token = new_link(maya)

    answer = Browser().get(f"/sign-in/{token}")

    assert "Your book is here This link works once" in words_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert SignInLink.objects.get().used_at is None


def test_the_button_behind_it_signs_in_once_and_plans_the_day(maya):
    token, browser = new_link(maya), Browser()

    came_in = browser.post("/sign-in", {"token": token})
    again = Browser().post("/sign-in", {"token": token})

    assert came_in.headers["Location"] == "/"
    assert Plan.objects.count() == 1
    assert again.status_code == 422
    assert "That link has been used, or is more than an hour old." in words_of(again)


def test_a_password_signs_in_and_goes_where_one_wanted_to_go(maya):
    set_password(maya, "maya@book.example", PASSWORD)

    answer = Browser().post(
        "/sign-in", {"email": "maya@book.example", "password": PASSWORD, "next": "/people"}, follow=True
    )

    assert answer.redirect_chain == [("/people", 302)]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(maya, elsewhere):
    answer = Browser().post("/sign-in", {"token": new_link(maya), "next": elsewhere})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "form",
    [{"email": "maya@book.example", "password": "wrong"}, {"email": "nobody@x.example", "password": "wrong"}],
)
def test_a_wrong_password_and_an_unknown_address_are_told_alike(maya, form):
    answer = Browser().post("/sign-in", form)

    assert answer.status_code == 422
    assert "That address and password do not belong together." in words_of(answer)


def test_signing_out_closes_the_book(browser_of_maya):
    browser_of_maya.post("/sign-out")

    assert browser_of_maya.get("/people").headers["Location"] == "/sign-in?next=/people"


def test_the_sample_world_is_a_book_of_its_own_with_a_way_back(browser_of_maya, monkeypatch):
    monkeypatch.setattr("amity.doors.web.signing_in.make_sample", lambda **_day: None)
    a_person("Ada Byron")

    inside = words_of(browser_of_maya.post("/sample", follow=True))
    people = browser_of_maya.reads("/people")
    outside = words_of(browser_of_maya.post("/sample/leave", follow=True))

    assert "This is the sample world: everybody in it is invented. Back to your own book" in inside
    assert "Ada Byron" not in people
    assert "sample world: everybody" not in outside
    assert "Ada Byron" in browser_of_maya.reads("/people")


def test_nobody_enters_another_book_by_leaving_a_sample_world(maya):
    jonas = Browser(an_owner("Jonas", welcomed=True))
    session = jonas.session
    session["own_book"] = maya.pk
    session.save()
    a_person("Ada Byron")

    jonas.post("/sample/leave")

    assert "Ada Byron" not in jonas.reads("/people")


def test_a_new_owner_begins_with_three_screens(db):
    browser = Browser(an_owner())

    first = browser.get("/", follow=True)
    second = browser.post("/welcome", {"word": "tiresome"}, follow=True)
    third = browser.post(
        "/welcome/people", {"name-1": "Ada Byron", "name-3": "Charles Wick", "spark-3": "admire"}, follow=True
    )
    today = browser.post("/welcome/done", follow=True)

    assert "The first two minutes · 1 / 3" in words_of(first)
    assert "Networking is tiresome. Good to know; it is in your book." in words_of(second)
    assert "The first two minutes · 3 / 3" in words_of(third)
    assert "You said you would enjoy a coffee with Ada." in words_of(today)
    assert "You admire Charles." in words_of(today)
    assert Owner.objects.get().welcomed


def test_each_screen_may_be_skipped(db):
    browser = Browser(an_owner())

    browser.post("/welcome", {"word": ""})
    browser.post("/welcome/people", {})
    today = browser.post("/welcome/done", follow=True)

    assert "Your book is new." in words_of(today)


def test_a_name_given_twice_is_one_person(maya):
    browser = Browser(maya)

    for _ in range(2):
        browser.post("/welcome/people", {"name-1": "Ada Byron", "name-2": "ada byron"})

    assert "One person" in browser.reads("/people")


def test_a_spark_that_is_none_keeps_what_was_typed(maya):
    answer = Browser(maya).post("/welcome/people", {"name-1": "Ada Byron", "spark-1": "lust"})

    assert answer.status_code == 422
    assert 'value="Ada Byron"' in answer.content.decode()
    assert "Nobody is in your book yet." in Browser(maya).reads("/people")

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.moments.actions import Told, promise, record
from amity.moments.models import Moment
from amity.nudges.actions import plan
from amity.owner.actions import keep_on
from amity.people.actions import add_fact
from amity.phone.queries import book_of
from browsing import Browser, words_of
from cast import a_gathering, a_person, day, instant

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")
SENSITIVE, MESSAGE = "Zebulon", "Quaxly"


def sent(browser: Browser, owner, phone: str, *writings: dict[str, object], **more: object):
    body = {"phone": phone, "book": book_of(owner), "writings": writings} | more
    return browser.post("/phone/send", json.dumps(body), content_type="application/json")


LINE = {"key": "a", "kind": "capture", "day": "2026-05-10", "fields": {"line": "A quiet day"}}


def test_a_phone_is_given_kept_people_and_neither_what_is_private_nor_the_words_of_a_message(
    browser_of_maya, maya
):
    ada = a_person("Ada Byron").kept(spark="curious", words="her looms").hopes("weave a map")
    ada.met_on("2026-05-08", text=MESSAGE)
    add_fact(ada.person, SENSITIVE, sensitive=True)
    add_fact(ada.person, "plays the harp")
    record(maya, [ada.person], day=day("2026-05-08"), told=Told(kind="message", direction="in", text=MESSAGE))
    promise(ada.person, "send the paper", day=TODAY)
    a_person("Bo Wombat")
    a_gathering("Supper", "2026-05-12", ada, "Kofi Novak")
    plan(maya, TODAY)

    text = browser_of_maya.get("/phone/book").content.decode()

    kept = json.loads(text)
    (person,) = kept["people"]
    assert (SENSITIVE in text, MESSAGE in text, "Wombat" in text) == (False, False, False)
    assert (person["name"], person["last"]) == ("Ada Byron", "On Friday")
    assert [one["text"] for one in person["facts"] + person["hopes"] + person["sparks"]] == [
        "plays the harp",
        "weave a map",
        "her looms",
    ]
    assert [guest["name"] for guest in kept["gatherings"][0]["guests"]] == ["Ada Byron", "Kofi Novak"]
    assert [one["text"] for one in kept["promises"]] == ["send the paper"]


def test_a_gathering_that_ended_an_hour_ago_waits_for_a_word_on_the_phone(browser_of_maya):
    a_gathering("Coffee", "2026-05-10", a_person("Ada Byron"), ends_at=instant("2026-05-10 00:00"))
    a_gathering("Supper", "2026-05-12", a_person("Bo Wombat"))

    there = json.loads(browser_of_maya.get("/phone/book").content)["gatherings"]

    assert [one["title"] for one in there if one["over"]] == ["Coffee"]
    assert "Supper" in [one["title"] for one in there if not one["over"]]


def test_the_copy_asks_the_database_as_often_for_three_people_as_for_one(browser_of_maya):
    def asked() -> int:
        browser_of_maya.get("/phone/book")  # ties learn what is new
        with CaptureQueriesContext(connection) as asked:
            browser_of_maya.get("/phone/book")
        return len(asked)

    a_person("Ada").kept().hopes("weave")
    for_one = asked()
    for name in ("Bo", "Cy"):
        a_person(name).kept().hopes("weave")

    assert asked() == for_one


def test_a_phone_sends_what_it_wrote_and_is_seen(browser_of_maya, maya):
    phone = keep_on(maya, "Moss green")

    answers = [sent(browser_of_maya, maya, phone.uid, LINE).json() for _ in range(2)]

    done = {"key": "a", "state": "done", "sentence": "", "here": "", "there": ""}
    assert answers == [{"answers": [done]}] * 2
    assert Moment.objects.get().text == "A quiet day"
    assert "Moss green this one since 10 May 2026, seen today at" in browser_of_maya.reads("/you/phone")


def test_a_forgotten_phone_is_signed_out_and_told_to_throw_its_copy_away(browser_of_maya, maya):
    phone = keep_on(maya, "Lost")
    sent(browser_of_maya, maya, phone.uid)
    Browser(maya).post(f"/you/phone/{phone.uid}/forget")

    answer = browser_of_maya.get("/people")

    assert (answer.headers["Location"], answer.headers["Clear-Site-Data"]) == (
        "/sign-in",
        '"cache", "storage"',
    )
    assert browser_of_maya.get("/people").headers["Location"] == "/sign-in?next=/people"
    assert sent(Browser(maya), maya, phone.uid, LINE).status_code == 410
    assert not Moment.objects.exists()


def test_another_book_takes_nothing_of_this_one(browser_of_maya, maya):
    phone = keep_on(maya, "Mine")

    answer = sent(browser_of_maya, maya, phone.uid, LINE, book="somebody else's")

    assert (answer.status_code, answer.json()["sentence"]) == (409, "Another book is open in this browser.")
    assert not Moment.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '{"phone":"x","book":"y","writings":[1]}', "[" * 20_000])
def test_what_is_no_writing_is_refused_with_a_sentence(browser_of_maya, body):
    answer = browser_of_maya.post("/phone/send", body, content_type="application/json")

    assert (answer.status_code, "That was not understood" in words_of(answer)) == (400, True)


def test_signing_out_forgets_the_phone_it_is_done_on(browser_of_maya, maya):
    browser_of_maya.post("/you/phone/keep", {"name": "Moss"})

    answer = browser_of_maya.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Moss" not in Browser(maya).reads("/you/phone")


def test_where_browsers_keep_no_pages_it_is_said_before_anything_is_asked(browser_of_maya, settings):
    settings.ALLOWED_HOSTS = ["192.168.1.7"]

    text = words_of(browser_of_maya.get("/you/phone", HTTP_HOST="192.168.1.7"))

    assert "Your phone needs an https address" in text
    assert "Keep a copy here" not in text


def test_amity_can_be_installed_and_shared_to(browser_of_maya):
    said = Browser().get("/manifest.webmanifest").json()

    icons = {one["sizes"]: Browser().get(one["src"]) for one in said["icons"]}
    assert said["share_target"] == {
        "action": "/capture",
        "method": "GET",
        "params": {"title": "title", "text": "text", "url": "url"},
    }
    assert set(icons) == {"any", "192x192", "512x512"}
    shared = browser_of_maya.get("/capture?title=Met+Ada+Byron&text=Met+Ada+Byron&url=https://x.example/a")
    assert "Ada Byron (new to your book)" in words_of(shared)
    assert ">Met Ada Byron https://x.example/a</textarea>" in shared.content.decode()
    assert not Moment.objects.exists()


def test_the_frame_and_its_worker_hold_nothing_of_anybodys(browser_of_maya, maya):
    for address in ("/phone", "/worker.js"):
        assert browser_of_maya.get(address).content == Browser().get(address).content, address
    assert Browser().get("/worker.js").headers["Content-Type"] == "text/javascript; charset=utf-8"

from __future__ import annotations

import io
import zipfile

import pytest

from amity.checkins.models import Checkin
from amity.journal.queries import recent
from amity.owner.actions import claim
from amity.owner.models import Owner, OwnIdentity
from browsing import Browser, words_of
from cast import a_person, day

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Maya Lind",
    "addresses": "maya@book.example\n+44 20 7946 0018\nhttps://maya.example/me",
    "zone": "Europe/Lisbon",
    "energy": "4",
    "quiet": ["5", "6"],
    "theme": "dark",
}


def test_what_the_owner_says_of_themselves_is_kept(browser_of_maya):
    browser_of_maya.post("/you", FORM)

    maya = Owner.objects.get()
    assert (maya.name, maya.zone, maya.energy_usual, maya.quiet_days, maya.theme) == (
        "Maya Lind",
        "Europe/Lisbon",
        4,
        [5, 6],
        "dark",
    )
    assert sorted(OwnIdentity.objects.values_list("kind", "value")) == [
        ("email", "maya@book.example"),
        ("name", "Maya Lind"),
        ("phone", "+44 20 7946 0018"),
        ("url", "https://maya.example/me"),
    ]
    assert 'data-theme="dark"' in browser_of_maya.get("/you").content.decode()


def test_an_address_that_is_no_longer_named_is_let_go(browser_of_maya, maya):
    claim(maya, "email", "old@book.example")

    browser_of_maya.post("/you", FORM)

    assert "old@book.example" not in browser_of_maya.get("/you").content.decode()


def test_what_is_wrong_is_said_beside_each_field_and_what_was_typed_stays(browser_of_maya):
    answer = browser_of_maya.post("/you", FORM | {"addresses": "???", "zone": "Atlantis", "energy": "50"})

    assert answer.status_code == 422
    text, page = words_of(answer), answer.content.decode()
    assert "There is no time zone called 'Atlantis'" in text
    assert "A usual day holds between 3 and 12." in text
    assert "does not look like a url Amity can recognise." in text
    assert 'value="Atlantis"' in page
    assert ">???</textarea>" in page


def test_the_word_for_networking_joins_the_wall(script_of_maya):
    answer = script_of_maya.post("/you/words", {"word": "less awful in twos"})

    assert "less awful in twos today" in words_of(answer)
    assert Checkin.objects.values_list("day", "word").get() == (day("2026-05-10"), "less awful in twos")


def test_no_word_is_asked_for_again(script_of_maya):
    answer = script_of_maya.post("/you/words", {"word": " "})

    assert answer.status_code == 422
    assert "There is no word there yet; any word will do." in words_of(answer)


def test_what_was_done_of_late_can_be_undone_here(browser_of_maya, maya):
    a_person("Ada Byron")
    (deed,) = recent(maya)

    before = browser_of_maya.reads("/you")
    browser_of_maya.post(f"/undo/{deed.uid}", headers={"Referer": "http://127.0.0.1/you"})

    assert "Added Ada Byron. today at 09:00 Undo" in before
    assert "Nobody is in your book yet." in browser_of_maya.reads("/people")


def test_undo_goes_back_to_the_page_it_stood_on_and_to_no_other_site(browser_of_maya, maya):
    a_person("Ada Byron")
    a_person("Charles Wick")
    first, second = recent(maya)

    home = browser_of_maya.post(f"/undo/{first.uid}", headers={"Referer": "http://127.0.0.1/you"})
    away = browser_of_maya.post(f"/undo/{second.uid}", headers={"Referer": "https://evil.example/"})

    assert (home.headers["Location"], away.headers["Location"]) == ("http://127.0.0.1/you", "/")


def test_a_password_signs_other_browsers_out_and_this_one_stays(maya, browser_of_maya):
    other = Browser(maya)

    form = {"email": "maya@new.example", "password": "weaving looms at night"}
    browser_of_maya.post("/you/password", form)

    assert other.get("/you").status_code == 302
    assert "maya@new.example" in browser_of_maya.reads("/you/signing-in")


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("maya@new.example", "short", "This password is too short."),
        ("nobody", "weaving looms at night", "Enter a valid email address."),
    ],
)
def test_a_weak_password_or_no_address_is_refused(browser_of_maya, email, password, said):
    answer = browser_of_maya.post("/you/password", {"email": email, "password": password})

    assert answer.status_code == 422
    assert said in words_of(answer)


def test_the_book_leaves_as_one_file(browser_of_maya):
    a_person("Ada Byron")

    answer = browser_of_maya.get("/you/export")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="amity-2026-05-10.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert b"Ada Byron" in archive.read("people.vcf")

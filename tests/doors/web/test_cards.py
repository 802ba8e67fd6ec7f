"""The owner's own pages about their cards."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import override_settings

from amity.card.actions import CardSaid, FieldSaid, add
from amity.card.models import Card, CardLink, OwnPhoto
from browsing import words_of
from cast import a_gathering, an_owner

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Maya Lind",
    "what": "work",
    "handle": "maya",
    "title": "Weaver",
    "value": ["maya@loom.example", "", "+49 30 1234567"],
    "label": ["work", "", ""],
    "who": ["everyone", "everyone", "after"],
}
public = override_settings(AMITY_URL="https://amity.example")


@pytest.fixture
def card(maya) -> Card:
    return add(maya, CardSaid(label="work", name="Maya Lind", handle="maya", fields=(FieldSaid("@maya"),)))


def test_a_card_is_written_in_one_form(browser_of_maya):
    answer = browser_of_maya.post("/cards/new", TYPED, follow=True)

    assert "Maya Lind , Weaver @maya (on this machine only)" in words_of(answer)
    card = Card.objects.get()
    assert [(one.value, one.after) for one in card.fields.order_by("place")] == [
        ("maya@loom.example", False),
        ("+49 30 1234567", True),
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"handle": "admin"}, "@admin is kept free for the house; please choose another."),
        ({"handle": "jonas"}, "@jonas is already taken here; please choose another."),
        ({"name": " "}, "A card needs a name."),
        ({"expires_on": "soon"}, "That is not a day; write it like 2026-05-03."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browser_of_maya, changed, sentence):
    add(an_owner("Jonas"), CardSaid(label="work", name="Jonas", handle="jonas"))

    answer = browser_of_maya.post("/cards/new", TYPED | changed)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    if "expires_on" not in changed:
        assert 'value="maya@loom.example"' in answer.content.decode()


def test_without_a_public_address_the_page_says_so_and_offers_what_works(browser_of_maya, card):
    assert "This Amity has no https address" in browser_of_maya.reads("/cards")

    shown = browser_of_maya.reads("/cards/show")

    assert "this code holds your details" in shown
    assert "http://" not in shown


@public
def test_with_one_the_code_is_of_the_short_address(browser_of_maya, card):
    page = browser_of_maya.get("/cards/show").content.decode()

    assert 'aria-label="QR code of https://amity.example/@maya"' in page
    assert '<svg viewBox="0 0 ' in page
    assert "No network" in page


def test_the_card_is_two_taps_from_today(browser_of_maya, card):
    assert 'href="/you"' in browser_of_maya.get("/").content.decode()
    assert 'href="/cards/show"' in browser_of_maya.get("/you").content.decode()


def test_who_has_no_card_is_led_to_write_one(browser_of_maya):
    assert "Write your card" in browser_of_maya.reads("/cards/show")


def test_a_link_is_made_for_a_gathering_and_ended(browser_of_maya, card):
    gathering = a_gathering("Weavers' Day", "2026-05-12")

    answer = browser_of_maya.post(f"/cards/{card.uid}/links", {"gathering": gathering.uid}, follow=True)
    assert "We met at Weavers' Day. until 19 May 2026" in words_of(answer)
    answer = browser_of_maya.post(f"/cards/{CardLink.objects.get().uid}/end", follow=True)

    assert "We met at Weavers" not in words_of(answer)


def test_a_link_that_ends_before_it_begins_is_refused(browser_of_maya, card):
    answer = browser_of_maya.post(f"/cards/{card.uid}/links", {"until": "2026-01-01"})

    assert "A card link ends between today and a year from now." in words_of(answer)
    assert CardLink.objects.count() == 0


def test_a_card_is_taken_down_and_put_up(browser_of_maya, card):
    answer = browser_of_maya.post(f"/cards/{card.uid}/up", {"do": "down"}, follow=True)
    assert "Taken down; nobody can see it." in words_of(answer)

    answer = browser_of_maya.post(f"/cards/{card.uid}/up", {"do": "up"}, follow=True)
    assert "Taken down; nobody" not in words_of(answer)


def test_a_sheet_holds_eight_small_cards(browser_of_maya, card):
    assert browser_of_maya.get(f"/cards/{card.uid}/print").content.count(b'class="small-card"') == 8


def test_a_folder_holds_only_what_everybody_may_see(browser_of_maya, maya):
    fields = (FieldSaid("maya@loom.example"), FieldSaid("+49 30 1234567", after=True))
    card = add(maya, CardSaid(label="work", name="Maya </script>", fields=fields))

    answer = browser_of_maya.get(f"/cards/{card.uid}/folder")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        assert folder.namelist() == [
            "Maya-script/index.html",
            "Maya-script/Maya-script.vcf",
            "Maya-script/code.svg",
        ]
        page, vcf, code = (folder.read(name).decode() for name in folder.namelist())
    assert "mailto:maya@loom.example" in page
    assert "maya@loom.example" in vcf
    assert code.startswith("<?xml")
    assert "1234567" not in page + vcf
    assert "</script>" not in page


def test_a_photo_that_is_none_is_refused(browser_of_maya):
    answer = browser_of_maya.post("/cards/photo", {"photo": io.BytesIO(b"not a picture")})

    assert "That is not a picture Amity can open" in words_of(answer)
    assert OwnPhoto.objects.count() == 0


@pytest.mark.parametrize("page", ["/cards", "/cards/new", "/cards/show", "/waiting"])
def test_a_stranger_is_asked_to_sign_in(client, page):
    assert client.get(page, HTTP_HOST="127.0.0.1")["Location"] == f"/sign-in?next={page}"


def test_another_owner_finds_no_card_of_mine(browser_of_maya):
    card = add(an_owner("Jonas"), CardSaid(label="work", name="Zebulon", handle="jonas"))

    for page in ("", "/show", "/print", "/folder"):
        answer = browser_of_maya.get(f"/cards/{card.uid}{page}")
        assert (answer.status_code, b"Zebulon" in answer.content) == (404, False)


def test_cards_are_asked_for_at_once(browser_of_maya, maya, card, django_assert_max_num_queries):
    add(maya, CardSaid(label="two", name="M"))
    with django_assert_max_num_queries(16) as one:
        browser_of_maya.get("/cards")
    for number in range(3):
        add(maya, CardSaid(label=str(number), name="M"))
    with django_assert_max_num_queries(len(one.captured_queries)):
        browser_of_maya.get("/cards")

"""A card from the scan to the accepted person, with the owner's phone and the visitor's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Locator, Page, expect

from amity.card.actions import CardSaid, FieldSaid, add, add_link
from amity.card.models import Card, Visitor
from amity.nudges.actions import plan
from cast import a_gathering, an_owner
from visiting import PHONE, Complaints, hindrances, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "https://amity.example"


@pytest.fixture
def card(settings) -> Card:
    settings.AMITY_URL = ADDRESS
    maya = an_owner(welcomed=True)
    fields = (
        FieldSaid("maya@loom.example", "work"),
        FieldSaid("https://loom.example/maya", "my page"),
        FieldSaid("+49 30 1234567", "mobile", after=True),
    )
    said = CardSaid("work", "Maya Lind", "maya", "Weaver", "Loom & Co", "Ask me about looms.", fields=fields)
    card = add(maya, said)
    weavers = a_gathering("Weavers' Day", maya.today().isoformat(), setting="conference breakout")
    add_link(card, today=maya.today(), gathering=weavers)
    plan(maya, maya.today())
    return card


@pytest.fixture
def owners_phone(browser: Browser, client, card, live_server) -> Iterator[Page]:
    """Give Maya's phone, signed in."""
    with signed_in(browser, client, card.owner, live_server.url, bypass_csp=True) as page:
        yield page


@pytest.fixture
def visitors_phone(browser: Browser, live_server) -> Iterator[Page]:
    """Give a stranger's phone, without a script."""
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def scan(code: Locator, *, angle: float, blur: float) -> str:
    """Read a code as a phone would that sees it at 100 pixels, turned and out of focus."""
    seen = Image.open(io.BytesIO(code.screenshot())).convert("L").resize((100, 100), Image.Resampling.LANCZOS)
    turned = seen.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return "".join(one.text for one in zxingcpp.read_barcodes(turned.filter(ImageFilter.GaussianBlur(blur))))


def test_from_the_scan_to_the_accepted_person(owners_phone: Page, visitors_phone: Page, card):
    owners_phone.goto("/")
    owners_phone.get_by_role("link", name="Meet", exact=True).click()
    owners_phone.get_by_role("link", name="Your card").click()
    owners_phone.locator(".qr").wait_for()
    scanned = scan(owners_phone.locator(".qr"), angle=17, blur=0.6)

    assert scanned == f"{ADDRESS}/@~{card.links.get().token}"
    visitors_phone.goto(urlsplit(scanned).path)
    expect(visitors_phone.get_by_text("1234567")).to_have_count(0)
    visitors_phone.get_by_label("Your name").fill("Ada Byron")
    visitors_phone.get_by_label("One way to reach you").fill("ada@looms.example")
    visitors_phone.get_by_label("One line about yourself").fill("I count with looms.")
    visitors_phone.get_by_label("Maya Lind may keep what I write here").check()
    visitors_phone.wait_for_timeout(2100)
    visitors_phone.get_by_role("button", name="Leave my details").click()

    expect(visitors_phone.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(visitors_phone.get_by_text("+49 30 1234567")).to_be_visible()
    assert visitors_phone.context.cookies() == []
    owners_phone.goto("/people")
    owners_phone.get_by_role("link", name="Somebody left their details").click()
    owners_phone.get_by_role("button", name="Take them into my book").click()
    owners_phone.get_by_role("heading", name="Ada Byron").wait_for()
    expect(owners_phone.get_by_text("We met at Weavers' Day.")).to_be_visible()
    expect(owners_phone.get_by_role("link", name="ada@looms.example")).to_be_visible()


def test_a_visitor_takes_their_details_back(visitors_phone: Page, card):
    visitors_phone.goto("/@maya")
    visitors_phone.get_by_label("Your name").fill("Ada Byron")
    visitors_phone.get_by_label("One way to reach you").fill("@ada")
    visitors_phone.get_by_label("Maya Lind may keep what I write here").check()
    visitors_phone.wait_for_timeout(2100)
    visitors_phone.get_by_role("button", name="Leave my details").click()
    expect(visitors_phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Visitor.objects.count() == 1

    visitors_phone.get_by_role("link", name="Take my details back").click()
    visitors_phone.get_by_role("button", name="Take them back").click()

    expect(visitors_phone.get_by_role("heading", name="Taken back")).to_be_visible()
    assert Visitor.objects.count() == 0


def test_a_printed_card_and_a_code_without_a_network_are_read(owners_phone: Page, card):
    owners_phone.set_viewport_size({"width": 1280, "height": 900})
    owners_phone.goto(f"/cards/{card.uid}/print")
    owners_phone.emulate_media(media="print")
    assert scan(owners_phone.locator(".qr").first, angle=-8, blur=0.5) == f"{ADDRESS}/@maya"

    owners_phone.emulate_media(media="screen")
    owners_phone.goto("/cards/show?as=mecard")
    seen = Image.open(io.BytesIO(owners_phone.locator(".qr").screenshot()))
    assert [one.text for one in zxingcpp.read_barcodes(seen)] == [
        "MECARD:N:Maya Lind;EMAIL:maya@loom.example;URL:https\\://loom.example/maya;MEMO:Weaver, Loom & Co;;"
    ]


def test_everybody_can_use_it_and_nothing_scrolls_sideways(owners_phone: Page, card):
    found = {}
    for path in ("/@maya", "/cards", "/cards/new", f"/cards/{card.uid}", "/cards/show", "/waiting", "/@gone"):
        owners_phone.goto(path)
        found[path] = hindrances(owners_phone)

    assert [said for said in found.items() if said[1]] == []


def test_no_page_makes_the_browser_complain(browser: Browser, client, card, live_server):
    heard = Complaints()
    with signed_in(browser, client, card.owner, live_server.url) as page:
        heard.listen(page)
        for path in ("/@maya", "/cards", "/cards/new", "/cards/show", f"/cards/{card.uid}/print", "/waiting"):
            page.goto(path)
            page.wait_for_load_state("networkidle")

    assert heard.heard == []

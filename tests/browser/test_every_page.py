from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from every_page import PAGES, SCRIPT, STRANGERS, WAYS_IN
from visiting import Complaints, House, hindrances, in_the_house, sign_in

pytestmark = pytest.mark.browser
WELCOME = ["/welcome", "/welcome/people", "/welcome/sources"]
TABLE = b"Vorname;Name;E-Mail\nZo\xc3\xab;Lind;zoe@lind.example\n"


@pytest.fixture(scope="module")
def sample(browser: Browser, sample_house: House):
    """Give a page inside the sample world, and the addresses of what was planted there.

    axe has to be let past the page's own rules.
    """
    planted = json.loads(in_the_house(sample_house, SCRIPT))
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, sample_house)
    page.goto(f"{sample_house.address}/welcome/sources")
    page.get_by_role("button", name="Open the sample world").click()
    page.wait_for_url(f"{sample_house.address}/")
    page.goto(f"{sample_house.address}/import")
    page.set_input_files("#files", {"name": "friends.csv", "mimeType": "text/csv", "buffer": TABLE})
    page.locator("form[data-drop] button").click()
    page.wait_for_url("**/look")
    yield page, planted | {"import": page.url.split("/")[-2]}
    context.close()


@pytest.fixture(scope="module")
def own(browser: Browser, sample_house: House, sample: tuple[Page, dict[str, str]]):
    """Give a page inside the owner's own book."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, replace(sample_house, link=f"{sample_house.address}/sign-in/{sample[1]['own']}"))
    page.wait_for_load_state()
    yield page
    context.close()


@pytest.fixture(scope="module")
def stranger(browser: Browser):
    """Give a page of a browser that has never been here."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def wrong_with(page: Page, address: str) -> list[tuple[str, int, str, str]]:
    """Open a page, and give what keeps somebody from using it."""
    page.goto(address)
    return hindrances(page)


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it_in_either_light_and_nothing_scrolls_sideways(
    sample: tuple[Page, dict[str, str]], sample_house: House, path: str
):
    page, planted = sample

    assert wrong_with(page, sample_house.address + path.format_map(planted)) == []


@pytest.mark.parametrize("path", WAYS_IN)
def test_so_can_an_owner_who_sees_to_their_ways_in(own: Page, sample_house: House, path: str):
    assert wrong_with(own, sample_house.address + path) == []


@pytest.mark.parametrize("path", STRANGERS)
def test_so_can_a_stranger(
    sample: tuple[Page, dict[str, str]], stranger: Page, sample_house: House, path: str
):
    planted = sample[1]

    assert wrong_with(stranger, sample_house.address + path.format_map(planted)) == []


def test_no_page_makes_the_browser_complain(page: Page, house: House, complaints: Complaints):
    sign_in(page, house)
    page.wait_for_url("**/welcome")
    for path in [*WELCOME, "/", "/people", "/import", "/you"]:
        page.goto(house.address + path)
        page.wait_for_load_state("networkidle")

    assert complaints.heard == []


def test_a_person_can_be_reached_and_read_without_a_script(browser: Browser, house: House):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    sign_in(page, house)
    page.get_by_role("link", name="Skip this").click()
    page.get_by_label("Name 1").fill("Ada Byron")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go to Today").click()
    page.get_by_role("link", name="Ada Byron").click()
    page.get_by_text("Write down a hope").click()
    page.get_by_label("In their words").fill("A flat with a piano")
    page.locator("#hopes").get_by_role("button", name="Write it down").click()

    expect(page.locator("#hopes")).to_contain_text(re.compile(r"A flat with a piano\s+today"))
    context.close()

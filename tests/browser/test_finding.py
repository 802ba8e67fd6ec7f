from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from visiting import Complaints, House, hindrances, sign_in

pytestmark = pytest.mark.browser


def with_ada(page: Page, house: House) -> None:
    """Open the book and write down Ada."""
    sign_in(page, house)
    page.goto(f"{house.address}/welcome/people")
    page.get_by_label("Name 1").fill("Ada Byron")
    page.get_by_role("button", name="Go on").click()
    page.goto(f"{house.address}/you")


def test_a_typo_finds_ada_by_keyboard_alone_from_any_page(browser: Browser, house: House):
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")  # axe has to be let past it
    page, complaints = context.new_page(), Complaints()
    with_ada(page, house)
    complaints.listen(page)
    page.locator("a.wordmark").focus()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator("a.wordmark")).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("bryon")
    expect(page.locator("#find mark")).to_have_text("Byron")
    expect(page.locator("#said")).to_have_text("1 found")
    hindered = hindrances(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Ada Byron", level=1)).to_be_visible()
    assert (hindered, complaints.heard) == ([], [])
    context.close()


def test_the_link_leads_to_a_page_that_needs_no_script(browser: Browser, house: House):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with_ada(page, house)

    page.get_by_role("link", name="Find").click()
    page.get_by_role("searchbox", name="Find anything").fill("adda")
    page.get_by_role("button", name="Find").click()
    page.locator("main").get_by_role("link", name="Ada Byron").click()

    expect(page.get_by_role("heading", name="Ada Byron", level=1)).to_be_visible()
    context.close()

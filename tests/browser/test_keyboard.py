from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from visiting import MOST_TABS, Complaints, House, arrive, sign_in, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture
def today(page: Page, house: House) -> Page:
    """Give Today with one letter, reached without a mouse."""
    page.goto(house.link)
    page.keyboard.press("Enter")
    arrive(page, "**/welcome")
    page.keyboard.press("Enter")
    arrive(page, "**/welcome/people")
    page.keyboard.type("Ada Byron")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    arrive(page, "**/welcome/sources")
    page.keyboard.press("Enter")
    expect(page.locator(".letter")).to_have_count(1)
    return page


def test_done_and_undone_by_keyboard_alone(today: Page, complaints: Complaints):
    tab_to(today, "Done")
    today.keyboard.press("Enter")
    expect(today.locator(".letter-gone")).to_contain_text("You were in touch with Ada Byron.")
    expect(today.locator(".letter-gone")).to_be_focused()
    tab_to(today, "Undo")
    today.keyboard.press("Enter")

    expect(today.locator(".letter")).to_have_count(1)
    assert complaints.heard == []


def test_people_are_found_while_one_types_and_kept_in_place(today: Page, house: House):
    today.goto(f"{house.address}/people")
    today.get_by_label("Search people").focus()
    today.keyboard.type("byr")

    expect(today).to_have_url(f"{house.address}/people?q=byr")
    expect(today.locator("#said")).to_have_text("One person")
    today.wait_for_load_state("networkidle")
    tab_to(today, "Shelf: Ada Byron")
    today.keyboard.press("Enter")
    expect(today.locator("#status")).to_contain_text("Put Ada Byron on the shelf.")
    expect(today.get_by_role("link", name="Ada Byron")).to_be_focused()


def test_the_book_is_deleted_by_keyboard_alone_without_a_script_and_the_phone_says_what_it_needs(
    browser: Browser, house: House
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, house)
    page.goto(f"{house.address}/phone")
    expect(page.locator("main noscript p")).to_be_visible()

    page.goto(f"{house.address}/you/delete")
    for typed in ("delete my bok", "delete my book"):
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            if page.locator("#words:focus").count():
                break
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        if typed == "delete my bok":
            expect(page.locator("#words")).to_have_value(typed)
            expect(page.locator("#words-error")).to_be_visible()

    expect(page.locator("#words")).to_have_count(0)
    page.goto(f"{house.address}/you")
    expect(page).to_have_url(re.compile("/sign-in"))
    context.close()

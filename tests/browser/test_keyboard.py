from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from visiting import Complaints, House, arrive

pytestmark = pytest.mark.browser
MOST_TABS = 40


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has focus says these words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if " ".join((page.evaluate("document.activeElement.textContent") or "").split()) == words:
            return
    raise AssertionError(f"Tab never came to {words!r}.")


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

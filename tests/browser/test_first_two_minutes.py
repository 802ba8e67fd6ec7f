from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from formats.linkedin_sample import invented_connections, invented_messages, linkedin_zip
from visiting import Complaints, House, arrive, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.both]


class Keyboard:
    """Counts the keys that are pressed beside the names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def name(self, name: str) -> None:
        self.page.keyboard.type(name)


def test_a_new_book_gives_a_first_nudge_in_ten_keystrokes_and_two_minutes(page: Page, house: House):
    keys, started = Keyboard(page), time.monotonic()

    page.goto(house.link)
    arrive(page, house.link)
    keys.press("Enter")
    arrive(page, "**/welcome")
    keys.press("o", "k", "Enter")
    arrive(page, "**/welcome/people")
    keys.name("Ada Byron")
    keys.press("Enter")
    keys.name("Charles Wick")
    keys.press("Enter", "Enter")
    arrive(page, "**/welcome/sources")
    keys.press("Enter")

    expect(page.locator(".letter .lead").first).to_contain_text("You said you would enjoy a coffee with Ada.")
    assert keys.pressed <= 10
    assert time.monotonic() - started < 120


def test_dropping_a_linkedin_zip_on_a_new_book_leads_to_a_first_nudge(
    page: Page, house: House, complaints: Complaints, tmp_path: Path
):
    today = date.today()
    export = linkedin_zip(
        tmp_path / "export.zip", connections=invented_connections(today), messages=invented_messages(today)
    )

    sign_in(page, house)
    page.goto(f"{house.address}/welcome/sources")
    page.set_input_files("#files", export)
    page.get_by_role("button", name="Look what is inside").click()
    expect(page.locator("h1")).to_have_text("What is inside", timeout=30_000)
    expect(page.locator(".lead").first).to_contain_text(
        "Eight new people and 73 moments would come into your book."
    )
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("h1")).to_have_text("What came in", timeout=30_000)
    page.get_by_role("link", name="Go to Today").click()

    expect(page.locator(".letter .lead").first).to_contain_text("usually talk every month; it has been")
    assert complaints.heard == []

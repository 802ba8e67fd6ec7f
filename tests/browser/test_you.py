"""A calendar address is made and renewed, and a book is deleted, by keyboard and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from visiting import House, sign_in

pytestmark = pytest.mark.browser


def test_an_owner_reaches_out_and_one_day_deletes_their_book(browser: Browser, house: House):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, house)
    page.goto(f"{house.address}/you")

    page.get_by_role("link", name="In your calendar").click()
    page.get_by_role("button", name="Make the address").press("Enter")
    first = page.get_by_label("The address").input_value()
    page.get_by_role("button", name="Make a new one").press("Enter")
    second = page.get_by_label("The address").input_value()
    path = second.partition("/feed/")[2]
    read = context.request.get(f"{house.address}/feed/{path}").text()
    page.get_by_role("main").get_by_role("link", name="You").click()
    page.get_by_role("link", name="Delete my book").click()
    page.get_by_label("Type “delete my book”").fill("not yet")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Type “delete my book” to delete it.")).to_be_visible()
    page.get_by_label("Type “delete my book”").fill("delete my book")
    page.get_by_role("button", name="Delete it for good").press("Enter")

    expect(page.get_by_role("heading", name="Your book is gone")).to_be_visible()
    gone = context.request.get(f"{house.address}/feed/{path}")
    assert first != second
    assert read.startswith("BEGIN:VCALENDAR")
    assert gone.status == 404
    page.goto(f"{house.address}/you")
    expect(page).to_have_url(f"{house.address}/sign-in?next=/you")
    context.close()

"""Moving in from Monica: the export is dropped in, and the person's page tells the story it told there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from visiting import Complaints, House, sign_in

pytestmark = pytest.mark.browser
MILL = Path(__file__).parent.parent / "formats" / "monica" / "mill.monica"


def test_a_monica_export_brings_activities_introducer_and_face(
    browser: Browser, house: House, complaints: Complaints
):
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    complaints.listen(page)
    sign_in(page, house)

    page.goto(f"{house.address}/import")
    export = {"name": "monica.json", "mimeType": "application/json", "buffer": MILL.read_bytes()}
    page.set_input_files("#files", export)
    page.get_by_role("button", name="Look what is inside").click()
    page.wait_for_url("**/look")
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="What came in")).to_be_visible()
    page.goto(f"{house.address}/people?q=ilse")
    page.get_by_role("link", name="Ilse Anna Marten").first.click()

    expect(page.locator("#moments")).to_contain_text("Supper at the mill")
    known = page.locator("#links li")
    ilse = "Ilse Anna Marten"
    expect(known).to_contain_text(
        [
            f"Bo Venn introduced {ilse} to you",
            f"Pia is {ilse}'s child",
            f"{ilse} is Hal Reed's sibling",
            f"Bo Venn is {ilse}'s subordinate",
        ]
    )
    expect(page.locator("main img").first).to_have_js_property("naturalWidth", 256)
    assert complaints.heard == []

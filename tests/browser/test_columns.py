"""A table with German columns: looked into, corrected, brought in, and remembered for the next one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from visiting import Complaints, House, hindrances, sign_in

pytestmark = pytest.mark.browser
HEADER = "Vorname;Nachname;E-Mail;Geburtstag;Woher;Verein\n"
FRIENDS = HEADER + "Zoë;Müller;zoe@mueller.example;13.05.1984;Drachenfest;Kletterer\n"
MORE = HEADER + "Bo;Venn;bo@venn.example;;;Chor\n"


def drop(page: Page, house: House, name: str, text: str) -> None:
    page.goto(f"{house.address}/import")
    page.set_input_files("#files", {"name": name, "mimeType": "text/csv", "buffer": text.encode("cp1252")})
    page.get_by_role("button", name="Look what is inside").click()
    page.wait_for_url("**/look")


def bring_in(page: Page) -> None:
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="What came in")).to_be_visible()


def test_a_table_is_corrected_once_and_remembered(browser: Browser, house: House, complaints: Complaints):
    page = browser.new_context(bypass_csp=True).new_page()
    complaints.listen(page)
    sign_in(page, house)

    drop(page, house, "freunde.csv", FRIENDS)
    expect(page.get_by_text("how you met: Drachenfest")).to_be_visible()
    expect(page.get_by_text("Verein: Kletterer")).to_be_visible()
    hindered = hindrances(page)
    page.get_by_label("Verein").select_option("circle")
    expect(page.get_by_text("circle: Kletterer")).to_be_visible()
    page.get_by_role("button", name="Read it like this").click()
    bring_in(page)
    drop(page, house, "mehr.csv", MORE)

    expect(page.get_by_text("Amity read the columns of mehr.csv as you said before.")).to_be_visible()
    expect(page.get_by_label("Verein")).to_have_value("circle")
    bring_in(page)
    page.goto(f"{house.address}/people?q=chor")
    expect(page.get_by_text("Bo Venn").first).to_be_visible()
    assert (hindered, complaints.heard) == ([], [])

"""Thirty seconds on a phone: how many taps a debrief takes, and the brief in the taxi."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from visiting import PHONE, House, sign_in

pytestmark = pytest.mark.browser


class Finger:
    """Taps, and counts them; a field that is tapped is then typed into."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def on(self, what) -> None:
        what.tap()
        self.taps += 1


def amity(house: House, *words: str) -> None:
    env = {"AMITY_HOME": str(house.home), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-m", "amity", *words], env=env, check=True, capture_output=True)


@pytest.fixture
def on_the_phone(browser, house):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, house)
    yield page
    context.close()


def test_a_dinner_for_three_is_looked_back_on_in_six_taps(house, on_the_phone, tmp_path):
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    guests = tmp_path / "guests.txt"
    guests.write_text("Ada Byron\nKofi Novak\nRosa Keita\n")
    amity(house, "gather", "Dinner at Ilse's", "--on", yesterday, "--list", str(guests))
    page, finger = on_the_phone, Finger(on_the_phone)
    page.goto(f"{house.address}/meet")

    finger.on(page.get_by_role("link", name="Look back"))
    finger.on(page.locator("fieldset", has_text="Ada Byron").get_by_text("yes", exact=True))
    finger.on(page.locator("fieldset", has_text="Ada Byron").get_by_text("curious", exact=True))
    finger.on(page.locator("fieldset", has_text="Kofi Novak").get_by_text("didn't talk", exact=True))
    finger.on(page.get_by_text("gave energy", exact=True))
    finger.on(page.get_by_role("button", name="That is all"))

    page.get_by_role("heading", name="It is written down").wait_for()
    assert finger.taps == 6
    expect(page.locator("main h2")).to_have_text(["Ada Byron"])


def test_the_reasons_for_somebody_appear_with_a_yes_only(house, on_the_phone, tmp_path):
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    guests = tmp_path / "guests.txt"
    guests.write_text("Ada Byron\n")
    amity(house, "gather", "Tea", "--on", yesterday, "--list", str(guests))
    page = on_the_phone
    page.goto(f"{house.address}/meet")
    page.get_by_role("link", name="Look back").tap()
    ada = page.locator("fieldset", has_text="Ada Byron")

    ada.get_by_text("not really", exact=True).tap()
    expect(ada.get_by_text("curious", exact=True)).to_be_hidden()
    ada.get_by_text("yes", exact=True).tap()

    expect(ada.get_by_text("curious", exact=True)).to_be_visible()


def test_the_brief_is_printed_without_a_button(house, on_the_phone):
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    amity(house, "gather", "Loom Fair", "--on", tomorrow, "--setting", "crowded room")
    page = on_the_phone
    page.goto(f"{house.address}/meet")
    page.get_by_role("link", name="Loom Fair").tap()
    page.get_by_role("link", name="The brief to print").tap()
    page.get_by_role("heading", name="Loom Fair").wait_for()

    page.emulate_media(media="print")

    expect(page.locator("button:visible, input:visible, nav:visible")).to_have_count(0)
    expect(page.get_by_text("An hour is plenty")).to_be_visible()

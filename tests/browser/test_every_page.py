from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from visiting import Complaints, House, sign_in

pytestmark = pytest.mark.browser
PAGES = ["/", "/people", "/people?q=zzz", "PERSON", "PERSON/edit", "/import", "/you", "/nowhere"]
PAGES += ["/search?q=dinner", "/search", "/capture?line=Met+Ada+Byron,+curious+about+looms"]
PAGES += ["/people/deck", "/people/constellation", "/people/constellation?place=everybody"]
PAGES += ["/meet", "/meet/settings", "/check-ins", "/gatherings/new"]
PAGES += [
    "/you/reach",
    "/you/book",
    "/you/delete",
    "/you/knows",
    "/you/phone",
    "/phone",
    "/cards",
    "/cards/new",
]
PAGES += ["/waiting", "/meet/together", "/meet/table", "GATHERING", "GATHERING/brief", "GATHERING/debrief"]
PAGES += ["PERSON/brief", "/letter", "/letter/desk", "/letter/readers"]
WELCOME = ["/welcome", "/welcome/people", "/welcome/sources"]
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
SIZES = (NARROW, WIDE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # the rules that a theme can break


@pytest.fixture(scope="module")
def visitor(browser: Browser, sample_house: House):
    """Give a page inside the sample world; axe has to be let past the page's own rules."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, sample_house)
    page.goto(f"{sample_house.address}/welcome/sources")
    page.get_by_role("button", name="Open the sample world").click()
    page.wait_for_url(f"{sample_house.address}/")
    yield page
    context.close()


# Where to find the address of one of a kind: the person Today speaks of first, the next gathering of Meet.
ONE_OF = {
    "PERSON": ("/", ".letter h3 a"),
    "GATHERING": ("/meet", "main a[href^='/gatherings/']:not([href$='/new'])"),
}


def address(visitor: Page, house: House, path: str) -> str:
    """Give the address of a page, of one of its kind where it begins with a kind."""
    kind = path.partition("/")[0]
    if kind not in ONE_OF:
        return house.address + path
    page, link = ONE_OF[kind]
    visitor.goto(house.address + page)
    return house.address + path.replace(kind, visitor.locator(link).first.get_attribute("href") or "")


@pytest.mark.parametrize("path", PAGES + WELCOME)
def test_everybody_can_use_it_in_either_light_and_nothing_scrolls_sideways(
    visitor: Page, sample_house: House, path: str
):
    visitor.emulate_media(color_scheme="light")
    visitor.goto(address(visitor, sample_house, path))
    visitor.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")

    found = []
    for scheme, asked in (("light", {"runOnly": RULES}), ("dark", {"runOnly": OF_COLOUR})):
        visitor.emulate_media(color_scheme=scheme)
        for size in SIZES:
            visitor.set_viewport_size(size)
            found += [
                (scheme, size["width"], one["id"], one["nodes"][0]["html"][:200])
                for one in Axe().run(visitor, options=asked).response["violations"]
            ]
            too_wide = visitor.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, size

    assert found == []


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

    assert re.search(r"A flat with a piano\s+today", page.locator("#hopes").inner_text())
    context.close()

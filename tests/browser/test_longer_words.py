"""In a language whose texts are four tenths longer, nothing scrolls sideways and no word is cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from gallery import PAGES, SPOTS
from visiting import House

pytestmark = [pytest.mark.browser, pytest.mark.once]
# A phone, the narrowest phone, and a desk at 200 %.
WIDTHS = (390, 320, 640)
MORE = (
    "/nowhere",
    "/welcome",
    "/welcome/people",
    "/welcome/sources",
    "/check-ins",
    "/gatherings/new",
    "/phone",
)
# What shows less than it holds: the page itself, a part that hides what is too wide, a button or a word.
CUT = """() => {
  const words = "h1,h2,h3,p,li,dt,dd,label,legend,summary,button,a,td,th,input[type=submit]";
  const hides = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
  const cut = [...document.querySelectorAll("body *")].filter((one) =>
    one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && (hides(one) || one.matches(words))
    && !one.closest(".visually-hidden, svg, [hidden]") && one.textContent.trim());
  const found = cut.map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
  const wider = document.documentElement.scrollWidth - innerWidth;
  return wider > 0 ? [`the page, by ${wider}`, ...found] : found;
}"""


@pytest.fixture(scope="module")
def visitor(browser: Browser, pseudo_house: House):
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(pseudo_house.link)
    page.locator("main form button").click()
    page.goto(f"{pseudo_house.address}/welcome/sources")
    page.locator("form[action='/sample'] button").click()
    page.wait_for_url(f"{pseudo_house.address}/")
    yield page
    context.close()


def addresses(visitor: Page, house: House) -> dict[str, str]:
    """Give the address of every page of the gallery that the sample world has."""
    found = {at: house.address + at for at in MORE}
    for name, (at, follow) in PAGES.items():
        if "{" in at or name in {"columns", "letter-form", "letter-archive", "card"}:
            continue
        visitor.goto(house.address + at)
        to = visitor.locator(follow).first.get_attribute("href") if follow else at
        found[name] = house.address + (to or "/") + SPOTS.get(name, "")
    return found


def test_no_page_is_too_wide_and_no_word_is_cut(visitor: Page, pseudo_house: House):
    cut = {}
    for name, address in addresses(visitor, pseudo_house).items():
        visitor.goto(address)
        visitor.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        for width in WIDTHS:
            visitor.set_viewport_size({"width": width, "height": 800})
            if found := visitor.evaluate(CUT):
                cut[f"{name} at {width}"] = found

    assert cut == {}

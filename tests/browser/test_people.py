"""The deck by keys and by finger, the constellation, and the list with a page beside it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from visiting import Complaints, House, sign_in

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}
SWIPE = """([name, by]) => {
    const card = document.querySelector("form.card-on-top"), box = card.getBoundingClientRect();
    const finger = { pointerId: 1, pointerType: "touch", bubbles: true, clientY: box.y + 40 };
    const at = (clientX) => ({ ...finger, clientX });
    card.setPointerCapture = () => {};
    card.dispatchEvent(new PointerEvent("pointerdown", at(200)));
    card.dispatchEvent(new PointerEvent("pointermove", at(200 + by / 2)));
    card.dispatchEvent(new PointerEvent("pointermove", at(200 + by)));
    const toward = card.dataset.toward;
    card.dispatchEvent(new PointerEvent("pointerup", at(200 + by)));
    return toward;
}"""


@pytest.fixture(scope="module")
def visitor(browser: Browser, sample_house: House):
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    sign_in(page, sample_house)
    page.goto(f"{sample_house.address}/welcome/sources")
    page.get_by_role("button", name="Open the sample world").click()
    page.wait_for_url(f"{sample_house.address}/")
    yield page
    context.close()


def on_top(page: Page) -> str:
    return page.locator("#deck h1").inner_text()


def next_card(page: Page, before: str) -> str:
    expect(page.locator("#deck h1")).not_to_have_text(before)
    return on_top(page)


def test_the_deck_by_keys_with_sparks_on_the_same_card_and_undo(visitor: Page, sample_house: House):
    heard = Complaints()
    heard.listen(visitor)
    visitor.goto(f"{sample_house.address}/people/deck")
    first = on_top(visitor)

    visitor.keyboard.press("k")
    expect(visitor.locator("#deck details")).to_have_attribute("open", "")
    visitor.keyboard.press("3")
    visitor.get_by_label("What you are curious about").fill("skills, knots and sundials")
    visitor.get_by_label("What you are curious about").press("Enter")
    second = next_card(visitor, first)
    expect(visitor.locator("#status")).to_contain_text(f"Kept {first}.")
    expect(visitor.locator("#deck h1")).to_be_focused()
    visitor.keyboard.press("s")
    third = next_card(visitor, second)
    visitor.keyboard.press("n")
    next_card(visitor, third)
    visitor.keyboard.press("u")
    expect(visitor.locator("#deck h1")).to_have_text(third)
    visitor.keyboard.press("u")
    expect(visitor.locator("#deck h1")).to_have_text(second)

    visitor.goto(f"{sample_house.address}/people?place=kept&q={first}")
    visitor.locator(".people-row a.name").first.click()
    expect(visitor.locator("#why")).to_contain_text("skills, knots and sundials")
    assert heard.heard == []


def test_a_finger_shelves_to_the_left_and_asks_for_sparks_to_the_right(visitor: Page, sample_house: House):
    visitor.goto(f"{sample_house.address}/people/deck")
    first = on_top(visitor)

    short = visitor.evaluate(SWIPE, [first, 40])
    right = visitor.evaluate(SWIPE, [first, 120])
    expect(visitor.locator("#deck details")).to_have_attribute("open", "")
    left = visitor.evaluate(SWIPE, [first, -120])
    next_card(visitor, first)

    assert (short, right, left) == ("", "keep", "shelf")
    expect(visitor.locator("#status")).to_contain_text(f"Put {first} on the shelf.")


def test_a_star_is_read_by_focus_and_opened_and_the_filter_stays_in_the_address(
    visitor: Page, sample_house: House
):
    visitor.goto(f"{sample_house.address}/people/constellation?place=kept&spark=curious")
    stars = visitor.locator(".sky a")
    name = stars.first.get_attribute("data-name") or ""

    stars.first.focus()
    expect(visitor.locator("[data-reading]")).to_contain_text(name)
    visitor.get_by_role("button", name="Nearer").click()
    visitor.get_by_role("link", name="The same as a list").click()
    expect(visitor).to_have_url(re.compile(r"/people\?place=kept&spark=curious$"))
    visitor.get_by_role("link", name="as a constellation").click()
    expect(visitor).to_have_url(re.compile(r"/people/constellation\?place=kept&spark=curious$"))
    stars.first.focus()
    visitor.keyboard.press("Enter")

    expect(visitor.locator("h1")).to_have_text(name)


def test_many_stars_are_painted_and_gone_through_by_arrow_keys(visitor: Page, sample_house: House):
    visitor.goto(f"{sample_house.address}/people/constellation?place=everybody")
    canvas = visitor.locator(".sky canvas")

    expect(canvas).to_be_visible()
    canvas.focus()
    first = visitor.locator("[data-reading] a").inner_text()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        canvas.press(key)
    read = visitor.locator("[data-reading] a").inner_text()
    canvas.press("Enter")

    expect(visitor.locator("h1")).to_have_text(read)
    assert first


def test_on_a_wide_screen_a_person_opens_beside_the_list_and_several_are_chosen(
    visitor: Page, sample_house: House
):
    visitor.goto(f"{sample_house.address}/people?place=kept")
    link = visitor.locator(".people-row a.name").nth(1)
    name, at = link.inner_text(), link.get_attribute("href")

    link.click()
    expect(visitor.locator("#beside h1")).to_have_text(name)
    expect(visitor.locator("#beside h1")).to_be_focused()
    expect(visitor).to_have_url(sample_house.address + (at or ""))
    visitor.go_back()
    expect(visitor).to_have_url(re.compile("place=kept"))
    visitor.get_by_text("Choose several").click()
    visitor.get_by_label(f"Choose {name}").check()
    visitor.get_by_role("button", name="Put them on the shelf").click()

    expect(visitor.locator("#status")).to_contain_text(f"Put {name} on the shelf.")
    expect(visitor).to_have_url(re.compile(r"/people\?place=kept$"))
    visitor.locator("#status").get_by_role("button", name="Undo").click()
    expect(visitor.get_by_role("link", name=name)).to_be_visible()


def test_the_same_person_by_keys_yes_undo_and_no(visitor: Page, sample_house: House):
    heard = Complaints()
    heard.listen(visitor)
    visitor.goto(f"{sample_house.address}/people?place=kept&standing=steady")
    first = visitor.locator("main ul li a[href^='/people/']").first
    visitor.goto(f"{sample_house.address}{first.get_attribute('href')}")
    name = visitor.locator("main h1").inner_text()
    visitor.goto(f"{sample_house.address}/people")
    visitor.get_by_label("Their name").fill(name)
    visitor.get_by_role("button", name="Add", exact=True).click()
    visitor.goto(f"{sample_house.address}/people/perhaps")
    visitor.get_by_role("button", name="Look through the book once more").click()
    who, question = visitor.locator("article.side a"), visitor.locator("#perhaps-heading")

    expect(who).to_have_text([name, name])
    visitor.keyboard.press("y")
    expect(question).to_have_text("Everybody is here once")
    expect(question).to_be_focused()
    visitor.keyboard.press("u")
    expect(who).to_have_text([name, name])
    visitor.keyboard.press("n")

    expect(question).to_have_text("Everybody is here once")
    assert heard.heard == []


def test_earlier_on_the_thread_of_time_begins_with_the_last_moment(visitor: Page, sample_house: House):
    visitor.goto(f"{sample_house.address}/people?standing=steady")
    visitor.goto(
        sample_house.address + (visitor.locator(".people-row .name").first.get_attribute("href") or "")
    )
    thread = visitor.locator("[data-thread]")
    said = thread.locator("svg use.dot title").evaluate_all("all => all.map((one) => one.textContent)")
    reading = thread.locator("[data-reading]")

    thread.get_by_role("button", name="Earlier").click()
    expect(reading).to_have_text(said[len(said) - 1])
    thread.get_by_role("button", name="Earlier").click()
    expect(reading).to_have_text(said[len(said) - 2])
    thread.get_by_role("button", name="Later").click()
    expect(reading).to_have_text(said[len(said) - 1])

"""Photograph every page of the sample world, phone and desk, light and dark; say what axe finds on each."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from visiting import hindrances

OUT = Path(__file__).resolve().parent.parent / "docs" / "gallery"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
GATHERING = "main a[href^='/gatherings/']:not([href$='/new'])"
NEXT = "section[aria-labelledby=next-heading] a[href^='/gatherings/']"
LINE = "Met Ada Byron at PyCon breakout, weaving looms, promised paper by Friday, energised #analytics"
# A name for the picture, and how to get there: an address, or words of a link to follow from one.
PAGES: dict[str, tuple[str, str]] = {
    "today": ("/", ""),
    "people": ("/people?place=kept", ""),
    "deck": ("/people/deck", ""),
    "constellation": ("/people/constellation", ""),
    "person": ("/people?place=kept&standing=steady", "main ul li a[href^='/people/']"),
    "kept": ("/people?place=kept&standing=steady", "main ul li a[href^='/people/']"),
    "perhaps": ("/people/perhaps", ""),
    "person-brief": ("/people?place=kept&standing=steady", "main ul li a[href^='/people/']"),
    "search": ("/search?q=dinner", ""),
    "capture": (f"/capture?{urlencode({'line': LINE})}", ""),
    "import": ("/import", ""),
    "columns": ("/import", "main a[href$='/look']"),
    "meet": ("/meet", ""),
    "introductions": ("/meet/together", ""),
    "table": ("/meet/table", ""),
    "letter": ("/letter", ""),
    "letter-desk": ("/letter/desk", ""),
    "letter-editor": ("/letter/desk/{letter}", ""),
    "letter-preview": ("/letter/desk/{letter}/preview", ""),
    "letter-readers": ("/letter/readers", ""),
    "letter-form": ("/letters/small-tables", ""),
    "letter-archive": ("/letters/small-tables", "main a[href^='/letters/small-tables/']"),
    "brief": ("/meet", NEXT),
    "debrief": ("/meet", GATHERING),
    "settings": ("/meet/settings", ""),
    "checkins": ("/check-ins", ""),
    "cards": ("/cards", ""),
    "card-show": ("/cards/show", ""),
    "card": ("/@maya", ""),
    "phone": ("/you/phone", ""),
    "you": ("/you", ""),
    "knows": ("/you/knows", ""),
    "reach": ("/you/reach", ""),
    "your-book": ("/you/book", ""),
    "restore": ("/you/restore", ""),
    "delete": ("/you/delete", ""),
}
# What comes after the address of the link: where to look on a long page, or a page that hangs on it.
SPOTS = {
    "columns": "#columns-0",
    "brief": "/brief",
    "debrief": "/debrief",
    "person-brief": "/brief",
    "kept": "/kept",
}
TABLE = "Vorname;Name;E-Mail;Geburtstag;Woher;Verein\nZoë;Lind;zoe@lind.example;13.05.1984;Drachenfest;Chor\n"
LINK = re.compile(r"http://\S+/sign-in/\S+")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def a_house(home: str) -> Iterator[str]:
    """Start Amity beside the sample world; give the one-time link."""
    env = {**os.environ, "AMITY_HOME": home, "PYTHONUNBUFFERED": "1"}
    subprocess.run([sys.executable, "-m", "amity", "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    command = [sys.executable, "-m", "amity", "run", "--port", port, "--no-browser"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        yield next(found[0] for line in server.stdout or () if (found := LINK.search(line)))
    finally:
        server.terminate()
        server.wait(timeout=20)


def be_there_twice(page: Page, address: str) -> None:
    """Write somebody down a second time, and let Amity find out."""
    page.goto(f"{address}/people?place=kept&standing=steady")
    page.goto(address + (page.locator("main ul li a[href^='/people/']").first.get_attribute("href") or ""))
    name = page.locator("main h1").inner_text()
    page.goto(f"{address}/people")
    page.get_by_label("Their name").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(f"{address}/people/perhaps")
    page.get_by_role("button", name="Look through the book once more").click()
    page.wait_for_load_state()


def open_sample(page: Page, link: str) -> str:
    """Sign in, step into the sample world and drop a table there; give the house's address."""
    address = link.rsplit("/sign-in/", 1)[0]
    page.goto(link)
    page.get_by_role("button", name="Open it").click()
    page.goto(f"{address}/you")
    page.locator("form[action*=sample] button").first.click()
    page.wait_for_load_state()
    be_there_twice(page, address)
    page.goto(f"{address}/import")
    page.set_input_files("#files", {"name": "freunde.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("form[data-drop] button").click()
    page.wait_for_url("**/look")
    return address


WORDS = """I set a table for six last week, and five came.

## What a sixth chair is for

An empty chair is an invitation: the engineer beside it moved over, and told us why she left the fair early.

- one question for the whole table
- plain food, early enough to go home

> Nobody asked what anybody did for a living until the coffee came.

What did your last table talk about?
"""


def write_a_letter(page: Page, address: str) -> str:
    """Give the sample's owner a letter of their own, one of them out; give the one at hand."""
    page.goto(f"{address}/letter/desk")
    page.get_by_label("Its name").fill("Small tables")
    page.get_by_label("What it is about").fill("Two weeks of dinners, and what stayed with me.")
    page.get_by_label("Strangers may find it").check()
    page.get_by_label("Its address").fill("small-tables")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{address}/letter/readers")
    readers = b"address,name,circles\nada@readers.example,Ada,dinners; looms\nkofi@readers.example,Kofi,\n"
    page.get_by_label("CSV file").set_input_files(
        {"name": "readers.csv", "mimeType": "text/csv", "buffer": readers}
    )
    page.get_by_label("Column with circles").fill("circles")
    page.get_by_label("Where did they agree").fill("a list at the March dinner")
    page.get_by_role("button", name="Bring in").click()
    for title in ("Why six is enough", "The sixth chair"):
        page.goto(f"{address}/letter/desk")
        page.get_by_label("Its subject").fill(title)
        page.locator("main form.search button").click()
        page.get_by_label("Words", exact=True).fill(WORDS)
        page.get_by_role("button", name="Save").click()
        if title == "Why six is enough":
            page.locator("button[name=deed][value=send]").click()
    return page.url.rstrip("/").rpartition("/")[2].partition("?")[0]


def write_a_card(page: Page, address: str) -> None:
    """Give the sample's owner a card with a handle."""
    page.goto(f"{address}/cards/new")
    page.get_by_label("Your name").fill("Maya Lind")
    page.get_by_label("What you do").fill("Account executive")
    page.get_by_label("One line about you").fill("Ask me which table at the Lantern Rooms is the quiet one.")
    for at, (way, label) in enumerate(
        (("maya@lind.example", "work"), ("https://lind.example/maya", "my page")), 1
    ):
        page.get_by_label(f"Way {at}", exact=True).fill(way)
        page.get_by_label(f"Label of way {at}").fill(label)
    page.get_by_label("What you call this card").fill("work")
    page.get_by_label("Its handle").fill("maya")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()


def visit(context: BrowserContext, address: str, letter: str) -> Iterator[tuple[str, Page]]:
    """Open every page, one after the other, each with its name."""
    for name, (at, follow) in PAGES.items():
        page = context.new_page()
        page.goto(address + at.format(letter=letter))
        if follow:
            to = page.locator(follow).first.get_attribute("href") or "/"
            page.goto(address + to + SPOTS.get(name, ""))
        page.wait_for_load_state("networkidle")
        yield name, page
        page.close()


def photograph(browser: Browser, link: str) -> dict[str, list[str]]:
    """Take every picture; give what axe finds on each page and what scrolls sideways."""
    first = browser.new_context()
    address = open_sample(first.new_page(), link)
    letter = write_a_letter(first.new_page(), address)
    write_a_card(first.new_page(), address)
    state = first.storage_state()
    for size, (width, height) in SIZES.items():
        for theme in ("light", "dark"):
            context = browser.new_context(
                storage_state=state,
                viewport={"width": width, "height": height},
                color_scheme=theme,
                reduced_motion="reduce",
            )
            for name, page in visit(context, address, letter):
                page.screenshot(path=OUT / f"{name}-{size}-{theme}.png")
            context.close()
    context = browser.new_context(storage_state=state, bypass_csp=True)
    found = {
        name: [f"{theme}, {width} px: {rule} ({what})" for theme, width, rule, what in hindrances(page)]
        for name, page in visit(context, address, letter)
    }
    context.close()
    return found


def main() -> None:
    """Draw the gallery anew and list it."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, a_house(home) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        found = photograph(browser, link)
        browser.close()
    tell(found)


def tell(found: dict[str, list[str]]) -> None:
    """List the pictures, and beside each page what keeps somebody from using it."""
    phone, desk = SIZES["phone"][0], SIZES["desk"][0]
    print(
        f"{4 * len(PAGES)} pictures of {len(PAGES)} pages: gallery/<page>-<phone or desk>-<light or dark>.png"
    )
    print(
        f"The phone is {phone} px wide, the desk {desk}. axe-core was asked on each page at 320 and 1280 px,"
    )
    print("in the light with its rules of WCAG 2.2 AA and good practice, in the dark with those of colour.")
    print("What scrolls sideways would stand here too.\n")
    print("| page | begins at | what axe found |\n| --- | --- | --- |")
    for name, (at, _) in PAGES.items():
        print(f"| {name} | {at.partition('?')[0]} | {'; '.join(found[name]) or 'nothing'} |")


if __name__ == "__main__":
    main()

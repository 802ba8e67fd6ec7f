"""Photograph every page of the sample world, phone and desk, light and dark, into docs/gallery/."""

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

from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "docs" / "gallery"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
# A name for the picture, and how to get there: an address, or words of a link to follow from one.
PAGES: dict[str, tuple[str, str]] = {
    "today": ("/", ""),
    "people": ("/people?place=kept", ""),
    "deck": ("/people/deck", ""),
    "constellation": ("/people/constellation", ""),
    "person": ("/people?place=kept&standing=steady", "main ul li a[href^='/people/']"),
    "search": ("/search?q=dinner+ada", ""),
    "import": ("/import", ""),
    "columns": ("/import", "main a[href$='/look']"),
    "meet": ("/meet", ""),
    "introductions": ("/meet/together", ""),
    "table": ("/meet/table", ""),
    "letter": ("/letter", ""),
    "you": ("/you", ""),
}
SPOTS = {"columns": "#columns-0"}  # where to look on a long page
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


def open_sample(page: Page, link: str) -> str:
    """Sign in, step into the sample world and drop a table there; give the house's address."""
    address = link.rsplit("/sign-in/", 1)[0]
    page.goto(link)
    page.get_by_role("button", name="Open it").click()
    page.goto(f"{address}/you")
    page.locator("form[action*=sample] button").first.click()
    page.wait_for_load_state()
    page.goto(f"{address}/import")
    page.set_input_files("#files", {"name": "freunde.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("form[data-drop] button").click()
    page.wait_for_url("**/look")
    return address


def photograph(browser: Browser, link: str) -> int:
    """Take every picture; give how many."""
    first = browser.new_context()
    address = open_sample(first.new_page(), link)
    taken = 0
    for size, (width, height) in SIZES.items():
        for theme in ("light", "dark"):
            context = browser.new_context(
                storage_state=first.storage_state(),
                viewport={"width": width, "height": height},
                color_scheme=theme,
                reduced_motion="reduce",
            )
            for name, (at, follow) in PAGES.items():
                page = context.new_page()
                page.goto(address + at)
                if follow:
                    to = page.locator(follow).first.get_attribute("href") or "/"
                    page.goto(address + to + SPOTS.get(name, ""))
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUT / f"{name}-{size}-{theme}.png")
                page.close()
                taken += 1
            context.close()
    return taken


def main() -> None:
    """Draw the gallery anew and list it."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, a_house(home) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        taken = photograph(browser, link)
        browser.close()
    phone, desk = SIZES["phone"][0], SIZES["desk"][0]
    print(f"{taken} pictures of {len(PAGES)} pages: phone {phone} px and desk {desk} px.")
    for name in PAGES:
        print(f"gallery/{name}-phone-light.png gallery/{name}-phone-dark.png gallery/{name}-desk-light.png")


if __name__ == "__main__":
    main()

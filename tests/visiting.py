"""What a person does first in a browser test, and what the browser itself complains of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

if TYPE_CHECKING:
    from django.test import Client

    from amity.owner.models import Owner

# Chromium as root has no sandbox. It is kept from calling home, and from preparing for a long life: a process
# fewer, one for all pages, and no script made faster that runs once, save a seventh of its time.
CHROMIUM_WORDS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--js-flags=--no-opt",
]

MOST_TABS = 40
PHONE = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # the rules that a theme can break
IN_EITHER_LIGHT: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (
    ("light", RULES),
    ("dark", OF_COLOUR),
)
# axe once a page, and only what is wrong brought over: what is right is a hundred times as much. Nothing is
# fetched for it anew (a quarter of its time): of these rules only the one about sounds that start alone asks.
ASK = """(rules) => axe.run({ runOnly: rules, resultTypes: ['violations'], preload: false })
    .then((said) => said.violations)"""
# Blocks whose content is taller than they are and lies over what follows; a few pixels are a letter's tail.
RUNS_OVER = """[...document.querySelectorAll('main :is(section, form, dl, ul, ol, .page)')]
    .filter((one) => one.scrollHeight - one.clientHeight > 8 && getComputedStyle(one).overflowY === 'visible')
    .map((one) => one.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class House:
    """A running Amity: its address, the one-time link it printed, and its home."""

    address: str
    link: str
    home: Path


@dataclass(frozen=True)
class ReachableHouse:
    """An Amity behind Caddy: its https address, a browser that finds it there, and who signs in."""

    address: str
    browser: Browser
    email: str
    password: str


@dataclass
class Complaints:
    """Errors, warnings, and what a page's own rules forbade, as the browser's console tells them."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Begin to listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(message.text)


def in_the_house(house: House, script: str) -> str:
    """Run a script in the house's own book."""
    env = {
        "AMITY_HOME": str(house.home),
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "amity.settings",
    }
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def sign_in(page: Page, house: House) -> None:
    """Follow the one-time link and open the book."""
    page.goto(house.link)
    page.get_by_role("button", name="Open it").click()


def hindrances(page: Page) -> list[tuple[str, int, str, str]]:
    """Open all parts of a page, and give what axe finds, scrolls sideways or runs over, narrow and wide.

    axe has to be let past the page's own rules (``bypass_csp``).
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    page.evaluate(AXE_SCRIPT)
    found: list[tuple[str, int, str, str]] = []
    for scheme, rules in IN_EITHER_LIGHT:
        page.emulate_media(color_scheme=scheme)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            found += [
                (scheme, size["width"], one["id"], one["nodes"][0]["html"][:200])
                for one in page.evaluate(ASK, rules)
            ]
            if (wider := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                found.append((scheme, size["width"], "too wide", str(wider)))
            found += [(scheme, size["width"], "runs over", part) for part in page.evaluate(RUNS_OVER)]
    return found


@contextmanager
def signed_in(browser: Browser, client: Client, owner: Owner, address: str, **words: Any) -> Iterator[Page]:
    """Give the phone of an owner of the test's own book, signed in at the test's own server."""
    client.force_login(owner)
    context = browser.new_context(**{"viewport": PHONE, "base_url": address, **words})
    context.add_cookies(
        [{"name": name, "value": one.value, "url": address} for name, one in client.cookies.items()]
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def arrive(page: Page, address: str) -> None:
    """Wait for a page whose first field or button has the focus, as a person does before pressing Enter."""
    page.wait_for_url(address)
    page.locator(":focus").wait_for()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has focus says these words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if " ".join((page.evaluate("document.activeElement.textContent") or "").split()) == words:
            return
    raise AssertionError(f"Tab never came to {words!r}.")

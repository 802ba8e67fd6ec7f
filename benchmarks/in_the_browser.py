"""When the largest thing of a page is painted in a browser slowed four times, in a book of 10,000 people.

``python -m benchmarks.in_the_browser [--people 10000] [--moments 200000] [--json]``

Today, People, a person and the constellation, each three times in a fresh Chromium tab of a phone's size over
loopback, with nothing in its cache. The claim is under one second of largest contentful paint. Beside each
stands the same page with its body taken out, styles and scripts left in: what the browser itself needs. Says
nothing where there is no Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
from typing import TYPE_CHECKING

from benchmarks.pages_meanwhile import a_book, a_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SLOWED, TIMES = 4, 3
PHONE = {"width": 390, "height": 844}
PAINTED = """() => new Promise((done) => {
    let last = 0;
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) last = one.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done(last), 500);
})"""


def painted(browser: Browser, address: str, cookie: dict[str, str], *, empty: bool) -> float:
    """Open a page in a browser that knows nothing yet; give milliseconds until its largest paint."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    context.add_cookies([cookie])
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    if empty:
        page.route(address, _without_body)
    page.goto(address, wait_until="load")
    taken: float = page.evaluate(PAINTED)
    context.close()
    return taken


def _without_body(route: Route) -> None:
    answer = route.fetch()
    head = answer.text().partition("<body>")[0]
    route.fulfill(response=answer, body=f"{head}<body><h1>Amity</h1></body></html>")


def measure(people: int, moments: int) -> list[dict[str, object]]:
    """Give one row for each page."""
    from playwright.sync_api import sync_playwright

    cookie, addresses = a_book(people=people, moments=moments)
    addresses.append("/people/constellation?place=everybody")
    name, value = cookie.split("=", 1)
    rows: list[dict[str, object]] = []
    with a_server() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        house = f"http://127.0.0.1:{port}"
        for path in addresses:
            key = {"name": name, "value": value, "url": house}
            full, empty = (
                [painted(browser, house + path, key, empty=bare) for _ in range(TIMES)]
                for bare in (False, True)
            )
            said = "/people/UID" if path.count("/") > 1 and "?" not in path else path
            rows.append({"page": said, "painted ms": _middle(full), "without a body ms": _middle(empty)})
        browser.close()
    return rows


def _middle(taken: list[float]) -> int:
    return round(statistics.median(taken))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--moments", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not shutil.which("chromium"):
        print("There is no Chromium here.")
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"AMITY_HOME": home, "DJANGO_SETTINGS_MODULE": "amity.settings"}
        rows = measure(asked.people, asked.moments)
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print("| " + " | ".join(rows[0]) + " |\n| --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(map(str, row.values())) + " |")


if __name__ == "__main__":
    main()

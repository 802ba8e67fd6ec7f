"""The constellation: how long its layout takes, what it weighs, and how smoothly it moves on a slow phone.

``python -m benchmarks.constellation [--json]``

Skies of 300 and 2,000 stars with three lines each, laid out by ``ties/starmap.py``, and beside it by the
textbook's springs in numpy (Fruchterman and Reingold 1991: every pair, 50 rounds), which know nothing of
rhythm. Then the answers of a book of 10,000 people and 30,000 links, of which the 2,000 nearest to the owner
are drawn. Last, where there is a Chromium: 390 px, slowed four times, 2,000 stars moved; milliseconds from
frame to frame.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from amity.rhythm.days import Ints, Reals
from amity.ties.starmap import labels, layout, near

ROUNDS, LINKS, PEOPLE, MOMENTS = 50, 30_000, 10_000, 20_000
LETTERS = 15.0


def a_sky(count: int) -> tuple[Reals, Reals, Ints]:
    """Draw distances, sizes and lines; two in three lines stay within one of ten circles of friends."""
    draw = np.random.default_rng(count)
    radius = 460 * max(1.0, (count / 300) ** 0.5) * np.sqrt(draw.uniform(0.02, 1, count))
    size = draw.choice([3.5, 5.0, 7.0, 9.5], count, p=[0.3, 0.4, 0.2, 0.1])
    one, other = draw.integers(0, count, (2, 3 * count))
    near_by = draw.random(3 * count) < 2 / 3
    other = np.where(near_by, other - other % 10 + one % 10, other) % count
    return radius, size, np.column_stack((one, other))[one != other]


def springs(count: int, pairs: Ints) -> Reals:
    """Give the textbook layout: every pair repels, every line attracts, cooling as it goes."""
    places = np.random.default_rng(7).uniform(-1, 1, (count, 2))
    ideal, heat = (1 / count) ** 0.5, 0.2
    for _ in range(ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 0.01)
        push = np.einsum("ijk,ij->ik", apart, ideal**2 / distance**2)
        line = places[pairs[:, 0]] - places[pairs[:, 1]]
        pull = line * np.hypot(*line.T)[:, None] / ideal
        np.add.at(push, pairs[:, 0], -pull)
        np.add.at(push, pairs[:, 1], pull)
        far = np.maximum(np.hypot(*push.T), 0.01)[:, None]
        places = places + push / far * np.minimum(far, heat)
        heat -= 0.2 / (ROUNDS + 1)
    return places


def best(work: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of some times, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return round(min(taken), 1)


def layouts() -> list[dict[str, object]]:
    """Measure both layouts; touching stars and mean lengths of lines (of the width) say how they look."""
    rows: list[dict[str, object]] = []
    for count in (300, 2000):
        radius, size, pairs = a_sky(count)
        names = [f"Friend{at}"[:9] for at in range(min(count, 300))]
        ours = layout(radius, size, pairs)
        theirs = springs(count, pairs)
        theirs *= np.abs(ours).max() / np.abs(theirs).max()
        few = slice(len(names))
        named = labels(ours[few], size[few], names, letters=LETTERS)
        row = {"stars": count, "lines": len(pairs)}
        for who, places, work in (
            ("amity", ours, lambda r=radius, s=size, p=pairs: layout(r, s, p)),
            ("springs", theirs, lambda c=count, p=pairs: springs(c, p)),
        ):
            row[f"{who} ms"] = best(work, 5 if who == "amity" else 2)
            row[f"{who} touching"] = _touching(places, size)
        row["names placed"] = f"{sum(label is not None for label in named)} of {len(names)}"
        row["names ms"] = best(lambda f=few, n=names, o=ours, s=size: labels(o[f], s[f], n, letters=LETTERS))
        rows.append(row)
    return rows


def _touching(places: Reals, size: Reals) -> int:
    one, other = near(places, 2 * float(size.max()))
    return int((np.hypot(*(places[one] - places[other]).T) < size[one] + size[other]).sum())


def a_book() -> str:
    """Fill a book with links; give a session's key."""
    import django

    django.setup()
    from amity.owner.actions import local_owner, set_welcomed
    from amity.people.models import Link, Person
    from amity.storage.assets import gather
    from amity.storage.schema import bring_up_to_date, refresh_statistics
    from benchmarks.big_book import fill

    bring_up_to_date()
    gather()
    owner = local_owner()
    set_welcomed(owner)
    fill(owner, people=PEOPLE, moments=MOMENTS, today=owner.today())
    people, draw = list(Person.objects.of(owner).order_by("id")), random.Random(7)
    pairs = [draw.sample(people, 2) for _ in range(LINKS)]
    links = [Link(owner=owner, a=a, b=b, kind="colleague") for a, b in pairs]
    Link.objects.bulk_create(links, batch_size=2000)
    refresh_statistics()
    return _signed_in(owner).session.session_key or ""


def _signed_in(owner: Any) -> Any:
    from django.test import Client

    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(owner)
    return browser


def answers() -> list[dict[str, object]]:
    """Measure the pages of that book."""
    from amity.owner.queries import owner_of_this_machine

    browser, sky = _signed_in(owner_of_this_machine()), "/people/constellation"
    asked = ["/people", "/people/deck", f"{sky}?place=kept", f"{sky}?place=everybody"]
    return [_answer(browser, at) for at in [*asked, f"{sky}.json?place=everybody"]]


def _answer(browser: Any, at: str) -> dict[str, object]:
    body = browser.get(at).content
    taken = best(lambda: browser.get(at))
    return {"answer": at, "ms": taken, "kB": len(body) // 1000, "kB packed": len(gzip.compress(body)) // 1000}


DRIVE = """async () => {
    const sky = document.querySelector("[data-sky]"), box = sky.getBoundingClientRect(), taken = [];
    const at = (x, y) => ({ pointerId: 1, pointerType: "touch", bubbles: true, clientX: x, clientY: y });
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    document.querySelector("[data-nearer]").click();
    sky.dispatchEvent(new PointerEvent("pointerdown", at(...middle)));
    let before = performance.now();
    for (let step = 0; step < 90; step++) {
        const [x, y] = [middle[0] + 90 * Math.sin(step / 9), middle[1] + 90 * Math.cos(step / 9)];
        sky.dispatchEvent(new PointerEvent("pointermove", at(x, y)));
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        taken.push(now - before);
        before = now;
    }
    return taken;
}"""


def phone(key: str) -> dict[str, object]:
    """Move 2,000 stars in a slowed Chromium; give milliseconds from frame to frame."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    words = [sys.executable, "-m", "amity", "run", "--port", port, "--no-browser"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
    try:
        next(line for line in server.stdout or () if "sign-in" in line)
        taken = sorted(_frames(f"http://127.0.0.1:{port}", key))
    finally:
        server.terminate()
        server.wait(timeout=20)
    figures = {"median ms": statistics.median(taken), "95 % ms": taken[int(len(taken) * 0.95)]}
    rounded = {name: round(value, 1) for name, value in (figures | {"longest ms": taken[-1]}).items()}
    return {"stars": 2000, "frames": len(taken), **rounded}


def _frames(address: str, key: str) -> list[float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        context.add_cookies([{"name": "amity", "value": key, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/people/constellation?place=everybody")
        page.locator(".sky canvas").wait_for(state="visible")
        page.wait_for_timeout(1000)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        taken: list[float] = page.evaluate(DRIVE)
        browser.close()
    return taken


def table(rows: list[dict[str, object]]) -> str:
    """Write rows as a table."""
    lines = ["| " + " | ".join(rows[0]) + " |", "| " + " | ".join("---" for _ in rows[0]) + " |"]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row.values()) + " |" for row in rows])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"AMITY_HOME": home, "DJANGO_SETTINGS_MODULE": "amity.settings"}
        found = {"layout": layouts()}
        key = a_book()
        found["answers"] = answers()
        if shutil.which("chromium"):
            found["phone"] = [phone(key)]
    if asked.json:
        print(json.dumps(found, indent=1))
        return
    for rows in found.values():
        print(table(rows), end="\n\n")


if __name__ == "__main__":
    main()

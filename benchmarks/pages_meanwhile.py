"""Page times of a running Amity while a mailbox is brought in, beside the same pages when it is idle.

``python -m benchmarks.pages_meanwhile [--messages 40000] [--json]``

One reader asks for Today, People and a person in turn, without a pause, over loopback HTTP: first with
nothing else going on, then while an invented mbox is brought into the same book by a process of its own that
gives way to others, as the one the browser starts does. The peer is the idle server; the claim is at most
half again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.mbox_import import OWNER, write

SECONDS_IDLE = 20.0
AMITY = [sys.executable, "-m", "amity"]
LINK = re.compile(r"http://\S+/sign-in/\S+")


def a_book(*, people: int, moments: int) -> tuple[str, list[str]]:
    """Fill the book; give a session's cookie and the addresses to ask for."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from amity.nudges.actions import plan
    from amity.owner.actions import claim, local_owner, set_welcomed
    from amity.people.models import Person
    from amity.search.cache import rebuild
    from amity.storage.schema import bring_up_to_date
    from benchmarks.big_book import fill

    bring_up_to_date()
    owner = local_owner()
    set_welcomed(owner)
    claim(owner, "email", OWNER)
    fill(owner, people=people, moments=moments, today=owner.today())
    plan(owner, owner.today())
    rebuild(owner)  # else the house would be busy with it, and never idle
    session = SessionStore()
    session[SESSION_KEY] = str(owner.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session.create()
    person = Person.objects.filter(owner=owner, place="kept").first()
    addresses = ["/", "/people", f"/people/{person.uid}" if person else "/you"]
    return f"amity={session.session_key}", addresses


def ask(port: int, cookie: str, addresses: list[str], going_on: Callable[[], bool]) -> list[float]:
    """Ask for the pages in turn for as long as something goes on; give milliseconds."""
    taken = []
    while going_on():
        for address in addresses:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            started = time.perf_counter()
            connection.request("GET", address, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - started) * 1000)
            connection.close()
            if answer.status != http.client.OK:
                raise SystemExit(f"{address} answered {answer.status}")
    return taken


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Give a question that is answered yes for so long."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def measure(home: Path, messages: int) -> dict[str, dict[str, float]]:
    """Give median and 95 % of page times, idle and meanwhile."""
    cookie, addresses = a_book(people=2000, moments=20_000)
    mbox, _ = write(home / "mail", messages, None)
    with a_server() as port:
        ask(port, cookie, addresses, for_seconds(3))
        idle = ask(port, cookie, addresses, for_seconds(SECONDS_IDLE))
        bringing = bring(mbox)
        meanwhile = ask(port, cookie, addresses, lambda: bringing.poll() is None)
    return {"idle": figures(idle), "meanwhile": figures(meanwhile)}


@contextmanager
def a_server() -> Iterator[int]:
    """Run Amity on a free port until the block ends; give the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    server = subprocess.Popen(
        [*AMITY, "run", "--port", str(port), "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        next(line for line in server.stdout or () if LINK.search(line))
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def bring(mbox: Path) -> subprocess.Popen[bytes]:
    """Begin to bring a mailbox in, in a process that gives way to others."""
    command = ["nice", "-n", "10", *AMITY, "import", str(mbox), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def figures(taken: list[float]) -> dict[str, float]:
    """Give how many pages, the median and the 95th percentile in milliseconds."""
    spread = statistics.quantiles(taken, n=20)
    return {"pages": len(taken), "median": round(statistics.median(taken), 1), "p95": round(spread[-1], 1)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=40_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"AMITY_HOME": name, "DJANGO_SETTINGS_MODULE": "amity.settings"}
        rows = measure(Path(name), asked.messages)
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print("| page times, ms | pages | median | 95 % |\n| --- | --- | --- | --- |")
    for what, row in rows.items():
        print(f"| {what} | {row['pages']} | {row['median']} | {row['p95']} |")
    print(f"\nmeanwhile / idle, median: {rows['meanwhile']['median'] / rows['idle']['median']:.2f}")


if __name__ == "__main__":
    main()

"""Every page of an owner's in a book of 10,000 people and 200,000 moments: time, questions, size.

``python -m benchmarks.pages [--people N] [--moments N] [--json]`` on the engine of ``AMITY_DATABASE``.
Whatever address answers a GET with a page is asked for through the whole middleware, in one process: those
without a name in them, and those of one person and of one gathering with forty guests. The claims are a p95
under 100 ms, at most 20 questions to the database and under 100 KB of HTML. Beside them stands the sign-in
page, which asks for next to nothing: what the middleware itself takes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.book import a_book

ROUNDS, GUESTS = 40, 40
NO_PAGE = {"export"}  # the whole book as a file, which takes its time
Row = dict[str, Any]


def measure(people: int, moments: int) -> list[Row]:
    """Give one row for each page, the slowest first."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from amity.nudges.actions import plan
    from amity.run import GARBAGE
    from amity.search.cache import rebuild
    from amity.storage.assets import gather

    gather()
    gc.set_threshold(*GARBAGE)  # as where it is served
    settings.ALLOWED_HOSTS.append("testserver")
    owner = a_book(people, moments)
    owner.welcomed = True
    owner.save(update_fields=["welcomed"])
    plan(owner, owner.today())
    rebuild(owner)  # else every tenth search would read on in it
    client = Client()
    client.force_login(owner)
    rows = [row for name, address in addresses(owner) if (row := a_page(client, name, address))]
    return sorted(rows, key=lambda row: -row["p95"])


def addresses(owner: Any) -> Iterator[tuple[str, str]]:
    """Give name and address of whatever may be a page, and of lists and searches that find something."""
    from amity.urls import urlpatterns

    one = {"people": somebody(owner).uid, "gatherings": a_dinner(owner).uid}
    for pattern in urlpatterns:
        words = str(pattern.pattern)
        uid = one.get(words.partition("/")[0], "")
        if pattern.name not in NO_PAGE and ("<" not in words or uid):
            yield pattern.name or "", "/" + re.sub("<str:uid>", uid, words)
    yield "people, found", "/people?q=ada"
    yield "people, drifting", "/people?standing=drifting"
    yield "search, found", "/search?q=ada+looms"


def somebody(owner: Any) -> Any:
    """Give the kept person with the most to tell."""
    from django.db.models import Count

    from amity.people.models import Person

    kept = Person.objects.of(owner).filter(place="kept")
    return kept.annotate(told=Count("participations")).order_by("-told").first()


def a_dinner(owner: Any) -> Any:
    """Make a gathering of tomorrow with guests of the book."""
    from amity.gatherings.actions import add
    from amity.gatherings.models import Attendance
    from amity.people.models import Person

    dinner = add(owner, "A long table", day=owner.today() + timedelta(days=1))
    for guest in Person.objects.of(owner).order_by("id")[:GUESTS]:
        Attendance.objects.create(owner=owner, gathering=dinner, person=guest, name=guest.name)
    return dinner


def a_page(client: Any, name: str, address: str) -> Row | None:
    """Ask for one address often; None where a GET is not answered with a page."""
    from django.db import connection

    first = client.get(address)
    if first.status_code != 200 or "text/html" not in first["Content-Type"]:
        return None
    asked: list[str] = []
    with connection.execute_wrapper(partial(_noted, asked)):
        client.get(address)
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - started) * 1000)
    return {
        "page": name,
        "median": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20)[-1], 1),
        "questions": len(asked),
        "KB": round(len(first.content) / 1000, 1),
    }


def _noted(asked: list[str], execute: Any, sql: str, *rest: Any) -> Any:
    asked.append(sql)
    return execute(sql, *rest)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--moments", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"AMITY_HOME": home, "DJANGO_SETTINGS_MODULE": "amity.settings"}
        rows = measure(asked.people, asked.moments)
        from django.db import connection

        engine = connection.vendor
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{engine}, server time of {ROUNDS} views each\n")
    print("| page | median, ms | p95, ms | questions | KB of HTML |\n| --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")


if __name__ == "__main__":
    main()

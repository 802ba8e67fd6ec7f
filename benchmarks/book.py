"""A book of 10,000 people and 200,000 moments: a plan, a search, ties rebuilt, the cold command.

``python -m benchmarks.book [--people N] [--moments N] [--json]`` on the engine of ``AMITY_DATABASE`` (SQLite
without it; ``python tests/servers.py python -m benchmarks.book`` starts a PostgreSQL for it). Everything runs
inside one process but the cold command. Beside each figure stands the plainest thing that answers the same
question: a fixed 30-day cadence in SQL for the plan, SQL ``LIKE`` for the searches, a Python loop for the
rebuild, ``python -c 'import django'`` for the command. The pages are ``benchmarks.pages``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from math import exp, log
from typing import Any

ROUNDS = 9


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the median of several runs after one that does not count."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(taken), 1)


def a_book(people: int, moments: int) -> Any:
    """Fill an empty database."""
    from amity.owner.actions import local_owner
    from amity.storage.schema import bring_up_to_date
    from benchmarks.big_book import fill

    bring_up_to_date()
    owner = local_owner()
    fill(owner, people=people, moments=moments, today=owner.today())
    return owner


def planning(owner: Any) -> tuple[float, float]:
    """Plan a day in memory, beside the longest-silent thirty of those kept."""
    from django.db import connection

    from amity.nudges.choosing import propose

    sql = (
        "SELECT p.id, MAX(m.day) FROM amity_person p JOIN amity_participation a ON a.person_id = p.id "
        "JOIN amity_moment m ON m.id = a.moment_id WHERE p.owner_id = %s AND p.place = 'kept' "
        "GROUP BY p.id HAVING MAX(m.day) < %s ORDER BY 2 LIMIT 3"
    )
    from datetime import timedelta

    month_ago = owner.today() - timedelta(days=30)

    def cadence() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [owner.pk, month_ago])
            return cursor.fetchall()

    return milliseconds(lambda: propose(owner, owner.today(), "usual")), milliseconds(cadence)


def searching(owner: Any) -> tuple[float, float]:
    """Find people by two words, dressed for the list, beside LIKE on the names."""
    from django.db import connection

    from amity.people.queries import matching
    from amity.ties.story import listed

    def ours() -> list[Any]:
        return listed(owner, list(matching(owner, "ada gru").order_by("folded")[:50]), owner.today())

    def like() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM amity_person WHERE name LIKE %s LIMIT 50", ["%Ada Gru%"])
            return cursor.fetchall()

    return milliseconds(ours), milliseconds(like)


LINES = (
    "ada",
    "ada gru",
    "adda lindqist",
    "looms",
    "ba",
    "ada looms",
    "since:2025 looms",
    "since:2025",
    "met:dinner",
    "is:kept met:dinner",
)


def finding(owner: Any) -> list[tuple[str, float, float | None]]:
    """Find anything (95th percentile over LINES) beside LIKE over the same columns; keep the index up."""
    from amity.moments.actions import Told, record
    from amity.people.queries import matching
    from amity.search import cache
    from amity.search.queries import find
    from amity.storage.schema import refresh_statistics

    started = time.perf_counter()
    cache.rebuild(owner)
    rebuilt = (time.perf_counter() - started) * 1000
    refresh_statistics()
    somebody = matching(owner, "ada").first()

    def a_deed() -> None:
        record(owner, [somebody], day=owner.today(), told=Told(text="looms once more"))
        cache.fresh(owner)

    def first_after_an_import() -> None:
        cache.start_over()
        find(owner, "looms", today=owner.today())

    rows: list[tuple[str, float, float | None]] = [
        ("find anything, p95", p95(lambda line: find(owner, line, today=owner.today())), p95(_like)),
        ("index: a moment written and caught up with", milliseconds(a_deed), None),
        ("index: the first search after an import", milliseconds(first_after_an_import, 3), None),
        ("index: read the whole book anew", round(rebuilt, 1), None),
    ]
    cache.rebuild(owner)
    return rows


def _like(line: str) -> list[Any]:
    from django.db import connection

    words = [f"%{word}%" for word in line.split() if ":" not in word] or ["%"]
    found: list[Any] = []
    with connection.cursor() as cursor:
        for table, column in (
            ("person", "name"),
            ("moment", "text"),
            ("hope", "text"),
            ("fact", "text"),
            ("promise", "text"),
            ("gathering", "title"),
        ):
            each = " AND ".join([f"LOWER({column}) LIKE %s"] * len(words))
            cursor.execute(f"SELECT id FROM amity_{table} WHERE {each} ORDER BY id DESC LIMIT 8", words)
            found += cursor.fetchall()
    return found


def p95(work: Callable[[str], object], rounds: int = 25) -> float:
    """Give the time under which 95 of 100 questions stay, over all LINES, in milliseconds."""
    taken = []
    for line in LINES:
        work(line)
        for _ in range(rounds):
            started = time.perf_counter()
            work(line)
            taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.quantiles(taken, n=20)[-1], 1)


def rebuilding(owner: Any) -> tuple[float, float]:
    """Refresh every tie from the moments, beside a Python loop over the same rows."""
    from django.db import transaction

    from amity.moments.models import TOGETHER, WRITTEN, Participation
    from amity.ties import cache, history
    from amity.ties.models import Tie

    of_the_owner = Participation.objects.of(owner).filter(moment__kind__in=[*TOGETHER, *WRITTEN])

    @transaction.atomic
    def ours() -> None:
        Tie.objects.filter(owner=owner).delete()
        cache._store(owner, history.read(owner))  # noqa: SLF001  (what the cache does after an import)

    def plain() -> dict[int, list[float]]:
        states: dict[int, list[float]] = {}
        last: dict[int, date] = {}
        for person, day in sorted(of_the_owner.values_list("person_id", "moment__day")):
            counters = states.setdefault(person, [0.0, 0.0, 0.0, 0.0])
            gap = max((day - last.get(person, day)).days, 1)
            for at, span in enumerate((10, 45, 200)):
                counters[at] = counters[at] * exp(-gap / span) + 1
            counters[3] += log(gap)
            last[person] = day
        return states

    return milliseconds(ours, 3), milliseconds(plain, 3)


def cold(words: list[str]) -> float:
    """Give the wall time of a whole process."""
    return milliseconds(lambda: subprocess.run(words, check=True, capture_output=True), 5)


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
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print("| what | Amity, ms | plainest, ms |\n| --- | --- | --- |")
    for what, ours, plain in rows:
        print(f"| {what} | {ours} | {plain if plain is not None else ''} |")


def measure(people: int, moments: int) -> list[tuple[str, float, float | None]]:
    """Give (what, ours, plainest) in milliseconds."""
    import django

    django.setup()
    from django.db import connection

    owner = a_book(people, moments)
    rows: list[tuple[str, float, float | None]] = [
        ("plan a day", *planning(owner)),
        ("search people", *searching(owner)),
        ("refresh all ties", *rebuilding(owner)),
        *finding(owner),
    ]
    amity = [sys.executable, "-m", "amity"]
    nothing = cold([sys.executable, "-c", "import django"])
    rows.append(("cold: amity people ada --json", cold([*amity, "people", "ada gru", "--json"]), nothing))
    rows.append(("cold: amity today --json", cold([*amity, "today", "--json"]), nothing))
    return [(f"{connection.vendor}: {what}", ours, plain) for what, ours, plain in rows]


if __name__ == "__main__":
    main()

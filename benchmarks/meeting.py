"""Before a conference: the brief for 400 attendees, and 5,000 names matched to a book of 10,000 people.

Each stands beside a plain peer in the same run: the way one would write it first, a few questions to the
database for every guest. Run: .venv/bin/python -m benchmarks.meeting
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amity.gatherings.guests import Listed
    from amity.gatherings.models import Gathering
    from amity.owner.models import Owner

PEOPLE, MOMENTS = 10_000, 40_000
GUESTS, LISTED = 400, 5_000
BRIEF_LIMIT, LIST_LIMIT = 0.300, 2.0
TODAY = date(2026, 5, 10)


def main() -> None:
    """Print ours and the peer's, and whether ours is within its limit."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "amity.settings"
    os.environ.setdefault("AMITY_HOME", tempfile.mkdtemp(prefix="amity-bench-"))
    import django

    django.setup()
    from amity.owner.models import Owner
    from amity.storage.schema import bring_up_to_date
    from benchmarks.big_book import fill

    bring_up_to_date()
    owner = Owner.objects.create_user("bench@book.example", name="Maya")
    fill(owner, people=PEOPLE, moments=MOMENTS, today=TODAY)
    print(f"A book of {PEOPLE:,} people and {MOMENTS:,} moments")
    _briefs(owner)
    _lists(owner)


def _briefs(owner: Owner) -> None:
    from amity.gatherings.actions import add
    from amity.meet.brief import brief
    from amity.ties.queries import album

    conference = add(owner, "Loom Fair", day=TODAY + timedelta(days=1), setting="crowded room")
    _put_rows(conference, _rows(owner, GUESTS, GUESTS // 2))
    album(owner, TODAY)  # as it is after the morning's plan
    ours = _best(lambda: brief(conference, TODAY))
    theirs = _best(lambda: _plain_brief(conference), times=2)
    _say(f"brief for {GUESTS} attendees", ours, theirs, BRIEF_LIMIT)


def _lists(owner: Owner) -> None:
    from amity.gatherings.actions import add

    rows = _rows(owner, LISTED, LISTED // 2)
    fairs = iter(range(10))
    fair = partial(add, owner, day=TODAY + timedelta(days=2))
    ours = _best(lambda: _put_rows(fair(f"Fair {next(fairs)}"), rows), times=3)
    theirs = _best(lambda: _plain_list(fair("Other Fair"), rows), times=1)
    _say(f"list of {LISTED:,}, {LISTED // 2:,} of them in the book", ours, theirs, LIST_LIMIT)


def _rows(owner: Owner, count: int, known: int) -> list[tuple[str, str]]:
    """Give (name, address): half of the known by address, half by name alone, the rest strangers."""
    from amity.people.models import Person

    draw = random.Random(7)
    people = draw.sample(list(Person.objects.of(owner).values_list("name", "ways__value")), known)
    rows = [(name, address if at % 2 else "") for at, (name, address) in enumerate(people)]
    return rows + [(f"Stranger {n} Weaver", f"stranger{n}@loom.example") for n in range(count - known)]


def _put_rows(gathering: Gathering, rows: list[tuple[str, str]]) -> Listed:
    from amity.gatherings.guests import put_on_list

    return put_on_list(gathering, BytesIO(("Name,Email\n" + "".join(f"{n},{e}\n" for n, e in rows)).encode()))


def _plain_brief(gathering: Gathering) -> list[object]:
    """Ask five questions for every guest."""
    from amity.moments.models import Moment, Promise
    from amity.people.models import Fact, Hope, Link

    read = []
    for guest in gathering.attendances.exclude(person=None):
        person = guest.person
        read.append(
            (
                Moment.objects.of(gathering.owner)
                .filter(participations__person=person)
                .order_by("-day")
                .first(),
                list(Hope.objects.filter(person=person, state="open")),
                list(Promise.objects.filter(person=person, state="open")),
                list(Fact.objects.filter(person=person, sensitive=False)),
                list(Link.objects.filter(a=person).select_related("b")),
            )
        )
    return read


def _plain_list(gathering: Gathering, rows: list[tuple[str, str]]) -> None:
    """Ask for every guest by address, then by name, and save them one by one."""
    from django.db import transaction

    from amity.gatherings.models import Attendance
    from amity.people.models import Person, Way

    with transaction.atomic():
        for name, address in rows:
            way = (
                Way.objects.of(gathering.owner).filter(kind="email", normal=address.lower()).first()
                if address
                else None
            )
            person = (
                way.person if way else Person.objects.of(gathering.owner).filter(name__iexact=name).first()
            )
            Attendance.objects.create(
                owner=gathering.owner, gathering=gathering, person=person, name=name, email=address
            )


def _best(work: Callable[[], object], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def _say(what: str, ours: float, theirs: float, limit: float) -> None:
    kept = "kept" if ours < limit else "MISSED"
    figures = f"ours {ours * 1000:,.0f} ms, plain {theirs * 1000:,.0f} ms; limit {limit * 1000:,.0f} ms"
    print(f"{what}: {figures}, {kept}")


if __name__ == "__main__":
    main()

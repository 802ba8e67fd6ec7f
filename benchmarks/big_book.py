"""A seeded book of any size, for measuring: invented people with mutual days at rhythms of their own."""

from __future__ import annotations

import random
from datetime import date, timedelta

from amity.journal.actions import record_whole_book
from amity.moments.models import Direction, Felt, Kind, Moment, Participation, Setting
from amity.owner.models import Owner
from amity.people.models import Affiliation, Care, Organisation, Person, Place, Spark, Way
from amity.storage.folded import fold
from amity.storage.schema import refresh_statistics

FIRST = "Ada Bela Chidi Dana Emil Farah Goran Hana Ilse Jun Kofi Lena Malik Nadia Otto Priya Rosa Sven Tala"
LAST = "Abara Brandt Castell Dahl Eriksen Fontaine Gruber Hoshino Ivanova Jansen Keita Lindqvist Moreau Novak"
AT_ONCE = 5000
# Twenty thousand words, as frequent as words are (Zipf): the thousandth is a thousandth of the first.
_SYLLABLES = [a + b for a in "bdfglmnprs" for b in "ae"]
LANGUAGE = ["".join(_SYLLABLES[n // 20**at % 20] for at in range(4)) for n in range(20_000)]


def fill(owner: Owner, *, people: int, moments: int, today: date, seed: int = 7) -> None:
    """Write so many people and moments of the four years before `today` into an empty book."""
    draw = random.Random(seed)
    rows = _people(owner, people, draw)
    _ways(owner, rows, draw)
    _moments(owner, rows, moments, today, draw)
    record_whole_book(owner, "fill")
    refresh_statistics()


def _people(owner: Owner, count: int, draw: random.Random) -> list[Person]:
    rows, first, last = [], FIRST.split(), LAST.split()
    for number in range(count):
        name = f"{draw.choice(first)} {draw.choice(last)}-{number}"
        kept = number % 20 == 0
        rows.append(
            Person(
                owner=owner,
                name=name,
                folded=fold(f"{name} person{number}@example.org"),
                place=Place.KEPT if kept else Place.NEW,
                care=draw.choice(Care.values) if kept else "",
                kept_on=date(2025, 1, 1) if kept else None,
            )
        )
    return Person.objects.bulk_create(rows, batch_size=AT_ONCE)


def _ways(owner: Owner, people: list[Person], draw: random.Random) -> None:
    places = Organisation.objects.bulk_create(
        [Organisation(owner=owner, name=f"House {n}", folded=f"house {n}") for n in range(200)]
    )
    Way.objects.bulk_create(
        [
            Way(owner=owner, person=person, kind="email", value=address, normal=address)
            for number, person in enumerate(people)
            for address in [f"person{number}@example.org"]
        ],
        batch_size=AT_ONCE,
    )
    Affiliation.objects.bulk_create(
        [
            Affiliation(owner=owner, person=p, organisation=draw.choice(places), title="Weaver")
            for p in people
        ],
        batch_size=AT_ONCE,
    )
    kept = [person for person in people if person.place == Place.KEPT]
    Spark.objects.bulk_create([Spark(owner=owner, person=person, kind="like") for person in kept])


def _said(draw: random.Random) -> str:
    """Say about twelve words, some of them often used; looms are spoken of now and then."""
    words = [LANGUAGE[int(len(LANGUAGE) ** draw.random()) - 1] for _ in range(12)]
    return " ".join([*words, *(["looms"] if draw.random() < 0.05 else [])])


def _moments(owner: Owner, people: list[Person], count: int, today: date, draw: random.Random) -> None:
    for start in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - start)
        who = [people[int(len(people) * draw.random() ** 2)] for _ in range(size)]
        rows = [_moment(owner, today, draw) for _ in range(size)]
        Moment.objects.bulk_create(rows)
        Participation.objects.bulk_create(
            [
                Participation(owner=owner, moment=row, person=person)
                for row, person in zip(rows, who, strict=True)
            ]
        )


def _moment(owner: Owner, today: date, draw: random.Random) -> Moment:
    """Make a moment; of a tenth of those met, the owner said where, and how it felt."""
    kind = draw.choice([Kind.MET, Kind.CALL, Kind.MESSAGE, Kind.MAIL])
    somewhere = kind == Kind.MET and draw.random() < 0.1
    return Moment(
        owner=owner,
        day=today - timedelta(days=int(1460 * draw.random())),
        kind=kind,
        direction=draw.choice([Direction.IN, Direction.OUT]),
        text=_said(draw),
        setting=draw.choice(Setting.values) if somewhere else "",
        felt=draw.choice(Felt.values) if somewhere else "",
    )

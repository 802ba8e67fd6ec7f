"""The words of each row of the book; what is private, trashed or still arriving has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from amity.gatherings.models import Attendance, Gathering
from amity.moments.models import Moment, Participation, Promise
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.finding import SEARCHED_WAYS
from amity.people.models import Fact, Hope, OtherName, Person, Way
from amity.search.models import Kind
from amity.storage.words import words_of

WORDS_READ = 2000  # of one text
LETTERS_READ = 20_000
_ROW_BITS, _DAY_BITS = 38, 22

Keys = Collection[int]
# The tables that are read, with the kind their entries begin at; people first, for the others name them.
TABLES = {
    Kind.PERSON: Person,
    Kind.HOPE: Hope,
    Kind.FACT: Fact,
    Kind.PROMISE: Promise,
    Kind.GATHERING: Gathering,
    Kind.MOMENT: Moment,
}


class Words(NamedTuple):
    """What the index holds of one row: its words, folded, each once, with a space between."""

    id: int
    kind: int
    row: int
    words: str


def ids_of(kind: Kind, since: date | None = None, before: date | None = None) -> tuple[int, int]:
    """Give the first and the last id an entry of this kind, and of these days, may have."""
    first = _number(kind, since)
    last = (_number(kind, before) if before else _number(kind, None) + (1 << _ROW_BITS + _DAY_BITS)) - 1
    return first, last


def _number(kind: int, day: date | None) -> int:
    """Give kind and day in one number with room for a row, so that a larger one is a later day."""
    return ((kind << _DAY_BITS) + (day.toordinal() if day else 0)) << _ROW_BITS


def words_in(owner: Owner, kind: Kind, keys: Keys) -> list[Words]:
    """Give the words of those of these rows that may be found."""
    return _READERS[kind](owner, keys)


def _entry(kind: Kind, row: int, texts: Iterable[str], day: date | None = None) -> Words:
    words = words_of("\n".join(texts)[:LETTERS_READ])[:WORDS_READ]
    return Words(_number(kind, day) + row, int(kind), row, " ".join(words))


def _people(owner: Owner, keys: Keys) -> list[Words]:
    called = _by_person(OtherName.objects.filter(person__in=keys).values_list("person_id", "name"))
    # Addresses and handles are in the person's folded text already.
    others = Way.objects.filter(person__in=keys).exclude(kind__in=SEARCHED_WAYS)
    ways = _by_person(others.values_list("person_id", "value"))
    columns = ("pk", "name", "folded", "how_met")
    found: list[Words] = []
    for row, name, folded, met in people.of(owner).filter(pk__in=keys).values_list(*columns):
        found.append(_entry(Kind.NAME, row, [name, *called[row]]))
        found.append(_entry(Kind.PERSON, row, [name, folded, *ways[row], met]))
    return found


def _by_person(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    said: defaultdict[int, list[str]] = defaultdict(list)
    for person, text in rows:
        said[person].append(text)
    return said


def _of_person(
    kind: Kind, model: type[Hope | Fact | Promise], *columns: str
) -> Callable[[Owner, Keys], list[Words]]:
    def read(owner: Owner, keys: Keys) -> list[Words]:
        rows: QuerySet[Hope | Fact | Promise] = model.objects.of(owner).filter(
            pk__in=keys, person__in=people.of(owner)
        )
        if model is Fact:
            rows = rows.filter(sensitive=False)
        return [_entry(kind, row, texts) for row, *texts in rows.values_list("pk", *columns, "person__name")]

    return read


def _gatherings(owner: Owner, keys: Keys) -> list[Words]:
    there = _names(Attendance.objects.filter(gathering__in=keys), "gathering_id")
    columns = ("pk", "day", "title", "place", "line", "questions", "description")
    rows = Gathering.objects.of(owner).filter(pk__in=keys).values_list(*columns)
    return [_entry(Kind.GATHERING, row, [*texts, *there.get(row, [])], day) for row, day, *texts in rows]


def _moments(owner: Owner, keys: Keys) -> list[Words]:
    there = _names(Participation.objects.filter(moment__in=keys), "moment_id")
    rows = Moment.objects.of(owner).filter(pk__in=keys).values_list("pk", "day", "text", "setting")
    return [
        _entry(Kind.MOMENT, row, [*texts, *there.get(row, [])], day)
        for row, day, *texts in rows
        if there.get(row) != []  # with people, but all of them in the trash
    ]


def _names(there: QuerySet[Attendance] | QuerySet[Participation], what: str) -> dict[int, list[str]]:
    """Give the names of who was there; none where nobody of them may be seen."""
    names: dict[int, list[str]] = {}
    said = there.values_list(what, "person__name", "person__trashed_at", "person__mentioned")
    for row, name, trashed_at, mentioned in said:
        seen = names.setdefault(row, [])
        if name and trashed_at is None and not mentioned:
            seen.append(name)
    return names


_READERS: dict[Kind, Callable[[Owner, Keys], list[Words]]] = {
    Kind.PERSON: _people,
    Kind.HOPE: _of_person(Kind.HOPE, Hope, "text"),
    Kind.FACT: _of_person(Kind.FACT, Fact, "label", "text"),
    Kind.PROMISE: _of_person(Kind.PROMISE, Promise, "text"),
    Kind.GATHERING: _gatherings,
    Kind.MOMENT: _moments,
}

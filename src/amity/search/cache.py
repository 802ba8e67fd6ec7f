"""The index of words: caught up from the journal inside the question that needs it, never for long.

A deed of the owner's is caught up with at once. After an import or a restore the whole book is read anew,
newest rows first, a slice of time in each question and the rest by the clock, so that nobody waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction

from amity.gatherings.models import Attendance
from amity.journal.actions import lock, table_of
from amity.journal.models import Cursor, Touch
from amity.journal.queries import News, how_far, mark_read, news
from amity.moments.models import Participation, Promise
from amity.owner.models import Owner
from amity.people.models import Fact, Hope, Person
from amity.search import spellings
from amity.search.documents import TABLES, Words, words_in
from amity.search.models import Entry, Kind, Reading
from amity.ties import cache as ties

Some = TypeVar("Some")

ROOM = "search"
AT_ONCE = 500
TOO_MANY = 5000  # rows touched: from there on all is read anew
LONGEST_TURN, PACE = 50.0, 0.1  # seconds of one turn of the clock's, and of each of its steps
SLICE = 0.3  # seconds of reading that one question may cost
ORDER = list(TABLES)
# Rows that say who was there, and the table whose words that changes.
_COMPANY: dict[Kind, tuple[type[Participation | Attendance], str]] = {
    Kind.MOMENT: (Participation, "moment_id"),
    Kind.GATHERING: (Attendance, "gathering_id"),
}
_OF_PERSON: dict[Kind, type[Hope | Fact | Promise]] = {
    Kind.HOPE: Hope,
    Kind.FACT: Fact,
    Kind.PROMISE: Promise,
}


class _Turns:
    """Whether somebody of this process reads on, and when the next may begin."""

    def __init__(self) -> None:
        self.taken = threading.Lock()
        self.begins = 0.0


_turns = _Turns()


def fresh(owner: Owner, seconds: float | None = None) -> bool:
    """Catch up with the journal for ``seconds`` at most (``SLICE``); tell whether everything is read."""
    current, read = how_far(owner, ROOM)
    if read < current:
        ties.fresh(owner)  # what is found is in the order of the ties
        with transaction.atomic():
            lock(owner)
            if happened := news(owner, ROOM, current):
                _catch_up(owner, happened)
                mark_read(owner, ROOM, happened.upto)
    return _read_on(owner, time.monotonic() + (SLICE if seconds is None else seconds))


def rebuild(owner: Owner) -> None:
    """Read the whole book anew, however long it takes."""
    with transaction.atomic():
        lock(owner)
        Entry.objects.filter(owner=owner).delete()
        spellings.forget_all(owner)
        _begin(owner)
    fresh(owner, 0)
    while not _read_a_group(owner):
        pass


def catch_up(owner: Owner, *, is_over: Callable[[], bool] = lambda: False) -> None:
    """Read on what an import brought, by the clock, until its turn is over or the house closes."""
    until = time.monotonic() + LONGEST_TURN
    while not fresh(owner, PACE) and time.monotonic() < until and not is_over():
        time.sleep(PACE)


def start_over() -> None:
    """Read every book anew when it is next asked: they were filled from a backup, which has no index."""
    Cursor.objects.filter(room=ROOM).delete()


@contextmanager
def forgetting(person: Person) -> Iterator[None]:
    """Erase a person meanwhile: what names them is read again without them, at once."""
    owner, rows = person.owner, [(Kind.PERSON, [person.pk]), *_naming([person.pk])]
    yield
    for kind, keys in rows:
        _read_again(owner, kind, keys)


def _has_begun(owner: Owner) -> bool:
    """Tell whether this book was ever read; a book from before there was an index was not."""
    return Cursor.objects.filter(owner=owner, room=ROOM).exists()


def _catch_up(owner: Owner, happened: News) -> None:
    rows = happened.rows
    if happened.everything or not _has_begun(owner) or sum(map(len, rows.values())) > TOO_MANY:
        _begin(owner)
        return
    for kind, table in TABLES.items():
        touched = set(rows.get(table_of(table), ()))
        if kind in _COMPANY:
            touched |= _joined(owner, kind, rows)
        if touched:
            _read(owner, kind, touched)


def _joined(owner: Owner, kind: Kind, rows: dict[str, frozenset[int]]) -> set[int]:
    """Give the moments (or gatherings) of a touched participation, also of one that is no longer there."""
    model, column = _COMPANY[kind]
    touched = rows.get(table_of(model), frozenset())
    if not touched:
        return set()
    images = Touch.objects.filter(owner=owner, table=table_of(model), row__in=touched)
    pictures = [picture for pair in images.values_list("before", "after") for picture in pair if picture]
    return {picture[column] for picture in pictures if column in picture} | set(
        model.objects.filter(pk__in=touched).values_list(column, flat=True)
    )


def _begin(owner: Owner) -> None:
    Reading.objects.update_or_create(owner=owner, defaults={"kind": ORDER[0], "before": None})


def _read_on(owner: Owner, until: float) -> bool:
    """Go on reading the whole book until a time; each group of rows in a short transaction of its own.

    One thread reads at a time and then leaves the book to others for as long as it had it: SQLite lets one
    write and serves nobody in turn, so that an import would wait in vain for readers who all read on.
    """
    if not Reading.objects.filter(owner=owner).exists():
        return True
    if not _turns.taken.acquire(blocking=False):
        return False
    try:
        return _turns.begins <= time.monotonic() and _take_a_turn(owner, until)
    finally:
        _turns.taken.release()


def _take_a_turn(owner: Owner, until: float) -> bool:
    began = time.monotonic()
    while time.monotonic() < until:
        if _read_a_group(owner):
            return True
    _turns.begins = 2 * time.monotonic() - began
    return False


@transaction.atomic
def _read_a_group(owner: Owner) -> bool:
    """Read the next rows; tell whether the whole book is read."""
    lock(owner)
    if (at := Reading.objects.filter(owner=owner).first()) is None:
        return True
    _advance(at)
    return at.pk is None


def _advance(at: Reading) -> None:
    owner, kind = at.owner, Kind(at.kind)
    there = TABLES[kind]._default_manager.filter(owner=owner)  # noqa: SLF001  (Django's public name)
    known = Entry.objects.filter(owner=owner, kind=kind)
    if at.before is not None:
        there, known = there.filter(pk__lt=at.before), known.filter(row__lt=at.before)
    keys = list(there.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    last = len(keys) < AT_ONCE
    if not last:
        known = known.filter(row__gte=keys[-1])
    _store(owner, kind, {*keys, *known.values_list("row", flat=True)}, words_in(owner, kind, keys))
    if not last:
        at.before = keys[-1]
        at.save(update_fields=["before"])
    elif kind == ORDER[-1]:
        at.delete()
    else:
        at.kind, at.before = ORDER[ORDER.index(kind) + 1], None
        at.save(update_fields=["kind", "before"])


def _read(owner: Owner, kind: Kind, keys: Collection[int]) -> None:
    """Read some rows again; whoever is called otherwise since is so in everything that names them."""
    for naming, rows in _naming(_read_again(owner, kind, keys)):
        _read_again(owner, naming, rows)


def _read_again(owner: Owner, kind: Kind, keys: Collection[int]) -> set[int]:
    """Let the words of these rows be those of now; give the people whose name is another than before."""
    renamed: set[int] = set()
    for some in _in_groups(sorted(keys)):
        renamed |= _store(owner, kind, some, words_in(owner, kind, some))
    return renamed


def _naming(people: Collection[int]) -> Iterator[tuple[Kind, list[int]]]:
    """Give the rows in whose words these people are named."""
    if not people:
        return
    for kind, model in _OF_PERSON.items():
        yield kind, list(model.objects.filter(person__in=people).values_list("pk", flat=True))
    for kind, (company, column) in _COMPANY.items():
        yield kind, list(company.objects.filter(person__in=people).values_list(column, flat=True))


def _store(owner: Owner, kind: Kind, keys: Collection[int], now: list[Words]) -> set[int]:
    """Let the words of these rows be these; give the people whose name is another than before."""
    before, after = set(_known(owner, kind, list(keys))), set(now)
    gone, new = before - after, after - before
    for some in _in_groups(sorted(one.id for one in gone)):
        Entry.objects.filter(pk__in=some).delete()
    _write(owner, sorted(new))
    if kind != Kind.PERSON:
        return set()
    spellings.learn(owner, [one.words for one in new if one.kind == Kind.NAME])
    spellings.unlearn(owner, [one.words for one in gone if one.kind == Kind.NAME])
    return {one.row for one in gone | new if one.kind == Kind.NAME}


def _write(owner: Owner, new: list[Words]) -> None:
    """Write entries, five hundred in one statement: FTS5 puts its words in order once for each."""
    for some in _in_groups(new):
        values: list[int | str] = [value for one in some for value in (one.id, owner.pk, *one[1:])]
        rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO amity_entry (id, owner_id, kind, row, words) VALUES {rows}", values)  # noqa: S608


def _known(owner: Owner, kind: Kind, keys: list[int]) -> Iterator[Words]:
    kinds = (Kind.NAME, Kind.PERSON) if kind == Kind.PERSON else (kind,)
    for some in _in_groups(keys):
        found = Entry.objects.filter(owner=owner, kind__in=kinds, row__in=some)
        yield from map(Words._make, found.values_list("id", "kind", "row", "words"))


def _in_groups(many: list[Some]) -> Iterator[list[Some]]:
    return (many[start : start + AT_ONCE] for start in range(0, len(many), AT_ONCE))

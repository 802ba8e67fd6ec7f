"""The cache of tie states: caught up from the journal inside the query that needs it."""

from __future__ import annotations

from datetime import date

import numpy as np
from django.db import transaction

from amity.journal.actions import lock
from amity.journal.queries import how_far, mark_read, news
from amity.owner.models import Owner
from amity.people.models import Person
from amity.rhythm.state import States
from amity.storage.bulk import write_rows
from amity.ties import history
from amity.ties.history import Histories
from amity.ties.models import Pace, Tie

ROOM = "ties"
PERSON, MOMENT = "amity.person", "amity.moment"

# The arrays of the books this process has read, by owner, with the deed they are true up to.
_held: dict[int, tuple[int, Histories]] = {}


def fresh(owner: Owner) -> Histories:
    """Give the owner's ties as the journal has them; the only write a question may cause happens here."""
    current, read = how_far(owner, ROOM)
    if read < current:
        _catch_up(owner, current)
        _held.pop(owner.pk, None)
    upto, held = _held.get(owner.pk, (-1, None))
    if held is None or upto != current:
        held = _load(owner)
        _held[owner.pk] = (current, held)
    return held


def _catch_up(owner: Owner, upto: int) -> None:
    with transaction.atomic():
        lock(owner)
        if (happened := news(owner, ROOM, upto)) is None:
            return
        if happened.everything:
            Tie.objects.filter(owner=owner).delete()
            Pace.objects.filter(owner=owner).delete()
            _store(owner, history.read(owner))
        elif happened.rows.keys() & {PERSON, MOMENT}:
            people = happened.rows.get(PERSON, frozenset())
            stale = {"seasons": None} | ({"day": date.min} if MOMENT in happened.rows else {})
            Pace.objects.filter(owner=owner).update(**stale)
            Tie.objects.filter(owner=owner, person__in=people).delete()
            _store(owner, history.read(owner, people))
        mark_read(owner, ROOM, happened.upto)


# A row's columns, beside whose it is.
_COLUMNS = ("person_id", "first", "last", "n", "s1", "c10", "c45", "c200", "median_gap")


def _store(owner: Owner, ties: Histories) -> None:
    """Write ties down, as plain rows: as models they take longer than reading the whole book."""
    s, known = ties.states, set(Person.objects.filter(owner=owner).values_list("pk", flat=True))
    columns = zip(
        ties.people.tolist(),
        s.first.tolist(),
        s.last.tolist(),
        s.n.tolist(),
        s.s1.tolist(),
        *s.counters.tolist(),
        ties.median_gap.tolist(),
        strict=True,
    )
    rows = [
        (owner.pk, person, first, last, n, *sums, None if gap != gap else gap)  # noqa: PLR0124  (NaN)
        for person, first, last, n, *sums, gap in columns
        if n and person in known
    ]
    write_rows(Tie, ("owner_id", *_COLUMNS), rows)


def _load(owner: Owner) -> Histories:
    rows = list(Tie.objects.filter(owner=owner).order_by("person_id").values_list(*_COLUMNS))
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(_COLUMNS))
    person, first, last, n = (table[:, column].astype(np.int64) for column in range(4))
    states = States(first, last, n, table[:, 4].copy(), table[:, 5:8].T.copy())
    return Histories(person, states, table[:, 8].copy())

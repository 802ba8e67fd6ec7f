"""From moments to arrays: on which days the owner and each person really were in touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from django.db.models import CharField, IntegerField
from django.db.models.functions import Cast

from amity.moments.models import TOGETHER, WRITTEN, Direction, Participation
from amity.owner.models import Owner
from amity.rhythm import days as rhythm_days
from amity.rhythm.days import Ints, Reals
from amity.rhythm.state import States, build


@dataclass(frozen=True)
class Histories:
    """The ties of one book: ``people`` (ties,) are keys of persons, everything else goes by their index."""

    people: Ints
    states: States
    median_gap: Reals

    def index(self) -> dict[int, int]:
        """Give each person's place in the arrays."""
        return {person: place for place, person in enumerate(self.people.tolist())}


@dataclass(frozen=True)
class Moments:
    """What may become mutual days, one row a moment and person; ``ties`` index ``people``."""

    people: Ints
    ties: Ints
    columns: list[Ints]  # day as an ordinal, channel, size, confirmed

    def mutual_days(self, upto: int | None = None) -> tuple[Ints, Ints]:
        """Give (tie, day) as the book knew them on a day: what was answered later was not answered yet."""
        known = slice(None) if upto is None else self.columns[0] <= upto
        return _mutual(self.ties[known], [column[known] for column in self.columns])


def moments(owner: Owner, people: Iterable[int] | None = None, *, upto: date | None = None) -> Moments:
    """Read the moments of everybody or of these people, until a day or until the last one."""
    person, *columns = _columns(_rows(owner, people, upto))
    known, ties = np.unique(person, return_inverse=True)
    return Moments(known, ties.astype(np.int64), columns)


def read(owner: Owner, people: Iterable[int] | None = None, *, upto: date | None = None) -> Histories:
    """Read ties from the mutual days of everybody or of these people, until a day or until the last one."""
    found = moments(owner, people, upto=upto)
    (ties, days), size = found.mutual_days(), len(found.people)
    return Histories(found.people, build(ties, days, size), rhythm_days.median_gap(ties, days, size))


def _columns(rows: list[tuple[int, int, int, int, bool]]) -> list[Ints]:
    """Give rows as columns: person, day, channel, size, confirmed."""
    return list(np.array(rows, np.int64).reshape(len(rows), 5).T)


def _mutual(ties: Ints, moments: list[Ints]) -> tuple[Ints, Ints]:
    day, channel, size, confirmed = moments
    return rhythm_days.mutual_days(ties, day, channel, size, confirmed.astype(bool))


def _rows(
    owner: Owner, people: Iterable[int] | None, upto: date | None
) -> list[tuple[int, int, int, int, bool]]:
    found = Participation.objects.of(owner).filter(moment__kind__in=[*TOGETHER, *WRITTEN])
    if people is not None:
        found = found.filter(person__in=list(people))
    if upto is not None:
        found = found.filter(moment__day__lte=upto)
    columns = (
        "person_id",
        "on",
        "moment__kind",
        "moment__direction",
        "moment__size",
        "sure",
    )
    # As text: else Django would turn each row's day and yes into Python's own, a third of the time.
    on = Cast("moment__day", CharField())
    sure = Cast(Cast("moment__confirmed", IntegerField()), CharField())
    rows = found.annotate(on=on, sure=sure).values_list(*columns)
    ordinal = cache(lambda text: date.fromisoformat(text).toordinal())
    return [
        (person, ordinal(day), _CHANNELS[kind, direction], size, sure == "1")
        for person, day, kind, direction, size, sure in rows
    ]


def _channel(kind: str, direction: str) -> int:
    if kind in TOGETHER:
        return rhythm_days.TOGETHER
    if direction == Direction.IN:
        return rhythm_days.FROM_THEM
    return rhythm_days.FROM_OWNER if direction == Direction.OUT else rhythm_days.OTHER


_CHANNELS = {
    (kind, direction): _channel(kind, direction)
    for kind in (*TOGETHER, *WRITTEN)
    for direction in ("", *Direction.values)
}

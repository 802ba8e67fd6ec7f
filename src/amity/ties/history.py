"""From moments to arrays: on which days the owner and each person really were in touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Cast

from amity.moments.models import TOGETHER, WRITTEN, Direction, Participation
from amity.owner.models import Owner
from amity.rhythm.days import Ints, Reals
from amity.rhythm.state import States, build
from amity.storage.bulk import DayNumber, read_numbers, these
from amity.ties import mutual


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

    def waiting(self, upto: int) -> tuple[Ints, Ints]:
        """Give (tie, day) of what was written by a day and may be answered after it, or has been already."""
        day, channel, size, confirmed = self.columns
        close = (size <= mutual.COMPANY) | (confirmed > 0)
        written = np.isin(channel, (mutual.FROM_THEM, mutual.FROM_OWNER))
        some = close & written & (day > upto - mutual.ANSWER_WITHIN) & (day <= upto)
        return self.ties[some], day[some]


def moments(owner: Owner, people: Iterable[int] | None = None, *, upto: date | None = None) -> Moments:
    """Read the moments of everybody or of these people, until a day or until the last one."""
    person, *columns = _columns(owner, people, upto)
    known, ties = np.unique(person, return_inverse=True)
    return Moments(known, ties.astype(np.int64), columns)


def read(owner: Owner, people: Iterable[int] | None = None, *, upto: date | None = None) -> Histories:
    """Read ties from the mutual days of everybody or of these people, until a day or until the last one."""
    found = moments(owner, people, upto=upto)
    (ties, days), size = found.mutual_days(), len(found.people)
    return Histories(found.people, build(ties, days, size), mutual.median_gap(ties, days, size))


def _mutual(ties: Ints, moments: list[Ints]) -> tuple[Ints, Ints]:
    day, channel, size, confirmed = moments
    return mutual.mutual_days(ties, day, channel, size, confirmed.astype(bool))


_CHANNEL = Case(
    When(moment__kind__in=TOGETHER, then=Value(mutual.TOGETHER)),
    When(moment__direction=Direction.IN, then=Value(mutual.FROM_THEM)),
    When(moment__direction=Direction.OUT, then=Value(mutual.FROM_OWNER)),
    default=Value(mutual.OTHER),
)


def _columns(owner: Owner, people: Iterable[int] | None, upto: date | None) -> Ints:
    """Give what may become mutual days: person, day, channel, size, confirmed; (5, rows)."""
    found = Participation.objects.of(owner).filter(moment__kind__in=[*TOGETHER, *WRITTEN])
    if people is not None:
        found = found.filter(person__in=these(list(people)))
    if upto is not None:
        found = found.filter(moment__day__lte=upto)
    confirmed = Cast("moment__confirmed", IntegerField())
    return read_numbers(
        found.values_list("person_id", DayNumber("moment__day"), _CHANNEL, "moment__size", confirmed)
    )

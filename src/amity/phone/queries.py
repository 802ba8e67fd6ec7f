"""What a phone keeps: kept people without anything private, today, and the gatherings around it.

Sensitive facts and the texts of moments are never read here, so that no phone can lose them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Attendance, Gathering
from amity.nudges.queries import Day
from amity.nudges.queries import today as day_of
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Fact, Hope, HopeState, Person, Place
from amity.storage.bulk import these
from amity.storage.wording import Questions, worded_once
from amity.ties.queries import Album, album
from amity.ties.story import Listed, dressed

MOST_PEOPLE = 2000
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class KeptPerson:
    """A kept person as a phone has them."""

    person: Person
    listed: Listed
    hopes: list[Hope]
    facts: list[Fact]


@dataclass(frozen=True)
class Copy:
    """Everything a phone keeps. ``to_debrief`` are over, ``coming`` are not; ``guests`` of both, by key."""

    day: Day
    suggested: list[Listed]
    people: list[KeptPerson]
    coming: list[Gathering]
    to_debrief: list[Gathering]
    guests: dict[int, list[Attendance]]


def copy(owner: Owner, today: date, *, now: datetime) -> Copy:
    """Give what a phone keeps."""
    coming = list(gatherings.coming(owner, today).filter(day__lte=today + AHEAD))
    to_debrief = gatherings.to_debrief(owner, now=now)
    day, ties = day_of(owner, today), album(owner, today)
    return Copy(
        day=day,
        suggested=dressed(owner, day.people, ties),
        people=_kept(owner, ties),
        coming=coming,
        to_debrief=to_debrief,
        guests=gatherings.guests_of(owner, [*coming, *to_debrief]),
    )


def _kept(owner: Owner, ties: Album) -> list[KeptPerson]:
    found = list(people.of(owner).filter(place=Place.KEPT).order_by("folded", "id")[:MOST_PEOPLE])
    hopes, facts = map(people.by_person, _said(owner, [person.pk for person in found]))
    return [
        KeptPerson(person, one, hopes[person.pk], facts[person.pk])
        for person, one in zip(found, dressed(owner, found, ties), strict=True)
    ]


@worded_once
def _said(owner: Owner, keys: list[int]) -> Questions:
    theirs = {"person__in": these(keys)}
    return [
        Hope.objects.of(owner).filter(**theirs, state=HopeState.OPEN).order_by("-day", "-id"),
        Fact.objects.of(owner).filter(**theirs, sensitive=False).order_by("id"),
    ]


def book_of(owner: Owner) -> str:
    """Give the name by which a phone knows whose book its copy is of; it tells nothing else."""
    return salted_hmac("amity.phone", str(owner.pk)).hexdigest()[:16]

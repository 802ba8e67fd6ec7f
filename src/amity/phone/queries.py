"""What a phone keeps: kept people without anything private, today, and the gatherings around it.

Sensitive facts and the texts of moments are never read here, so that no phone can lose them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Gathering
from amity.nudges.queries import Day
from amity.nudges.queries import today as day_of
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Fact, Hope, HopeState, Person, Place
from amity.ties.story import Listed, listed

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
    """Everything a phone keeps. ``to_debrief`` are over; ``coming`` are not."""

    day: Day
    suggested: list[Listed]
    people: list[KeptPerson]
    coming: list[Gathering]
    to_debrief: list[Gathering]


def copy(owner: Owner, today: date, *, now: datetime) -> Copy:
    """Give what a phone keeps."""
    coming = gatherings.coming(owner, today).filter(day__lte=today + AHEAD)
    day = day_of(owner, today)
    return Copy(
        day=day,
        suggested=listed(owner, day.people, today),
        people=_kept(owner, today),
        coming=list(coming),
        to_debrief=gatherings.to_debrief(owner, now=now),
    )


def _kept(owner: Owner, today: date) -> list[KeptPerson]:
    found = list(people.of(owner).filter(place=Place.KEPT).order_by("folded", "id")[:MOST_PEOPLE])
    ids = [person.pk for person in found]
    hopes = Hope.objects.of(owner).filter(person__in=ids, state=HopeState.OPEN).order_by("-day", "-id")
    facts = Fact.objects.of(owner).filter(person__in=ids, sensitive=False).order_by("id")
    hopes_of: defaultdict[int, list[Hope]] = people.by_person(hopes)
    facts_of: defaultdict[int, list[Fact]] = people.by_person(facts)
    return [
        KeptPerson(person, one, hopes_of[person.pk], facts_of[person.pk])
        for person, one in zip(found, listed(owner, found, today), strict=True)
    ]


def book_of(owner: Owner) -> str:
    """Give the name by which a phone knows whose book its copy is of; it tells nothing else."""
    return salted_hmac("amity.phone", str(owner.pk)).hexdigest()[:16]

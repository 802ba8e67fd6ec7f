"""Questions about moments, gifts and promises."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from amity.moments.models import Gift, Moment, Promise, PromiseState
from amity.owner.models import Owner
from amity.people.models import Person


def of(owner: Owner) -> QuerySet[Moment]:
    """Every moment of the book, newest first."""
    return Moment.objects.of(owner).order_by("-day", "-at", "-id")


def with_person(person: Person) -> QuerySet[Moment]:
    """The moments with one person, newest first."""
    return of(person.owner).filter(participations__person=person)


def last_with(person: Person, *, upto: date) -> Moment | None:
    """The newest moment with a person until a day."""
    return with_person(person).filter(day__lte=upto).first()


def open_promises(owner: Owner) -> QuerySet[Promise]:
    """What the owner said they would do and has not: those with a day first, soonest first."""
    waiting = Promise.objects.of(owner).filter(state=PromiseState.OPEN, person__trashed_at=None)
    return waiting.select_related("person").order_by("due", "day", "id")


def gifts_of(person: Person) -> QuerySet[Gift]:
    """What was given and received, newest first."""
    return Gift.objects.of(person.owner).filter(person=person).order_by("-day", "-id")


def promises_to(person: Person) -> QuerySet[Promise]:
    """Every promise to a person, newest first."""
    return Promise.objects.of(person.owner).filter(person=person).order_by("-day", "-id")

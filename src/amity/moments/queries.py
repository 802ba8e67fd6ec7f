"""Questions about moments, gifts and promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from amity.moments.models import TOGETHER, Gift, Moment, Participation, Promise, PromiseState
from amity.owner.models import Owner
from amity.people.models import Person
from amity.storage.bulk import DayNumber, these


def of(owner: Owner) -> QuerySet[Moment]:
    """Every moment of the book, newest first."""
    return Moment.objects.of(owner).order_by("-day", F("at").desc(nulls_last=True), "-id")


def with_person(person: Person) -> QuerySet[Moment]:
    """The moments with one person, newest first.

    By the day's number, which has no index: asked for a few of them by the day itself, PostgreSQL reads the
    whole book by day until it has met the person so often.
    """
    there = Moment.objects.of(person.owner).filter(participations__person=person)
    return there.order_by(DayNumber("day").desc(), F("at").desc(nulls_last=True), "-id")


def met_in(owner: Owner, settings: Iterable[str]) -> QuerySet[Participation]:
    """Who was together with the owner in one of these settings, once for each time."""
    there = Moment.objects.of(owner).filter(setting__in=list(settings), kind__in=TOGETHER)
    return Participation.objects.of(owner).filter(moment__in=there.values("pk"))


def last_with(owner: Owner, people: Iterable[int], *, upto: date) -> dict[int, Moment]:
    """The newest moment with each of these people (by key) until a day: two questions.

    Counted per person, and only then read: by ORDER BY … LIMIT 1 a database reads the whole book by day
    until it meets the person.
    """
    rows = Participation.objects.of(owner).filter(person__in=these(list(people)), moment__day__lte=upto)
    newest_first = [F("moment__day").desc(), F("moment__at").desc(nulls_last=True), F("moment_id").desc()]
    place = Window(RowNumber(), partition_by=["person_id"], order_by=newest_first)
    newest = dict(rows.annotate(place=place).filter(place=1).values_list("person_id", "moment_id"))
    moments = Moment.objects.in_bulk(newest.values())
    return {person: moments[moment] for person, moment in newest.items() if moment in moments}


def open_promises(owner: Owner) -> QuerySet[Promise]:
    """What the owner said they would do and has not: those with a day first, soonest first."""
    waiting = Promise.objects.of(owner).filter(state=PromiseState.OPEN, person__trashed_at=None)
    return waiting.select_related("person").order_by(F("due").asc(nulls_last=True), "day", "id")


def gifts_of(person: Person) -> QuerySet[Gift]:
    """What was given and received, newest first."""
    return Gift.objects.of(person.owner).filter(person=person).order_by("-day", "-id")


def promises_to(person: Person) -> QuerySet[Promise]:
    """Every promise to a person, newest first."""
    return Promise.objects.of(person.owner).filter(person=person).order_by("-day", "-id")


def companions(person: Person, moments: Sequence[Moment]) -> dict[int, list[str]]:
    """Give the names of whoever else was in each of these moments, by the moment's key."""
    there = Participation.objects.of(person.owner).filter(moment__in=these([moment.pk for moment in moments]))
    names: defaultdict[int, list[str]] = defaultdict(list)
    for moment, name in there.exclude(person=person).order_by("id").values_list("moment_id", "person__name"):
        names[moment].append(name)
    return names

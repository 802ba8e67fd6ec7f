"""Filters in words as questions to the book: which people, which days, where it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from amity.gatherings.models import Attendance, Gathering
from amity.introductions.cities import LABELS, lives_in
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Fact, Membership, Person, Spark, Way
from amity.search.documents import ids_of
from amity.search.models import Kind
from amity.search.wording import SETTINGS, Asked
from amity.storage.folded import fold
from amity.storage.words import Sought, Term, rows_with, words_of
from amity.ties.queries import album

Row = TypeVar("Row", Moment, Gathering)


def entries_with(owner: Owner, sought: Sought, ids: tuple[int, int], limit: int | None = None) -> RawSQL:
    """Give the rows of entries that have these words, to be looked for with ``pk__in``."""
    sql, values = rows_with(sought, owner=owner.pk, ids=ids, limit=limit)
    return RawSQL(sql, values)  # noqa: S611  (every value is a parameter of it)


@dataclass(frozen=True)
class Narrowed:
    """What the filters leave. `people` is None when they say nothing of people."""

    owner: Owner
    people: QuerySet[Person] | None
    since: date | None
    before: date | None
    settings: tuple[str, ...]
    cities: tuple[str, ...]

    @property
    def by_days_alone(self) -> bool:
        """Tell whether nothing is narrowed but days, which the index knows itself."""
        return self.people is None and not self.settings and not self.cities

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is narrowed at all."""
        return self.by_days_alone and self.since is None and self.before is None

    def when(self) -> Q:
        """Give the condition on a day: not before `since`, and before `before`."""
        chosen = Q(day__gte=self.since) if self.since else Q()
        return chosen & Q(day__lt=self.before) if self.before else chosen

    def moments(self) -> QuerySet[Moment]:
        """Give the moments that fit."""
        found = self._then_and_there(Moment.objects.of(self.owner))
        company = Participation.objects.filter(moment=OuterRef("pk"))
        if self.people is not None:
            found = found.filter(Exists(company.filter(person__in=self.people)))
        for city in self.cities:
            there = Attendance.objects.filter(gathering__in=_held_in(self.owner, city)).values("moment_id")
            found = found.filter(
                Q(pk__in=there) | Exists(company.filter(person__in=living_in(self.owner, city)))
            )
        return found

    def gatherings(self) -> QuerySet[Gathering]:
        """Give the gatherings that fit."""
        found = self._then_and_there(Gathering.objects.of(self.owner))
        if self.people is not None:
            guests = Attendance.objects.filter(gathering=OuterRef("pk"), person__in=self.people)
            found = found.filter(Exists(guests))
        for city in self.cities:
            found = found.filter(pk__in=_held_in(self.owner, city))
        return found

    def persons(self) -> QuerySet[Person]:
        """Give the people that fit: those who live there, and with whom there was such a moment."""
        found = people.of(self.owner) if self.people is None else self.people
        for city in self.cities:
            found = found.filter(pk__in=living_in(self.owner, city))
        if self.settings or self.since or self.before:
            moments = self._then_and_there(Moment.objects.of(self.owner))
            found = found.filter(Exists(moments.filter(participations__person=OuterRef("pk"))))
        return found

    def _then_and_there(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        rows = rows.filter(self.when())
        return rows.filter(setting__in=self.settings) if self.settings else rows


def narrowed(owner: Owner, asked: Asked, *, today: date) -> Narrowed:
    """Understand the filters of a line."""
    settings = tuple(SETTINGS.get(value, value) for value in asked.all("met"))
    since, before = asked.day("since"), asked.day("before")
    return Narrowed(owner, _people(owner, asked, today), since, before, settings, tuple(asked.all("in")))


def _people(owner: Owner, asked: Asked, today: date) -> QuerySet[Person] | None:
    chosen = people.of(owner)
    if sparks := asked.all("spark"):
        chosen = chosen.filter(pk__in=Spark.objects.of(owner).filter(kind__in=sparks).values("person_id"))
    for circle in asked.all("circle"):
        there = Membership.objects.of(owner).filter(circle__folded=fold(circle))
        chosen = chosen.filter(pk__in=there.values("person_id"))
    if cares := asked.all("care"):
        chosen = chosen.filter(care__in=cares)
    for place in asked.all("is"):
        chosen = chosen.filter(remembered=True) if place == "remembered" else chosen.filter(place=place)
    if standings := asked.all("standing"):
        keys = list(chosen.values_list("pk", flat=True))
        stand = album(owner, today).standings(keys)
        chosen = chosen.filter(
            pk__in=these([key for key, one in zip(keys, stand, strict=True) if one in standings])
        )
    of_people = {"spark", "circle", "care", "is", "standing"}
    return chosen if any(name in of_people for name, _ in asked.filters) else None


def these(keys: list[int]) -> RawSQL:
    """Give keys as one condition: more of them than a database takes values for one question."""
    return RawSQL(",".join(map(str, keys)) or "NULL", [])  # noqa: S611  (whole numbers of our own)


def living_in(owner: Owner, city: str) -> RawSQL:
    """Give the people who live in a city, as far as the book says; the index leaves few to look at."""
    sought = [[Term(word)] for word in words_of(city)]
    if not sought:
        return these([])
    facts = Fact.objects.of(owner).filter(pk__in=entries_with(owner, sought, ids_of(Kind.FACT)))
    ways = Way.objects.of(owner).filter(
        kind="address", person__in=entries_with(owner, sought, ids_of(Kind.PERSON))
    )
    said = [
        (person, text)
        for person, label, text in facts.values_list("person_id", "label", "text")
        if label.lower() in LABELS
    ]
    said += ways.values_list("person_id", "value")
    return these([person for person, text in said if lives_in(city, [text])])


def _held_in(owner: Owner, city: str) -> QuerySet[Gathering, int]:
    """Give the gatherings in whose place each word of the city stands."""
    sought = [[Term(word)] for word in words_of(city)]
    held = (
        Gathering.objects.of(owner).filter(pk__in=entries_with(owner, sought, ids_of(Kind.GATHERING)))
        if sought
        else Gathering.objects.none()
    )
    there = [key for key, place in held.values_list("pk", "place") if lives_in(city, [place])]
    return Gathering.objects.filter(pk__in=there)

"""Filters in words as questions to the book: which people, which days, which setting, where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Import, ImportState
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people import places
from amity.people import queries as people
from amity.people.models import Person
from amity.search.documents import ids_of
from amity.search.models import Kind
from amity.search.wording import SETTINGS, Asked
from amity.storage.bulk import these
from amity.storage.folded import fold
from amity.storage.words import Sought, Term, rows_with, words_of
from amity.ties import cache as ties
from amity.ties.queries import album
from amity.ties.roster import Wanted, wanted_keys

REMEMBERED = "remembered"
OF_PEOPLE = {"spark", "circle", "care", "is", "standing"}
# Reading the moments that fit takes as long as looking through everybody's, where they are the square root of
# all people times all moments; of a person the book holds some twenty.
FEW_EACH = 4


@dataclass(frozen=True)
class Narrowed:
    """What the filters leave, by keys. `people` is None where they say nothing of people, so is `there`.

    `residents` live in one of the cities asked for, and `there` are the gatherings and moments held in one.
    """

    owner: Owner
    people: frozenset[int] | None = None
    since: date | None = None
    before: date | None = None
    settings: tuple[str, ...] = ()
    residents: frozenset[int] = frozenset()
    there: tuple[frozenset[int], frozenset[int]] | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is narrowed at all."""
        return self == Narrowed(self.owner)

    @property
    def asks_who(self) -> bool:
        """Tell whether a moment has to be looked at for who was there, or where it was."""
        return self.people is not None or self.there is not None

    @property
    def words(self) -> list[list[Term]]:
        """Give the words that moments of the settings have in the index, among which to look for them."""
        return [[Term(words_of(setting)[0]) for setting in self.settings]] if self.settings else []

    def fits(self, moment: int, company: Collection[int]) -> bool:
        """Tell whether who was there, and where, is what is asked for."""
        if self.people is not None and self.people.isdisjoint(company):
            return False
        return self.there is None or moment in self.there[1] or not self.residents.isdisjoint(company)

    def when(self, of: str = "") -> Q:
        """Give the condition on a day, of what is `of` a row: not before `since`, and before `before`."""
        chosen = Q(**{f"{of}day__gte": self.since}) if self.since else Q()
        return chosen & Q(**{f"{of}day__lt": self.before}) if self.before else chosen

    def such(self, of: str = "") -> Q:
        """Give the condition on a day and a setting."""
        return self.when(of) & Q(**{f"{of}setting__in": self.settings}) if self.settings else self.when(of)

    def moments(self) -> QuerySet[Moment]:
        """Give the moments of these days and settings; who was there is not looked at yet."""
        return Moment.objects.of(self.owner).filter(self.such())

    def gatherings(self) -> QuerySet[Gathering]:
        """Give the gatherings that fit."""
        found = Gathering.objects.of(self.owner).filter(self.such())
        if self.people is not None:
            guests = Attendance.objects.filter(gathering=OuterRef("pk"), person__in=these(self.people))
            found = found.filter(Exists(guests))
        return found if self.there is None else found.filter(pk__in=these(self.there[0]))

    def persons(self) -> QuerySet[Person]:
        """Give the people that fit: those who live there, and with whom there was such a moment."""
        found = people.of(self.owner)
        if self.people is not None:
            found = found.filter(pk__in=these(self.people))
        if self.there is not None:
            found = found.filter(pk__in=these(self.residents))
        return found.filter(self._met()) if self.settings or self.since or self.before else found

    def _met(self) -> Q:
        """Give the condition that there was such a moment with one of these people.

        Where such moments are few, whoever was in them is read; else each person is asked for one. In a large
        book either way takes minutes where the other takes milliseconds.
        """
        there = Participation.objects.of(self.owner)
        whom = ties.fresh(self.owner).people if self.people is None else self.people
        few = FEW_EACH * len(whom)
        if Moment.objects.filter(self.such(), owner=self.owner)[: few + 1].count() <= few:
            return Q(pk__in=there.filter(moment__in=self.moments()).values("person_id"))
        asked = Q(Exists(there.filter(self.such("moment__"), person=OuterRef("pk"))))
        return self._alive_since() | asked

    def _alive_since(self) -> Q:
        """Ask nobody whose tie says it already. Ties know nothing of an import on its way out."""
        leaving = Import.objects.filter(owner=self.owner, state=ImportState.LEAVING)
        if self.since is None or self.before or self.settings or leaving.exists():
            return Q()
        ties.fresh(self.owner)
        return Q(tie__last__gte=self.since.toordinal())


def narrowed(owner: Owner, asked: Asked, *, today: date) -> Narrowed:
    """Understand the filters of a line; without any it asks nothing."""
    cities = asked.all("in")
    return Narrowed(
        owner,
        people=_people(owner, asked, today),
        since=asked.day("since"),
        before=asked.day("before"),
        settings=tuple(SETTINGS.get(value, value) for value in asked.all("met")),
        residents=frozenset(places.living_in(owner, cities)) if cities else frozenset(),
        there=_held_in(owner, cities) if cities else None,
    )


def _people(owner: Owner, asked: Asked, today: date) -> frozenset[int] | None:
    if not any(name in OF_PEOPLE for name, _ in asked.filters):
        return None
    chosen = people.of(owner)
    if cares := asked.all("care"):
        chosen = chosen.filter(care__in=cares)
    if placed := asked.all("is"):
        remembered = Q(remembered=True) if REMEMBERED in placed else Q()
        chosen = chosen.filter(Q(place__in=placed) | remembered)
    keys = frozenset(chosen.values_list("pk", flat=True))
    circles = {fold(name) for name in asked.all("circle")}
    wanted = Wanted(
        standings=asked.all("standing"),
        sparks=asked.all("spark"),
        circles=[name for name in people.circles(owner) if fold(name) in circles] or sorted(circles),
    )
    return (
        keys
        if not (wanted.standings or wanted.sparks or wanted.circles)
        else keys & set(wanted_keys(owner, wanted, album(owner, today)))
    )


def _held_in(owner: Owner, cities: Collection[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Give the gatherings whose place names one of the cities, and the moments they became."""
    there: set[int] = set()
    for city in cities:
        if sought := [[Term(word)] for word in words_of(city)]:
            held = Gathering.objects.of(owner).filter(
                pk__in=entries_with(owner, sought, ids_of(Kind.GATHERING))
            )
            there |= {key for key, place in held.values_list("pk", "place") if places.lives_in(city, [place])}
    became = Attendance.objects.filter(gathering__in=these(there)).exclude(moment=None)
    return frozenset(there), frozenset(became.values_list("moment_id", flat=True))


def entries_with(owner: Owner, sought: Sought, ids: tuple[int, int], limit: int | None = None) -> RawSQL:
    """Give the rows of entries that have these words, to be looked for with ``pk__in``."""
    sql, values = rows_with(sought, owner=owner.pk, ids=ids, limit=limit)
    return RawSQL(sql, values)  # noqa: S611  (every value is a parameter of it)

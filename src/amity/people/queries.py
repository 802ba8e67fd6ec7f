"""Questions about people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Model, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from amity.owner.models import Owner
from amity.people.identity import now
from amity.people.models import (
    Affiliation,
    Circle,
    Link,
    Membership,
    Person,
    PersonDate,
    Photo,
    Place,
    Season,
    Spark,
    Way,
)
from amity.storage.bulk import these
from amity.storage.folded import fold
from amity.storage.wording import Questions, answered_once, any_once, worded_once

INTRODUCED_BY = "introduced by"  # what a link says from the one who was introduced to the one who did
MOST_INTRODUCERS = 20


class NotFound(Exception):
    """Nobody (or nothing) of that name belongs to this owner."""

    status = 404

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def of(owner: Owner) -> QuerySet[Person]:
    """Everybody of the book who can be found: not trashed, not merely mentioned."""
    return Person.objects.of(owner).filter(trashed_at=None, mentioned=False)


def reachable(owner: Owner, day: date) -> QuerySet[Person]:
    """Everybody who may be suggested: not remembered, mentioned, shelved, trashed or in a season."""
    resting = Season.objects.of(owner).filter(starts__lte=day, ends__gte=day).values("person_id")
    return of(owner).filter(remembered=False).exclude(place=Place.SHELF).exclude(id__in=resting)


def get(owner: Owner, uid: str) -> Person:
    """Give one person by id, or by a name that only one person bears; for who became somebody else, that one.

    Raises:
        NotFound: when there is none, or several.
    """
    person = Person.everything.of(owner).filter(uid=uid).select_related("owner").first()
    if person is not None:
        return now(person)
    named = [p for p in matching(owner, uid).select_related("owner")[:20] if fold(p.name) == fold(uid)]
    if len(named) != 1:
        raise NotFound(
            (
                _("There is more than one person called %(name)r here.")
                if named
                else _("There is nobody called %(name)r here.")
            )
            % {"name": uid[:60]}
        )
    return named[0]


def matching(owner: Owner, words: str) -> QuerySet[Person]:
    """Everybody in whose name, organisation, address or circle each of the words occurs."""
    found = of(owner)
    for word in fold(words).split()[:8]:
        found = found.filter(folded__contains=word)
    return found


def introducers(owner: Owner, most: int) -> dict[str, str]:
    """Give uid -> name of the people through whom the owner met the most others."""
    return {uid: name for uid, name, _often in _introducers(owner, most)}


@answered_once
def _introducers(owner: Owner, most: int) -> QuerySet[Any, tuple[str, str, int]]:
    links = Link.objects.of(owner).filter(kind=INTRODUCED_BY, b__trashed_at=None, b__mentioned=False)
    often = links.values_list("b__uid", "b__name").annotate(often=Count("id"))
    return often.order_by("-often", "b__folded")[:most]


def met_through(owner: Owner, found: QuerySet[Person], uids: Iterable[str]) -> QuerySet[Person]:
    """Whoever of those found was met through one of these: a link says so, or the words of how they met."""
    through = dict(of(owner).filter(uid__in=list(uids)).values_list("pk", "name")[:MOST_INTRODUCERS])
    links = Link.objects.of(owner).filter(kind=INTRODUCED_BY, b__in=through)
    said = Q(pk__in=links.values("a_id"))
    for name in through.values():
        said |= Q(how_met__icontains=name)
    return found.filter(said).exclude(pk__in=through)


@dataclass(frozen=True)
class PersonRow:
    """A person as a list shows them. ``sparks`` maps kind to the owner's words."""

    uid: str
    name: str
    care: str
    place: str
    remembered: bool
    ways: list[Way] = field(default_factory=list)
    sparks: dict[str, str] = field(default_factory=dict)
    circles: list[str] = field(default_factory=list)
    organisation: str = ""
    title: str = ""
    has_photo: bool = False


def rows(owner: Owner, people: Iterable[Person]) -> list[PersonRow]:
    """Dress people for a list: one question however many they are."""
    people = list(people)
    *found, photos = _worn(owner, [person.pk for person in people])
    ways, sparks, circles, work = map(by_person, found)
    with_photo = set(photos)
    return [
        PersonRow(
            uid=person.uid,
            name=person.name,
            care=person.care,
            place=person.place,
            remembered=person.remembered,
            ways=ways[person.pk],
            sparks={spark.kind: spark.line for spark in sparks[person.pk]},
            circles=sorted(membership.circle.name for membership in circles[person.pk]),
            organisation=_organisation(work[person.pk]),
            title=work[person.pk][-1].title if work[person.pk] else "",
            has_photo=person.pk in with_photo,
        )
        for person in people
    ]


@worded_once
def _worn(owner: Owner, keys: list[int]) -> Questions:
    """Word what is asked of people in a list."""
    theirs = {"person__in": these(keys)}
    return [
        Way.objects.of(owner).filter(**theirs).order_by("id"),
        Spark.objects.of(owner).filter(**theirs).order_by("id"),
        Membership.objects.of(owner).filter(**theirs).select_related("circle"),
        Affiliation.objects.of(owner).filter(**theirs).select_related("organisation").order_by("id"),
        Photo.objects.of(owner).filter(**theirs).values_list("person_id", flat=True),
    ]


def work(owner: Owner, whom: Iterable[Person]) -> dict[int, str]:
    """Give what each of these people does and where, as far as the book says, by their keys."""
    said = by_person(_work(owner, [one.pk for one in whom]))
    told = {key: (theirs[-1].title, _organisation(theirs)) for key, theirs in said.items()}
    return {key: ", ".join(part for part in parts if part) for key, parts in told.items()}


@answered_once
def _work(owner: Owner, keys: list[int]) -> QuerySet[Affiliation]:
    there = Affiliation.objects.of(owner).filter(person__in=these(keys))
    return there.select_related("organisation").order_by("id")


def _organisation(work: list[Affiliation]) -> str:
    return work[-1].organisation.name if work and work[-1].organisation else ""


def by_person(found: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """Sort rows that hang on a person by that person's key."""
    sorted_rows: defaultdict[int, list[Any]] = defaultdict(list)
    for row in found:
        sorted_rows[row.person_id].append(row)
    return sorted_rows


def days_in_order(found: QuerySet[PersonDate]) -> QuerySet[PersonDate]:
    """Give days by what they are; where sources differ, the owner's own word goes before what says more.

    Where there is room for one birthday, it is the first of these; a year or a month alone come last.
    """
    told = found.alias(size=Length("value"))
    is_day, is_own = (
        ExpressionWrapper(one, BooleanField())
        for one in (Q(value__startswith="--") | Q(size=len("1815-12-10")), Q(imported_by=None))
    )
    return told.order_by("kind", is_day.desc(), is_own.desc(), "-size", "value", "id")


def trashed(owner: Owner) -> QuerySet[Person]:
    """Everybody in the trash, from where they can be taken back."""
    return Person.objects.of(owner).exclude(trashed_at=None)


has_trash = any_once(trashed)


def is_empty(owner: Owner) -> bool:
    """Tell whether nobody is in the book yet."""
    return not of(owner).exists()


def photo(person: Person) -> bytes | None:
    """Give a person's face as a JPEG."""
    newest = Photo.objects.of(person.owner).filter(person=person).order_by("-id").first()
    return bytes(newest.jpeg) if newest else None


@answered_once
def circles(owner: Owner) -> QuerySet[Circle, str]:
    """Give the owner's circles by name."""
    return Circle.objects.of(owner).order_by("folded").values_list("name", flat=True)


def one_of(owner: Owner, model: type[Model], uid: str) -> Any:
    """Give one row of the owner's by its id.

    Raises:
        NotFound: when it is not there, or not theirs.
    """
    row = model._default_manager.of(owner).filter(uid=uid).first()  # type: ignore[attr-defined]  # noqa: SLF001
    if row is None:
        raise NotFound(_("That is not here."))
    return row

"""One person with everything the book holds of them, for their page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amity.gatherings.models import Attendance
from amity.moments.models import Gift, Moment, Promise
from amity.moments.queries import gifts_of, promises_to, with_person
from amity.owner.models import Owner
from amity.people.models import Fact, Hope, Link, OtherName, Person, PersonDate, Season
from amity.people.queries import PersonRow, days_in_order, rows
from amity.storage.wording import Questions, worded_once
from amity.ties.queries import Album, Portrait, album


@dataclass(frozen=True)
class Listed:
    """A person in a list, with how the tie is doing."""

    row: PersonRow
    tie: Portrait


@dataclass(frozen=True)
class Story:
    """A person's page: everything, newest first where it has a day."""

    person: Person
    row: PersonRow
    tie: Portrait
    moments: list[Moment]
    hopes: list[Hope]
    facts: list[Fact]
    dates: list[PersonDate]
    other_names: list[str]
    gifts: list[Gift]
    promises: list[Promise]
    seasons: list[Season]
    links: list[Link]
    attendances: list[Attendance]


def listed(owner: Owner, found: list[Person], day: date) -> list[Listed]:
    """Dress people for a list, with their ties."""
    return dressed(owner, found, album(owner, day))


def dressed(owner: Owner, found: list[Person], ties: Album) -> list[Listed]:
    """Dress people for a list, with their ties from an album that is open already."""
    portraits = ties.portraits([person.pk for person in found])
    return [Listed(row, tie) for row, tie in zip(rows(owner, found), portraits, strict=True)]


def story(owner: Owner, person: Person, day: date, *, moments: int | None = None) -> Story:
    """Give everything the book holds of one person; of its moments the newest so many, if that is said."""
    told = _told(owner, person, moments)
    return Story(person, rows(owner, [person])[0], album(owner, day).portrait(person.pk), *told)


@worded_once
def _told(owner: Owner, person: Person, moments: int | None) -> Questions:
    """Word what is asked of a person's page."""
    own = {"person": person}
    links = Link.objects.of(owner).filter(a=person) | Link.objects.of(owner).filter(b=person)
    there = Attendance.objects.of(owner).filter(**own).select_related("gathering")
    return [
        with_person(person)[:moments],
        Hope.objects.of(owner).filter(**own).order_by("-day", "-id"),
        Fact.objects.of(owner).filter(**own).order_by("id"),
        days_in_order(PersonDate.objects.of(owner).filter(**own)),
        OtherName.objects.of(owner).filter(**own).order_by("id").values_list("name", flat=True),
        gifts_of(person),
        promises_to(person),
        Season.objects.of(owner).filter(**own).order_by("-starts", "-id"),
        links.select_related("a", "b").order_by("id"),
        there.order_by("-gathering__day", "-id")[:50],
    ]

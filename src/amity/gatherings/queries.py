"""Questions about gatherings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from amity.gatherings.models import Attendance, Gathering
from amity.owner.models import Owner
from amity.people.models import Person


def of(owner: Owner) -> QuerySet[Gathering]:
    """Every gathering that was not called off, soonest first."""
    return Gathering.objects.of(owner).filter(cancelled=False).exclude(answer="no").order_by("day", "starts_at", "id")


@dataclass(frozen=True)
class GatheringRow:
    """A gathering as Today shows it; `names` are the guests, known or not."""

    uid: str
    title: str
    day: date
    last_day: date
    starts_at: datetime | None
    place: str
    kind: str
    names: list[str]


def on(owner: Owner, day: date) -> list[GatheringRow]:
    """The gatherings of one day, with who will be there: two questions however many they are."""
    guests = Prefetch("attendances", Attendance.objects.exclude(answer="no").select_related("person").order_by("id"))
    found = of(owner).filter(day__lte=day, last_day__gte=day).prefetch_related(guests)
    return [
        GatheringRow(
            uid=one.uid,
            title=one.title,
            day=one.day,
            last_day=one.last_day,
            starts_at=one.starts_at,
            place=one.place,
            kind=one.kind,
            names=[guest.person.name if guest.person else guest.name or guest.email for guest in one.attendances.all()],
        )
        for one in found
    ]


def last_with(person: Person, *, upto: date) -> Gathering | None:
    """The newest gathering a person was at until a day, however large."""
    there = of(person.owner).filter(attendances__person=person, last_day__lte=upto)
    return there.order_by("-last_day", "-id").first()

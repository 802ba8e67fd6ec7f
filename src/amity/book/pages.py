"""One person as a vCard and as a page of Markdown, and the book's gatherings as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amity.formats.ics_writer import write_calendar
from amity.formats.records import Contact, Dated, Event, Guest, Party, Remark, Way
from amity.formats.vcard_writer import write_card
from amity.gatherings.models import Gathering
from amity.moments.models import Gift, Moment, Promise
from amity.owner.models import Owner
from amity.people.models import (
    Affiliation,
    Fact,
    Hope,
    Membership,
    OfPerson,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Spark,
)
from amity.people.models import Way as WayRow

_NO_YEAR = "2000"
CARD_KINDS = {"email", "phone", "url", "handle", "address"}


def contact(person: Person) -> Contact:
    """Give a person as a record that every writer of contacts understands. Sensitive facts stay out."""
    work = Affiliation.objects.filter(person=person).select_related("organisation").order_by("id").last()
    photo = Photo.objects.filter(person=person).order_by("id").last()
    facts = Fact.objects.filter(person=person, sensitive=False).order_by("uid")
    return Contact(
        where="",
        key=person.uid,
        name=person.name,
        ways=tuple(
            Way(way.kind, way.value, way.label)  # type: ignore[arg-type]
            for way in WayRow.objects.filter(person=person, kind__in=CARD_KINDS).order_by("uid")
        ),
        also_named=tuple(
            OtherName.objects.filter(person=person).order_by("uid").values_list("name", flat=True)
        ),
        organisation=work.organisation.name if work and work.organisation else "",
        title=work.title if work else "",
        dates=tuple(
            Dated(one.kind, one.value) for one in PersonDate.objects.filter(person=person).order_by("uid")
        ),
        remarks=tuple(Remark(fact.label, fact.text, fact.day) for fact in facts),
        circles=tuple(
            Membership.objects.filter(person=person)
            .order_by("circle__folded")
            .values_list("circle__name", flat=True)
        ),
        photo=bytes(photo.jpeg) if photo else None,
    )


def card(person: Person) -> str:
    """Give a person as a vCard 4.0."""
    return write_card(contact(person), "4.0")


def page(person: Person) -> str:
    """Give a person as a page of Markdown, everything the book holds in the order of the screen."""
    lines = [f"# {person.name}", ""]
    if person.how_met:
        lines += [person.how_met, ""]
    for title, entries in _sections(person):
        if entries:
            lines += [f"## {title}", "", *(f"- {entry}" for entry in entries), ""]
    return "\n".join(lines)


def _sections(person: Person) -> Iterator[tuple[str, list[str]]]:
    def of(model: type[OfPerson]) -> list[Any]:
        return list(model._default_manager.filter(person=person).order_by("uid"))  # noqa: SLF001

    yield "Why", [_with(one.kind, one.line) for one in of(Spark)]
    yield "Ways", [f"{one.kind}: {one.value}" for one in of(WayRow)]
    yield "Days", [f"{one.kind}: {one.value}" for one in of(PersonDate)]
    yield "Hopes", [f"{one.day} ({one.state}): {one.text}" for one in of(Hope)]
    yield "Facts", [_with(one.label or "fact", one.text) for one in of(Fact)]
    yield (
        "Gifts",
        [
            f"{one.day} {'from' if one.received else 'to'} them: {_with(one.kind, one.text)}"
            for one in of(Gift)
        ],
    )
    yield "Promises", [f"{one.day} ({one.state}): {one.text}" for one in of(Promise)]
    moments = Moment.objects.filter(participations__person=person).order_by("-day", "uid")
    yield "Moments", [_with(f"{one.day} {one.kind}", " ".join(one.text.split())) for one in moments]


def _with(head: str, text: str) -> str:
    return f"{head}: {text}" if text else head


def calendar(owner: Owner) -> bytes:
    """Give every gathering, and every birthday and other day of the people, as one calendar file."""
    found = Gathering.objects.of(owner).prefetch_related("attendances__person").order_by("uid")
    return write_calendar((_event(one) for one in found), name="Amity", yearly=_days(owner))


def _days(owner: Owner) -> Iterator[Event]:
    """Give the days that come back each year; one without its year begins in a leap year long enough ago."""
    days = PersonDate.objects.of(owner).filter(person__trashed_at=None, person__remembered=False)
    for one in days.filter(person__became="").select_related("person").order_by("uid"):
        if (first := _first(one.value)) is not None:
            title = one.person.name if one.kind == "birthday" else f"{one.person.name}: {one.kind}"
            key, after = f"{one.uid}@amity.invalid", first + timedelta(days=1)
            yield Event(where="", key=key, title=title, starts=first, ends=after)


def _first(value: str) -> date | None:
    whole = f"{_NO_YEAR}{value[1:]}" if value.startswith("--") else value
    return date.fromisoformat(whole) if len(whole) == len("1815-12-10") else None


def _event(one: Gathering) -> Event:
    zone = ZoneInfo(one.zone) if one.zone and one.zone != "UTC" else UTC
    return Event(
        where="",
        key=f"{one.uid}@amity.invalid",
        title=one.title,
        starts=one.starts_at.astimezone(zone) if one.starts_at else one.day,
        ends=one.ends_at.astimezone(zone) if one.ends_at else one.last_day + timedelta(days=1),
        guests=tuple(
            Guest(Party(name=each.name, email=each.email), each.answer, each.organiser)  # type: ignore[arg-type]
            for each in sorted(one.attendances.all(), key=lambda each: each.uid)
            if each.email
        ),
        place=one.place,
        description=one.description,
        url=one.url,
        cancelled=one.cancelled,
    )

"""One person as a vCard and as a page of Markdown, and the book's gatherings as a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Model, Prefetch, QuerySet

from amity.formats.ics_writer import write_calendar
from amity.formats.records import Contact, Dated, Event, Guest, Mention, Party, Remark, Way
from amity.formats.vcard_writer import write_card
from amity.gatherings.models import Attendance, Gathering
from amity.moments.models import Gift, Participation, Promise
from amity.owner.models import Owner
from amity.people.models import (
    Affiliation,
    Fact,
    Hope,
    Link,
    Membership,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Spark,
)
from amity.people.models import Way as WayRow
from amity.people.queries import by_person, days_in_order
from amity.storage.together import ask_together

_NO_YEAR = "2000"
CARD_KINDS = {"email", "phone", "url", "handle", "address"}
_BORN_AND_DIED = {"birthday", "died"}  # nobody has two of them
_AT_ONCE = 100


def _as_made(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return found.order_by("id")


def _newest_first(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return found.order_by("-day", "-id")


# What each table's rows are told in: the order of the screen, where the first address is the one to write to.
_Orders = dict[type[Model], Callable[[QuerySet[Any, Any]], QuerySet[Any, Any]]]
_ON_A_CARD: _Orders = {WayRow: _as_made, OtherName: _as_made, PersonDate: days_in_order, Fact: _as_made}
_ON_A_PAGE: _Orders = {
    **_ON_A_CARD,
    Spark: _as_made,
    Hope: _newest_first,
    Gift: _newest_first,
    Promise: _newest_first,
}


@dataclass(frozen=True)
class Held:
    """One person with what the book holds of them, each table's rows in the order of the screen.

    ``work`` is the newest; ``moments`` are (day, kind, text), newest first; ``mentions`` (what they are to
    the person, name) are known through them only; the rest is by its table.
    """

    person: Person
    work: Affiliation | None
    photo: bytes | None
    circles: list[str]
    moments: list[tuple[date, str, str]]
    mentions: list[tuple[str, str]]
    rows: dict[type[Model], list[Any]]


def held(people: Iterable[Person], *, whole: bool = False) -> Iterator[Held]:
    """Read people with what a card tells, or the whole of a page: two questions for each so many people."""
    waiting = iter(people)
    while lot := list(islice(waiting, _AT_ONCE)):
        yield from _held(lot, _ON_A_PAGE if whole else _ON_A_CARD)


def _held(people: list[Person], told: _Orders) -> Iterator[Held]:
    def of(model: Any) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = model.objects.of(owner)
        return found.filter(person__in=keys)

    owner, keys = people[0].owner, [person.pk for person in people]
    there = of(Participation).order_by("-moment__day", F("moment__at").desc(nulls_last=True), "-moment_id")
    there = there if told is _ON_A_PAGE else there.none()  # the words of a whole chat are on no card
    family = Link.objects.of(owner).filter(a__in=keys, b__mentioned=True, b__trashed_at=None).order_by("id")
    work, circles, moments, mentioned, *rest = ask_together(
        of(Affiliation).select_related("organisation").order_by("id"),
        of(Membership).order_by("circle__folded").values_list("person_id", "circle__name"),
        there.values_list("person_id", "moment__day", "moment__kind", "moment__text"),
        family.values_list("a_id", "kind", "b__name"),
        *(order(of(model)) for model, order in told.items()),
    )
    newest_work = {row.person_id: row for row in work}
    photos = dict(of(Photo).order_by("id").values_list("person_id", "jpeg"))
    circles_of, moments_of, family_of = grouped(circles), grouped(moments), grouped(mentioned)
    rows_of = {model: by_person(found) for model, found in zip(told, rest, strict=True)}
    for person in people:
        key = person.pk
        yield Held(
            person=person,
            work=newest_work.get(key),
            photo=bytes(photos[key]) if key in photos else None,
            circles=[name for (name,) in circles_of[key]],
            moments=moments_of[key],
            mentions=family_of[key],
            rows={model: found[key] for model, found in rows_of.items()},
        )


def grouped(found: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[Any]]:
    """Sort tuples that begin with a key by that key, which is left out."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *rest in found:
        groups[key].append(tuple(rest))
    return groups


def contact(one: Held) -> Contact:
    """Give a person as a record that every writer of contacts understands. Sensitive facts stay out."""
    work, facts = one.work, [fact for fact in one.rows[Fact] if not fact.sensitive]
    return Contact(
        where="",
        key=one.person.uid,
        name=one.person.name,
        ways=tuple(Way(way.kind, way.value, way.label) for way in one.rows[WayRow] if way.kind in CARD_KINDS),
        also_named=tuple(other.name for other in one.rows[OtherName]),
        organisation=work.organisation.name if work and work.organisation else "",
        title=work.title if work else "",
        dates=tuple(Dated(day.kind, day.value) for day in one.rows[PersonDate]),
        remarks=tuple(Remark(fact.label, fact.text, fact.day) for fact in facts),
        circles=tuple(one.circles),
        photo=one.photo,
        remembered=one.person.remembered,
        mentions=tuple(Mention(kind, name) for kind, name in one.mentions),
    )


def card(one: Held) -> str:
    """Give a person as a vCard 4.0."""
    return write_card(contact(one), "4.0")


def page(one: Held) -> str:
    """Give a person as a page of Markdown, everything the book holds in the order of the screen."""
    lines = [f"# {one.person.name}", ""]
    if one.person.how_met:
        lines += [one.person.how_met, ""]
    for title, entries in _sections(one):
        if entries:
            lines += [f"## {title}", "", *(f"- {entry}" for entry in entries), ""]
    return "\n".join(lines)


def _sections(one: Held) -> Iterator[tuple[str, list[str]]]:
    rows = one.rows
    yield "Why", [_with(spark.kind, spark.line) for spark in rows[Spark]]
    yield "Ways", [f"{way.kind}: {way.value}" for way in rows[WayRow]]
    yield "Days", [f"{day.kind}: {day.value}" for day in rows[PersonDate]]
    yield "Hopes", [f"{hope.day} ({hope.state}): {hope.text}" for hope in rows[Hope]]
    yield "Facts", [_with(fact.label or "fact", fact.text) for fact in rows[Fact]]
    yield "Gifts", [_gift(gift) for gift in rows[Gift]]
    yield "Promises", [f"{said.day} ({said.state}): {said.text}" for said in rows[Promise]]
    yield "Moments", [_with(f"{day} {kind}", " ".join(text.split())) for day, kind, text in one.moments]


def _gift(gift: Gift) -> str:
    return f"{gift.day} {'from' if gift.received else 'to'} them: {_with(gift.kind, gift.text)}"


def _with(head: str, text: str) -> str:
    return f"{head}: {text}" if text else head


def calendar(owner: Owner) -> bytes:
    """Give every gathering, and every birthday and other day of the people, as one calendar file."""
    guests = Prefetch("attendances", Attendance.objects.of(owner).order_by("id"))
    found = Gathering.objects.of(owner).prefetch_related(guests).order_by("id")
    return write_calendar((_event(one) for one in found), name="Amity", yearly=_days(owner))


def _days(owner: Owner) -> Iterator[Event]:
    """Give the days that come back each year; one without its year begins in a leap year long enough ago.

    A birthday of which sources say different days is one event, and tells the other days in its words.
    """
    days = PersonDate.objects.of(owner).filter(person__trashed_at=None, person__remembered=False)
    found = days_in_order(days.filter(person__became="").select_related("person"))
    same: dict[Any, list[PersonDate]] = {}
    for one in found:
        same.setdefault((one.person_id, one.kind) if one.kind in _BORN_AND_DIED else one.uid, []).append(one)
    for first, *others in sorted(same.values(), key=lambda alike: alike[0].pk):
        yield from _yearly(first, others)


def _yearly(one: PersonDate, others: list[PersonDate]) -> Iterator[Event]:
    if (first := _first(one.value)) is not None:
        yield Event(
            where="",
            key=f"{one.uid}@amity.invalid",
            title=one.person.name if one.kind == "birthday" else f"{one.person.name}: {one.kind}",
            starts=first,
            ends=first + timedelta(days=1),
            description=f"Also said: {', '.join(other.value for other in others)}" if others else "",
        )


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
            for each in one.attendances.all()
            if each.email
        ),
        place=one.place,
        description=one.description,
        url=one.url,
        cancelled=one.cancelled,
    )

"""What a file says of people, as rows: only what the book does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from amity.formats.records import Contact
from amity.journal.actions import table_of
from amity.journal.models import Import, Origin
from amity.people.actions import NAME_LENGTH, clean
from amity.people.identity import Identity, Ref, normal
from amity.people.models import (
    Affiliation,
    Circle,
    Fact,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Way,
)
from amity.people.photo import face
from amity.sources.batch import Batch
from amity.sources.who import Who, name_from_address
from amity.storage.folded import fold

# What makes two rows of one person the same, model by model.
SAME = {
    OtherName: lambda row: fold(row.name),
    Way: lambda row: (row.kind, row.normal or fold(row.value)),
    PersonDate: lambda row: (row.kind, row.value),
    Fact: lambda row: (fold(row.label), fold(row.text)),
    Photo: lambda row: "photo",  # noqa: ARG005  (a person has one face)
    Affiliation: lambda row: (row.organisation.folded if row.organisation else "", fold(row.title)),
    Membership: lambda row: row.circle.folded,
}
JOINED = {Affiliation: "organisation", Membership: "circle"}


@dataclass
class Known:
    """What the book already holds of the people in one batch: same-key -> the row that says it."""

    rows: dict[tuple[type[models.Model], int, Any], Any] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)

    @classmethod
    def load(cls, people: Iterable[int]) -> Known:
        """Read the rows of these people: one question a model."""
        ids = [person for person in people if person > 0]
        known = cls(people=Person.objects.in_bulk(ids))
        for model, same in SAME.items():
            found = model._default_manager.filter(person_id__in=ids)  # noqa: SLF001
            for row in found.select_related(JOINED[model]) if model in JOINED else found:
                known.rows[model, row.person_id, same(row)] = row
        return known


@dataclass
class Contacts:
    """Turns contacts into rows; circles and organisations are made once and shared."""

    run: Import
    who: Who
    repeat: bool
    circles: dict[str, Circle] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    renames: dict[int, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the circles and organisations of the book."""
        owner, run = self.run.owner, self.run
        for model, held in ((Circle, self.circles), (Organisation, self.organisations)):
            rows = model.objects.of(owner) | model.objects.filter(owner=owner, imported_by=run)
            held.update({row.folded: row for row in rows})

    def match(self, batch: Batch, contacts: list[tuple[str, Contact]]) -> None:
        """Find or make the person of each contact, then add what is new about them."""
        found = [(contact, self._person(batch, source, contact), source) for source, contact in contacts]
        known = Known.load({ref for _, ref, _ in found if isinstance(ref, int)})
        seen: set[tuple[type[models.Model], int, Any]] = set()
        for contact, ref, source in found:
            if ref is not None:
                self._add(batch, contact, ref, source, known, seen)

    def _person(self, batch: Batch, source: str, contact: Contact) -> Ref | None:
        identities = self.who.identities(contact, source)
        directory = self.who.directory
        if contact.of_owner or directory.is_owner(identities) or directory.is_erased(identities):
            return None
        found, by = directory.find(identities)
        if found is not None and by == "phone" and not self._one_name(found, contact.name):
            found = None  # a switchboard or a shared telephone
        if found is None:
            return self._new(batch, source, contact, identities)
        directory.add(identities, found)
        return found

    @staticmethod
    def _one_name(ref: Ref, name: str) -> bool:
        known = ref.folded if isinstance(ref, Person) else Person.objects.values_list("folded", flat=True).get(pk=ref)
        return not name or bool(set(fold(name).split()) & set(known.split()))

    def _new(self, batch: Batch, source: str, contact: Contact, identities: list[Identity]) -> Person:
        emails = " ".join(way.value for way in contact.ways if way.kind in {"email", "handle"})
        extra = f"{' '.join(contact.also_named)} {emails} {contact.title} {contact.organisation} "
        name = clean(contact.name, NAME_LENGTH) or name_from_address(emails or "Somebody")
        key = f"{source}:{contact.key}"[:200]
        person = self.who.make(batch, name, identities, key, extra=extra + " ".join(contact.circles))
        person.met_on = contact.met
        person.how_met = "Connected on LinkedIn" if contact.met and source == "linkedin" else ""
        return person

    def _add(
        self, batch: Batch, contact: Contact, ref: Ref, source: str, known: Known, seen: set[Any]
    ) -> None:
        before = isinstance(ref, int) and ref not in self.who.made
        if before:
            self.who.known.add(ref)
        for row in self._rows(batch, contact, ref, source, known):
            key = (type(row), ref if isinstance(ref, int) else id(ref), SAME[type(row)](row))
            if key in seen:
                continue
            seen.add(key)
            there = known.rows.get(key)
            if there is None:
                batch.add(row)
                if before:
                    self.who.updated.add(ref)
            elif not self.repeat and there.imported_by_id not in {None, self.run.pk}:
                batch.add(self._origin(there))

    def _origin(self, row: models.Model, key: str = "") -> Origin:
        return Origin(owner=self.run.owner, imported_by=self.run, table=table_of(row), row=row.pk, key=key)

    def _rows(self, batch: Batch, contact: Contact, ref: Ref, source: str, known: Known) -> Iterable[models.Model]:
        make = self.who.row
        for name in self._other_names(contact, ref, known):
            yield make(OtherName, ref, name=name)
        for way in contact.ways:
            form = normal(way.kind, way.value, self.who.region)[:500]
            yield make(Way, ref, kind=way.kind, value=clean(way.value), normal=form, label=clean(way.label, 80))
        for day in contact.dates:
            yield make(PersonDate, ref, kind=clean(day.kind, 80), value=day.value)
        for remark in contact.remarks:
            if text := remark.text.strip()[:20_000]:
                yield make(Fact, ref, label=clean(remark.label, 120), text=text, day=remark.day, source=source)
        for circle in contact.circles:
            if name := clean(circle, 120):
                yield make(Membership, ref, circle=self._circle(batch, name))
        yield from self._work(batch, contact, ref)
        if contact.photo and (jpeg := face(contact.photo)):
            yield make(Photo, ref, jpeg=jpeg)

    def _other_names(self, contact: Contact, ref: Ref, known: Known) -> list[str]:
        person = ref if isinstance(ref, Person) else known.people.get(ref)
        names = [clean(name, NAME_LENGTH) for name in (contact.name, *contact.also_named)]
        if person is None:
            return []
        if names[0] and isinstance(ref, int) and self._is_poor(person, known) and fold(names[0]) != fold(person.name):
            self.renames[ref] = (person.name, names[0])
            person.name = names[0]
        return [name for name in names if name and fold(name) != fold(person.name)]

    def _is_poor(self, person: Person, known: Known) -> bool:
        """Tell whether a person is called after their mailbox only, for want of a name."""
        mailboxes = [form for model, pk, key in known.rows if model is Way and pk == person.pk for form in [key]]
        return any(kind == "email" and name_from_address(form) == person.name for kind, form in mailboxes)

    def _work(self, batch: Batch, contact: Contact, ref: Ref) -> Iterable[models.Model]:
        organisation, title = clean(contact.organisation, 300), clean(contact.title, 300)
        if organisation or title:
            place = self._organisation(batch, organisation) if organisation else None
            yield self.who.row(Affiliation, ref, organisation=place, title=title)

    def _circle(self, batch: Batch, name: str) -> Circle:
        if fold(name) not in self.circles:
            circle = Circle(owner=self.run.owner, imported_by=self.run, name=name, folded=fold(name)[:120])
            self.circles[fold(name)] = circle
            batch.add(circle)
        return self.circles[fold(name)]

    def _organisation(self, batch: Batch, name: str) -> Organisation:
        if fold(name) not in self.organisations:
            row = Organisation(owner=self.run.owner, imported_by=self.run, name=name, folded=fold(name)[:300])
            self.organisations[fold(name)] = row
            batch.add(row)
        return self.organisations[fold(name)]

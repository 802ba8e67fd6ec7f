"""What a file says of people, as rows: only what the book does not hold yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from amity.formats.records import Contact
from amity.journal.models import Import
from amity.people.actions import NAME_LENGTH, clipped
from amity.people.identity import (
    Identity,
    Ref,
    identifies,
    may_be_as_old,
    may_be_called,
    may_be_one,
    normal,
)
from amity.people.models import (
    Affiliation,
    Circle,
    Fact,
    Link,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Place,
    Way,
)
from amity.people.photo import face, is_face
from amity.sources.batch import Batch
from amity.sources.keys import natural_key, storable
from amity.sources.known import Detail, Known
from amity.sources.origins import Origins
from amity.sources.report import Report
from amity.sources.who import Who, name_from_address
from amity.sources.whose import IS_THIS_YOU, TAKEN_FOR_YOU, may_be_the_owner
from amity.storage.folded import fold


class Bearer(NamedTuple):
    """Who has a way: their key, what they are called, the way as it is written, their birthday or ''."""

    person: Ref | None
    name: str
    way: str
    born: str


# What two people may have in common: it says who is meant where their names may be one person's.
MAY_BEAR = ("phone", "email")


@dataclass
class Contacts:
    """Turns contacts into rows; circles and organisations are made once and shared.

    ``died`` are people of the book of whom this file says so. ``sharing`` are this run's people by
    telephone and mailbox, ``bearers`` those of the book: one that two of them have says nothing by itself.
    ``report`` is told who was taken for the owner.
    """

    run: Import
    who: Who
    origins: Origins
    report: Report
    circles: dict[str, Circle] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    renames: dict[int, list[str]] = field(default_factory=dict)
    died: set[int] = field(default_factory=set)
    sharing: defaultdict[Identity, list[tuple[Person, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    bearers: defaultdict[Identity, list[Bearer]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Know the circles and organisations of the book."""
        owner, run = self.run.owner, self.run
        circles = Circle.objects.of(owner) | Circle.objects.filter(owner=owner, imported_by=run)
        self.circles = {row.folded: row for row in circles}
        places = Organisation.objects.of(owner) | Organisation.objects.filter(owner=owner, imported_by=run)
        self.organisations = {row.folded: row for row in places}

    def match(self, batch: Batch, contacts: list[tuple[str, Contact]]) -> None:
        """Find or make the person of each contact, then add what is new about them."""
        known_as = [self.who.identities(contact, source) for source, contact in contacts]
        self.bearers = self._bearers({one for some in known_as for one in some if one[0] in MAY_BEAR})
        found = [
            (contact, self._person(batch, source, contact, identities), source)
            for (source, contact), identities in zip(contacts, known_as, strict=True)
        ]
        known = Known.load({ref for _, ref, _ in found if isinstance(ref, int)})
        seen: set[tuple[type[Detail], int, Any]] = set()
        for contact, ref, source in found:
            if ref is not None:
                self._add(batch, contact, ref, source, known, seen)

    def _bearers(self, shared: set[Identity]) -> defaultdict[Identity, list[Bearer]]:
        """Give who of the book has each of these mailboxes and numbers."""
        here = Way.objects.of(self.run.owner) | Way.objects.filter(imported_by=self.run)
        ways = here.filter(person__owner=self.run.owner, person__became="").order_by("person_id")
        told: list[tuple[Identity, int, str, str]] = []
        for kind in MAY_BEAR:
            forms = [form for one, form in shared if one == kind]
            said = ways.filter(kind=kind, normal__in=forms).values_list(
                "normal", "person_id", "person__name", "value"
            )
            told += [((kind, form), person, name, value) for form, person, name, value in said]
        people = {person for _, person, _, _ in told}
        also, born = self._also_called(people), self._born(people)
        told += [(way, person, name, value) for way, person, _, value in told for name in also[person]]
        bearers: defaultdict[Identity, list[Bearer]] = defaultdict(list)
        for identity, person, name, value in told:
            bearers[identity].append(Bearer(person, name, value, born.get(person, "")))
        return bearers

    def _born(self, people: set[int]) -> dict[int, str]:
        """Give people's birthdays, those whose year is known."""
        here = PersonDate.objects.of(self.run.owner) | PersonDate.objects.filter(imported_by=self.run)
        said = here.filter(person__in=people, kind="birthday").order_by("-id")
        return {person: day for person, day in said.values_list("person_id", "value") if _is_whole(day)}

    def _also_called(self, people: set[int]) -> defaultdict[int, list[str]]:
        """Give people's other names: where two turned out to be one, the next file may tell either."""
        here = OtherName.objects.of(self.run.owner) | OtherName.objects.filter(imported_by=self.run)
        also: defaultdict[int, list[str]] = defaultdict(list)
        for person, name in here.filter(person__in=people).order_by("id").values_list("person_id", "name"):
            also[person].append(name)
        return also

    def _person(self, batch: Batch, source: str, contact: Contact, identities: list[Identity]) -> Ref | None:
        if contact.of_owner or self.who.is_nobody(identities):
            return None
        found, by = self.who.directory.find(identities)
        if by in MAY_BEAR:
            # A switchboard, a telephone or a mailbox of the family: only whoever may have the name is meant.
            found = self._called_so([one for one in identities if one[0] == by], contact, found)
        if found is None:
            taken = self._is_the_owner(contact)
            return None if taken else self._new(batch, source, contact, identities)
        key = identities[0]
        if key not in self.who.directory.people and (isinstance(found, Person) or found in self.who.made):
            self.origins.note_key(batch, found, key[1])
        self.who.directory.add(identities, found)
        return found

    def _is_the_owner(self, contact: Contact) -> bool:
        """Take somebody new for the owner where only a name says who it is, or ask; the report says which."""
        if not may_be_the_owner(contact, self.who.directory.own, self.who.region):
            return False
        name = clipped(contact.name, NAME_LENGTH)
        taken = len(name.split()) > 1
        note = (TAKEN_FOR_YOU if taken else IS_THIS_YOU).format(name=name)
        if note not in self.report.notes:
            self.report.notes.append(note)
        return taken

    def _called_so(self, shared: list[Identity], contact: Contact, found: Ref | None) -> Ref | None:
        """Give of those who share a way whoever may be meant; `found` where no name is known of them."""
        name, born = contact.name, _birthday(contact)
        there = [(way, one) for way in shared for one in self.bearers[way]]
        there += [
            (way, Bearer(one if one.pk is None else one.pk, one.name, "", day))
            for way in shared
            for one, day in self.sharing[way]
        ]
        fitting = (
            one.person
            for way, one in there
            if (_fits(name, one.name, way) or one.name == name_from_address(one.way))
            and may_be_as_old(name, born, one.name, one.born)
        )
        return next(fitting, None if found in [one.person for _, one in there] else found)

    def _new(self, batch: Batch, source: str, contact: Contact, identities: list[Identity]) -> Person:
        address = next((way.value for way in contact.ways if way.kind == "email"), "")
        # A desk's mailbox says nobody's name: what stands behind it is the firm, known by its record alone.
        is_desk = bool(address) and not identifies("email", normal("email", address))
        name = clipped(contact.name or (contact.organisation if is_desk else ""), NAME_LENGTH)
        key = natural_key(source, contact.key) if name or is_desk or not address else ""
        name = name or name_from_address(address or "Somebody")
        person = self.who.make(batch, name, identities, key=key, address=address)
        person.met_on, person.remembered, person.mentioned = (
            contact.met,
            contact.remembered,
            contact.mentioned,
        )
        self.who.mentioned += contact.mentioned
        person.place = Place.SHELF if contact.put_away else Place.NEW
        connected = "Connected on LinkedIn" if contact.met and source == "linkedin" else ""
        person.how_met = clipped(contact.how_met) or connected
        for identity in identities:
            if identity[0] in MAY_BEAR:
                self.sharing[identity].append((person, _birthday(contact)))
        return person

    def _add(
        self, batch: Batch, contact: Contact, ref: Ref, source: str, known: Known, seen: set[Any]
    ) -> None:
        before = ref if isinstance(ref, int) and ref not in self.who.made else None
        if person := known.person(ref):
            key = natural_key(source, contact.key)
            self.origins.note(batch, Person, person.pk, brought_by=person.imported_by_id, key=key)
        if before is not None:
            self.who.known.add(before)
        if contact.remembered and isinstance(ref, Person):
            ref.remembered = True
        elif contact.remembered and person and not person.remembered:
            self.died.add(person.pk)
        self._mention(batch, contact, ref, source, known, seen)
        for row in self._rows(batch, contact, ref, source, known):
            same = (type(row), ref if isinstance(ref, int) else id(ref), row.says())
            there = known.rows.get(same)
            if there is not None:
                self._note(batch, row, there)
            elif same not in seen:
                seen.add(same)
                batch.add(row)
                if before is not None:
                    self.who.updated.add(before)

    def _mention(
        self, batch: Batch, contact: Contact, ref: Ref, source: str, known: Known, seen: set[Any]
    ) -> None:
        """Write down who is known only through this person: a name on their page, never a person to meet."""
        for mention in contact.mentions:
            kind, name = clipped(mention.kind, 120), clipped(mention.name, NAME_LENGTH)
            same = (Link, ref if isinstance(ref, int) else id(ref), kind, fold(name))
            if not name or same in seen:
                continue
            seen.add(same)
            if isinstance(ref, int) and (there := known.mentions.get((ref, kind, fold(name)))):
                self.origins.note(batch, Link, there.pk, brought_by=there.imported_by_id)
                self.origins.note(batch, Person, there.b_id, brought_by=there.b.imported_by_id)
                continue
            of = {"owner": self.run.owner, "imported_by": self.run}
            mentioned = Person(**of, name=name, folded=fold(name), mentioned=True)
            ends = {"a": ref} if isinstance(ref, Person) else {"a_id": ref}
            batch.extend([mentioned, Link(**of, **ends, b=mentioned, kind=kind, source=source)])

    def _note(self, batch: Batch, row: Detail, there: Any) -> None:
        if not isinstance(row, Photo) or row.jpeg == bytes(there.jpeg):  # another face is not said again
            self.origins.note(batch, type(row), there.pk, brought_by=there.imported_by_id)

    def _rows(self, batch: Batch, contact: Contact, ref: Ref, source: str, known: Known) -> Iterable[Detail]:
        make = self.who.row
        called = self._called(contact, ref, known)
        for name in (clipped(name, NAME_LENGTH) for name in (contact.name, *contact.also_named)):
            if name and fold(name) != fold(called):
                yield make(OtherName, ref, name=name)
        for way in contact.ways:
            form = storable(normal(way.kind, way.value, self.who.region))[:500]
            label = clipped(way.label, 80)
            yield make(Way, ref, kind=way.kind, value=clipped(way.value), normal=form, label=label)
        for day in contact.dates:
            yield make(PersonDate, ref, kind=clipped(day.kind, 80), value=day.value)
        yield from self._facts(contact, ref, source, known)
        for circle in contact.circles:
            if name := clipped(circle, 120):
                yield make(Membership, ref, circle=self._circle(batch, name))
        organisation, title = clipped(contact.organisation, 300), clipped(contact.title, 300)
        if organisation or title:
            place = self._organisation(batch, organisation) if organisation else None
            yield make(Affiliation, ref, organisation=place, title=title)
        if contact.photo and (jpeg := contact.photo if is_face(contact.photo) else face(contact.photo)):
            yield make(Photo, ref, jpeg=jpeg)  # small since it was read, unless an older Amity read it

    def _called(self, contact: Contact, ref: Ref, known: Known) -> str:
        """Give a person's name, which a contact may better where it was only their mailbox's."""
        name = clipped(contact.name, NAME_LENGTH)
        person = known.person(ref)
        if person is None:
            if name:
                self.who.rename(ref, name)
            return ref.name if isinstance(ref, Person) else name
        if person.pk in self.who.made:
            if name and self.who.rename(ref, name):
                person.name = name
        elif name and person.pk in known.poor and fold(name) != fold(person.name):
            known.poor.discard(person.pk)
            self.renames[person.pk] = [person.name, name]
            self.who.updated.add(person.pk)
            person.name = name
        return person.name

    def _facts(self, contact: Contact, ref: Ref, source: str, known: Known) -> Iterable[Fact]:
        for remark in contact.remarks:
            if text := storable(remark.text).strip()[:20_000]:
                yield self.who.row(
                    Fact, ref, label=clipped(remark.label, 120), text=text, day=remark.day, source=source
                )
        person = known.person(ref)
        if contact.met and person and person.met_on != contact.met:
            said = f"{contact.met.day} {contact.met:%B %Y}"
            yield self.who.row(
                Fact,
                ref,
                label="Connected" if source == "linkedin" else "Met",
                text=said,
                day=contact.met,
                source=source,
            )
        if person and (how := clipped(contact.how_met)) and how != person.how_met:
            yield self.who.row(Fact, ref, label="How you met", text=how, source=source)

    def _circle(self, batch: Batch, name: str) -> Circle:
        folded = fold(name)[:120]
        if folded not in self.circles:
            row = Circle(owner=self.run.owner, imported_by=self.run, name=name, folded=folded)
            self.circles[folded] = row
            batch.add(row)
        return self.circles[folded]

    def _organisation(self, batch: Batch, name: str) -> Organisation:
        folded = fold(name)[:300]
        if folded not in self.organisations:
            row = Organisation(owner=self.run.owner, imported_by=self.run, name=name, folded=folded)
            self.organisations[folded] = row
            batch.add(row)
        return self.organisations[folded]


def _fits(name: str, other: str, way: Identity) -> bool:
    kind, form = way
    return may_be_called(name, other, form) if kind == "email" else may_be_one(name, other)


def _birthday(contact: Contact) -> str:
    return next((day.value for day in contact.dates if day.kind == "birthday" and _is_whole(day.value)), "")


def _is_whole(day: str) -> bool:
    return len(day) == len("1980-12-10")

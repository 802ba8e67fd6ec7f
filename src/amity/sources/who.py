"""Who is who while an import runs: every party of every record becomes one reference to a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db import models

from amity.formats.identities import region_of
from amity.formats.records import Contact, Party
from amity.journal.models import Import
from amity.people.actions import NAME_LENGTH, clipped
from amity.people.identity import (
    Directory,
    Identity,
    Ref,
    called_so,
    identifies,
    names_of,
    normal,
)
from amity.people.models import OtherName, Person, Way
from amity.sources.batch import Batch
from amity.sources.keys import natural_key
from amity.storage.folded import fold

Row = TypeVar("Row", bound=models.Model)

_SEPARATORS = re.compile(r"[._\-]+")


def name_from_address(address: str) -> str:
    """Make a name of a mailbox when there is no better one: ``ada.byron@…`` -> ``Ada Byron``."""
    words = _SEPARATORS.sub(" ", address.split("@", 1)[0]).split()
    return clipped(" ".join(word.capitalize() for word in words) or address, NAME_LENGTH)


def is_poor(name: str, source_key: str, address: str) -> bool:
    """Tell whether somebody is called after their mailbox, for want of a name.

    Only people without a source's own record of them are: a record has a name, or counts as none.
    """
    return not source_key and bool(address) and name == name_from_address(address)


def poor_among(people: models.QuerySet[Person]) -> set[int]:
    """Give the keys of those who are called after the first address the book has of them.

    Whoever has another name, too, was told by one and keeps the first: they turned out to be two who are one.
    """
    named = OtherName.objects.filter(person__in=people).values("person")
    nameless = people.filter(source_key="").exclude(pk__in=named)
    ways = Way.objects.filter(person__in=nameless, kind="email").order_by("-id")
    first = {pk: (name, value) for pk, name, value in ways.values_list("person_id", "person__name", "value")}
    return {pk for pk, (name, value) in first.items() if is_poor(name, "", value)}


@dataclass
class Who:
    """Finds people by identity and makes those who are new; counts what became of whom.

    ``made`` are the people this run has made and saved, ``fresh`` those it has yet to save. `new`
    people get negative keys in a dry run, so that later records of the run find them too; so many of them are
    only ``mentioned``. ``poor``
    are people of this run who are called after their mailbox, and ``better`` their names once
    somebody tells one.
    """

    run: Import
    directory: Directory
    dry: bool
    region: str = ""
    new: int = 0
    mentioned: int = 0
    known: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)
    fresh: list[tuple[Person, list[Identity], str]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    poor: set[int] = field(default_factory=set)
    better: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read national numbers as those of the owner's country, and remember whom a cut-off run made."""
        self.region = region_of(self.run.owner.zone)
        people = Person.objects.filter(imported_by=self.run)
        self.made.update(people.values_list("pk", flat=True))
        self.poor.update(poor_among(people))

    def identities(self, contact: Contact, source: str) -> list[Identity]:
        """Give what a contact can be recognised by, the source's own key first."""
        forms = [(str(way.kind), normal(way.kind, way.value, self.region)) for way in contact.ways]
        return [("key", natural_key(source, contact.key)), *(one for one in forms if one[1])]

    def party(self, batch: Batch, party: Party, source: str) -> Ref | None:
        """Give the person at one end of a message or on a list; None for the owner, the erased and nobody."""
        identities = self._of_party(party, source)
        if not identities or self.is_nobody(identities):
            return None
        found = self._known(identities, party)
        if found is None:
            return self._from_party(batch, party, identities)
        if isinstance(found, int) and found not in self.made:
            self.known.add(found)
        elif party.name:
            self.rename(found, party.name)
        return found

    def find(self, party: Party, source: str) -> Ref | None:
        """Give the person a party is, if the book or this import knows them; makes nobody."""
        return self._known(self._of_party(party, source), party)

    def _known(self, identities: list[Identity], party: Party) -> Ref | None:
        """Give whom the book knows by this; of a family's mailbox, whoever writes under this name."""
        found, by = self.directory.find(identities)
        if found is None or by != "email" or not party.name:
            return found
        bearers = self.directory.bearers(next(one for one in identities if one[0] == by))
        return called_so([(one, self._names_of(one)) for one in bearers], party.name, party.email)

    def _names_of(self, ref: Ref) -> list[str]:
        return [ref.name] if isinstance(ref, Person) else self.names.get(ref, [])

    @cached_property
    def names(self) -> dict[int, list[str]]:
        """The names of everybody in the book, by key; of this run's people too, once they are saved."""
        return names_of(Person.everything.filter(owner=self.run.owner))

    def known_as(self, source: str, key: str) -> Ref | None:
        """Give the person of whom this source has a record under a key; None for the owner and the erased."""
        return self.directory.people.get(("key", natural_key(source, key)))

    def is_owner(self, party: Party, source: str) -> bool:
        """Tell whether this end is the owner."""
        return self.directory.is_owner(self._of_party(party, source))

    def is_erased(self, party: Party, source: str) -> bool:
        """Tell whether the owner had this one erased."""
        return self.directory.is_erased(self._of_party(party, source))

    def is_nobody(self, identities: list[Identity]) -> bool:
        """Tell whether no import may bring who this is: the owner, or somebody erased."""
        return self.directory.is_owner(identities) or self.directory.is_erased(identities)

    def _of_party(self, party: Party, source: str) -> list[Identity]:
        ends = (("url", party.url), ("email", party.email), ("phone", party.phone))
        found = [(kind, form) for kind, value in ends if (form := normal(kind, value, self.region))]
        if any(identifies(kind, form) for kind, form in found):
            return found
        if found:
            # A desk's mailbox: whoever writes from it under one name is one person.
            return [("key", natural_key(source, f"{found[0][1]}:{fold(party.name)}")), *found]
        if name := fold(party.name):
            # Only a name: the same name in the same source is the same person, and nobody else's.
            return [("key", natural_key(source, f"name:{name}")), ("name", name)]
        return []

    def _from_party(self, batch: Batch, party: Party, identities: list[Identity]) -> Person:
        name = clipped(party.name, NAME_LENGTH) or name_from_address(party.email or party.url or party.phone)
        key = next((form for kind, form in identities if kind == "key"), "")
        person = self.make(batch, name, identities, key=key, address=party.email)
        for kind, value in (("email", party.email), ("url", party.url), ("phone", party.phone)):
            if value:
                form = normal(kind, value, self.region)
                batch.add(self.row(Way, person, kind=kind, value=clipped(value), normal=form[:500]))
        return person

    def make(self, batch: Batch, name: str, identities: list[Identity], *, key: str, address: str) -> Person:
        """Make a new person, whom later records of the run will find."""
        person = Person(
            owner=self.run.owner, imported_by=self.run, name=name, folded=fold(name), source_key=key
        )
        self.new += 1
        self.directory.add(identities, person)
        self.fresh.append((person, identities, address))
        batch.add(person)
        return person

    def rename(self, ref: Ref, name: str) -> bool:
        """Give somebody this run knows by address alone the name that a later record tells, if so."""
        name = clipped(name, NAME_LENGTH)
        if isinstance(ref, Person):
            if not any(one is ref and is_poor(ref.name, ref.source_key, at) for one, _, at in self.fresh):
                return False
            ref.name, ref.folded = name, fold(name)
        elif ref in self.poor:
            self.better[ref] = name
            if "names" in self.__dict__:
                self.names[ref] = [name]
            self.poor.discard(ref)
        else:
            return False
        return True

    def row(self, model: type[Row], person: Ref, **columns: Any) -> Row:
        """Make a row of this import that hangs on a person, saved or not."""
        whose = {"person": person} if isinstance(person, Person) else {"person_id": person}
        return model(owner=self.run.owner, imported_by=self.run, **whose, **columns)

    def settle(self) -> None:
        """Once a batch is saved, remember its people by their keys."""
        for person, identities, address in self.fresh:
            if self.dry:
                person.pk = -self.new - len(self.made)
            self.made.add(person.pk)
            if "names" in self.__dict__:  # only mail asks for them
                self.names[person.pk] = [person.name]
            if is_poor(person.name, person.source_key, address):
                self.poor.add(person.pk)
            self.directory.settle(identities, person)
        self.fresh.clear()

"""Who is who while an import runs: every party of every record becomes one reference to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from amity.formats.identities import region_of
from amity.formats.records import Contact, Party
from amity.journal.models import Import
from amity.people.actions import NAME_LENGTH, clean
from amity.people.identity import Directory, Identity, Ref, normal
from amity.people.models import Person, Way
from amity.sources.batch import Batch
from amity.storage.folded import fold

Row = TypeVar("Row")

_SEPARATORS = re.compile(r"[._\-]+")


def name_from_address(address: str) -> str:
    """Make a name of a mailbox when there is no better one: ``ada.byron@…`` -> ``Ada Byron``."""
    words = _SEPARATORS.sub(" ", address.split("@", 1)[0]).split()
    return " ".join(word.capitalize() for word in words) or address


@dataclass
class Who:
    """Finds people by identity and makes those who are new; counts what became of whom.

    `new` people get negative keys in a dry run, so that later records of the run find them too.
    """

    run: Import
    directory: Directory
    dry: bool
    region: str = ""
    new: int = 0
    known: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)
    fresh: list[tuple[Person, list[Identity]]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    poor: dict[int, str] = field(default_factory=dict)
    better: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read national phone numbers as those of the owner's country."""
        self.region = region_of(self.run.owner.zone)

    def identities(self, contact: Contact, source: str) -> list[Identity]:
        """Give what a contact can be recognised by, the source's own key first."""
        forms = [(way.kind, normal(way.kind, way.value, self.region)) for way in contact.ways]
        return [("key", f"{source}:{contact.key}"[:200]), *((str(kind), form) for kind, form in forms if form)]

    def party(self, batch: Batch, party: Party, source: str) -> Ref | None:
        """Give the person at one end of a message or on a list; None for the owner, the erased and nobody."""
        identities = self._of_party(party, source)
        if not identities or self.directory.is_owner(identities) or self.directory.is_erased(identities):
            return None
        found, _ = self.directory.find(identities)
        if found is None:
            return self._from_party(batch, party, identities)
        if isinstance(found, int) and found not in self.made:
            self.known.add(found)
        elif party.name:
            self._rename(found, party.name)
        return found

    def find(self, party: Party, source: str) -> Ref | None:
        """Give the person a party is, if the book or this import knows them; makes nobody."""
        return self.directory.find(self._of_party(party, source))[0]

    def is_owner(self, party: Party, source: str) -> bool:
        """Tell whether this end is the owner."""
        return self.directory.is_owner(self._of_party(party, source))

    def _of_party(self, party: Party, source: str) -> list[Identity]:
        forms = [("url", party.url), ("email", party.email), ("phone", party.phone)]
        found = [(kind, form) for kind, value in forms if value and (form := normal(kind, value, self.region))]
        if not found and party.name.strip():
            # Only a name: the same name in the same source is the same person, and nobody else's.
            return [("key", f"{source}:name:{fold(party.name)}"[:200]), ("name", fold(party.name))]
        return found

    def _from_party(self, batch: Batch, party: Party, identities: list[Identity]) -> Person:
        name = clean(party.name, NAME_LENGTH) or name_from_address(party.email or party.url or party.phone)
        key = next((form for kind, form in identities if kind == "key"), "")
        person = self.make(batch, name, identities, key, extra=party.email)
        if not party.name:
            self.poor[id(person)] = name
        for kind, value in (("email", party.email), ("url", party.url), ("phone", party.phone)):
            if value:
                form = normal(kind, value, self.region)
                batch.add(self.row(Way, person, kind=kind, value=value[:500], normal=form[:500]))
        return person

    def _rename(self, person: Ref, name: str) -> None:
        """Give somebody this import knew only by address the name that a later message tells."""
        key = id(person) if isinstance(person, Person) else person
        if key not in self.poor:
            return
        name = clean(name, NAME_LENGTH)
        if isinstance(person, Person):
            person.name, person.folded = name, f"{fold(name)} {person.folded}"
        else:
            self.better[person] = name
        del self.poor[key]

    def make(self, batch: Batch, name: str, identities: list[Identity], key: str, *, extra: str = "") -> Person:
        """Make a new person, whom later records of the run will find."""
        person = Person(
            owner=self.run.owner,
            imported_by=self.run,
            name=name,
            folded=fold(f"{name} {extra}"),
            source_key=key,
        )
        self.new += 1
        self.directory.add(identities, person)
        self.fresh.append((person, identities))
        batch.add(person)
        return person

    def row(self, model: type[Row], person: Ref, **columns: object) -> Row:
        """Make a row of this import that hangs on a person, saved or not."""
        whose = {"person": person} if isinstance(person, Person) else {"person_id": person}
        return model(owner=self.run.owner, imported_by=self.run, **whose, **columns)

    def settle(self) -> None:
        """Once a batch is saved, remember its people by their keys."""
        for person, identities in self.fresh:
            if self.dry:
                person.pk = -self.new - len(self.made)
            self.made.add(person.pk)
            if (name := self.poor.pop(id(person), None)) is not None:
                self.poor[person.pk] = name
            self.directory.settle(identities, person)
        self.fresh.clear()

    def pending_names(self) -> Iterable[Person]:
        """Give the people whose better name is not written down yet."""
        found = list(Person.objects.filter(pk__in=self.better))
        for person in found:
            person.name = self.better[person.pk]
            person.folded = f"{fold(person.name)} {person.folded}"
        self.better.clear()
        return found

"""Capture: one line becomes a moment with everything it said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amity.journal.actions import deed
from amity.moments.actions import Told, give, promise, record
from amity.moments.capture import Captured, Somebody, parse
from amity.moments.models import Kind, Moment
from amity.moments.own_settings import own_settings
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.actions import add, add_hope, join_circle, keep
from amity.people.models import Person
from amity.storage.folded import fold

_NAMED = 5  # of several who bear a name


@dataclass(frozen=True)
class Kept:
    """What a captured line became."""

    moment: Moment
    people: list[Person]
    added: list[Person]


def read_line(owner: Owner, line: str, *, today: date) -> Captured:
    """Understand a line without saving anything; the book's names are recognised."""
    names = people.of(owner).values_list("name", flat=True)
    known = frozenset(fold(name) for name in names)
    return parse(line, today=today, known=known, settings=own_settings(owner))


def may_be(owner: Owner, somebody: Somebody) -> list[Person]:
    """Give the people of the book whom a name in a line may mean; none for somebody new."""
    names = {fold(name) for name in somebody.known or (somebody.name,)}
    found = [people.matching(owner, name).select_related("owner") for name in sorted(names)]
    return [person for persons in found for person in persons if fold(person.name) in names]


def capture(owner: Owner, line: str, *, today: date, who: Collection[str] = ()) -> Kept:
    """Save a line as it is understood: new people are added, nothing that was not understood is lost.

    `who` are ids of people, for names that several bear.

    Raises:
        NotPossible: for an empty line, or a name that several people bear.
    """
    if not line.strip():
        raise NotPossible(_("There is nothing written there yet."))
    said = read_line(owner, line, today=today)
    whom = [_meant(owner, somebody, who) for somebody in said.people]
    return write_down(owner, line, said, whom, today=today)


def write_down(owner: Owner, line: str, said: Captured, whom: Sequence[Person | str], *, today: date) -> Kept:
    """Save what a line says, as its owner has seen and corrected it. One deed.

    `whom` are the people of the book who were there, and the names of new ones.

    Raises:
        NotPossible: as ``record``, ``add``, ``promise`` and ``give`` do.
    """
    with deed(owner, "capture", _("Wrote down: %(line)s") % {"line": line.strip()}):
        added = [add(owner, name, met_on=said.day) for name in whom if isinstance(name, str)]
        new = iter(added)
        present = [next(new) if isinstance(one, str) else one for one in whom]
        text = ", ".join(part for part in (said.gathering, said.text) if part)
        if said.kind == Kind.NOTE:
            text = text or line.strip()  # a note of names alone
        told = Told(kind=said.kind, setting=said.setting, direction=said.direction, text=text, felt=said.felt)
        moment = record(owner, present, day=said.day, told=told)
        for person in dict.fromkeys(present):
            _attach(person, said, moment, today)
    return Kept(moment, list(dict.fromkeys(present)), added)


def _meant(owner: Owner, somebody: Somebody, who: Collection[str]) -> Person | str:
    found = may_be(owner, somebody)
    found = [person for person in found if person.uid in who] or found
    if len(found) > 1:
        named = ", ".join(f"{person.name} ({person.uid})" for person in found[:_NAMED])
        raise NotPossible(
            _("More than one person is called %(name)s: %(named)s. Say which one you mean.")
            % {"name": somebody.name, "named": named}
        )
    return found[0] if found else somebody.name


def _attach(person: Person, said: Captured, moment: Moment, today: date) -> None:
    """Hang what the line said on each of its people."""
    for promised in said.promises:
        promise(person, promised.text, day=said.day, due=promised.due, moment=moment)
    for given in said.gifts:
        give(person, given.kind, day=said.day, received=given.received, text=given.text, moment=moment)
    for hope in said.hopes:
        add_hope(person, hope, day=said.day)
    for circle in said.circles:
        join_circle(person, circle)
    if said.sparks:
        keep(person, day=today, sparks={spark.kind: spark.text for spark in said.sparks})

"""Capture: one line becomes a moment with everything it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amity.journal.actions import deed
from amity.moments.actions import Told, give, promise, record
from amity.moments.capture import Captured, Somebody, parse
from amity.moments.models import Moment
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.actions import add, add_hope, join_circle, keep
from amity.people.models import Person
from amity.storage.folded import fold


@dataclass(frozen=True)
class Kept:
    """What a captured line became."""

    moment: Moment
    people: list[Person]
    added: list[Person]


def read_line(owner: Owner, line: str, *, today: date) -> Captured:
    """Understand a line without saving anything; the book's names are recognised."""
    names = people.of(owner).values_list("name", flat=True)
    return parse(line, today=today, known=frozenset(fold(name) for name in names))


def capture(owner: Owner, line: str, *, today: date) -> Kept:
    """Save a line: new people are added, nothing that was not understood is lost. One deed.

    Raises:
        NotPossible: for an empty line, or a name that several people bear.
    """
    said = read_line(owner, line, today=today)
    if not line.strip():
        raise NotPossible(_("There is nothing written there yet."))
    with deed(owner, "capture", _("Wrote down: %(line)s") % {"line": line.strip()}):
        added: list[Person] = []
        present = [_find_or_add(owner, somebody, said.day, added) for somebody in said.people]
        text = ", ".join(part for part in (said.gathering, said.text) if part)
        told = Told(kind=said.kind, setting=said.setting, direction=said.direction, text=text, felt=said.felt)
        moment = record(owner, present, day=said.day, told=told)
        for person in present:
            _attach(person, said, moment, today)
    return Kept(moment, present, added)


def _find_or_add(owner: Owner, somebody: Somebody, day: date, added: list[Person]) -> Person:
    if len(somebody.known) > 1:
        raise NotPossible(
            _("More than one person is called %(name)s; write the whole name.") % {"name": somebody.name}
        )
    name = somebody.known[0] if somebody.known else somebody.name
    found = [
        person
        for person in people.matching(owner, name).select_related("owner")
        if fold(person.name) == fold(name)
    ]
    if len(found) > 1:
        raise NotPossible(
            _("More than one person is called %(name)s; open the one you mean.") % {"name": somebody.name}
        )
    if found:
        return found[0]
    added.append(add(owner, somebody.name, met_on=day))
    return added[-1]


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

"""What a line was taken to mean, as fields that can be changed or emptied before it is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.doors.web import words
from amity.doors.web.asking import Request, day_said, said
from amity.doors.web.sections import setting_choices
from amity.meet.actions import may_be
from amity.moments.capture import Captured, Given, Promised, Somebody, Sparked
from amity.owner.actions import NotPossible
from amity.people.models import Person
from amity.people.queries import rows

Choices = list[tuple[str, str]]
NEW, NOBODY = "new", "nobody"
SPARKS = [
    ("like", gettext_lazy("like")),
    ("admire", gettext_lazy("admire")),
    ("curious", gettext_lazy("curious")),
    ("rooting", gettext_lazy("rooting")),
]
DIRECTIONS = [
    ("", gettext_lazy("both of us")),
    ("in", gettext_lazy("from them")),
    ("out", gettext_lazy("from you")),
]
FELT = [
    ("", gettext_lazy("not said")),
    ("gave energy", gettext_lazy("gave energy")),
    ("neutral", gettext_lazy("neutral")),
    ("took energy", gettext_lazy("took energy")),
]


@dataclass(frozen=True)
class Field:
    """One field: an id that is its name too, a label, what it holds. `sort` is text, date, select or long."""

    id: str
    label: str
    value: str
    sort: str = "text"
    choices: Iterable[tuple[str, Any]] = ()
    needed: bool = False


def pieces_of(request: Request, line: Captured) -> list[Field]:
    """Give the fields of a line, in the order in which one would say it."""
    who_wrote = Field("direction", _("Who wrote or called"), line.direction, "select", DIRECTIONS)
    return [
        Field("day", _("When"), line.day.isoformat(), "date", needed=True),
        Field("kind", _("What"), line.kind, "select", words.KINDS),
        *([who_wrote] if line.direction else []),
        *(_who(request, at, one) for at, one in enumerate(line.people)),
        Field("setting", _("Where"), line.setting, "select", setting_choices(request.owner)),
        *([Field("gathering", _("At which gathering"), line.gathering)] if line.gathering else []),
        *_what_came_of_it(line),
        Field("felt", _("It felt"), line.felt, "select", FELT),
        *([Field("circles", _("Circles"), ", ".join(line.circles))] if line.circles else []),
        Field("text", _("Kept as text"), line.text, "long"),
    ]


def _what_came_of_it(line: Captured) -> Iterable[Field]:
    for at, promise in enumerate(line.promises):
        yield Field(f"promise-{at}", _("You promised"), promise.text)
        yield Field(f"due-{at}", _("By"), promise.due.isoformat() if promise.due else "", "date")
    for at, gift in enumerate(line.gifts):
        yield _gift(at, gift)
    for at, spark in enumerate(line.sparks):
        choices = [("", _("leave it out")), *SPARKS]
        yield Field(f"spark-{at}", _("Spark"), spark.kind, "select", choices)
        yield Field(f"why-{at}", _("In your words"), spark.text)
    for at, hope in enumerate(line.hopes):
        yield Field(f"hope-{at}", _("They hope"), hope)


def typed_again(request: Request, fields: Iterable[Field]) -> list[Field]:
    """Give the fields as they were typed, when something was wrong."""
    return [replace(one, value=request.POST.get(one.id, one.value)) for one in fields]


def _who(request: Request, at: int, one: Somebody) -> Field:
    """Ask which of those who bear the name; with one of them, or nobody, there is nothing to ask."""
    found = may_be(request.owner, one)
    known = [(person.uid, person.name) for person in found]
    others = [(NEW, _("%s (new to your book)") % one.name), (NOBODY, _("leave it out"))]
    if len(found) <= 1:
        value = found[0].uid if found else NEW
        return Field(f"person-{at}", _("Who"), value, "select", [*known, *others], needed=True)
    known = [
        (row.uid, ", ".join(part for part in (row.name, row.title, row.organisation) if part))
        for row in rows(request.owner, found)
    ]
    choices = [("", _("Which one is it?")), *known, *others]
    return Field(f"person-{at}", _("Which %s") % one.name, "", "select", choices, needed=True)


def _gift(at: int, gift: Given) -> Field:
    ways = [(f"in {kind}", _("you received: %s") % label) for kind, label in words.GIFT_KINDS]
    ways += [(f"out {kind}", _("you gave: %s") % label) for kind, label in words.GIFT_KINDS]
    value = f"{'in' if gift.received else 'out'} {gift.kind}"
    return Field(f"gift-{at}", _("A gift"), value, "select", [("", _("leave it out")), *ways])


def corrected(request: Request, line: Captured) -> tuple[Captured, list[Person | str]]:
    """Read the fields back: the line as its owner corrected it, and who was there.

    Raises:
        NotPossible: for a day that is none, or a name that several bear where none was chosen.
    """
    whom = [_chosen(request, at, one) for at, one in enumerate(line.people)]
    meant = replace(
        line,
        day=day_said(request, "day", line.day) or line.day,
        kind=said(request, "kind") or line.kind,
        direction=said(request, "direction"),
        setting=said(request, "setting"),
        gathering=said(request, "gathering"),
        felt=said(request, "felt"),
        promises=tuple(_promises(request, line.promises)),
        gifts=tuple(_gifts(request, line.gifts)),
        sparks=tuple(_sparks(request, line.sparks)),
        hopes=tuple(filter(None, (said(request, f"hope-{at}") for at in range(len(line.hopes))))),
        circles=tuple(filter(None, (name.strip(" #") for name in said(request, "circles").split(",")))),
        text=said(request, "text"),
    )
    return meant, [one for one in whom if one]


def _chosen(request: Request, at: int, one: Somebody) -> Person | str:
    chosen = said(request, f"person-{at}")
    if chosen == NEW:
        return one.name
    if chosen == NOBODY:
        return ""
    person = next((person for person in may_be(request.owner, one) if person.uid == chosen), None)
    if person is None:
        raise NotPossible(_("More than one person is called %s; choose the one you mean.") % one.name)
    return person


def _promises(request: Request, promises: tuple[Promised, ...]) -> Iterable[Promised]:
    for at in range(len(promises)):
        if text := said(request, f"promise-{at}"):
            yield Promised(text, day_said(request, f"due-{at}"))


def _gifts(request: Request, gifts: tuple[Given, ...]) -> Iterable[Given]:
    for at, gift in enumerate(gifts):
        way, _space, kind = said(request, f"gift-{at}").partition(" ")
        if kind:
            yield Given(kind, way == "in", gift.text)


def _sparks(request: Request, sparks: tuple[Sparked, ...]) -> Iterable[Sparked]:
    for at in range(len(sparks)):
        if kind := said(request, f"spark-{at}"):
            yield Sparked(kind, said(request, f"why-{at}"))

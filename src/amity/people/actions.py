"""What an owner does with people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.formats.identities import region_of
from amity.journal.actions import Writing, deed
from amity.owner.actions import NotPossible, fitting
from amity.owner.models import Owner
from amity.people import finding
from amity.people.identity import normal
from amity.people.models import (
    Care,
    Circle,
    Fact,
    Hope,
    HopeState,
    Membership,
    Person,
    PersonDate,
    Place,
    Season,
    Spark,
    SparkKind,
    Way,
)
from amity.storage.folded import fold

NAME_LENGTH = 300
# Not printable by themselves, but Persian and Hindi are misspelled and emoji fall apart without them.
JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")


def clean(text: str, length: int = 500) -> str:
    """Give one line of text without control characters.

    Raises:
        NotPossible: when it is longer than `length`; what an owner writes is never cut.
    """
    return fitting(_one_line(text), length)


def clipped(text: str, length: int = 500) -> str:
    """Give one line of what a file says, without control characters, at most `length` long."""
    return _one_line(text)[:length]


def _one_line(text: str) -> str:
    printable = (sign if sign.isprintable() or sign in JOINERS else " " for sign in text)
    return " ".join("".join(printable).split())


def add(owner: Owner, name: str, *, how_met: str = "", met_on: date | None = None) -> Person:
    """Write a new person into the book.

    Raises:
        NotPossible: without a name.
    """
    name = clean(name, NAME_LENGTH)
    if not name:
        raise NotPossible(_("A person needs a name."))
    with deed(owner, "add person", _("Added %(name)s.") % {"name": name}) as writing:
        row = Person(owner=owner, name=name, folded=fold(name), how_met=clean(how_met), met_on=met_on)
        return writing.make(row)


def keep(person: Person, *, day: date, sparks: Mapping[str, str] | None = None, care: str = "") -> Person:
    """Keep a person from a day on, with why (spark kind -> the owner's words) and how much care.

    Raises:
        NotPossible: for a spark or care that is not one of product.md's words, or for somebody who
            is only mentioned.
    """
    for kind in sparks or {}:
        check(kind, SparkKind.values, "spark")
    check(care or Care.LIGHT, Care.values, "care")
    if person.mentioned:
        raise NotPossible(_("%(name)s is known only through somebody else.") % {"name": person.name})
    with deed(person.owner, "keep", _("Kept %(name)s.") % {"name": person.name}) as writing:
        writing.about(person)
        writing.change(
            person,
            place=Place.KEPT,
            care=care or person.care or Care.LIGHT,
            kept_on=person.kept_on or day,
            trashed_at=None,
        )
        for kind, line in (sparks or {}).items():
            _set_spark(writing, person, kind, clean(line))
    return person


def check(value: str, known: list[str], what: str) -> None:
    """Refuse a value that is none of those that are known.

    Raises:
        NotPossible: with the sentence that names them.
    """
    if value not in known:
        raise NotPossible(
            _("%(value)r is not a %(what)s; it is one of %(known)s.")
            % {"value": value[:40], "what": what, "known": ", ".join(known)}
        )


def _set_spark(writing: Writing, person: Person, kind: str, line: str) -> None:
    spark = Spark.objects.filter(person=person, kind=kind).first()
    if spark is None:
        writing.make(Spark(owner=person.owner, person=person, kind=kind, line=line))
    elif line:
        writing.change(spark, line=line)


def shelve(person: Person) -> Person:
    """Let a person rest on the shelf: searchable, never nagging."""
    with deed(person.owner, "shelf", _("Put %(name)s on the shelf.") % {"name": person.name}) as writing:
        writing.about(person)
        return writing.change(person, place=Place.SHELF, answered_on=person.owner.today())


def put_off(person: Person) -> Person:
    """Say not now of a person: they stay where they are, and the deck deals them again only after a while."""
    with deed(person.owner, "not now", _("Not now: %(name)s.") % {"name": person.name}) as writing:
        writing.about(person)
        return writing.change(person, answered_on=person.owner.today())


def unshelve(person: Person) -> Person:
    """Take a person from the shelf, as they were before: kept when there is a spark."""
    place = Place.KEPT if person.care or Spark.objects.filter(person=person).exists() else Place.NEW
    with deed(person.owner, "unshelf", _("Took %(name)s from the shelf.") % {"name": person.name}) as writing:
        writing.about(person)
        return writing.change(person, place=place)


def trash(person: Person) -> Person:
    """Put a person into the trash, from where they can be taken back for thirty days."""
    with deed(person.owner, "trash", _("Put %(name)s into the trash.") % {"name": person.name}) as writing:
        writing.about(person)
        return writing.change(person, trashed_at=timezone.now())


def untrash(person: Person) -> Person:
    """Take a person out of the trash."""
    with deed(
        person.owner, "untrash", _("Took %(name)s out of the trash.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        return writing.change(person, trashed_at=None)


def edit(person: Person, **values: object) -> Person:
    """Change what is written of a person: name, how_met, met_on, remembered, care.

    Raises:
        NotPossible: for an empty name or an unknown care.
    """
    if "name" in values:
        values["name"] = clean(str(values["name"]), NAME_LENGTH)
        if not values["name"]:
            raise NotPossible(_("A person needs a name."))
    if values.get("care"):
        check(str(values["care"]), Care.values, "care")
    if "how_met" in values:
        values["how_met"] = clean(str(values["how_met"]))
    with deed(person.owner, "edit person", _("Changed %(name)s.") % {"name": person.name}) as writing:
        writing.about(person)
        writing.change(person, **values)
        refold(person)
    return person


def refold(person: Person) -> None:
    """Write down anew what a search for this person may say; a cache, so no deed knows of it."""
    finding.refold([person.pk])
    person.refresh_from_db(fields=["folded"])


def add_way(person: Person, kind: str, value: str, label: str = "") -> Way:
    """Write down a way to reach a person.

    Raises:
        NotPossible: when it is empty, or not of its kind.
    """
    check(kind, ["email", "phone", "url", "handle", "address"], "way")
    value = clean(value)
    form = normal(kind, value, region_of(person.owner.zone))
    if not value or (kind in {"email", "url"} and not form):
        raise NotPossible(
            _("%(value)r does not look like a way of kind %(kind)s.") % {"value": value[:60], "kind": kind}
        )
    with deed(
        person.owner, "add way", _("Added a way to reach %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        way = writing.make(
            Way(
                owner=person.owner, person=person, kind=kind, value=value, normal=form, label=clean(label, 80)
            )
        )
        refold(person)
    return way


def add_hope(person: Person, text: str, *, day: date) -> Hope:
    """Write down what a person is trying to do.

    Raises:
        NotPossible: without words.
    """
    with deed(
        person.owner, "add hope", _("Wrote down a hope of %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        return writing.make(Hope(owner=person.owner, person=person, text=_said(text), day=day))


def end_hope(hope: Hope, state: str, *, day: date) -> Hope:
    """Say that a hope happened, or was let go.

    Raises:
        NotPossible: for any other state.
    """
    check(state, HopeState.values, "state of a hope")
    with deed(
        hope.owner,
        "end hope",
        _("A hope of %(name)s: %(state)s.") % {"name": hope.person.name, "state": state},
    ) as writing:
        writing.about(hope.person)
        return writing.change(hope, state=state, ended_on=None if state == HopeState.OPEN else day)


def add_fact(
    person: Person, text: str, *, label: str = "", day: date | None = None, sensitive: bool = False
) -> Fact:
    """Write down something worth remembering; its source is the owner.

    Raises:
        NotPossible: without words.
    """
    fact = Fact(
        owner=person.owner,
        person=person,
        label=clean(label, 120),
        text=_said(text, 5000),
        day=day,
        sensitive=sensitive,
        source="you",
    )
    with deed(
        person.owner, "add fact", _("Wrote down something about %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        return writing.make(fact)


def _said(text: str, length: int = 500) -> str:
    said = clean(text, length)
    if not said:
        raise NotPossible(_("There is nothing written there yet."))
    return said


def set_date(person: Person, kind: str, value: str) -> PersonDate:
    """Write down a birthday or another day; `value` is a canonical partial date."""
    with deed(
        person.owner, "set date", _("Wrote down a day of %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        return writing.make(PersonDate(owner=person.owner, person=person, kind=kind, value=value))


def join_circle(person: Person, name: str) -> Membership:
    """Put a person into a circle, made if it is new.

    Raises:
        NotPossible: without a name.
    """
    name = _said(name.lstrip("# "), 120)
    with deed(
        person.owner,
        "join circle",
        _("Put %(name)s into %(circle)s.") % {"name": person.name, "circle": name},
    ) as writing:
        writing.about(person)
        circle = Circle.objects.of(person.owner).filter(folded=fold(name)).first()
        circle = circle or writing.make(Circle(owner=person.owner, name=name, folded=fold(name)))
        writing.about(circle)
        there = Membership.objects.filter(person=person, circle=circle).first()
        there = there or writing.make(Membership(owner=person.owner, person=person, circle=circle))
        refold(person)
    return there


def leave_circle(membership: Membership) -> None:
    """Take a person out of a circle."""
    person = membership.person
    with deed(
        person.owner,
        "leave circle",
        _("Took %(name)s out of %(circle)s.") % {"name": person.name, "circle": membership.circle.name},
    ) as writing:
        writing.about(person)
        writing.remove(membership)
        refold(person)


def rest(person: Person, *, starts: date, ends: date, why: str = "") -> Season:
    """Leave the tie in peace from one day to another.

    Raises:
        NotPossible: when it ends before it begins.
    """
    if ends < starts:
        raise NotPossible(_("A season ends after it begins."))
    with deed(
        person.owner,
        "season",
        _("Left %(name)s in peace until %(day)s.") % {"name": person.name, "day": date_format(ends, "j F Y")},
    ) as writing:
        writing.about(person)
        return writing.make(
            Season(owner=person.owner, person=person, starts=starts, ends=ends, why=clean(why, 200))
        )

"""What an owner writes down about moments, gifts and promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.journal.actions import deed
from amity.moments.models import (
    Direction,
    Felt,
    Gift,
    GiftKind,
    Kind,
    Moment,
    Participation,
    Promise,
    PromiseState,
)
from amity.moments.own_settings import is_setting
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.people.models import Person

TEXT_LENGTH = 20_000


@dataclass(frozen=True)
class Told:
    """What the owner tells of a moment; empty where they did not say."""

    kind: str = Kind.MET
    setting: str = ""
    direction: str = ""
    text: str = ""
    felt: str = ""
    at: datetime | None = None
    key: str = ""


def prose(text: str) -> str:
    """Give the owner's words as they are kept: without the sign no database takes, and not endless."""
    return text.replace("\x00", "")[:TEXT_LENGTH].strip()


def record(owner: Owner, people: Sequence[Person], *, day: date, told: Told) -> Moment:
    """Write down a moment; the owner's word confirms that they talked.

    Raises:
        NotPossible: for a kind, setting, direction or feeling that is not one, or a note without words.
    """
    _check(owner, told)
    people = list(dict.fromkeys(people))
    names = ", ".join(person.name for person in people) or "yourself"
    with deed(owner, "record moment", _("Wrote down a moment with %(names)s.") % {"names": names}) as writing:
        moment = writing.make(
            Moment(
                owner=owner,
                key=told.key,
                day=day,
                at=told.at,
                zone=owner.zone if told.at else "",
                kind=told.kind,
                setting=told.setting,
                direction=told.direction,
                text=prose(told.text),
                felt=told.felt,
                size=len(people) + 1,
                confirmed=True,
            )
        )
        for person in people:
            writing.about(person)
            writing.make(Participation(owner=owner, moment=moment, person=person))
    return moment


def _check(owner: Owner, told: Told) -> None:
    for value, known, what in (
        (told.kind, told.kind in Kind.values, "kind of moment"),
        (told.setting, is_setting(owner, told.setting), "setting"),
        (told.direction, told.direction in ["", *Direction.values], "direction"),
        (told.felt, told.felt in ["", *Felt.values], "feeling"),
    ):
        if not known:
            raise NotPossible(_("%(value)r is not a %(what)s.") % {"value": value[:40], "what": what})
    if told.kind == Kind.NOTE and not told.text.strip():
        raise NotPossible(_("A note needs words."))


def tell(person: Person, told: Told, *, day: date, gift: str = "", received: bool = True) -> Moment:
    """Write down a moment with one person, and the gift in it if there was one. One deed.

    Raises:
        NotPossible: as ``record`` and ``give`` do.
    """
    with deed(person.owner, "record moment", _("Wrote down a moment with %(name)s.") % {"name": person.name}):
        moment = record(person.owner, [person], day=day, told=told)
        if gift:
            give(person, gift, day=day, received=received, moment=moment)
    return moment


def forget(moment: Moment) -> None:
    """Take a moment away, with who was in it; it can be undone."""
    with deed(
        moment.owner,
        "forget moment",
        _("Took away a moment of %(day)s.") % {"day": date_format(moment.day, "j F Y")},
    ) as writing:
        for participation in moment.participations.select_related("person"):
            writing.about(participation.person)
            writing.remove(participation)
        for gift in moment.gifts.all():
            writing.change(gift, moment_id=None)
        for promise in moment.promises.all():
            writing.change(promise, moment_id=None)
        writing.remove(moment)


def give(
    person: Person, kind: str, *, day: date, received: bool, text: str = "", moment: Moment | None = None
) -> Gift:
    """Write down something given or received.

    Raises:
        NotPossible: for a kind of gift that is not one.
    """
    if kind not in GiftKind.values:
        raise NotPossible(
            _("%(kind)r is not a kind of gift; it is one of %(kinds)s.")
            % {"kind": kind[:40], "kinds": ", ".join(GiftKind.values)}
        )
    with deed(
        person.owner,
        "gift",
        (_("Wrote down a gift from %(name)s.") if received else _("Wrote down a gift to %(name)s."))
        % {"name": person.name},
    ) as writing:
        writing.about(person)
        return writing.make(
            Gift(
                owner=person.owner,
                person=person,
                kind=kind,
                received=received,
                text=clean(text),
                day=day,
                moment=moment,
            )
        )


def promise(
    person: Person, text: str, *, day: date, due: date | None = None, moment: Moment | None = None
) -> Promise:
    """Write down what the owner said they would do.

    Raises:
        NotPossible: without words.
    """
    text = clean(text)
    if not text:
        raise NotPossible(_("A promise needs words."))
    with deed(
        person.owner, "promise", _("Wrote down a promise to %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        return writing.make(
            Promise(owner=person.owner, person=person, text=text, day=day, due=due, moment=moment)
        )


def end_promise(made: Promise, state: str, *, day: date) -> Promise:
    """Say that a promise was kept, or let it go kindly.

    Raises:
        NotPossible: for any other state.
    """
    if state not in PromiseState.values:
        raise NotPossible(_("%(state)r is not what becomes of a promise.") % {"state": state[:40]})
    with deed(
        made.owner,
        "end promise",
        _("A promise to %(name)s: %(state)s.") % {"name": made.person.name, "state": state},
    ) as writing:
        writing.about(made.person)
        return writing.change(made, state=state, ended_on=None if state == PromiseState.OPEN else day)

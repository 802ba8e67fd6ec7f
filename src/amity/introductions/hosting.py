"""A table becomes a gathering of the book, with its invitation; afterwards one debrief, as for any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.formats.ics_writer import write_calendar
from amity.formats.records import Event
from amity.gatherings.actions import add
from amity.gatherings.models import Attendance, Gathering
from amity.introductions.composing import LEAST, MOST, may_come
from amity.introductions.known import apart, two
from amity.introductions.letters import Letter, Mailbox, address_of, first_name, signed_by
from amity.journal.actions import deed
from amity.moments.models import Kind, Setting
from amity.owner.actions import NotPossible
from amity.owner.models import Owner, new_uid
from amity.people.actions import clean
from amity.people.models import Person
from amity.people.queries import NotFound
from amity.ties.words import number

KEY = "table:"
LASTS = timedelta(hours=3)
SUPPER = time(19, 30)


def set_table(
    owner: Owner, people: Sequence[Person], *, day: date, at: time = SUPPER, title: str = "", place: str = ""
) -> Gathering:
    """Write a table down as a gathering, its guests clockwise from the owner's left hand. One deed.

    Raises:
        NotPossible: with fewer than four or more than eight guests, with somebody who may not be asked for
            that day, or with two who should not sit together.
    """
    people = list(dict.fromkeys(people))
    _check(owner, people, day)
    starts = datetime.combine(day, at, owner.tz)
    with deed(
        owner, "set table", _("Set a table for %(day)s.") % {"day": date_format(day, "j F Y")}
    ) as writing:
        gathering = add(
            owner,
            clean(title, 300) or _("Dinner"),
            day=day,
            starts_at=starts,
            ends_at=starts + LASTS,
            zone=owner.zone,
            place=clean(place, 300),
            kind=Kind.MET,
            setting=Setting.DINNER_PARTY,
            size=len(people) + 1,
            answer="yes",
            key=f"{KEY}{new_uid()}",
        )
        for person in people:
            writing.about(person)
            writing.make(Attendance(owner=owner, gathering=gathering, person=person))
    return gathering


def _check(owner: Owner, people: list[Person], day: date) -> None:
    if not LEAST <= len(people) <= MOST:
        raise NotPossible(_("A table has four to eight guests."))
    allowed = {person.pk for person in may_come(owner, day)}
    for person in people:
        if person.pk not in allowed:
            raise NotPossible(_("%(name)s cannot be asked for that day.") % {"name": person.name})
    never = apart(owner)
    if any(two(one.pk, other.pk) in never for one in people for other in people if one.pk != other.pk):
        raise NotPossible(_("Two of these should not sit at one table."))


def tables(owner: Owner) -> QuerySet[Gathering]:
    """Give the tables that were set and not called off, the newest first."""
    return Gathering.objects.of(owner).filter(key__startswith=KEY, cancelled=False).order_by("-day", "-id")


def get(owner: Owner, uid: str) -> Gathering:
    """Give one table.

    Raises:
        NotFound: when it is not there.
    """
    table = tables(owner).filter(uid=uid).select_related("owner").first()
    if table is None:
        raise NotFound(_("There is no such table."))
    return table


def guests(table: Gathering) -> list[Person]:
    """Give who sits there, clockwise from the owner's left hand."""
    there = table.attendances.exclude(person=None).select_related("person__owner").order_by("id")
    return [attendance.person for attendance in there if attendance.person]


def call_off(table: Gathering) -> None:
    """Call a table off; it can be undone, and nobody is written to."""
    with deed(table.owner, "call off table", _("Called %(title)s off.") % {"title": table.title}) as writing:
        writing.change(table, cancelled=True)


def invitation(table: Gathering) -> bytes:
    """Give the invitation as an iCalendar file; no guest is named in it."""
    starts, ends = _times(table)
    key, words = f"{table.uid}@amity", _body(table, "", "")
    event = Event("", key, table.title, starts, ends, place=table.place, description=words)
    return write_calendar([event], name=table.title)


def invite(table: Gathering, person: Person) -> Letter:
    """Write one guest's invitation, for the owner to send from their own mail program."""
    address = address_of(person)
    to = (Mailbox(address, person.name),) if address else ()
    starts, _ends = _times(table)
    greeting = _("Hello %(name)s,") % {"name": first_name(person.name)} + "\n\n"
    body = _body(table, greeting, _("Will you come? A yes or a no is all I need.") + "\n")
    return Letter(to, f"{table.title}, {date_format(starts, 'l j F')}", body)


def _body(table: Gathering, greeting: str, question: str) -> str:
    starts, _ends = _times(table)
    said = {
        "title": table.title,
        "size": number(table.size),
        "day": date_format(starts, "l j F Y"),
        "time": date_format(starts, "H:i"),
        "place": table.place,
    }
    what = _("%(title)s for %(size)s: %(day)s, %(time)s, at %(place)s.")
    if not table.place:
        what = _("%(title)s for %(size)s: %(day)s, %(time)s.")
    return f"{greeting}{what % said}\n{question}\n{signed_by(table.owner)}".strip() + "\n"


def _times(table: Gathering) -> tuple[datetime, datetime]:
    zone = table.owner.tz
    assert table.starts_at is not None
    ends = table.ends_at or table.starts_at + LASTS
    return table.starts_at.astimezone(zone), ends.astimezone(zone)

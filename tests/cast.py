"""The standing cast: who appears in the stories, and builders that say only what matters to a story.

Every builder writes at once, with the rooms' own actions. Owners are Maya, Jonas and Ines; people are Ada,
Charles, Mary and whoever else is needed. Nobody here is a living person.

``a_person("Ada").met_on("2026-01-05", "2026-02-04").kept(care="warm")`` is in Maya's book; ``.of(jonas)``,
said first, puts her into his. ``.person`` is the row.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from PIL import Image

from amity.gatherings.actions import add as add_gathering
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import deed
from amity.journal.models import Deed, Touch
from amity.moments.actions import Told, record
from amity.moments.models import Moment, Participation
from amity.nudges import scene
from amity.nudges.candidate import Candidate, Offer
from amity.owner.models import Owner
from amity.people import actions
from amity.people.models import Person
from amity.ties.queries import Portrait, album


def day(text: str) -> date:
    """Read a day: ``day("2026-05-10")``."""
    return date.fromisoformat(text)


def instant(text: str, zone: str = "UTC") -> datetime:
    """Read an instant where somebody is, as UTC: ``instant("2026-05-10 18:30", "Europe/Berlin")``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def an_owner(name: str = "Maya", **fields: object) -> Owner:
    """Give one of the standing owners, the same one each time, with these fields set."""
    email = f"{name.lower()}@book.example"
    owner = Owner.objects.filter(email=email).first() or Owner.objects.create_user(email, name=name)
    for field, value in fields.items():
        setattr(owner, field, value)
    if fields:
        owner.save()
    return owner


def a_person(name: str) -> Somebody:
    """Write somebody into Maya's book."""
    return Somebody(actions.add(an_owner(), name))


class Somebody:
    """A person of the book, and what a story says of them."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def owner(self) -> Owner:
        return self.person.owner

    def of(self, owner: Owner) -> Somebody:
        """Say whose book the person is in; to be said first, for nothing that hangs on them moves."""
        touches = Touch.objects.filter(table="amity.person", row=self.person.pk)
        Deed.objects.filter(touches__in=touches).update(owner=owner)
        touches.update(owner=owner)
        self.person.owner = owner
        self.person.save(update_fields=["owner"])
        return self

    def met_on(self, *days: str, **told: str) -> Somebody:
        """Say that the owner and the person met on these days; further words are ``Told``'s."""
        return self._talked([(one, Told(**told)) for one in days])

    def wrote_on(self, *days: str, by: str = "both", kind: str = "message") -> Somebody:
        """Say who wrote on these days: "owner", "them", or both, which makes mutual days of them."""
        directions = {"owner": ["out"], "them": ["in"], "both": ["out", "in"]}[by]
        return self._talked([(one, Told(kind=kind, direction=way)) for one in days for way in directions])

    def _talked(self, said: list[tuple[str, Told]]) -> Somebody:
        """Write the first moment as its room does, and the others at once: a year is told in a moment."""
        with deed(self.owner, "record moment") if len(said) > 1 else nullcontext() as writing:
            for one, told in said[:1]:
                record(self.owner, [self.person], day=day(one), told=told)
            if writing:
                like_it = {"owner": self.owner, "size": 2, "confirmed": True}
                moments = [Moment(day=day(one), **like_it, **asdict(told)) for one, told in said[1:]]
                writing.make_all(moments)
                with_them = {"owner": self.owner, "person": self.person}
                writing.make_all([Participation(moment=one, **with_them) for one in moments])
        return self

    def kept(
        self, *, care: str = "light", spark: str = "", words: str = "", on: str = "2026-01-01"
    ) -> Somebody:
        """Say that the owner keeps them, with how much care and why."""
        actions.keep(self.person, day=day(on), sparks={spark: words} if spark else {}, care=care)
        return self

    def born(self, value: str) -> Somebody:
        """Say their birthday, as a partial date: ``--12-10``."""
        actions.set_date(self.person, "birthday", value)
        return self

    def hopes(self, text: str, on: str = "2026-01-01") -> Somebody:
        """Say what they are trying to do."""
        actions.add_hope(self.person, text, day=day(on))
        return self

    def reached_by(self, kind: str, value: str) -> Somebody:
        """Say a way to reach them."""
        actions.add_way(self.person, kind, value)
        return self

    def rests(self, starts: str, ends: str) -> Somebody:
        """Say that the tie is left in peace."""
        actions.rest(self.person, starts=day(starts), ends=day(ends))
        return self

    def remembered(self) -> Somebody:
        """Say that they have died."""
        actions.edit(self.person, remembered=True)
        return self

    def mentioned(self) -> Somebody:
        """Say that they are known only through somebody else."""
        actions.edit(self.person, mentioned=True)
        return self

    def portrait(self, today: date) -> Portrait:
        """Give the tie as it stands on a day."""
        return album(self.owner, today).portrait(self.person.pk)

    def candidate(self, today: date) -> Candidate:
        """Give what a reason to nudge would be given to look at."""
        return scene.of(self.owner, today).candidate(self.person.pk)


def asked_of(reason: Callable[..., Offer | None]) -> Callable[..., Offer | None]:
    """Let a reason to nudge be asked of a person of the cast."""
    return lambda somebody, *, today: reason(somebody.candidate(today), today=today)


def a_gathering(
    title: str, on: str, *guests: Somebody | str, owner: Owner | None = None, **told: object
) -> Gathering:
    """Write down a gathering with its guests: people of the book, addresses, or mere names."""
    told.setdefault("size", len(guests) + 1)
    gathering = add_gathering(owner or an_owner(), title, day=day(on), **told)
    for guest in guests:
        invite(gathering, guest)
    return gathering


def invite(gathering: Gathering, guest: Somebody | str, answer: str = "yes") -> Attendance:
    """Put somebody on a gathering's list, as a file from a calendar would."""
    if isinstance(guest, Somebody):
        who = {"person": guest.person}
    else:
        who = {"email": guest} if "@" in guest else {"name": guest}
    return Attendance.objects.create(owner=gathering.owner, gathering=gathering, answer=answer, **who)


def a_picture(colour: str, *, side: int = 300, form: str = "PNG") -> bytes:
    """Draw a square of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, form)
    return out.getvalue()

"""Who is to be at a gathering: lists that are pasted or dropped, and names added one at a time.

A guest is found in the book by an address or a profile; of a family at one mailbox, whoever is called so. A
name alone finds somebody only when it has two words at least, one person of the book bears it and it stands
on the list once; then it is said with *maybe*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _

from amity.formats.attendees import Attendee, read
from amity.formats.identities import normal_email, normal_url
from amity.formats.records import Refused, Skipped
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import deed
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.actions import clipped
from amity.people.identity import Directory, Identity, are_two_at_one_mailbox, called_so, names_of
from amity.people.models import Person
from amity.storage.folded import fold

SKIPPED_SHOWN = 50
MOST_OF_A_FAMILY = 20  # at one mailbox; a list that names more there is not compared name by name
_Signs = defaultdict[Identity, list[str]]  # what tells the guests of a list, each with the names it has there


@dataclass
class Listed:
    """What became of a list: who was added, who of them the book knows; the rest was there or is unread."""

    added: int = 0
    known: int = 0
    maybe: int = 0
    same: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def put_on_list(gathering: Gathering, file: BinaryIO, name: str = "the list") -> Listed:
    """Put everybody a list names on a gathering's list, each once; one deed however many they are.

    Raises:
        NotPossible: when the file names nobody; nothing is changed then.
    """
    done = Listed()
    found = []
    try:
        for record in read(file, name):
            if isinstance(record, Skipped):
                done.skipped += [record] if len(done.skipped) < SKIPPED_SHOWN else []
            else:
                found.append(record)
    except Refused as why:
        raise NotPossible(why.sentence) from why
    if not found:
        raise NotPossible(_("There is nobody on that list yet."))
    _add(gathering, found, done)
    return done


def invite(gathering: Gathering, text: str) -> Listed:
    """Put the people of a few lines on the list: names, with an address where it is known.

    Raises:
        NotPossible: when the lines name nobody.
    """
    return put_on_list(gathering, BytesIO(text.encode()))


def take_off(attendance: Attendance) -> None:
    """Take somebody off a gathering's list."""
    gathering = attendance.gathering
    with deed(
        attendance.owner,
        "take off list",
        _("Took somebody off the list of %(title)s.") % {"title": gathering.title},
    ) as writing:
        writing.remove(attendance)
        writing.change(gathering, size=max(1, gathering.size - 1))


def _add(gathering: Gathering, found: list[Attendee], done: Listed) -> None:
    whom = _Whom(gathering.owner, found)
    there = _signs_there(gathering)
    rows = []
    for attendee in found:
        if whom.is_to_be_left_out(attendee):
            continue
        row = whom.dress(gathering, attendee)
        if _is_there(row, there):
            done.same += 1
        else:
            _note(row, there)
            rows.append(row)
    done.added, done.known = len(rows), sum(row.person_id is not None for row in rows)
    done.maybe = sum(row.maybe for row in rows)
    with deed(
        gathering.owner,
        "attendee list",
        _("Put %(count)s on the list of %(title)s.") % {"count": f"{len(rows):,}", "title": gathering.title},
    ) as writing:
        writing.make_all(rows)
        writing.change(gathering, size=max(gathering.size, gathering.attendances.count() + 1))


def _signs_there(gathering: Gathering) -> _Signs:
    there: _Signs = defaultdict(list)
    for row in gathering.attendances.order_by("id"):
        _note(row, there)
    return there


def _note(row: Attendance, there: _Signs) -> None:
    for sign in _signs(row):
        there[sign].append(row.name)


def _is_there(row: Attendance, there: _Signs) -> bool:
    """Tell whether a guest stands on the list already; two of a family may share a mailbox."""
    return any(
        len(there[sign]) > MOST_OF_A_FAMILY
        or any(not are_two_at_one_mailbox(row.name, name, sign[1]) for name in there[sign])
        for sign in _signs(row)
    )


def _signs(row: Attendance) -> set[Identity]:
    """Give what tells a guest from another: an address and the person if there are any, else the name."""
    signs = {("email", normal_email(row.email))} if row.email else set()
    if row.person_id is not None:
        signs.add(("person", str(row.person_id)))
    return signs or {("name", fold(row.name))}


class _Whom:
    """Finds the guests of one list in the owner's book."""

    def __init__(self, owner: Owner, found: Iterable[Attendee]) -> None:
        self.owner = owner
        self.directory = Directory.load(owner)
        self.on_list = Counter(fold(attendee.name) for attendee in found)
        self.by_name = _borne_once(owner)
        self.own_names = {form for kind, form in self.directory.own if kind == "name"}

    def is_to_be_left_out(self, attendee: Attendee) -> bool:
        """Tell whether the guest is the owner, or somebody the owner had erased."""
        if self.directory.is_owner(_forms(attendee)) or self.directory.is_erased(_forms(attendee)):
            return True
        return not attendee.email and fold(attendee.name) in self.own_names

    def dress(self, gathering: Gathering, attendee: Attendee) -> Attendance:
        """Give the guest as a row of the list; it is not saved."""
        person, maybe = self._person(attendee)
        return Attendance(
            owner=self.owner,
            gathering=gathering,
            person_id=person,
            maybe=maybe,
            name=clipped(attendee.name, 300),
            email=clipped(attendee.email, 320),
            url=clipped(attendee.url, 500),
            about=clipped(attendee.about, 300),
            answer=attendee.answer,
        )

    def _person(self, attendee: Attendee) -> tuple[int | None, bool]:
        person = self._known(_forms(attendee), attendee.name)
        if person is not None:
            return person, False
        name = fold(attendee.name)
        alone = len(name.split()) > 1 and self.on_list[name] == 1
        person = self.by_name.get(name) if alone else None
        return person, person is not None

    def _known(self, forms: list[Identity], name: str) -> int | None:
        """Give whom the book knows by this; of a family's mailbox, whoever is called so."""
        found, by = self.directory.find(forms)
        if by == "email" and name:
            mailbox = next(form for form in forms if form[0] == by)
            bearers = (one for one in self.directory.bearers(mailbox) if isinstance(one, int))
            return called_so([(one, self.names.get(one, [])) for one in bearers], name, mailbox[1])
        return found if isinstance(found, int) else None

    @cached_property
    def names(self) -> dict[int, list[str]]:
        """The names of everybody in the book, by key."""
        return names_of(Person.everything.filter(owner=self.owner))


def _forms(attendee: Attendee) -> list[Identity]:
    return [("email", normal_email(attendee.email)), ("url", normal_url(attendee.url))]


def _borne_once(owner: Owner) -> dict[str, int]:
    """Give the people of the book by their folded names, those who share a name left out."""
    names = [
        (fold(name), key)
        for key, name in people.of(owner).values_list("id", "name").iterator(chunk_size=5000)
    ]
    times = Counter(name for name, _ in names)
    return {name: key for name, key in names if times[name] == 1}

"""What the owner says to visitors, and how long their details are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.card.models import Knock, Visitor, VisitorState
from amity.formats.identities import region_of
from amity.gatherings.models import Attendance
from amity.journal.actions import UNDO_DAYS, Writing, deed
from amity.moments.actions import Told, record
from amity.moments.models import Direction, Kind, Moment
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.owner.queries import known_by
from amity.people import actions as people
from amity.people.identity import person_with
from amity.people.models import Fact, Person, Way

DAYS_AFTER_NO = 30
DAYS_UNANSWERED = 90
DAYS_OF_A_KNOCK = 1
FACT_LABEL, FACT_SOURCE = "in their words", "your card"


def accept(visitor: Visitor, *, how_met: str = "", met: bool = True) -> Person:
    """Take a visitor into the book: a person with their way, how and where you met, and a moment of that day.

    Somebody who is in the book already gets what is new. ``met`` is false for one who only wrote.

    Raises:
        NotPossible: when it was answered or taken back, or when it is an address of the owner's own.
    """
    _still_waiting(visitor)
    owner = visitor.owner
    if (visitor.kind, visitor.normal) in known_by(owner):
        raise NotPossible(_("That is one of your own addresses; it cannot become somebody else."))
    with deed(owner, "accept visitor", _("%(name)s is in your book.") % {"name": visitor.name}) as writing:
        person = _person(writing, visitor, how_met or visitor.how_met)
        _details(writing, visitor, person)
        moment = record(owner, [person], day=visitor.day, told=_told(visitor, met=met))
        if met:
            _attend(writing, visitor, person, moment)
        writing.change(visitor, state=VisitorState.ACCEPTED, decided_at=timezone.now(), person_id=person.pk)
    return person


def _still_waiting(visitor: Visitor) -> None:
    if visitor.state != VisitorState.WAITING or visitor.withdrawn_at:
        raise NotPossible(_("That is answered already."))


def _person(writing: Writing, visitor: Visitor, how_met: str) -> Person:
    owner = visitor.owner
    known = person_with(owner, visitor.kind, visitor.value, region_of(owner.zone))
    if known is None:
        return people.add(owner, visitor.name, how_met=how_met, met_on=visitor.day)
    writing.about(known)
    writing.change(known, trashed_at=None, how_met=known.how_met or people.clean(how_met))
    return known


def _details(writing: Writing, visitor: Visitor, person: Person) -> None:
    if not Way.objects.filter(person=person, kind=visitor.kind, normal=visitor.normal).exists():
        people.add_way(person, visitor.kind, visitor.value)
    if visitor.line and not Fact.objects.filter(person=person, text=visitor.line).exists():
        fact = people.add_fact(person, visitor.line, label=FACT_LABEL, day=visitor.day)
        writing.change(fact, source=FACT_SOURCE)


def _told(visitor: Visitor, *, met: bool) -> Told:
    """Say what happened; the key makes one moment of it, however often it is accepted and undone."""
    key = f"card:{visitor.uid}"
    if not met:
        return Told(kind=Kind.MESSAGE, direction=Direction.IN, text=visitor.line, at=visitor.at, key=key)
    setting = visitor.gathering.setting if visitor.gathering else ""
    return Told(kind=Kind.MET, setting=setting, text=_("Swapped cards."), at=visitor.at, key=key)


def _attend(writing: Writing, visitor: Visitor, person: Person, moment: Moment) -> None:
    """Put the person on the gathering's list, or on the line that already names them."""
    if visitor.gathering is None:
        return
    there = Q(person=person) | Q(email__iexact=visitor.value if visitor.kind == "email" else person.uid)
    line = Attendance.objects.of(visitor.owner).filter(gathering=visitor.gathering).filter(there).first()
    if line is not None:
        writing.change(line, person_id=person.pk, moment_id=line.moment_id or moment.pk)
        return
    writing.make(
        Attendance(
            owner=visitor.owner,
            gathering=visitor.gathering,
            person=person,
            name=visitor.name,
            answer="yes",
            moment=moment,
        )
    )


def reject(visitor: Visitor) -> None:
    """Let a visitor's details go: unseen from now on, erased in thirty days, until then undone like any deed.

    Raises:
        NotPossible: when it was answered or taken back.
    """
    _still_waiting(visitor)
    with deed(visitor.owner, "reject visitor", _("Let a visitor's details go.")) as writing:
        writing.change(visitor, state=VisitorState.REJECTED, decided_at=timezone.now())


def tidy(owner: Owner, *, now: datetime) -> int:
    """Erase what is no longer to be kept; give how many entries went.

    Rejected ones go after thirty days, unanswered ones after ninety, withdrawn ones at once. Of accepted
    ones only the consent stays, once the acceptance can no longer be undone.
    """
    mine = Visitor.objects.filter(owner=owner)
    over = Q(state=VisitorState.REJECTED, decided_at__lte=now - timedelta(days=DAYS_AFTER_NO))
    over |= Q(state=VisitorState.WAITING, at__lte=now - timedelta(days=DAYS_UNANSWERED))
    over |= Q(person=None, withdrawn_at__isnull=False)
    gone, _ = mine.filter(over).delete()
    settled = mine.filter(state=VisitorState.ACCEPTED, decided_at__lte=now - timedelta(days=UNDO_DAYS))
    settled.exclude(value="").update(name="", value="", normal="", line="", how_met="")
    Knock.objects.filter(owner=owner, hour__lte=now - timedelta(days=DAYS_OF_A_KNOCK)).delete()
    return gone

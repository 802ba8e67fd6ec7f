"""What happens to gatherings: made by hand, and settled once they are past."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from amity.formats.identities import normal_email
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import deed, lock
from amity.journal.models import Import
from amity.moments.models import Kind, Moment, Participation
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.owner.queries import known_by
from amity.people.actions import clean
from amity.people.identity import called_so, identifies, now, person_with
from amity.people.models import Person, Way
from amity.storage.folded import fold

FEW = 8  # up to so many people, being there means having been in touch
SETTLED_AT_ONCE = 10  # a tenth of a second, in which nobody else can write
BREATH = 0.01  # seconds in which somebody else may begin to


def add(owner: Owner, title: str, *, day: date, last_day: date | None = None, **told: object) -> Gathering:
    """Write down a gathering by hand.

    Raises:
        NotPossible: without a title, or when it ends before it begins.
    """
    title = clean(title, 300)
    last_day = last_day or day
    if not title:
        raise NotPossible(_("A gathering needs a name."))
    if last_day < day:
        raise NotPossible(_("A gathering ends after it begins."))
    with deed(owner, "add gathering", _("Wrote down %(title)s.") % {"title": title}) as writing:
        return writing.make(Gathering(owner=owner, title=title, day=day, last_day=last_day, **told))


def is_small(size: int) -> bool:
    """Tell whether a gathering is small enough that being there means having been in touch."""
    return size <= FEW


def settle_past(owner: Owner, *, now: datetime, run: Import | None = None) -> int:
    """Turn gatherings that are over into moments; give the number of moments made.

    With `run`, only what that import brought (still hidden) is settled, and no deed is written,
    because the import is one.
    """
    rows = Gathering.objects.filter(owner=owner, imported_by=run) if run else Gathering.objects.of(owner)
    over = Q(ends_at__lte=now) | Q(ends_at=None, last_day__lt=owner.today(now))
    due = rows.filter(over, settled=False).exclude(imported_by__in=_unanswered(owner)).order_by("day", "id")
    made = 0
    while True:
        with transaction.atomic():
            lock(owner)
            batch = list(due[:SETTLED_AT_ONCE])
            made += sum(_settle(owner, gathering, quietly=run is not None) for gathering in batch)
        if not batch:
            return made
        time.sleep(BREATH)


def _unanswered(owner: Owner) -> list[int]:
    """Give the imports that ask which guest the owner is, as long as no guest of theirs is known to be."""
    own = {form for kind, form in known_by(owner) if kind == "email"}
    asking = Import.objects.filter(owner=owner, report__ask_about_guests=True)
    guests = (
        Attendance.objects.filter(imported_by__in=asking).values_list("imported_by_id", "email").distinct()
    )
    answered = {run for run, email in guests if normal_email(email) in own}
    return [run.pk for run in asking if run.pk not in answered]


def _settle(owner: Owner, gathering: Gathering, *, quietly: bool) -> bool:
    gathering.settled = True
    gathering.save(update_fields=["settled"])
    # Of whom the owner has spoken in a debrief, nothing is concluded from their having been there.
    there = list(gathering.attendances.exclude(answer="no").exclude(there=True))
    if not there or gathering.cancelled or gathering.answer == "no" or not is_small(gathering.size):
        return False
    met = [attendance for attendance in there if _meet(owner, attendance)]
    if not met:
        return False
    moment = _moment_of(owner, gathering)
    Participation.objects.bulk_create(
        [
            Participation(
                owner=owner, person_id=person, moment=moment, imported_by_id=gathering.imported_by_id
            )
            for person in {attendance.person_id for attendance in met if attendance.person_id}
        ]
    )
    for attendance in met:
        attendance.moment = moment
        attendance.save(update_fields=["moment", "person"])
    if not quietly:
        _tell(owner, gathering, met)
    return True


def _tell(owner: Owner, gathering: Gathering, met: Sequence[Attendance]) -> None:
    with deed(owner, "settle", _("%(title)s is over.") % {"title": gathering.title}, who="clock") as writing:
        writing.about(gathering, *(attendance.person for attendance in met if attendance.person))


def _moment_of(owner: Owner, gathering: Gathering) -> Moment:
    return Moment.objects.create(
        owner=owner,
        imported_by_id=gathering.imported_by_id,
        key=gathering.key or f"gathering:{gathering.uid}",
        day=gathering.day,
        at=gathering.starts_at,
        zone=gathering.zone,
        kind=gathering.kind,
        setting=gathering.setting,
        text=gathering.title,
        size=gathering.size,
    )


def _meet(owner: Owner, attendance: Attendance) -> bool:
    """Make sure the guest is a person of the book; one without an address of their own stays a name."""
    if attendance.person_id is not None:
        return True
    form = normal_email(attendance.email)
    if not identifies("email", form) or ("email", form) in known_by(owner):
        return False
    attendance.person = person_with(owner, "email", attendance.email, name=attendance.name) or _hidden_person(
        owner, attendance, form
    )
    attendance.person = attendance.person or _new_person(owner, attendance, form)
    return True


def _hidden_person(owner: Owner, attendance: Attendance, form: str) -> Person | None:
    """Find somebody whom the import under way has just brought."""
    if attendance.imported_by_id is None:
        return None
    ways = Way.objects.filter(owner=owner, imported_by=attendance.imported_by_id, kind="email", normal=form)
    there = [way.person for way in ways.select_related("person").order_by("id")]
    person = called_so([(one, [one.name]) for one in there], attendance.name, form)
    return now(person) if person else None


def _new_person(owner: Owner, attendance: Attendance, form: str) -> Person:
    name = attendance.name or form.split("@", 1)[0]
    source = attendance.imported_by_id
    person = Person.objects.create(
        owner=owner, imported_by_id=source, name=name, folded=fold(f"{name} {attendance.email}")
    )
    Way.objects.create(
        owner=owner, imported_by_id=source, person=person, kind="email", value=attendance.email, normal=form
    )
    return person


def kind_of(title: str, place: str, url: str) -> str:
    """Tell from a calendar entry's words what kind of moment it will be."""
    if url:
        return Kind.VIDEO_CALL
    words = set(re.findall(r"\w+", fold(f"{title} {place}")))
    return Kind.CALL if words & {"call", "phone", "telephone"} else Kind.MET

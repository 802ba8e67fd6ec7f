"""What a phone sends when it is back: each writing is taken once, in the order in which it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amity.journal.actions import first_time, lock
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.queries import NotFound
from amity.phone.kinds import KINDS, Fields, Kind

OLDEST = timedelta(days=180)
DONE, CONFLICT, NOT_POSSIBLE = "done", "conflict", "not possible"


@dataclass(frozen=True)
class Writing:
    """One thing written on the phone. ``day`` is the phone's date then; ``was`` what it saw."""

    key: str
    kind: str
    day: date
    fields: Mapping[str, Any] = field(default_factory=dict)
    was: str | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a writing. Of a conflict both texts are given, and nothing was changed."""

    key: str
    state: str
    sentence: str = ""
    here: str = ""
    there: str = ""


def receive(owner: Owner, writings: Sequence[Writing], *, today: date) -> list[Answer]:
    """Take what a phone sends, one after the other; sent again it changes nothing and is answered alike."""
    return [_take(owner, writing, today) for writing in writings]


def _take(owner: Owner, writing: Writing, today: date) -> Answer:
    try:
        with transaction.atomic():
            lock(owner)
            answer = _taken(owner, writing, today) if first_time(owner, writing.key) else None
            transaction.set_rollback(answer is not None)
    except (NotPossible, NotFound) as wrong:
        return Answer(writing.key, NOT_POSSIBLE, wrong.sentence)
    return answer or Answer(writing.key, DONE)


def _taken(owner: Owner, writing: Writing, today: date) -> Answer | None:
    """Carry a writing out; give the conflict when there is one, and then nothing is to stay."""
    kind, fields = _kind(writing), Fields(writing.fields)
    if conflict := _conflict(owner, writing, kind, fields):
        return conflict
    kind.do(owner, fields, max(today - OLDEST, min(writing.day, today)))
    return None


def _kind(writing: Writing) -> Kind:
    kind = KINDS.get(writing.kind)
    if kind is None or not writing.key:
        raise NotPossible(_("This Amity does not know what to do with that."))
    return kind


def _conflict(owner: Owner, writing: Writing, kind: Kind, fields: Fields) -> Answer | None:
    if kind.stands is None or writing.was is None:
        return None
    here, there = kind.stands(owner, fields), kind.wants(fields)
    if here in {writing.was, there}:
        return None
    return Answer(writing.key, CONFLICT, here=here, there=there)

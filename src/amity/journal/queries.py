"""Questions to the journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from amity.journal.actions import UNDO_DAYS
from amity.journal.models import Cursor, Deed, Import, Touch
from amity.owner.models import Owner
from amity.storage.wording import Questions, worded_once

WHOLE_BOOK = "amity.owner"


@dataclass(frozen=True)
class News:
    """What changed since a cursor: rows touched, by table, or so much that everything is to be read anew."""

    upto: int
    rows: dict[str, frozenset[int]]
    everything: bool


def newest(owner: Owner) -> int:
    """Give the id of the owner's newest deed, 0 when there is none."""
    return Deed.objects.filter(owner=owner).aggregate(newest=Max("id"))["newest"] or 0


def how_far(owner: Owner, room: str) -> tuple[int, int]:
    """Give the ids of the owner's newest deed and of the newest one the room has read of, each 0 for none."""
    newest_id, read_id = _how_far(owner, room)
    return sum(newest_id), sum(read_id)


@worded_once
def _how_far(owner: Owner, room: str) -> Questions:
    """Word what is asked of the journal's end."""
    return [
        Deed.objects.filter(owner=owner).order_by("-id").values_list("id", flat=True)[:1],
        Cursor.objects.filter(owner=owner, room=room).values_list("deed", flat=True),
    ]


def news(owner: Owner, room: str, upto: int) -> News | None:
    """Tell what happened between the deed the room last read of and the newest one; None when nothing did.

    Asked again under the lock, it is None where another reader was quicker.
    """
    _newest, since = how_far(owner, room)
    if upto <= since:
        return None
    fresh = Deed.objects.filter(owner=owner, id__gt=since)
    rows: dict[str, set[int]] = {}
    for table, row in Touch.objects.filter(owner=owner, deed__in=fresh).values_list("table", "row"):
        rows.setdefault(table, set()).add(row)
    frozen = {table: frozenset(ids) for table, ids in rows.items()}
    return News(upto, frozen, WHOLE_BOOK in rows or fresh.exclude(imported=None).exists())


def mark_read(owner: Owner, room: str, upto: int) -> None:
    """Remember how far the room has read."""
    Cursor.objects.update_or_create(owner=owner, room=room, defaults={"deed": upto})


@dataclass(frozen=True)
class PastDeed:
    """One line of the book's history."""

    uid: str
    at: datetime
    sentence: str
    can_undo: bool


def recent(owner: Owner, limit: int = 50) -> list[PastDeed]:
    """Give the owner's latest deeds, newest first."""
    since = timezone.now() - timedelta(days=UNDO_DAYS)
    deeds = Deed.objects.of(owner).filter(imported=None, who="owner", undoes=None).order_by("-id")[:limit]
    return [
        PastDeed(d.uid, d.at, d.sentence, d.undone_at is None and not d.final and d.at >= since)
        for d in deeds
    ]


def last_deed(owner: Owner) -> PastDeed | None:
    """Give the newest deed that can be undone."""
    return next((deed for deed in recent(owner, 1) if deed.can_undo), None)


def last_of(owner: Owner, verbs: Collection[str], *, day: date) -> PastDeed | None:
    """Give the newest deed of these kinds that the owner has done since a day and can still take back."""
    since = datetime.combine(day, time.min, owner.tz)
    done = Deed.objects.of(owner).filter(
        verb__in=verbs, who="owner", undoes=None, undone_at=None, at__gte=since
    )
    newest = done.order_by("-id").first()
    return PastDeed(newest.uid, newest.at, newest.sentence, can_undo=True) if newest else None


def imports(owner: Owner) -> list[Import]:
    """Give all imports of the owner, newest first."""
    return list(Import.objects.of(owner).order_by("-id"))


def touched_by_owner(owner: Owner, table: str) -> set[int]:
    """Give the ids of rows of a table that deeds of the owner's still in force touched, more than moved."""
    deeds = {"deed__who": "owner", "deed__undone_at": None, "deed__undoes": None}
    touches = Touch.objects.filter(owner=owner, table=table, **deeds).exclude(kind=Touch.Kind.MOVED)
    return set(touches.values_list("row", flat=True).distinct())

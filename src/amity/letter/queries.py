"""Questions about letters and their readers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from amity.letter.models import (
    Consent,
    Edition,
    EditionState,
    Letterhead,
    PrivateLetter,
    ReaderState,
    Subscriber,
)
from amity.owner.models import Owner
from amity.people.queries import NotFound
from amity.post.models import Outbox
from amity.post.queries import counts, unknowns
from amity.storage.folded import fold
from amity.storage.wording import Questions, worded_once


@dataclass(frozen=True)
class Sent:
    """What became of one edition, in plain counts; nobody knows who opened it, and nobody asks."""

    edition: Edition
    sent: int
    waiting: int
    failed: int
    left: int
    unknown: int


def head(owner: Owner) -> Letterhead | None:
    """Give how the letters are set up, None before they were."""
    return Letterhead.objects.of(owner).select_related("owner").first()


@dataclass(frozen=True)
class Beside:
    """What stands beside a private letter: earlier ones, newest first, and how the way out is doing."""

    earlier: list[date]
    unknown: int
    box: Outbox


def beside(owner: Owner, *, most: int) -> Beside:
    """Give the days of earlier letters, and how many mails wait for the owner's word."""
    earlier, unknown, boxes = _beside(owner, most)
    return Beside(earlier, sum(unknown), next(iter(boxes), Outbox(owner=owner)))


@worded_once
def _beside(owner: Owner, most: int) -> Questions:
    return [
        privates(owner).values_list("day", flat=True)[:most],
        unknowns(owner).order_by().values("owner").annotate(many=Count("id")).values_list("many", flat=True),
        Outbox.objects.of(owner),
    ]


def privates(owner: Owner) -> QuerySet[PrivateLetter]:
    """Every private letter, newest first."""
    return PrivateLetter.objects.of(owner).order_by("-day")


def editions(owner: Owner) -> QuerySet[Edition]:
    """Every letter of the owner's own, newest first."""
    return Edition.objects.of(owner).order_by("-changed_at", "-id")


def edition(owner: Owner, uid: str) -> Edition:
    """Give one letter.

    Raises:
        NotFound: when it is not there.
    """
    found = Edition.objects.of(owner).filter(uid=uid).select_related("owner", "mailing").first()
    if found is None:
        raise NotFound(_("There is no such letter."))
    return found


def sent(one: Edition) -> Sent:
    """Count what became of an edition."""
    by_state = counts(one.mailing) if one.mailing else Counter[str]()
    return Sent(
        one,
        sent=by_state["sent"],
        waiting=by_state["pending"] + by_state["sending"],
        failed=by_state["failed"],
        left=by_state["left"],
        unknown=by_state["unknown"],
    )


def readers(owner: Owner, words: str = "") -> QuerySet[Subscriber]:
    """Everybody who asked for the letter, newest first, or those in whose name or address the words occur."""
    found = Subscriber.objects.of(owner).order_by("-id")
    for word in fold(words).split()[:5]:
        found = found.filter(address__icontains=word) | found.filter(name__icontains=word)
    return found


def reader(owner: Owner, digest: str) -> Subscriber | None:
    """Give a reader by the keyed hash of their address."""
    return Subscriber.objects.of(owner).filter(digest=digest).first()


def reader_counts(owner: Owner) -> Counter[str]:
    """Give how many read the letter, asked for it, and left."""
    rows = Subscriber.objects.of(owner).values_list("state").annotate(Count("id"))
    return Counter(dict.fromkeys(ReaderState.values, 0)) + Counter(dict(rows))


def evidence(one: Subscriber) -> list[Consent]:
    """Give why a reader is written to, oldest first."""
    return list(one.consents.order_by("asked_at", "id"))


def open_head(slug: str) -> Letterhead | None:
    """Give the public letter at an address, None when there is none or it is not public."""
    return Letterhead.objects.filter(slug=slug, is_open=True).select_related("owner").first()


def archive(owner: Owner) -> QuerySet[Edition]:
    """Give the editions that anybody may read, newest first."""
    out = Edition.objects.of(owner).filter(state=EditionState.OUT, in_archive=True)
    return out.filter(circles=[]).order_by("-out_at", "-id")


def overdue(owner: Owner, now: datetime) -> list[Edition]:
    """Give the letters whose own hour passed while nothing could send them; the owner decides."""
    from amity.letter.fortnight import LATE

    return list(Edition.objects.of(owner).filter(state=EditionState.READY, at__lt=now - LATE))

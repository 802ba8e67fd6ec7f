"""The ledger's statements: claim before DATA, settle after the server's word, sweep what a dead worker left.

The state before is part of every UPDATE's own WHERE, not of a subquery: PostgreSQL looks at it again
after it has waited for another worker, so one row is won by one worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from amity.owner.models import Owner
from amity.post.models import (
    MAY_ASK_AGAIN,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Outbox,
    Suppressed,
    Why,
)
from amity.post.relay import Outcome
from amity.post.worker import is_at_work

BATCH = 100
MOST_ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=4)
CLOSED_FOR = timedelta(minutes=2)
FOREIGN_WORKER_AFTER = timedelta(hours=1)


def waiting(owner: Owner, now: datetime) -> QuerySet[Delivery]:
    """Everything that may go out now, oldest first."""
    may_go = Mailing.objects.filter(owner=owner, state=MailingState.OPEN).values("pk")
    pending = Delivery.objects.filter(owner=owner, state=DeliveryState.PENDING, not_before__lte=now)
    return pending.filter(mailing__in=may_go).order_by("id")


def next_ones(owner: Owner, now: datetime, busy: list[str]) -> list[tuple[int, str]]:
    """Give key and domain of the next deliveries to try, none to a domain that is busy."""
    found = waiting(owner, now).exclude(domain__in=busy) if busy else waiting(owner, now)
    return list(found.values_list("pk", "domain")[:BATCH])


def _stopped() -> Exists:
    """The reader wants no more of it; looked at within the claim itself."""
    those = Suppressed.objects.filter(owner=OuterRef("owner_id"), digest=OuterRef("digest"))
    letter = Exists(Mailing.objects.filter(pk=OuterRef(OuterRef("mailing_id")), kind=MailingKind.LETTER))
    return Exists(those.filter(~Q(why__in=MAY_ASK_AGAIN) | letter))


def _open() -> tuple[Exists, Exists]:
    return (
        Exists(Mailing.objects.filter(pk=OuterRef("mailing_id"), state=MailingState.OPEN)),
        Exists(Outbox.objects.filter(owner=OuterRef("owner_id"), paused="")),
    )


def claim(key: int, worker: str, now: datetime) -> Delivery | None:
    """Take one delivery for this worker; None when it is not to be had any more.

    Whether the reader has left is asked in the same statement. The private letter is stopped by its own
    switch, never by the list of readers.
    """
    mine = Delivery.objects.filter(pk=key, state=DeliveryState.PENDING, not_before__lte=now)
    won = mine.filter(~_stopped(), *_open()).update(
        state=DeliveryState.SENDING, worker=worker, claimed_at=now, attempt=F("attempt") + 1
    )
    if not won:
        mine.filter(_stopped()).update(state=DeliveryState.LEFT, settled_at=now)
        return None
    return Delivery.objects.select_related("mailing", "owner").get(pk=key)


def settle(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a delivery, once; whatever follows for its domain or reader goes with it."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, worker=delivery.worker)
    if outcome.kind in {"later", "unsent"} and delivery.attempt < MOST_ATTEMPTS:
        _try_again(delivery, mine, outcome, now)
        return
    state = {"sent": DeliveryState.SENT, "unknown": DeliveryState.UNKNOWN}.get(
        outcome.kind, DeliveryState.FAILED
    )
    mine.update(state=state, reply=outcome.reply, settled_at=now)
    if outcome.dead:
        Suppressed.objects.get_or_create(
            owner=delivery.owner, digest=delivery.digest, defaults={"why": Why.BOUNCED, "at": now}
        )


def _try_again(delivery: Delivery, mine: QuerySet[Delivery], outcome: Outcome, now: datetime) -> None:
    if outcome.kind == "unsent":
        mine.update(state=DeliveryState.PENDING, worker="", attempt=F("attempt") - 1, reply=outcome.reply)
        return
    until = now + wait(delivery.attempt)
    mine.update(state=DeliveryState.PENDING, worker="", not_before=until, reply=outcome.reply)
    same = Delivery.objects.filter(owner=delivery.owner, state=DeliveryState.PENDING, domain=delivery.domain)
    same.update(not_before=Greatest(F("not_before"), until))


def wait(attempt: int) -> timedelta:
    """Give how long a domain rests after its n-th "not now": 5, 10, 20 minutes … at most four hours."""
    return min(FIRST_WAIT * float(2 ** (attempt - 1)), LONGEST_WAIT)


def step(
    settled: tuple[Delivery, Outcome] | None, key: int | None, worker: str, now: datetime
) -> Delivery | None:
    """Settle the last delivery and claim the next in one transaction: one commit a mail."""
    with transaction.atomic():
        if settled is not None:
            settle(*settled, now)
        return claim(key, worker, now) if key is not None else None


def sweep(owner: Owner, now: datetime) -> int:
    """Turn what a dead worker was sending into *unknown*; give how many."""
    sending = Delivery.objects.filter(owner=owner, state=DeliveryState.SENDING)
    workers = set(sending.values_list("worker", flat=True))
    gone = [worker for worker in workers if is_at_work(worker) is False]
    elsewhere = [worker for worker in workers if is_at_work(worker) is None]
    left = sending.filter(
        Q(worker__in=gone) | Q(worker__in=elsewhere, claimed_at__lt=now - FOREIGN_WORKER_AFTER)
    )
    said = "The sender stopped before the server's last word."
    return left.update(state=DeliveryState.UNKNOWN, reply=said, settled_at=now)

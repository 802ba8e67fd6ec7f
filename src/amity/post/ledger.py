"""The ledger's statements: claim before DATA, settle after the server's word, sweep what a dead worker left.

The state before is part of every UPDATE's own WHERE, not of a subquery: PostgreSQL looks at it again
after it has waited for another worker, so one row is won by one worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from amity.owner.models import Owner
from amity.post.models import Delivery, DeliveryState, Mailing, MailingState, Suppressed, Why
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


def next_ones(owner: Owner, now: datetime, busy: list[str]) -> list[Delivery]:
    """Give the next deliveries to try with their mailings, none to a domain that is busy: two questions."""
    found = waiting(owner, now).exclude(domain__in=busy) if busy else waiting(owner, now)
    batch = list(found[:BATCH])
    mailings = Mailing.objects.in_bulk({delivery.mailing_id for delivery in batch})
    for delivery in batch:
        delivery.owner, delivery.mailing = owner, mailings[delivery.mailing_id]
    return batch


# Written out, for it is the promise itself: nothing of it may hide in a subquery that is not looked at again.
_STOPPED = """
EXISTS (SELECT 1 FROM amity_suppressed s WHERE s.owner_id = amity_delivery.owner_id
        AND s.digest = amity_delivery.digest
        AND (s.why NOT IN ('left', 'erased')
             OR EXISTS (SELECT 1 FROM amity_mailing k
                        WHERE k.id = amity_delivery.mailing_id AND k.kind = 'letter')))
"""
_CLAIM = f"""
UPDATE amity_delivery SET state = 'sending', worker = %s, claimed_at = %s, attempt = attempt + 1
WHERE id = %s AND state = 'pending' AND not_before <= %s
  AND EXISTS (SELECT 1 FROM amity_mailing m WHERE m.id = amity_delivery.mailing_id AND m.state = 'open')
  AND EXISTS (SELECT 1 FROM amity_outbox o WHERE o.owner_id = amity_delivery.owner_id AND o.paused = '')
  AND NOT {_STOPPED}
"""  # noqa: S608  (constants of this file)
_WITHDRAW = f"""
UPDATE amity_delivery SET state = 'left', settled_at = %s WHERE id = %s AND state = 'pending' AND {_STOPPED}
"""  # noqa: S608


def claim(delivery: Delivery, worker: str, now: datetime) -> bool:
    """Take one delivery for this worker; False when it is not to be had any more.

    Whether the reader has left is asked in the same statement. Whoever left (or was erased) gets none, but
    may ask for the mail that lets them confirm; the private letter is stopped by its own switch.
    """
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [worker, at, delivery.pk, at])
        if not cursor.rowcount:
            cursor.execute(_WITHDRAW, [at, delivery.pk])
            return False
    delivery.worker, delivery.attempt = worker, delivery.attempt + 1
    return True


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
    settled: tuple[Delivery, Outcome] | None, following: Delivery | None, worker: str, now: datetime
) -> bool:
    """Settle the last delivery and claim the next in one commit; tell whether the next was won."""
    with transaction.atomic():
        if settled is not None:
            settle(*settled, now)
        return following is not None and claim(following, worker, now)


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

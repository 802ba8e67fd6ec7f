"""The ledger's statements: claim before DATA, settle after the server's word, sweep what a dead worker left.

The state before is part of every UPDATE's own WHERE, not of a subquery: PostgreSQL looks at it again
after it has waited for another worker, so one row is won by one worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from amity.owner.models import Owner
from amity.post.models import Delivery, DeliveryState, Mailing, MailingState, Outbox, Suppressed, Why
from amity.post.relay import Outcome
from amity.post.worker import is_at_work

BATCH = 256
MOST_ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=4)
CLOSED_FOR = timedelta(minutes=2)
FOREIGN_WORKER_AFTER = timedelta(hours=1)
_OF_THE_PAST = ("state", "not_before", "worker", "claimed_at", "settled_at", "reply")
_AGAIN = {"later", "grey", "unsent"}


def waiting(owner: Owner, now: datetime) -> QuerySet[Delivery]:
    """Everything that may go out now, oldest first."""
    may_go = Mailing.objects.filter(owner=owner, state=MailingState.OPEN).values("pk")
    pending = Delivery.objects.filter(owner=owner, state=DeliveryState.PENDING, not_before__lte=now)
    return pending.filter(mailing__in=may_go).order_by("id")


def next_ones(owner: Owner, now: datetime, busy: list[str], in_hand: list[int]) -> list[Delivery]:
    """Give the next deliveries to try: none goes to a domain that is busy, none is among those in hand.

    Their mailings are not read along: there are few, and the sender keeps what it needs of each.
    """
    found = waiting(owner, now).exclude(pk__in=in_hand) if in_hand else waiting(owner, now)
    return list((found.exclude(domain__in=busy) if busy else found).defer(*_OF_THE_PAST)[:BATCH])


def is_closed(owner: Owner) -> bool:
    """Tell whether the way out was closed since."""
    return Outbox.objects.of(owner).exclude(paused="").exists()


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
WHERE id IN ({{ids}}) AND state = 'pending' AND not_before <= %s
  AND EXISTS (SELECT 1 FROM amity_mailing m WHERE m.id = amity_delivery.mailing_id AND m.state = 'open')
  AND EXISTS (SELECT 1 FROM amity_outbox o WHERE o.owner_id = amity_delivery.owner_id AND o.paused = '')
  AND NOT {_STOPPED}
RETURNING id
"""  # noqa: S608  (constants of this file)
_WITHDRAW = f"""
UPDATE amity_delivery SET state = 'left', settled_at = %s
WHERE id IN ({{ids}}) AND state = 'pending' AND {_STOPPED}
"""  # noqa: S608
_NOT_IN_HAND = """
SELECT d.id FROM amity_delivery d WHERE d.id IN ({ids}) ORDER BY d.id FOR UPDATE SKIP LOCKED
"""
_SENT = """
UPDATE amity_delivery SET state = 'sent', reply = said.column3, settled_at = %s
FROM (VALUES {said}) AS said
WHERE amity_delivery.id = said.column1 AND amity_delivery.state = 'sending'
  AND amity_delivery.worker = said.column2
"""  # both engines call the columns of VALUES so


def claim(deliveries: list[Delivery], worker: str, now: datetime) -> list[Delivery]:
    """Take deliveries for this worker; give those that were still to be had.

    Whether the reader has left is asked in the same statement. Whoever left (or was erased) gets none, but
    may ask for the mail that lets them confirm; the private letter is stopped by its own switch.
    """
    if not deliveries:
        return []
    ids = [one.pk for one in deliveries]
    at = connection.ops.adapt_datetimefield_value(now)
    free = _free(len(ids))
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(ids=free), [worker, at, *ids, at])
        won = {row[0] for row in cursor.fetchall()}
        if len(won) < len(ids):
            cursor.execute(_WITHDRAW.format(ids=free), [at, *ids])
    mine = [one for one in deliveries if one.pk in won]
    for one in mine:
        one.worker, one.attempt = worker, one.attempt + 1
    return mine


def _free(count: int) -> str:
    """Pass over what another worker has in hand; on PostgreSQL two could wait for each other for ever."""
    marks = ", ".join(["%s"] * count)
    if connection.vendor != "postgresql":
        return marks
    return _NOT_IN_HAND.format(ids=marks)


def settle(ended: list[tuple[Delivery, Outcome]], now: datetime) -> None:
    """Write down what became of deliveries, once; whatever follows for a domain or reader goes with it."""
    sent: list[tuple[Any, ...]] = [
        (one.pk, one.worker, outcome.reply) for one, outcome in ended if outcome.kind == DeliveryState.SENT
    ]
    if sent:
        marks = ", ".join(["(%s, %s, %s)"] * len(sent))
        at = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(_SENT.format(said=marks), [at, *chain.from_iterable(sent)])
    for delivery, outcome in ended:
        if outcome.kind != DeliveryState.SENT:
            _settle_otherwise(delivery, outcome, now)


def _settle_otherwise(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, worker=delivery.worker)
    if outcome.kind in _AGAIN and (outcome.kind == "unsent" or delivery.attempt < MOST_ATTEMPTS):
        _try_again(delivery, mine, outcome, now)
        return
    state = DeliveryState.UNKNOWN if outcome.kind == DeliveryState.UNKNOWN else DeliveryState.FAILED
    mine.update(state=state, reply=outcome.reply, settled_at=now)
    if outcome.dead:
        Suppressed.objects.get_or_create(
            owner_id=delivery.owner_id, digest=delivery.digest, defaults={"why": Why.BOUNCED, "at": now}
        )


def _try_again(delivery: Delivery, mine: QuerySet[Delivery], outcome: Outcome, now: datetime) -> None:
    if outcome.kind == "unsent":
        mine.update(state=DeliveryState.PENDING, worker="", attempt=F("attempt") - 1, reply=outcome.reply)
        return
    until = now + wait(delivery.attempt)
    mine.update(state=DeliveryState.PENDING, worker="", not_before=until, reply=outcome.reply)
    if outcome.kind == "grey":
        return
    waits = {"owner_id": delivery.owner_id, "state": DeliveryState.PENDING, "domain": delivery.domain}
    same = Delivery.objects.filter(**waits)
    # Rows in another worker's hands are passed over: each could wait for the other's for ever.
    free = same.select_for_update(skip_locked=True).values("pk")
    same.filter(pk__in=free).update(not_before=Greatest(F("not_before"), until))


def wait(attempt: int) -> timedelta:
    """Give how long a domain rests after its n-th "not now": 5, 10, 20 minutes … at most four hours."""
    return min(FIRST_WAIT * float(2 ** (attempt - 1)), LONGEST_WAIT)


def step(
    ended: list[tuple[Delivery, Outcome]], following: list[Delivery], worker: str, now: datetime
) -> list[Delivery]:
    """Settle the last deliveries and claim the next in one commit; give those of the next that were won."""
    with transaction.atomic():
        if ended:
            settle(ended, now)
        return claim(following, worker, now)


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

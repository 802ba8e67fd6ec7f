"""Sending what is due: one connection, one mail at a time, everything that matters committed on the way."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils import timezone

from amity.owner.models import Owner
from amity.post import ledger
from amity.post.actions import outbox
from amity.post.address import return_path
from amity.post.message import Press, Sender
from amity.post.models import Delivery, Outbox, Pause
from amity.post.pace import Pace
from amity.post.relay import Conversation, Outcome, Server
from amity.post.worker import at_work

SECONDS_A_RUN = 50.0
LONGEST_NAP = 5.0


@dataclass
class Run:
    """One worker's run: where it stands, and what became of what it sent."""

    owner: Owner
    worker: str
    talk: Conversation
    sender: Sender
    pace: Pace
    now: Callable[[], datetime] = timezone.now
    tally: Counter[str] = field(default_factory=Counter)
    ahead: deque[Delivery] = field(default_factory=deque)
    presses: dict[int, Press] = field(default_factory=dict)


def send_due(
    owner: Owner, *, seconds: float = SECONDS_A_RUN, now: Callable[[], datetime] = timezone.now
) -> Counter[str]:
    """Send what may go out now, for at most so many seconds; give how many came to which end.

    What an earlier worker left half-way becomes *unknown* first. Nothing is sent while the outbox is
    paused or rests, and nothing at all without a mail server.
    """
    ledger.sweep(owner, now())
    box = outbox(owner)
    closed = box.paused or (box.rests_until and box.rests_until > now())
    if closed or not ledger.waiting(owner, now()).exists():
        return Counter()
    server, sender = Server.from_settings(), Sender.from_settings(owner)
    with _every_commit_on_disk(), at_work() as worker, Conversation(server) as talk:
        run = Run(owner, worker, talk, sender, Pace(box.per_minute), now)
        _send(run, box, time.monotonic() + seconds)
    return run.tally


def _send(run: Run, box: Outbox, until: float) -> None:
    settled: tuple[Delivery, Outcome] | None = None
    try:
        while time.monotonic() < until and (delivery := _next(run, until)) is not None:
            won = ledger.step(settled, delivery, run.worker, run.now())
            settled = None
            if not won:
                continue
            run.pace.took(delivery.domain, time.monotonic())
            outcome = _deliver(run, delivery)
            settled = (delivery, outcome)
            run.tally[outcome.kind] += 1
            if outcome.kind == "unsent":
                _close(box, outcome, run.now())
                break
    finally:
        ledger.step(settled, None, run.worker, run.now())


def _deliver(run: Run, delivery: Delivery) -> Outcome:
    try:
        press = run.presses.get(delivery.mailing_id) or Press(run.sender, delivery.mailing, run.owner)
        run.presses[delivery.mailing_id] = press
        message = press.letter(delivery, run.now())
    except ValueError as wrong:  # an address or name that no header can carry
        return Outcome("refused", f"This mail could not be written: {wrong}"[:500])
    bounces_to = return_path(run.owner, run.sender.address, delivery.uid)
    return run.talk.deliver(bounces_to, delivery.address, message)


def _next(run: Run, until: float) -> Delivery | None:
    """Give the next delivery whose domain may be written to, None when nothing is left."""
    while True:
        while run.ahead:
            delivery = run.ahead.popleft()
            if run.pace.is_free(delivery.domain, time.monotonic()):
                return delivery
        run.ahead.extend(ledger.next_ones(run.owner, run.now(), run.pace.busy(time.monotonic())))
        if run.ahead:
            continue
        nap = run.pace.wait(time.monotonic())
        if not nap or time.monotonic() + nap > until:
            return None
        time.sleep(min(nap, LONGEST_NAP))


def _close(box: Outbox, outcome: Outcome, now: datetime) -> None:
    """Rest a little when the server cannot be reached, and stop until the owner looks when it refuses us."""
    paused = Pause.REFUSED if outcome.closed else ""
    Outbox.objects.filter(pk=box.pk, paused="").update(
        paused=paused, said=outcome.reply[:300], rests_until=now + ledger.CLOSED_FOR
    )


@contextmanager
def _every_commit_on_disk() -> Iterator[None]:
    """Let SQLite wait for the disk at each commit: a ledger must outlive a power cut too."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=NORMAL")

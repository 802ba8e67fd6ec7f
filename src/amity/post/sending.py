"""Sending what is due: one mail on each connection, everything that matters committed on the way."""

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
from amity.post.lines import Lines, Mail
from amity.post.message import Press, Sender
from amity.post.models import Delivery, Outbox, Pause
from amity.post.pace import Pace
from amity.post.relay import Outcome, Server
from amity.post.worker import at_work, is_closing

SECONDS_A_RUN = 50.0
LONGEST_NAP = 5.0


@dataclass(frozen=True)
class Letter:
    """A delivery with its message written; `wrong` says why no message could be."""

    delivery: Delivery
    mail: Mail | None
    wrong: str = ""


@dataclass
class Run:
    """One worker's run: where it stands, what is ready to go, and what became of what went last."""

    owner: Owner
    worker: str
    lines: Lines
    sender: Sender
    pace: Pace
    until: float
    now: Callable[[], datetime] = timezone.now
    tally: Counter[str] = field(default_factory=Counter)
    ahead: deque[Delivery] = field(default_factory=deque)
    ended: list[tuple[Delivery, Outcome]] = field(default_factory=list)
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
    with _every_commit_on_disk(), at_work() as worker, Lines(server) as lines:
        pace = Pace(box.per_minute, server.per_minute)
        run = Run(owner, worker, lines, sender, pace, time.monotonic() + seconds, now)
        _send(run, box)
    return run.tally


def _send(run: Run, box: Outbox) -> None:
    """Claim a round, offer it, and write the next one while the server reads: one commit a round.

    That commit settles the round before, so a crash leaves at most one unknown for each connection.
    """
    ready: list[Letter] = []
    try:
        while time.monotonic() < run.until and not is_closing():
            ready = ready or _after_a_nap(run)
            if not ready:
                break
            ready = _round(run, ready)
            if not run.ended and ledger.is_closed(run.owner):
                break
            unsent = next((outcome for _, outcome in run.ended if outcome.kind == "unsent"), None)
            if unsent and all(outcome.kind == "unsent" for _, outcome in run.ended):
                _close(box, unsent, run.now())
                break
    finally:
        _settled(run, [])


def _round(run: Run, ready: list[Letter]) -> list[Letter]:
    """Send what is ready, as far as it is still to be had; give what was made ready meanwhile."""
    ready, rest = ready[: run.lines.width], ready[run.lines.width :]  # a server may have turned lines away
    won = {one.pk for one in _settled(run, [letter.delivery for letter in ready])}
    mine = [letter for letter in ready if letter.delivery.pk in won]
    run.ended = [(one.delivery, Outcome("refused", one.wrong)) for one in mine if one.mail is None]
    going = [one.delivery for one in mine if one.mail]
    run.lines.offer([one.mail for one in mine if one.mail])
    try:
        return _made_ready(run, rest)
    finally:
        run.ended += zip(going, run.lines.last_words(), strict=True)
        run.tally.update(outcome.kind for _, outcome in run.ended)


def _settled(run: Run, following: list[Delivery]) -> list[Delivery]:
    """Settle the last round and claim what follows; give what of it was won."""
    won = ledger.step(run.ended, following, run.worker, run.now())
    run.ended = []
    return won


def _made_ready(run: Run, ready: list[Letter]) -> list[Letter]:
    """Write the next letters, one for each line, to domains that may be written to now."""
    while len(ready) < run.lines.width and run.pace.is_open(time.monotonic()):
        if not run.ahead:
            in_hand = [letter.delivery.pk for letter in ready]
            busy = run.pace.busy(time.monotonic())
            run.ahead.extend(ledger.next_ones(run.owner, run.now(), busy, in_hand))
        if not run.ahead:
            break
        delivery = run.ahead.popleft()
        if run.pace.is_free(delivery.domain, time.monotonic()):
            run.pace.took(delivery.domain, time.monotonic())
            ready.append(_written(run, delivery))
    return ready


def _after_a_nap(run: Run) -> list[Letter]:
    """Settle what ended, then give what can go next, waiting for a domain where all are busy."""
    _settled(run, [])
    while not is_closing():
        ready = _made_ready(run, [])
        nap = run.pace.wait(time.monotonic())
        if ready or not nap or time.monotonic() + nap > run.until:
            return ready
        is_closing(within=min(nap, LONGEST_NAP))
    return []


def _written(run: Run, delivery: Delivery) -> Letter:
    try:
        press = run.presses.get(delivery.mailing_id) or Press(run.sender, delivery.mailing, run.owner)
        run.presses[delivery.mailing_id] = press
        message = press.letter(delivery, run.now())
        return Letter(delivery, Mail(press.bounces_to(delivery), delivery.address, message))
    except ValueError as wrong:  # an address or name that no header can carry
        return Letter(delivery, None, f"This mail could not be written: {wrong}"[:500])


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

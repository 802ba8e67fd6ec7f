"""What is done with outgoing mail: queue, pause, resume, cancel, decide an unknown, suppress."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post import left
from amity.post.address import digest_of, is_address
from amity.post.message import one_line
from amity.post.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Outbox,
    Pause,
    Suppressed,
    Why,
)
from amity.storage.schema import refresh_statistics

HTML_BYTES = 100 * 1024  # Gmail cuts a mail off above 102 KB
_AT_ONCE = 2000


@dataclass(frozen=True)
class Content:
    """A mail before it is frozen. Its parts may hold the marks of ``message``."""

    subject: str
    html: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipient:
    """Who gets it, with words that are theirs alone."""

    address: str
    name: str = ""
    postscript: str = ""


def outbox(owner: Owner) -> Outbox:
    """Give the owner's way out, made on the first call."""
    return Outbox.objects.get_or_create(owner=owner)[0]


def queue(owner: Owner, kind: str, content: Content, recipients: Iterable[Recipient]) -> Mailing:
    """Freeze a mail and write one delivery for each reader; whoever is named twice gets it once.

    Raises:
        NotPossible: without a subject, or when the HTML is above 100 KB.
    """
    subject = one_line(content.subject, 300)
    if not subject:
        raise NotPossible(_("A letter needs a subject."))
    if len(content.html.encode()) > HTML_BYTES:
        raise NotPossible(_("This letter is above 100 KB, where mail programs cut it off; make it shorter."))
    outbox(owner)
    html, text = (part.replace("\0", "") for part in (content.html, content.text))
    frozen = f"{subject}\0{html}\0{text}".encode()
    with transaction.atomic():
        mailing = Mailing.objects.create(
            owner=owner,
            kind=kind,
            subject=subject,
            html=html,
            text=text,
            headers={name: one_line(value) for name, value in content.headers.items()},
            digest=hashlib.sha256(frozen).hexdigest(),
        )
        rows = (_delivery(mailing, one) for one in recipients if is_address(one.address))
        queued = 0
        for group in _in_groups(rows):
            Delivery.objects.bulk_create(group, ignore_conflicts=True)
            queued += len(group)
    if queued >= _AT_ONCE:  # or PostgreSQL takes the queue for empty, and reads all of it for each batch
        refresh_statistics(Mailing, Delivery)
    return mailing


def _in_groups(rows: Iterator[Delivery]) -> Iterator[list[Delivery]]:
    while group := list(islice(rows, _AT_ONCE)):
        yield group


def _delivery(mailing: Mailing, one: Recipient) -> Delivery:
    return Delivery(
        owner=mailing.owner,
        mailing=mailing,
        address=one.address,
        name=one_line(one.name, 200),
        digest=digest_of(mailing.owner, one.address),
        domain=one.address.rpartition("@")[2].casefold(),
        postscript=one.postscript.replace("\0", ""),
    )


def pause(owner: Owner) -> None:
    """Let nothing more leave until the owner says so; the mail under way is finished."""
    outbox(owner)
    Outbox.objects.of(owner).update(paused=Pause.OWNER, said="")


def resume(owner: Owner) -> None:
    """Let mail leave again. Whoever left since a restored backup was made is left out first."""
    left.relearn(owner)
    outbox(owner)
    Outbox.objects.of(owner).update(paused="", said="", rests_until=None)


def pause_restored() -> None:
    """Close every outbox of a book that came back from a backup: some of its mail may be out already."""
    for owner in Owner.objects.all():
        outbox(owner)
    Outbox.objects.update(paused=Pause.RESTORED, said="")


def set_pace(owner: Owner, per_minute: int) -> None:
    """Set how many mails a minute go to one domain; 0 is no limit."""
    outbox(owner)
    Outbox.objects.of(owner).update(per_minute=per_minute)


def hold(mailing: Mailing) -> None:
    """Pause one mailing."""
    _turn(mailing, MailingState.PAUSED)


def go_on(mailing: Mailing) -> None:
    """Let a paused mailing go on.

    Raises:
        NotPossible: when it was cancelled.
    """
    _turn(mailing, MailingState.OPEN)


def cancel(mailing: Mailing) -> None:
    """Send no more of a mailing; what is out is out."""
    _turn(mailing, MailingState.CANCELLED)


def _turn(mailing: Mailing, state: str) -> None:
    if not Mailing.objects.filter(pk=mailing.pk).exclude(state=MailingState.CANCELLED).update(state=state):
        raise NotPossible(_("This letter was cancelled; what had not left will not leave."))
    mailing.state = state


def send_again(delivery: Delivery) -> None:
    """Decide that an unknown goes out once more, with the same Message-ID.

    Raises:
        NotPossible: when it is not unknown.
    """
    _decide(delivery, state=DeliveryState.PENDING, not_before=timezone.now(), worker="")


def let_be(delivery: Delivery) -> None:
    """Decide that an unknown counts as sent.

    Raises:
        NotPossible: when it is not unknown.
    """
    _decide(delivery, state=DeliveryState.SENT)


def _decide(delivery: Delivery, **values: object) -> None:
    unknown = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNKNOWN)
    if not unknown.update(**values):
        raise NotPossible(_("It is known what became of this mail."))


def suppress(owner: Owner, digest: str, why: str) -> None:
    """Send no more letters to an address, known by its keyed hash; asked twice it changes nothing."""
    _, new = Suppressed.objects.get_or_create(owner=owner, digest=digest, defaults={"why": why})
    if not new and why in {Why.BOUNCED, Why.COMPLAINED}:
        Suppressed.objects.filter(owner=owner, digest=digest).update(why=why)
    left.note(owner, digest, why)


def allow(owner: Owner, digest: str) -> None:
    """Let an address have letters again, after its reader asked for them and confirmed it."""
    Suppressed.objects.filter(owner=owner, digest=digest, why__in=[Why.LEFT, Why.ERASED]).delete()
    left.note(owner, digest, "")


def forget_address(owner: Owner, digest: str) -> None:
    """Take an address and name out of the ledger; that something was sent stays, without saying to whom."""
    mine = Delivery.objects.filter(owner=owner, digest=digest)
    mine.filter(state=DeliveryState.PENDING).update(state=DeliveryState.LEFT)
    mine.update(address="", name="", postscript="")


def forget_naming(owner: Owner, name: str) -> None:
    """Blank every mail that names somebody, but letters to readers, and let none of it leave any more."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = Mailing.objects.of(owner).exclude(kind=MailingKind.LETTER).filter(text__contains=name)
    named = [one.pk for one in found.iterator() if word.search(one.text)]
    waiting = Delivery.objects.filter(mailing__in=named, state=DeliveryState.PENDING)
    waiting.update(state=DeliveryState.LEFT)
    Mailing.objects.filter(pk__in=named).update(
        subject="", html="", text="", headers={}, state=MailingState.CANCELLED
    )


def wants_letters(owner: Owner, digest: str) -> bool:
    """Tell whether nothing speaks against a letter to this address."""
    return not Suppressed.objects.filter(owner=owner, digest=digest).exists()


LETTER, ASKED, OWN = MailingKind.LETTER, MailingKind.ASKED, MailingKind.OWN

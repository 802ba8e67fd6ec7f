"""Asking for the letter, confirming, leaving, being forgotten: what a reader does, and the evidence of it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from amity.letter import dress
from amity.letter.models import Consent, Letterhead, ReaderState, Subscriber
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.post.actions import ASKED, Recipient, allow, forget_address, queue, suppress
from amity.post.address import Told, digest_of, is_address, read_token, token
from amity.post.models import Why

CONFIRM_WITHIN = timedelta(days=7)
ONE_MAIL_AN_HOUR = timedelta(hours=1)
CONFIRM_PATH = "/letters/confirm/"


def consent_words(head: Letterhead) -> str:
    """Give the exact sentence a reader agrees to."""
    name = head.title or str(head.owner)
    said = _("Send me “%(name)s” by mail, usually every other Sunday.") % {"name": name}
    return _("%(said)s I can leave at any time, in one step, from any letter.") % {"said": said}


def version_of(words: str) -> str:
    """Give a short name of one wording, so that evidence of many readers can be told apart."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def ask(
    head: Letterhead, address: str, *, now: datetime, name: str = "", form: str = "page", language: str = ""
) -> None:
    """Ask for the letter. Whether the address is known changes nothing of what is said or mailed.

    One mail an hour at most goes to one address, so that nobody's mailbox can be filled with these.

    Raises:
        NotPossible: when it is no address, or the name is too long.
    """
    name = clean(name, 200)
    if not is_address(address):
        raise NotPossible(_("That does not look like an e-mail address."))
    owner = head.owner
    digest = digest_of(owner, address)
    words = consent_words(head)
    with transaction.atomic():
        reader, _made = Subscriber.objects.get_or_create(
            owner=owner,
            digest=digest,
            defaults={"address": address, "name": name, "language": language[:12], "since": now},
        )
        if _was_asked_lately(reader, now):
            return
        Consent.objects.create(
            owner=owner,
            subscriber=reader,
            words=words,
            version=version_of(words),
            form=form,
            language=language[:12],
            asked_at=now,
        )
        if reader.state == ReaderState.READING:
            content = dress.already(head)
        else:
            Subscriber.objects.filter(pk=reader.pk).update(address=address, state=ReaderState.ASKED)
            link = confirm_url(owner, digest, now)
            content = (dress.invitation if form == "invited" else dress.confirm)(head, link, words)
        queue(owner, ASKED, content, [Recipient(address, name)])


def _was_asked_lately(reader: Subscriber, now: datetime) -> bool:
    mailed = Consent.objects.filter(subscriber=reader, form__in=["page", "invited", "card"])
    return mailed.filter(asked_at__gt=now - ONE_MAIL_AN_HOUR).exists()


def rename(reader: Subscriber, name: str) -> None:
    """Change what a reader is called.

    Raises:
        NotPossible: when it is too long.
    """
    reader.name = clean(name, 200)
    reader.save(update_fields=["name"])


def confirm_url(owner: Owner, digest: str, at: datetime) -> str:
    """Give the address of the page with the one button."""
    return f"{settings.AMITY_URL}{CONFIRM_PATH}{token(owner, 'confirm', digest, at=int(at.timestamp()))}"


def waiting_consent(told: Told, now: datetime) -> Consent | None:
    """Give the consent a token would confirm; None when it is used up, withdrawn or older than a week."""
    if told.at < (now - CONFIRM_WITHIN).timestamp():
        return None
    asked = Consent.objects.of(told.owner).filter(
        subscriber__digest=told.digest, confirmed_at=None, withdrawn_at=None
    )
    return next(
        (one for one in asked.select_related("subscriber") if int(one.asked_at.timestamp()) == told.at), None
    )


def confirm(told: Told, *, now: datetime) -> Subscriber | None:
    """Say yes, once. A token that was used, withdrawn since, or is old does nothing."""
    with transaction.atomic():
        consent = waiting_consent(told, now)
        if consent is None:
            return None
        if not Consent.objects.filter(pk=consent.pk, confirmed_at=None).update(confirmed_at=now):
            return None
        Subscriber.objects.filter(pk=consent.subscriber_id).update(state=ReaderState.READING, since=now)
        allow(told.owner, told.digest)
    return consent.subscriber


def leave(owner: Owner, digest: str, *, route: str, now: datetime) -> None:
    """End the letter for an address, known here or not; done twice it changes nothing more."""
    with transaction.atomic():
        suppress(owner, digest, Why.LEFT)
        Consent.objects.of(owner).filter(subscriber__digest=digest, withdrawn_at=None).update(
            withdrawn_at=now, route=route[:20]
        )
        Subscriber.objects.of(owner).filter(digest=digest).update(state=ReaderState.LEFT)


def erase(owner: Owner, digest: str) -> None:
    """Forget a reader for good: only a keyed hash of the address stays, so no import brings them back."""
    with transaction.atomic():
        suppress(owner, digest, Why.ERASED)
        Subscriber.objects.of(owner).filter(digest=digest).delete()
        forget_address(owner, digest)


def told(purpose: str, text: str) -> Told | None:
    """Read a token of any owner of this machine."""
    return read_token(Owner.objects.filter(is_active=True).order_by("id"), purpose, text)

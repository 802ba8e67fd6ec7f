"""The ledger of outgoing mail: what is sent to whom, how far it is, and who wants no more of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from amity.owner.models import Owned


class Pause(models.TextChoices):
    """Why nothing leaves; empty when it does."""

    OWNER = "owner", "the owner paused it"
    RESTORED = "restored", "the book was restored from a backup"
    REFUSED = "refused", "the mail server refused us"


class Outbox(Owned):
    """An owner's way out: whether it is open, and how fast it may go."""

    paused = models.CharField(max_length=8, choices=Pause, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="what the mail server said when it refused")
    rests_until = models.DateTimeField(null=True)
    per_minute = models.PositiveIntegerField(
        default=120, help_text="mails a minute to one domain; 0 is no limit"
    )

    heard = models.CharField(
        max_length=40, blank=True, help_text="how far returned mail was read: UIDVALIDITY:UID"
    )

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="one_outbox"),
        ]


class MailingKind(models.TextChoices):
    """What a mail is to its reader."""

    LETTER = "letter"  # to whoever subscribed; leaving stops it
    ASKED = "asked"  # the reader asked for just this one mail
    OWN = "own"  # the private letter to the owner
    TODAY = "today"  # the one sentence of a morning, to the owner
    AFTER = "after"  # the question of an evening after a gathering, to the owner


class MailingState(models.TextChoices):
    """Whether the rest of it still goes out."""

    OPEN = "open"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Mailing(Owned):
    """One frozen mail to one or many: nothing in it changes once it is here. `digest` is over its content."""

    kind = models.CharField(max_length=6, choices=MailingKind)
    state = models.CharField(max_length=9, choices=MailingState, default=MailingState.OPEN)
    subject = models.CharField(max_length=300)
    html = models.TextField()
    text = models.TextField()
    headers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)


class DeliveryState(models.TextChoices):
    """How far one mail to one reader is."""

    PENDING = "pending"
    SENDING = "sending"  # committed before DATA
    SENT = "sent"  # committed after the server's 250
    FAILED = "failed"
    UNKNOWN = "unknown"  # it broke off after DATA; the owner decides
    LEFT = "left"  # the reader left before their turn


class Delivery(Owned):
    """One mail to one reader; its row is the promise never to send it twice by itself."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=32, help_text="keyed hash of the address")
    domain = models.CharField(max_length=255)
    postscript = models.TextField(blank=True, help_text="words for this reader alone")
    state = models.CharField(max_length=7, choices=DeliveryState, default=DeliveryState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    worker = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["mailing", "digest"], name="one_delivery_a_reader"),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "id"]),
            models.Index(fields=["owner", "digest"]),
        ]


class Why(models.TextChoices):
    """Why an address gets no more mail."""

    LEFT = "left"
    ERASED = "erased"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


# Whoever left may ask again for one mail, the one that asks them to confirm; a dead or angry mailbox may not.
MAY_ASK_AGAIN = (Why.LEFT, Why.ERASED)


class Suppressed(Owned):
    """A keyed hash of an address that gets no letter: it stays when everything else of the reader is gone."""

    digest = models.CharField(max_length=32)
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField(default=timezone.now)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "digest"], name="suppressed_once"),
        ]

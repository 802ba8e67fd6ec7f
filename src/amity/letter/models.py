"""Letters: the private ones, the owner's editions, who reads them, and how it is known that they want to."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.utils import timezone

from amity.owner.models import Owned, new_uid
from amity.post.models import Mailing, MailingKind


class Letterhead(Owned):
    """How an owner's two letters are set up; one row an owner.

    ``starts``, ``at`` and ``zone`` say on which Sundays and when the private letter comes; the same with
    ``letter_`` says when the owner's own letter goes out.
    """

    private_on = models.BooleanField(default=True)
    private_mail = models.BooleanField(default=True, help_text="also by mail, where a mail server is set")
    address = models.CharField(max_length=320, blank=True, help_text="where the private letter is mailed to")
    starts = models.DateField()
    at = models.TimeField(default=time(8, 0))
    zone = models.CharField(max_length=64)
    slug = models.CharField(max_length=40, default=new_uid)
    title = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    is_open = models.BooleanField(default=False, help_text="strangers may subscribe and read the archive")
    letter_on = models.BooleanField(default=False)
    letter_starts = models.DateField(null=True)
    letter_at = models.TimeField(default=time(18, 0))
    letter_zone = models.CharField(max_length=64, blank=True)
    letter_slot = models.DateTimeField(null=True, help_text="the last Sunday that was dealt with")
    missed = models.DateTimeField(null=True, help_text="a Sunday too long past to send by itself")
    remark = models.CharField(max_length=300, blank=True, help_text="what became of the last Sunday")

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="one_letterhead"),
            models.UniqueConstraint(fields=["slug"], name="a_letter_has_one_address"),
        ]


class PrivateLetter(Owned):
    """One letter to the owner, as it was written that Sunday. `content` is ``own.Material`` as JSON."""

    day = models.DateField()
    content: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    tip = models.CharField(max_length=40)
    mailing = models.ForeignKey(Mailing, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "day"], name="one_private_letter_a_day"),
        ]


class Daily(Owned):
    """A daily mail to the owner, off until they ask for it. `day` is the last one dealt with."""

    kind: ClassVar[MailingKind]
    on = models.BooleanField(default=False)
    at = models.TimeField()
    address = models.CharField(max_length=320, blank=True, help_text="empty: where the private letter goes")
    day = models.DateField(null=True)

    class Meta(Owned.Meta):
        abstract = True
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="one_%(class)s"),
        ]


class Morning(Daily):
    """The one sentence of a morning."""

    kind = MailingKind.TODAY
    at = models.TimeField(default=time(7, 30))


class Evening(Daily):
    """The question of an evening: how was the gathering that is over?"""

    kind = MailingKind.AFTER
    at = models.TimeField(default=time(20, 0))


class EditionState(models.TextChoices):
    """How far one of the owner's letters is."""

    DRAFT = "draft"
    READY = "ready"  # goes out at its hour, or on the next Sunday
    OUT = "out"


class Edition(Owned):
    """One of the owner's letters; once out, `mailing` is what was sent and `html` what the archive shows."""

    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=5, choices=EditionState, default=EditionState.DRAFT)
    circles: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at = models.DateTimeField(null=True, help_text="when it goes out; empty and ready: on the next Sunday")
    in_archive = models.BooleanField(default=True)
    html = models.TextField(blank=True)
    out_at = models.DateTimeField(null=True)
    mailing = models.ForeignKey(Mailing, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)


class Picture(Owned):
    """A picture of a letter: a JPEG of at most 1,200 pixels, without what the camera wrote into it."""

    image = models.BinaryField(help_text="JPEG")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class ReaderState(models.TextChoices):
    """Whether somebody gets the letter."""

    ASKED = "asked"  # typed an address; waits for the click in the mail
    READING = "reading"
    LEFT = "left"


class Subscriber(Owned):
    """Somebody who asked for the letter. They are no person of the book, and leaving changes nobody there."""

    address = models.CharField(max_length=320)
    digest = models.CharField(max_length=32)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    circles: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=ReaderState, default=ReaderState.ASKED)
    since = models.DateTimeField(default=timezone.now)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "digest"], name="subscribed_once"),
        ]
        indexes = [models.Index(fields=["owner", "state", "id"])]


class Consent(Owned):
    """The evidence that somebody wanted the letter: what they read, where, when, and until when."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    words = models.TextField(blank=True)
    version = models.CharField(max_length=16, blank=True)
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="where an imported consent was given")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    route = models.CharField(max_length=20, blank=True, help_text="how they left")


class Postscript(Owned):
    """Words for one reader of one edition; nobody else ever sees them."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="postscripts")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="postscripts")
    words = models.TextField()

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "subscriber"], name="one_postscript"),
        ]

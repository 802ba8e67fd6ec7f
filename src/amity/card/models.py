"""Cards, what stands on them, links to them, and visitors who wait for the owner."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from amity.gatherings.models import Gathering
from amity.owner.models import Owned, Owner
from amity.people.models import Person


def new_token() -> str:
    """Give 96 random bits as 16 signs of URL-safe base 64: nobody guesses a card link."""
    return secrets.token_urlsafe(12)


class Card(Owned):
    """One page of the owner's, at ``/@handle``; without a handle only a link leads to it."""

    label = models.CharField(max_length=40, help_text="what the owner calls it: work, private")
    handle = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=300, blank=True)
    with_photo = models.BooleanField(default=True)
    expires_on = models.DateField(null=True, help_text="the last day on which it can be seen")
    closed_at = models.DateTimeField(null=True, help_text="taken down by the owner")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["handle"], condition=~Q(handle=""), name="one_card_a_handle"),
        ]

    def __str__(self) -> str:
        return self.label


class CardField(Owned):
    """One way to reach the owner that stands on a card; ``after``: only for who left theirs."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="fields")
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=300)
    label = models.CharField(max_length=40, blank=True)
    after = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0, help_text="from the top of the card")


class OwnPhoto(Owned):
    """The owner's own face: 256 px, JPEG up to 36 KB."""

    picture = models.BinaryField()


class CardLink(Owned):
    """An unguessable address of a card that says where one met, until a day or until it is revoked."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    gathering = models.ForeignKey(Gathering, null=True, on_delete=models.SET_NULL, related_name="card_links")
    how_met = models.CharField(max_length=300, blank=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)


class VisitorState(models.TextChoices):
    """What the owner said to a visitor's details."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Visitor(Owned):
    """What somebody left on a card, with the words they agreed to; nobody of the book until accepted.

    It is written by a stranger, so no deed keeps an image of it: erased is erased.
    """

    on_merge = "move"
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="visitors")
    gathering = models.ForeignKey(Gathering, null=True, on_delete=models.SET_NULL, related_name="visitors")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=300)
    normal = models.CharField(max_length=300)
    line = models.CharField(max_length=300, blank=True)
    how_met = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    at = models.DateTimeField()
    consent = models.CharField(max_length=300, help_text="the words they ticked, exactly")
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=VisitorState, default=VisitorState.WAITING)
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="visitors")

    class Meta(Owned.Meta):
        indexes = [models.Index(fields=["owner", "state"]), models.Index(fields=["owner", "kind", "normal"])]


class Knock(models.Model):
    """How often an address sent a form within an hour; the address only as a keyed hash, for a day."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "digest", "hour"], name="knock_once")]

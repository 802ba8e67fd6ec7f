"""Moments: what happened between the owner and people; gifts and promises that came of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from amity.journal.models import Sourced, SourcedQuerySet
from amity.owner.models import Owned
from amity.people.models import OfPerson, SetAside, Shown


class Kind(models.TextChoices):
    """What happened."""

    MET = "met"
    CALL = "call"
    VIDEO_CALL = "video call"
    MESSAGE = "message"
    MAIL = "mail"
    NOTE = "note"


TOGETHER = (Kind.MET, Kind.CALL, Kind.VIDEO_CALL)
WRITTEN = (Kind.MESSAGE, Kind.MAIL)


class Setting(models.TextChoices):
    """Where it happened."""

    COFFEE_SHOP = "coffee shop"
    VIDEO_CALL = "video call"
    HOTEL_BAR = "hotel bar"
    DINNER_PARTY = "dinner party"
    FESTIVAL = "festival or sporting event"
    BREAKOUT = "conference breakout"
    CROWDED_ROOM = "crowded room"
    OFFICE = "office"
    ONLINE = "online"
    OTHER = "other"


class OwnSetting(Owned):
    """A setting the owner has named; moments and gatherings hold the name itself."""

    name = models.CharField(max_length=26)
    folded = models.CharField(max_length=26)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "folded"], name="own_setting_once"),
        ]


class Direction(models.TextChoices):
    """Who wrote or called; empty when both did."""

    IN = "in"
    OUT = "out"


class Felt(models.TextChoices):
    """How it felt."""

    GAVE = "gave energy"
    NEUTRAL = "neutral"
    TOOK = "took energy"


class Moment(Sourced):
    """One thing that happened. ``day`` is the owner's local date, always; ``at`` is UTC when known.

    ``key`` is natural and unique per owner: a Message-ID, an ICS UID with its RECURRENCE-ID, a
    LinkedIn conversation with instant and sender; empty for the owner's own words. ``size``
    counts everybody who was there or addressed, the owner included.
    """

    key = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    setting = models.CharField(
        max_length=26, blank=True, help_text="one of the ten, or one of the owner's own"
    )
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    text = models.TextField(blank=True)
    felt = models.CharField(max_length=11, choices=Felt, blank=True)
    size = models.PositiveIntegerField(default=2)
    confirmed = models.BooleanField(default=False, help_text="the owner says they talked")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["owner", "key"], condition=~Q(key=""), name="one_event_one_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "day"]),
            models.Index(fields=["owner", "setting"]),
            models.Index(fields=["owner", "size"]),
        ]


class Participation(OfPerson, SetAside):
    """A person in a moment. It is exported with its moment, so it needs no name of its own."""

    on_merge = "join"
    uid = None  # type: ignore[assignment]
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="participations")

    objects: ClassVar[Shown[Participation]] = Shown()  # type: ignore[assignment]
    everything = SourcedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "person"], name="in_a_moment_once"),
        ]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.moment_id


class GiftKind(models.TextChoices):
    """What was given."""

    KIND_WORD = "kind word"
    IDEA = "idea"
    INTRODUCTION = "introduction"
    TIME = "time"
    HELP = "help"


class Gift(OfPerson):
    """Something given or received: a record of gratitude, never balanced or summed."""

    on_merge = "move"
    kind = models.CharField(max_length=12, choices=GiftKind)
    received = models.BooleanField(default=True)
    text = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    thanked_on = models.DateField(null=True)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL, related_name="gifts")


class PromiseState(models.TextChoices):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LET_GO = "let go"


class Promise(OfPerson):
    """Something the owner said they would do for someone."""

    on_merge = "move"
    text = models.CharField(max_length=500)
    day = models.DateField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=6, choices=PromiseState, default=PromiseState.OPEN)
    ended_on = models.DateField(null=True)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL, related_name="promises")

"""Today's plan and its nudges."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models

from amity.journal.models import SourcedQuerySet
from amity.owner.models import Owned
from amity.people.models import OfPerson, SetAside, Shown


class Energy(models.TextChoices):
    """How much of the owner there is today."""

    REST = "rest"
    LOW = "low"
    USUAL = "usual"


class Plan(Owned):
    """What was planned for one day; made once, then read."""

    day = models.DateField()
    energy = models.CharField(max_length=5, choices=Energy, default=Energy.USUAL)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "day"], name="one_plan_a_day"),
        ]


class NudgeState(models.TextChoices):
    """What the owner made of it."""

    OFFERED = "offered"
    DONE = "done"
    SKIPPED = "not today"
    RESTING = "let rest"


class Nudge(OfPerson, SetAside):
    """One invitation for today."""

    on_merge = "join"
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nudges")
    reason = models.CharField(max_length=20)
    why = models.CharField(max_length=500)
    opener = models.CharField(max_length=500)
    medium = models.CharField(max_length=10)
    cost = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=NudgeState, default=NudgeState.OFFERED)

    objects: ClassVar[Shown[Nudge]] = Shown()  # type: ignore[assignment]
    everything = SourcedQuerySet.as_manager()

    class Meta(OfPerson.Meta):
        constraints = [
            *OfPerson.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "person"], name="one_nudge_a_person"),
        ]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.plan_id


def new_token() -> str:
    """Give a name for a feed that nobody guesses: 192 random bits."""
    return secrets.token_urlsafe(24)


class Feed(Owned):
    """The secret address at which a calendar program reads what is due; a new one ends the old."""

    token = models.CharField(max_length=32, unique=True, default=new_token)

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner"], name="one_feed"),
        ]

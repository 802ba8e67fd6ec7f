"""The state of each tie (a cache that catches up from the journal) and the log of suggestions."""

from __future__ import annotations

from typing import Any

from django.db import models

from amity.owner.models import Owner
from amity.people.models import OfPerson, Person


class Tie(models.Model):
    """The rhythm state of one tie; days are proleptic Gregorian ordinals. Rebuilt, never edited."""

    on_merge = "keep_newest"
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="tie")
    first = models.IntegerField()
    last = models.IntegerField()
    n = models.IntegerField()
    s1 = models.FloatField()
    c10 = models.FloatField()
    c45 = models.FloatField()
    c200 = models.FloatField()
    median_gap = models.FloatField(null=True)


class Pace(models.Model):
    """How much faster or slower than shipped an owner's ties go, and the days that do not count."""

    owner = models.OneToOneField(Owner, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()  # for which this holds; long ago: away is to be read again
    week = models.DateField()  # the Monday until which outcomes were known
    away: models.JSONField[Any, Any] = models.JSONField(default=list)  # stretches of days, as ordinals
    seasons: models.JSONField[Any, Any] = models.JSONField(null=True)  # None: to be read again
    offset = models.FloatField()  # of log z
    bend = models.FloatField(default=0.0)  # of the log of its power
    windows = models.IntegerField()
    said: models.JSONField[Any, Any] = models.JSONField(null=True)  # of each word; see `knowing`. None: ask


class Suggestion(OfPerson):
    """Amity suggested this person on this day; such days are left out of learning."""

    on_merge = "join"
    day = models.DateField()

    class Meta(OfPerson.Meta):
        constraints = [
            *OfPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "day"], name="suggested_once_a_day"),
        ]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.day

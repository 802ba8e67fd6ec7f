"""Gatherings and attendance. Attendance points to the moment it became, never back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from amity.journal.models import Sourced, SourcedQuerySet
from amity.moments.models import Felt, Kind, Moment
from amity.people.models import Person, SetAside, Shown


class Gathering(Sourced):
    """An event with people. All-day ones have days only; others also have instants in UTC."""

    key = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    day = models.DateField()
    last_day = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MET)
    setting = models.CharField(
        max_length=26, blank=True, help_text="one of the ten, or one of the owner's own"
    )
    url = models.CharField(max_length=1000, blank=True)
    description = models.TextField(blank=True)
    answer = models.CharField(max_length=7, default="unknown", help_text="what the owner answered")
    cancelled = models.BooleanField(default=False)
    size = models.PositiveIntegerField(default=1, help_text="everybody on the list, the owner included")
    settled = models.BooleanField(default=False, help_text="it is past and what it became is written down")
    # By uid and not by key, so that a gathering may be written before the one it is part of.
    part_of = models.CharField(
        max_length=12, blank=True, help_text="uid of the conference this is a session of"
    )
    questions = models.TextField(
        blank=True, help_text="what the owner is curious about, one question to a line"
    )
    debriefed_on = models.DateField(null=True)
    felt = models.CharField(max_length=11, choices=Felt, blank=True)
    line = models.CharField(max_length=500, blank=True, help_text="the owner's one line afterwards")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["owner", "key"], condition=~Q(key=""), name="one_event_one_gathering"
            ),
        ]
        indexes = [models.Index(fields=["owner", "last_day"]), models.Index(fields=["owner", "part_of"])]

    def __str__(self) -> str:
        return self.title


class Attendance(Sourced, SetAside):
    """Somebody on a gathering's list: a person of the book, or only a name until they are met."""

    on_merge = "join"
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="attendances")
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    answer = models.CharField(max_length=7, default="unknown")
    organiser = models.BooleanField(default=False)
    about = models.CharField(max_length=300, blank=True, help_text="what they do and where, as the list says")
    url = models.CharField(max_length=500, blank=True)
    maybe = models.BooleanField(default=False, help_text="the person was found by name alone")
    there = models.BooleanField(default=False, help_text="the owner says they were there")
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL, related_name="attendances")

    objects: ClassVar[Shown[Attendance]] = Shown()  # type: ignore[assignment]
    everything = SourcedQuerySet.as_manager()

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.gathering_id

"""What has arrived from a phone, so that it is taken once however often it is sent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from amity.owner.models import Owner


class Arrival(models.Model):
    """One writing that was taken; ``key`` is the name the phone gave it. No words are kept here."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="arrived_once")]
        indexes = [models.Index(fields=["owner", "at"])]

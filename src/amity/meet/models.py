"""What a brief chose: everything else in it is read anew each time it is opened."""

from __future__ import annotations

from django.db import models

from amity.gatherings.models import Attendance, Gathering
from amity.owner.models import Owned


class Brief(Owned):
    """Made the evening before: whom to look forward to at a gathering, and why."""

    made_on = models.DateField()
    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="brief")
    guest = models.ForeignKey(Attendance, null=True, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=500, blank=True)

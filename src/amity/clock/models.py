"""When each job is next due for each owner, and who is running it now."""

from __future__ import annotations

from django.db import models

from amity.owner.models import Owner


class Job(models.Model):
    """One recurring job of one owner. A lease that ran out may be taken over by another process."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    last_run = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="job_once")]
        indexes = [models.Index(fields=["due_at"])]

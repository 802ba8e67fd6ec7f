"""What the owner said about the columns of a table, for the next one of that shape."""

from __future__ import annotations

from django.db import models

from amity.owner.models import Owned


class Mapping(Owned):
    """One shape of table: its columns by folded name -> what each holds, and whether the day comes first."""

    fingerprint = models.CharField(max_length=32)
    columns = models.JSONField(default=dict)
    day_first = models.BooleanField(null=True)
    named = models.CharField(max_length=300, help_text="its columns as the file spells them")

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "fingerprint"], name="mapping_once"),
        ]

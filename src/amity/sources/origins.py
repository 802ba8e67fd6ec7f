"""What an import says too: rows that were in the book before it, each noted once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from amity.journal.actions import table_of
from amity.journal.models import Import, Origin
from amity.sources.batch import Batch


@dataclass
class Origins:
    """Notes further origins, so that undoing one source leaves what another says.

    A file that is in the book already says nothing twice: `repeat` notes nothing.
    """

    run: Import
    repeat: bool
    said: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        """Remember what an interrupted run has noted."""
        for table, row in Origin.objects.filter(imported_by=self.run).values_list("table", "row"):
            self.said[table].add(row)

    def note(
        self, batch: Batch, model: type[models.Model], row: int, *, brought_by: int | None, key: str = ""
    ) -> None:
        """Note that this import says a row which `brought_by` (None: the owner) brought."""
        table = table_of(model)
        if self.repeat or brought_by == self.run.pk or row in self.said[table]:
            return
        self.said[table].add(row)
        batch.add(Origin(owner=self.run.owner, imported_by=self.run, table=table, row=row, key=key))

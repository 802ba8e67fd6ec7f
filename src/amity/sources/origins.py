"""What an import says too: rows that were in the book before it, each noted once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from amity.journal.actions import table_of
from amity.journal.models import Import, Origin
from amity.people.identity import Ref
from amity.people.models import Person
from amity.sources.batch import Batch

Said = tuple[int, str]  # a row, and the key this source gives it


@dataclass
class Origins:
    """Notes further origins, so that undoing one source leaves what another says.

    A file that is in the book already says nothing twice: `repeat` notes nothing.
    """

    run: Import
    repeat: bool
    said: defaultdict[str, set[Said]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        """Remember what an interrupted run has noted."""
        noted = Origin.objects.filter(imported_by=self.run)
        for table, row, key in noted.values_list("table", "row", "key"):
            self.said[table].add((row, key))

    def note(
        self, batch: Batch, model: type[models.Model], row: int, *, brought_by: int | None, key: str = ""
    ) -> None:
        """Note that this import says a row which `brought_by` (None: the owner) brought."""
        table = table_of(model)
        if self.repeat or brought_by == self.run.pk or (row, key) in self.said[table]:
            return
        self.said[table].add((row, key))
        batch.add(self._origin(table, row, key))

    def note_key(self, batch: Batch, person: Ref, key: str) -> None:
        """Note a further key under which this import speaks of somebody it brought, saved or not."""
        if self.repeat:
            return
        origin = self._origin(table_of(Person), 0, key)
        batch.add(origin)
        if isinstance(person, Person):
            batch.unsaved.append((origin, person))
        else:
            origin.row = person

    def _origin(self, table: str, row: int, key: str) -> Origin:
        return Origin(owner=self.run.owner, imported_by=self.run, table=table, row=row, key=key)

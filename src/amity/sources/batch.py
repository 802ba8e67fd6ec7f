"""Rows on their way into the book, in the order in which they can be saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Origin
from amity.moments.models import Moment, Participation, Promise
from amity.people.models import (
    Affiliation,
    Circle,
    Fact,
    Link,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Way,
)

# Children after the rows they point to.
ORDER: tuple[type[models.Model], ...] = (
    Organisation,
    Circle,
    Person,
    Link,
    OtherName,
    Way,
    PersonDate,
    Fact,
    Photo,
    Affiliation,
    Membership,
    Moment,
    Participation,
    Promise,
    Gathering,
    Attendance,
    Origin,
)


@dataclass
class Batch:
    """Unsaved rows by model."""

    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    unsaved: list[tuple[Origin, Person]] = field(default_factory=list)  # origins of people of this batch

    def add(self, row: models.Model) -> None:
        """Put one row into its place."""
        self.rows.setdefault(type(row), []).append(row)

    def extend(self, rows: Iterable[models.Model]) -> None:
        """Put several rows into their places."""
        for row in rows:
            self.add(row)

    def save(self) -> None:
        """Insert everything; rows that point to a row of this batch find its key once that is saved."""
        for model in ORDER:
            if model is Origin:
                self._find_rows()
            if rows := self.rows.get(model):
                model._default_manager.bulk_create(rows, batch_size=2000)  # noqa: SLF001  (Django's public name)

    def _find_rows(self) -> None:
        for origin, person in self.unsaved:
            origin.row = person.pk

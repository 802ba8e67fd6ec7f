"""What a table's columns hold: proposed by its reader, corrected by the owner, remembered by its shape."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Columns
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.db import models

from amity.formats import registry
from amity.formats.columns import days, fields
from amity.formats.columns.contact import read_row
from amity.formats.columns.fields import CHOICES, DAYS, Column, Hints, corrected, names_somebody
from amity.formats.columns.proposal import is_sure, named
from amity.formats.columns.reading import NO_NAME, order_told, planned
from amity.formats.columns.shape import Shape, shape_of
from amity.formats.identities import region_of
from amity.formats.records import Contact, Refused
from amity.formats.tabular import Row, fold_column
from amity.journal.actions import deed
from amity.journal.models import Import
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.sources.models import Mapping

# Where 3/4/1980 is the fourth of March (CLDR 45, short dates).
_MONTH_FIRST = {"AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "US", "VI", ""}
_NAMED, _SHOWN = 6, 3


@dataclass(frozen=True)
class Table:
    """A table of an import as it would be read, with what stands below it under other columns.

    ``proposed`` is what the reader makes of its columns and ``hints`` what the owner has said; ``told`` is
    whether the day comes first by the file itself, None where it does not say.
    """

    number: int
    name: str
    format: str
    shape: Shape
    proposed: Columns[str, Column]
    hints: Hints
    told: bool | None
    remembered: bool = False

    @property
    def spelled(self) -> Columns[str, str]:
        """Its columns, then those that only a further table below it has, as the file spells them."""
        return {**self.shape.spelled, **self.shape.spelled_below}

    @property
    def plan(self) -> Columns[str, Column]:
        """What each column holds."""
        return corrected(self.proposed, self.hints)

    @property
    def names_somebody(self) -> bool:
        """Whether a column of the first table holds a name, without which none is read."""
        return names_somebody({name: self.plan[name] for name in self.shape.spelled})

    @property
    def day_first(self) -> bool:
        """Whether the day comes first: by the file, the owner or their country."""
        said = self.hints.day_first if self.told is None else self.told
        return self.hints.day_first_here if said is None else said

    @property
    def asks(self) -> bool:
        """Whether its days could be read in two ways and nothing in the file says which is meant."""
        of_days = [name for name, column in self.plan.items() if column.field in DAYS]
        cells = (row[name] for row in (*self.shape.rows, *self.shape.below) for name in of_days)
        return self.told is None and any(map(days.is_ambiguous, cells))

    @property
    def is_sure(self) -> bool:
        """Whether nobody need be asked what the columns hold."""
        return self.format != "csv" or bool(self.hints.columns) or is_sure(self.shape, dict(self.proposed))

    def people(self) -> list[Contact]:
        """Give the first people of each as they would come in; nobody without a column of names."""
        if not self.names_somebody:
            return []
        return [*self._first_people(self.shape.rows), *self._first_people(self.shape.below)]

    def _first_people(self, rows: tuple[Row, ...]) -> Iterator[Contact]:
        with_plans = planned(rows, self.shape, self.plan, self.hints)
        read = (
            read_row(row, plan, day_first=self.day_first) for row, plan in with_plans if isinstance(row, Row)
        )
        return islice((one for one in read if isinstance(one, Contact)), _SHOWN)

    def said(self, columns: Columns[str, str], day_first: bool | None) -> Table:
        """Give the table as the owner would now have it."""
        return replace(self, hints=replace(self.hints, columns=columns, day_first=day_first))


def day_first_in(zone: str) -> bool:
    """Tell whether people where a zone lies write the day before the month."""
    return region_of(zone) not in _MONTH_FIRST


def hints_for(run: Import, file: BinaryIO) -> Hints:
    """Give what is known of a table's columns beside the file: this run's word, else what was said before."""
    file.seek(0)
    shape = shape_of(file.read(registry.HEAD))
    file.seek(0)
    here = day_first_in(run.owner.zone)
    before = _remembered(run.owner, shape) if shape else None
    columns = {**(before.columns if before else {}), **run.columns}
    return Hints(columns, before.day_first if before else None, here)


def _remembered(owner: Owner, shape: Shape) -> Mapping | None:
    return Mapping.objects.of(owner).filter(fingerprint=shape.fingerprint).first()


def table_of(run: Import, path: Path, number: int = 0) -> Table | None:
    """Look at one file of an import; None for what is no table."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        try:
            form = registry.recognise(file, path.name)
        except Refused:
            return None
        shape = shape_of(file.read(registry.HEAD))
        if form.plan is None or shape is None:
            return None
        hints = hints_for(run, file)
        proposed = {**named(shape.spelled_below, shape.below), **form.plan(shape)}
        told = order_told(file, shape, corrected(proposed, hints), hints)
    remembered = _remembered(run.owner, shape) is not None
    return Table(number, path.name, form.name, shape, proposed, hints, told, remembered)


def remember(owner: Owner, table: Table) -> Mapping:
    """Keep what the owner says of a table's columns for the next of this shape.

    Raises:
        NotPossible: when no column would be a name.
    """
    if not table.names_somebody:
        raise NotPossible(NO_NAME)
    columns = {name: column.field for name, column in table.plan.items() if column.field in CHOICES}
    title = ", ".join(list(table.shape.spelled.values())[:_NAMED])[:300]
    with deed(owner, "remember columns", f"Remembered the columns of {table.name}.") as writing:
        row = _remembered(owner, table.shape)
        if row is not None:
            return writing.change(row, columns=columns, day_first=table.hints.day_first)
        fresh = Mapping(owner=owner, fingerprint=table.shape.fingerprint, named=title)
        fresh.columns, fresh.day_first = columns, table.hints.day_first
        return writing.make(fresh)


def forget(mapping: Mapping) -> None:
    """Read tables of this shape as they come again."""
    with deed(mapping.owner, "forget columns", f"Forgot the columns {mapping.named[:80]}.") as writing:
        writing.remove(mapping)


def remembered(owner: Owner) -> models.QuerySet[Mapping]:
    """Give every shape the owner has said something about."""
    return Mapping.objects.of(owner).order_by("named", "id")


def said_in_words(words: list[str]) -> dict[str, str]:
    """Read ``HEADER=FIELD`` as the terminal is given it.

    Raises:
        NotPossible: for what is not of that form, or an unknown field.
    """
    told = {}
    for one in words:
        header, separator, field = one.rpartition("=")
        if not separator or fold_column(field) not in CHOICES:
            raise NotPossible(f"{one[:60]!r} is not HEADER=FIELD; a field is one of {', '.join(CHOICES)}.")
        told[fold_column(header)] = fold_column(field)
    return told


def remember_said(run: Import) -> None:
    """Keep what the terminal said about the columns of this run's tables."""
    for path in map(Path, run.paths) if run.columns else ():
        table = table_of(run, path)
        if table and run.columns.keys() & table.proposed.keys():
            remember(run.owner, table)


def note_of(table: Table) -> str:
    """Say how a table's columns were read, and its days where nothing says which way is meant."""
    return " ".join(filter(None, (_note_of_columns(table), _note_of_days(table))))


def _note_of_days(table: Table) -> str:
    if not table.asks or table.hints.day_first is not None:
        return ""
    first = "day" if table.day_first else "month"
    return f"Days like 3/4/1980 in {table.name} are read with the {first} first; nothing in it says which."


def _note_of_columns(table: Table) -> str:
    if table.remembered:
        return f"Amity read the columns of {table.name} as you said before."
    if table.format != "csv" or not table.is_sure:
        return ""
    spelled, plan = table.spelled, table.plan
    told = [f"{spelled[name]} as {plan[name].field}" for name in spelled if plan[name].field != fields.FACT]
    more = f", and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return f"Amity read the columns of {table.name} by their names: {', '.join(told[:_NAMED])}{more}."

"""Several small questions asked of the database in one go.

A page shows a little from each of a dozen tables. Asked one after the other each costs a way to the
database and back, which is what a page waits for when the database is another machine. Here each
question becomes one cell of a single row: its answer as a list of lists, in JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

NO_KEYS: Mapping[int, Sequence[int]] = MappingProxyType({})
NOBODYS = "-1"  # a key that no row has
MOST_ARGUMENTS = 90  # of one call in PostgreSQL; it takes a hundred
Table = tuple[type[models.Model], Sequence[str]]  # with the names of some of its fields
NOT_IN_JSON = (models.BinaryField, models.DecimalField, models.DurationField, models.UUIDField)


def ask_together(*questions: QuerySet[Any, Any]) -> list[list[Any]]:
    """Give the answers of several questions, in their order, by one question to the database.

    They may be ordered, cut, joined, or ask for values only, but not prefetch.

    Raises:
        TypeError: for a question about blobs, or something else that JSON cannot hold.
    """
    return Together(questions).ask()


def tables_with(tables: Iterable[Table], keys: Collection[int]) -> list[Table]:
    """Give the tables of which any row points to one of these keys, by one question to the database.

    Each table comes with the fields that may point there. To word a question of each takes far longer.
    """
    known, quoted = list(tables), connection.ops.quote_name
    wanted, cells = ", ".join(map(str, keys)) or "NULL", []
    for model, fields in known:
        table = model._meta  # noqa: SLF001  (Django's public name)
        columns = [quoted(str(field.column)) for field in table.concrete_fields if field.name in fields]
        points = " OR ".join(f"{column} IN ({wanted})" for column in columns)
        cells.append(f"EXISTS (SELECT 1 FROM {quoted(table.db_table)} WHERE {points})")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(cells)}")
        return [table for table, has in zip(known, cursor.fetchone(), strict=True) if has]


class Together:
    """Several questions worded as one, which a single row answers; any thread may ask it, and often."""

    def __init__(self, questions: Iterable[QuerySet[Any, Any]]) -> None:
        self.asked = [_Asked(question) for question in questions]
        self.cells = [one for one in self.asked if one.sql]
        self.sql = "SELECT " + ", ".join(one.sql for one in self.cells)
        self.params = [param for one in self.cells for param in one.params]

    def ask(self, keys: Mapping[int, Sequence[int]] = NO_KEYS) -> list[list[Any]]:
        """Give every answer, with these keys where the wording has others that stand for them."""
        told: Sequence[Any] = ()
        if self.cells:
            sql, params = self.sql, [keys[one][0] if one in keys else one for one in self.params]
            for stand_in, wanted in keys.items():
                sql = sql.replace(str(stand_in), ",".join(str(int(key)) for key in wanted) or NOBODYS)
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                told = cursor.fetchone()
        cells = iter(told)
        return [one.answer(next(cells) if one.sql else None) for one in self.asked]


class _Asked:
    """One of the questions: its cell of the row, and the way from its text to what was asked for."""

    def __init__(self, question: QuerySet[Any, Any]) -> None:
        self.question = question.all()
        self.compiler: SQLCompiler = self.question.query.get_compiler(question.db)
        try:
            sql, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # one of nothing: the answer is known
            self.sql, self.params = "", ()
        else:
            self.sql = self._cell(sql)
        self.compiler.connection = connection  # of whichever thread asks, not of the one that words

    def _cell(self, sql: str) -> str:
        fields = [expression.output_field for expression, _sql, _alias in self.compiler.select]
        if any(isinstance(field, NOT_IN_JSON) for field in fields):
            raise TypeError(f"JSON cannot hold all that is asked of {self.question.model.__name__}.")
        names = [alias or "" for _expression, _sql, alias in self.compiler.select]
        return f"(SELECT {_as_lists(names)} FROM ({sql}) AS asked)"  # noqa: S608

    def answer(self, cell: Any) -> list[Any]:
        """Give what the question would have given, by Django's own reading of the rows in its cell."""
        rows = self._as_of_a_driver((json.loads(cell) if isinstance(cell, str) else cell) or [])
        compiler, question = copy(self.compiler), self.question.all()
        compiler.execute_sql = lambda *_, **__: [rows]  # type: ignore[method-assign, assignment]
        question.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(question)

    def _as_of_a_driver(self, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
        if connection.vendor != "postgresql":  # its driver gives days, not their text
            return rows
        makers = [_maker(expression.output_field) for expression, _sql, _alias in self.compiler.select]
        return [
            [make(one) if make and one is not None else one for make, one in zip(makers, row, strict=True)]
            for row in rows
        ]


def _as_lists(names: list[str]) -> str:
    """Give the expression for all rows as one list of lists."""
    names = [connection.ops.quote_name(name) for name in names]
    if connection.vendor == "sqlite":
        return f"json_group_array(json_array({', '.join(names)}))"
    lots = (names[at : at + MOST_ARGUMENTS] for at in range(0, len(names), MOST_ARGUMENTS))
    arrays = (f"jsonb_build_array({', '.join(lot)})" for lot in lots)
    return f"jsonb_agg({' || '.join(arrays)})"


def _maker(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Give how PostgreSQL's driver hands over what JSON can only write down; None where JSON has it too."""
    if isinstance(field, models.DateTimeField):  # before DateField, which it is one of
        return datetime.fromisoformat
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.TimeField):
        return time.fromisoformat
    if isinstance(field, models.JSONField):  # Django reads it from its text
        return json.dumps
    return None

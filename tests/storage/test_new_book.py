"""A new book is made as the models are now, and is the book that every migration together makes."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from amity.storage import schema

ON_SQLITE = "SELECT type, tbl_name, name, coalesce(sql, '') FROM sqlite_master"
ON_POSTGRESQL = (
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
    is_identity, generation_expression FROM information_schema.columns WHERE table_schema = current_schema
    AND (table_name, column_name) <> ('auth_group_permissions', 'id')""",  # Django itself has two widths
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = current_schema::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema",
)
NOTED = "SELECT app, name FROM django_migrations"


@pytest.mark.django_db(transaction=True)
def test_a_new_book_has_the_tables_that_every_migration_together_makes(tmp_path):
    with an_empty_place(tmp_path / "step by step"):
        call_command("migrate", verbosity=0)
        by_migrations = drawn()
    with an_empty_place(tmp_path / "at once"):
        schema.bring_up_to_date()
        at_once = drawn()

    assert at_once == by_migrations
    assert len(at_once) > 100


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_new_book_that_breaks_halfway_is_no_book_at_all(tmp_path, monkeypatch):
    with an_empty_place(tmp_path / "book"):
        with monkeypatch.context() as broken:
            broken.setattr(schema, "note_as_new", lambda: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                schema.bring_up_to_date()
        left = connection.introspection.table_names()

        assert left == []
        assert schema.bring_up_to_date()


@contextmanager
def an_empty_place(path):
    """Let Django work in a place without tables: another file, or a PostgreSQL schema that nobody keeps."""
    if connection.vendor == "sqlite":
        with schema._instead(path):
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA empty_place")
        cursor.execute("SET LOCAL search_path TO empty_place")
        yield
        transaction.set_rollback(True)


def drawn():
    """Give every table, constraint, index, trigger and noted migration; the order of columns is left out."""
    with connection.cursor() as cursor:
        cursor.execute(NOTED)
        rows = cursor.fetchall()
        for question in (ON_SQLITE,) if connection.vendor == "sqlite" else ON_POSTGRESQL:
            cursor.execute(question)
            rows += cursor.fetchall()
    return sorted(str([in_any_order(cell) for cell in row]) for row in rows)


def in_any_order(cell):
    return sorted(re.findall(r"\w+|[^\w\s]", cell)) if str(cell).startswith("CREATE TABLE") else cell

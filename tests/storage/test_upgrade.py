"""An older book: a copy is brought up to date first, and whatever goes wrong leaves the book as it was."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from amity.storage import schema
from amity.storage.schema import NotUpgraded, bring_up_to_date
from other_process import script, told


@pytest.mark.sqlite
def test_the_first_releases_book_comes_up_to_date_as_a_whole_or_not_at_all(tmp_path):
    not_yet = "This book could not be brought up to date, and is as it was: "

    said = script("storage/an_upgrade.py", tmp_path / "old", str(tmp_path / "old.zip"))
    script("storage/a_book.py", tmp_path / "new", "", str(tmp_path / "new.zip"))

    assert said == [
        f"{not_yet}another Amity is at work in it; stop that one, then start again.",
        f"{not_yet}no such loom",
        "(1, '0001_first')",
        "True",
        "1",  # the lock
    ]
    assert told(tmp_path / "old.zip") == told(tmp_path / "new.zip")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_migration_that_breaks_takes_all_of_them_back(monkeypatch):
    leaf = MigrationExecutor(connection).loader.graph.leaf_nodes("amity")

    def half():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE amity_half (id integer)")
            cursor.execute("DELETE FROM django_migrations WHERE app = 'amity'")
        raise ValueError("no such loom")

    monkeypatch.setattr(schema, "is_current", lambda: False)
    monkeypatch.setattr(schema, "_migrate", half)
    with pytest.raises(NotUpgraded, match="as it was: no such loom"):
        bring_up_to_date()

    applied = MigrationExecutor(connection).loader.applied_migrations
    assert "amity_half" not in connection.introspection.table_names()
    assert all(one in applied for one in leaf)

"""Is the database as this version of the code wants it? Asked at every start, so it has to be quick."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import Model


def is_current() -> bool:
    """Tell whether every migration in the code has been applied; one question, no migration graph."""
    folder = Path(__file__).parent.parent / "migrations"
    wanted = {path.stem for path in folder.glob("0*.py")}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'amity'")
            return wanted <= {name for (name,) in cursor.fetchall()}
    except DatabaseError:
        return False


def refresh_statistics(*tables: type[Model]) -> None:
    """Tell the database how the rows of these tables (of all, without any) lie, after much was written.

    Without it a plan is a guess.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        for name in [connection.ops.quote_name(table._meta.db_table) for table in tables] or [""]:  # noqa: SLF001
            cursor.execute(f"ANALYZE {name}")


def bring_up_to_date() -> bool:
    """Apply what is missing; tell whether anything was."""
    if is_current():
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True

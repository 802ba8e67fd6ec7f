"""Which test runs on which database.

Most tests know no database at all and run once. Those that touch one run on SQLite and again on
PostgreSQL, without a word from whoever writes them: pytest knows which fixtures a test asks for.
"""

from __future__ import annotations

import os
from collections.abc import Collection

# pytest-django's fixtures that open the database, directly or for a fixture of ours.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server"})


def on_postgresql() -> bool:
    """Tell which engine this run is for; ``tests/servers.py`` sets the variable."""
    return os.environ.get("AMITY_DATABASE", "").startswith("postgres")


def runs_here(
    marks: Collection[str], fixtures: Collection[str], *, postgresql: bool, asked: str = ""
) -> bool:
    """Tell whether a test belongs to this run; ``asked`` is pytest's ``-m`` expression."""
    if "faults" in marks and "faults" not in asked:
        return False
    if not postgresql:
        return "postgresql" not in marks
    if {"browser", "once", "sqlite"} & set(marks) and "both" not in marks:
        return False
    return (
        bool({"both", "postgresql"} & set(marks))
        or "django_db" in marks
        or bool(DATABASE_FIXTURES & set(fixtures))
    )

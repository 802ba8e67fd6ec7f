"""A second process at a test's own book."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.db import connection

from engines import on_postgresql


def a_home_of_its_own(home: Path) -> dict[str, str]:
    """Give the variables of a process that finds the test's book in a home of the test's own."""
    return {
        "DJANGO_SETTINGS_MODULE": "amity.settings",
        "AMITY_HOME": str(home),
        "AMITY_DATABASE": _database(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def share_database(home: Path) -> None:
    """Let a second process find the test's database file, on SQLite as its own book."""
    if not on_postgresql():
        for end in ("", "-wal", "-shm"):
            (home / f"amity.sqlite3{end}").symlink_to(f"{connection.settings_dict['NAME']}{end}")


def _database() -> str:
    """Give the test's own database as the variable a second process reads."""
    at = connection.settings_dict
    if on_postgresql():
        return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    return ""

"""A second process at a test's own book."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
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


def on_sqlite(home: Path) -> dict[str, str]:
    """Give the variables of a process with a book of its own, on SQLite, that knows nothing of the test's."""
    return {**os.environ, **a_home_of_its_own(home), "AMITY_DATABASE": ""}


def script(name: str, home: Path, *words: str) -> list[str]:
    """Run a script of the tests in a home of its own; give what it printed, line by line."""
    return _ran(home, str(Path(__file__).parent / name), *words)


def typed(home: Path, *words: str) -> list[str]:
    """Type a command in a home of its own, on SQLite."""
    return _ran(home, "-m", "amity", *words)


def told(path: Path) -> dict[str, bytes]:
    """Give what an export says, but for the way out, which a restore closes."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != "data/outbox.jsonl"}


def _ran(home: Path, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, *words], env=on_sqlite(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


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

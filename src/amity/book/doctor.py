"""What works here and what would not, each in one sentence."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from amity.book.whence import whence
from amity.clock.models import Job
from amity.owner.address import own
from amity.storage.schema import is_current

SPACE_WANTED = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    says: str


def examine() -> list[Finding]:
    """Look at the folder, the database, what works from where, and the clock."""
    return [_folder(), _space(), _database(), _schema(), *_reach(), _clock()]


def _folder() -> Finding:
    home = settings.AMITY_HOME
    private = not home.stat().st_mode & 0o077
    writable = os.access(home, os.W_OK)
    says = f"{home} can be written" if writable else f"{home} cannot be written"
    return Finding(
        "folder", writable, says + ("." if private else "; others on this machine can look into it.")
    )


def _space() -> Finding:
    free = shutil.disk_usage(settings.AMITY_HOME).free
    return Finding("space", free > SPACE_WANTED, f"{free // 1024**2:,} MB are free.")


def _database() -> Finding:
    if connection.vendor != "sqlite":
        return Finding(
            "database",
            well=True,
            says=f"PostgreSQL {connection.cursor().connection.info.server_version // 10000}.",
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (answer,) = cursor.fetchone()
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    return Finding("database", answer == "ok", f"SQLite {version}, {answer}.")


def _schema() -> Finding:
    well = is_current()
    return Finding(
        "schema", well, "up to date." if well else "behind; it is brought up to date at the next start."
    )


def _reach() -> list[Finding]:
    said = whence(own(), settings.AMITY_PROXY)
    return [
        Finding("address", well=True, says=said.address),
        Finding("on this machine", well=True, says=said.here),
        Finding("your phone", well=True, says=said.phone),
        Finding("strangers", well=True, says=said.strangers),
        Finding("to do", well=said.well, says=said.step),
    ]


def _clock() -> Finding:
    troubled = list(Job.objects.exclude(last_error="").values_list("name", "last_error"))
    says = "; ".join(f"{name}: {error}" for name, error in troubled) or "no job has trouble."
    return Finding("clock", not troubled, says)

"""A backup every night: seven of the last days and eight of the last weeks are kept.

They lie in ``AMITY_HOME/backups``. A new one is opened and counted before any old one goes, and whoever
restores or backs up holds a locked file, so that neither happens twice at once, whatever the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from amity.book.backup import alone, backup, folder, verify
from amity.book.comeback import BEFORE, DROPPED

DAYS, WEEKS = 7, 8
_NAME = re.compile(r"amity-(\d{4}-\d\d-\d\d)\.zip")


def keep_tonight(today: date) -> Path | None:
    """Make the backup of a day, once for all owners; None when it is there, or somebody is at it.

    Raises:
        NotPossible: when what was written cannot be read again; the older ones stay.
    """
    path = folder() / f"amity-{today}.zip"
    with alone() as mine:
        if not mine or path.exists():
            return None
        fresh = path.with_suffix(".new")
        try:
            backup(fresh)
            verify(fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        for old in _to_go(_days()):
            (folder() / f"amity-{old}.zip").unlink(missing_ok=True)
        _let_go_of_uploads(today)
    return path


def _let_go_of_uploads(today: date) -> None:
    """Let what was kept before a restore, or was dropped in for one, go as late as the last of the weeks."""
    for path in [*folder().glob(f"{BEFORE}*.zip"), *folder().glob(f"{DROPPED}*.zip")]:
        if date.fromtimestamp(path.stat().st_mtime) < today - timedelta(weeks=WEEKS):  # noqa: DTZ012  (a day more or less)
            path.unlink(missing_ok=True)


def _days() -> list[date]:
    named = (_NAME.fullmatch(path.name) for path in folder().iterdir())
    return sorted(date.fromisoformat(found[1]) for found in named if found)


def _to_go(days: Iterable[date]) -> set[date]:
    """Give the days whose backup goes: all but the newest seven and the newest of each of eight weeks."""
    newest_first = sorted(days, reverse=True)
    of_week: dict[tuple[int, int], date] = {}
    for day in newest_first:
        of_week.setdefault(day.isocalendar()[:2], day)
    return set(newest_first) - {*newest_first[:DAYS], *list(of_week.values())[:WEEKS]}

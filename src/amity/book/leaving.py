"""Deleting a whole book: its rows in every table, its sessions and its files. Backups stay, and are named."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from amity.book import erasures
from amity.book.backup import folder
from amity.book.tables import in_order
from amity.journal.actions import lock
from amity.journal.models import Import
from amity.owner import sessions
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post import left
from amity.sources.actions import upload_folder
from amity.sources.staging import alone, discard, lock_path
from amity.storage.words import scrub


@dataclass(frozen=True)
class Kept:
    """A backup that lies in the folder of the nights."""

    name: str
    day: date
    size: int  # bytes


def backups(tz: tzinfo) -> list[Kept]:
    """Give the backups there are, newest first, each with its day in a zone."""
    found = [(path.name, path.stat()) for path in folder().glob("*.zip")]
    found.sort(key=lambda one: (one[1].st_mtime, one[0]), reverse=True)
    made = {name: datetime.fromtimestamp(stat.st_mtime, tz).date() for name, stat in found}
    return [Kept(name, made[name], stat.st_size) for name, stat in found]


def delete_book(owner: Owner) -> None:
    """Delete an owner and everything that is theirs, for good. Backups made before stay in their folder.

    Raises:
        NotPossible: for the sample world.
        InUse: while an import is under way.
    """
    if owner.is_sample:
        raise NotPossible(_("The sample world is nobody's book; only your own can be deleted."))
    with alone(owner, wait=False):
        runs = list(Import.objects.filter(owner=owner))
        with transaction.atomic():
            lock(owner)
            _delete_rows(owner)
            sessions.end(owner)
        for run in runs:
            discard(run)
            shutil.rmtree(upload_folder(run), ignore_errors=True)
        left.forget(owner)
        erasures.forget(owner)
        lock_path(owner).unlink(missing_ok=True)
    scrub()


def _delete_rows(owner: Owner) -> None:
    """Delete table by table, those first that nothing points to: a cascade would read every row before."""
    for model in reversed(in_order(lambda model: model is not Owner)):
        rows = model._base_manager.filter(owner=owner)  # noqa: SLF001
        rows._raw_delete(connection.alias)  # noqa: SLF001  (without asking what hangs on each row)
    Owner.objects.filter(pk=owner.pk).delete()

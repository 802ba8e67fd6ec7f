"""What a backup holds, and its coming back: into an empty home, or in place of the book that is there.

What happened since the backup was made and must not be undone by it is done again: whoever was erased is
erased once more, and no mail leaves until the owner says so.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files import File
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from amity.book import erasures
from amity.book.actions import erase_all
from amity.book.backup import MANIFEST, alone, backup, check, continue_numbers, folder, read_tables, verify
from amity.book.tables import columns, in_order
from amity.owner.actions import NotPossible
from amity.owner.models import Owner, new_uid
from amity.owner.queries import LOCAL_EMAIL
from amity.post.actions import pause_restored
from amity.search.cache import start_over
from amity.sources import staging
from amity.storage.schema import refresh_statistics
from amity.storage.words import scrub

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BEFORE, DROPPED = "before-restore-", "dropped-in-"


@dataclass(frozen=True)
class Holds:
    """What a backup holds: when and by which Amity it was made, whose books, and how much of what."""

    made: datetime | None
    version: str
    owners: tuple[str, ...]
    rows: dict[str, int]


@dataclass(frozen=True)
class Brought:
    """What came back, how many were erased once more, and where the book before it is kept."""

    rows: int
    people: int
    moments: int
    erased: int
    before: str = ""


def holds(path: Path) -> Holds:
    """Open a backup, count all its rows again, and give what it holds.

    Raises:
        NotPossible: when it cannot be read, lacks a row, or is of a newer Amity.
    """
    verify(path)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        owners = [json.loads(line) for line in archive.read("owner.jsonl").splitlines()]
    mine = [one for one in owners if not one["is_sample"]]
    named = tuple(one["name"] or one["email"] for one in mine if one["name"] or one["email"] != LOCAL_EMAIL)
    return Holds(_made(manifest), manifest["version"], named, manifest["rows"])


def named(name: str) -> Path:
    """Give a backup of the folder by its name.

    Raises:
        NotPossible: when there is none of that name.
    """
    found = next((path for path in folder().glob("*.zip") if path.name == name), None)
    if found is None:
        raise NotPossible(_("Choose one of the backups, or a file."))
    return found


def take_in(file: File[bytes], *, now: datetime) -> Path:
    """Put a file that was dropped in among the backups, if it is one.

    Raises:
        NotPossible: when it cannot be read as a backup; nothing of it is kept then.
    """
    path = _new(DROPPED, now)
    path.touch(mode=0o600)
    try:
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        verify(path)
    except NotPossible:
        path.unlink()
        raise NotPossible(_("That is not a backup of Amity that can be read.")) from None
    return path


def restore(path: Path) -> Brought:
    """Put a backup into an empty home.

    Raises:
        NotPossible: when the file is no backup, newer than this Amity or damaged, or the book not empty.
    """
    if Owner.objects.exists():
        raise NotPossible(
            _(
                "There is a book here already; restore into an empty AMITY_HOME, or put the backup in its "
                "place with --replace."
            )
        )
    with _undisturbed():
        return _put_back(path)


def replace(path: Path, *, now: datetime) -> Brought:
    """Put a backup in place of every book that is here, after a backup of those; all sessions end.

    Raises:
        NotPossible: when the file is no backup, newer than this Amity or damaged; nothing is changed then.
        InUse: while an import is under way.
    """
    verify(path)
    with _undisturbed(), ExitStack() as imports:
        for owner in Owner.objects.all():
            imports.enter_context(staging.alone(owner, wait=False))
        before = _new(BEFORE, now)
        backup(before)
        verify(before)
        return _put_back(path, before.name)


def _new(kind: str, now: datetime) -> Path:
    return folder() / f"{kind}{now:%Y-%m-%d}-{new_uid()}.zip"


@contextmanager
def _undisturbed() -> Iterator[None]:
    with alone() as mine:
        if not mine:
            raise NotPossible(_("A backup is being made or restored here; wait until it is done."))
        yield


def _put_back(path: Path, before: str = "") -> Brought:
    """Do it in one transaction: whatever goes wrong, the book is as it was."""
    try:
        with zipfile.ZipFile(path) as archive, transaction.atomic():
            check(archive)
            _empty()
            rows = read_tables(archive)
            continue_numbers()
            pause_restored()
            start_over()
            erased = _erase_again(_made(json.loads(archive.read(MANIFEST))) or LONG_AGO)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, EOFError, DatabaseError) as error:
        raise NotPossible(
            _("%(name)s is not a backup of Amity that can be read.") % {"name": path.name}
        ) from error
    scrub()
    refresh_statistics()
    counted = [apps.get_model("amity", name)._default_manager.count() for name in ("person", "moment")]  # noqa: SLF001
    return Brought(rows, counted[0], counted[1], erased, before)


def _empty() -> None:
    """Take every row out, those first that nothing points to; whoever is signed in is so no more."""
    list(Owner.objects.select_for_update().order_by("pk"))  # nobody writes into a book that goes
    for model in [*_of_others(), *reversed(in_order(lambda _model: True))]:
        model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001  (without asking what hangs on each)
    Session.objects.all().delete()


def _of_others() -> list[type[models.Model]]:
    """Give the tables of other apps whose rows are an owner's, such as keys to sign in with."""
    others = [model for model in apps.get_models() if model._meta.app_label != "amity"]  # noqa: SLF001
    return [model for model in others if any(field.related_model is Owner for field in columns(model))]


def _erase_again(since: datetime) -> int:
    people = [person for owner in Owner.objects.all() for person in erasures.to_erase_again(owner, since)]
    erase_all(people)
    return len(people)


def _made(manifest: dict[str, str]) -> datetime | None:
    return datetime.fromisoformat(manifest["made"]) if "made" in manifest else None

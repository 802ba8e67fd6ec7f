"""The staging file: what was read, on its way into the book.

It is a row of pickled records in the owner's own folder. Loading refuses every class that is
not a record, a date or a zone, so a tampered file cannot run anything. One import of a book is
carried out at a time; the lock of a process that died is free, which tells the next one that
whatever stands half-way was interrupted.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings

from amity.formats import records
from amity.formats.records import Event, Record
from amity.journal.models import Import
from amity.owner.actions import NotPossible
from amity.owner.models import Owner

_ALLOWED = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
}


def _folder() -> Path:
    folder: Path = settings.AMITY_HOME / "staging"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def staging_path(run: Import) -> Path:
    """Give the place of a run's staging file."""
    return _folder() / f"{run.uid}.records"


def unpacked_path(run: Import) -> Path:
    """Give the folder in which a run's ZIPs are unpacked while they are read."""
    return _folder() / f"{run.uid}.unpacked"


class _Writer(pickle.Pickler):
    """Writes a zone as its name, so that no function is needed to load it."""

    def persistent_id(self, obj: Any) -> str | None:
        return obj.key if isinstance(obj, ZoneInfo) else None


class _Reader(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> ZoneInfo:
        return ZoneInfo(str(pid))

    def find_class(self, module: str, name: str) -> Any:
        if module == records.__name__ or (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a staging file")


def write(file: BinaryIO, source: str, record: Record) -> None:
    """Append one record, with the name of the format it came from."""
    if isinstance(record, Event):
        record = replace(record, starts=_portable(record.starts), ends=_portable(record.ends))
        _Writer(file, protocol=5).dump((source, record))
    else:
        pickle.dump((source, record), file, protocol=5)


def _portable(when: date | datetime) -> date | datetime:
    """Keep zones that have a name; an instant in a home-made one is kept in UTC."""
    if not isinstance(when, datetime) or when.tzinfo is None or isinstance(when.tzinfo, ZoneInfo):
        return when
    return when.astimezone(UTC)


def settle(file: BinaryIO) -> None:
    """Make sure that everything written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def read(file: BinaryIO) -> Iterator[tuple[str, Record]]:
    """Give the records back in order."""
    while True:
        try:
            yield _Reader(file).load()
        except EOFError:
            return


def lock_path(owner: Owner) -> Path:
    """Give the file that is locked while an import of this book is carried out."""
    return _folder() / f"{owner.pk}.lock"


class InUse(NotPossible):
    """Another process is carrying out an import of this book."""


@contextmanager
def alone(owner: Owner, *, wait: bool) -> Iterator[None]:
    """Hold the imports of one book for this process until the block ends or the process dies.

    Raises:
        InUse: when another process holds them and `wait` is not set.
    """
    with lock_path(owner).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as held:
            raise InUse("Another import is under way; try again when it is done.") from held
        yield


def discard(run: Import) -> None:
    """Remove what a run left in the folder."""
    staging_path(run).unlink(missing_ok=True)
    shutil.rmtree(unpacked_path(run), ignore_errors=True)

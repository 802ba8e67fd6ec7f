"""Files that came through the browser: kept in a folder of their import's own until it is settled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from amity.journal.models import Import, ImportState
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.sources.actions import begin, upload_folder

NAME_LENGTH = 100


def receive(owner: Owner, files: Sequence[UploadedFile[bytes]]) -> Import:
    """Take in what was dropped, and write down that a look inside is wanted.

    Raises:
        NotPossible: without a file.
    """
    run = begin(owner, [_safe(file.name) for file in files], preview=True)
    folder = upload_folder(run)
    run.paths = [str(_settle(file, folder / str(place))) for place, file in enumerate(files, start=1)]
    run.save(update_fields=["paths"])
    return run


def look_again(run: Import) -> Import:
    """Read the same files anew, now that the owner has said more about themselves.

    Raises:
        NotPossible: when it is past that, or its files are gone.
    """
    if run.state not in {ImportState.READY, ImportState.FAILED} or not upload_folder(run).exists():
        raise NotPossible("Those files are not here any more; drop them in once more.")
    run.state, run.preview, run.report, run.done, run.finished_at = ImportState.WAITING, True, {}, 0, None
    run.save()
    return run


def _settle(file: UploadedFile[bytes], folder: Path) -> Path:
    """Put one file into a folder of its own, under its own name: two files may be called alike."""
    folder.mkdir(mode=0o700, parents=True)
    path = folder / _safe(file.name)
    if isinstance(file, TemporaryUploadedFile):
        shutil.move(file.temporary_file_path(), path)
        file.close()
    else:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.writelines(file.chunks())
    return path


def _safe(name: str | None) -> str:
    """Give the name without folders and control signs, its ending kept."""
    bare = "".join(sign for sign in (name or "").replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    stem, dot, ending = bare.strip(". ").rpartition(".")
    return f"{stem[:NAME_LENGTH]}{dot}{ending[:20]}" or "file"

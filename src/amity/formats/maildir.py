"""Maildir mailboxes: one message a file in ``cur`` and ``new``; a folder, so its reader takes a folder.

The subfolders of Maildir++ (``.Sent``, ``.Archive.2025``) are read too, and so are those of a tree
(``Archive/2025``). The flags of a file name say draft
and trashed, the name of a subfolder may say sent, drafts, trash or junk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from amity.formats.eml import header_block
from amity.formats.mail_headers import read_header
from amity.formats.records import Record, Refused, Skipped

# Windows and Python's own mailbox write ; or ! where a colon cannot stand.
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
_PARTS = {"cur", "new", "tmp"}
_MEANING = {"D": "draft", "T": "trash"}


def recognise_folder(folder: Path) -> bool:
    """Tell whether a folder is a Maildir: it has ``cur`` and ``new``."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def read(folder: Path) -> Iterator[Record]:
    """Read ``cur`` then ``new``, each by file name, then the subfolders; only names are held.

    ``where`` is the path inside the folder. Raises Refused when the folder is not a Maildir.
    """
    if not recognise_folder(folder):
        raise Refused("A Maildir was expected, with the folders cur and new; this is another folder.")
    yield from _read_one(folder, folder, ())
    for sub in _folders_in(folder):
        yield from _read_one(folder, sub, (sub.name.rpartition(".")[2],))


def _folders_in(folder: Path) -> Iterator[Path]:
    """Yield the Maildirs below one, however deep; links to folders may lead in a circle."""
    for sub in sorted(folder.iterdir()):
        if sub.name not in _PARTS and sub.is_dir() and not sub.is_symlink():
            if recognise_folder(sub):
                yield sub
            yield from _folders_in(sub)


def _read_one(root: Path, folder: Path, labels: tuple[str, ...]) -> Iterator[Record]:
    for part in ("cur", "new"):
        for name in sorted(path.name for path in (folder / part).iterdir()):
            if not name.startswith("."):
                path = folder / part / name
                yield from _read_file(path, _shown(path.relative_to(root)), (*labels, *_flags(name)))


def _read_file(path: Path, where: str, labels: tuple[str, ...]) -> Iterator[Record]:
    if path.is_symlink() or not path.is_file():
        yield Skipped(where, "It is not a file.")
        return
    try:
        with path.open("rb") as file:
            block = header_block(file)
    except OSError as error:
        yield Skipped(where, f"It cannot be opened: {error.strerror}.")
        return
    yield from read_header(block, where, labels)


def _flags(name: str) -> Iterator[str]:
    told = _FLAGS.search(name)
    return (_MEANING[flag] for flag in (told[1] if told else "") if flag in _MEANING)


def _shown(path: Path) -> str:
    """Spell a path so that it can be stored: a file name may hold bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")

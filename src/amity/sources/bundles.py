"""ZIP files of several things (Google Takeout, a chat with its pictures, packed files): each by its reader.

What Amity knows is unpacked beside the staging file while an import is read, member by member, and removed
after; the rest is left and named. A LinkedIn export is read as it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amity.formats.archive import Archive, Damaged, Member
from amity.formats.looks import looks_like
from amity.formats.records import Refused
from amity.formats.registry import HEAD, MOST_UNPACKED, is_bundle, told_by
from amity.sources.keys import storable
from amity.sources.report import FileReport

_PIECE = 1 << 20
_AMITYS_OWN = "amity.json"
BOOK_SCHEMA = 1  # what `book.export`, a room above this one, writes; a test holds the two alike
_MOST_MANIFEST = 64 * 1024
_SPARE = 256 << 20  # what unpacking leaves free on the disk


@dataclass
class Opened:
    """The files to read and what the ZIPs themselves report, in order, and what a file is called."""

    entries: list[Path | FileReport] = field(default_factory=list)
    called: dict[Path, str] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """The files alone."""
        return [one for one in self.entries if isinstance(one, Path)]


@contextmanager
def opened(files: list[Path], folder: Path) -> Iterator[Opened]:
    """Unpack the ZIPs among these files into a folder, which is there until the block ends."""
    shutil.rmtree(folder, ignore_errors=True)
    found = Opened()
    try:
        for number, path in enumerate(files):
            _open(path, folder / str(number), found)
        yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open(path: Path, folder: Path, found: Opened) -> None:
    try:
        if path.is_file():
            with path.open("rb") as file:
                if is_bundle(file) and _unpack(Archive(file, most=MOST_UNPACKED), path, folder, found):
                    return
    except Refused as refused:
        sentence = storable(refused.sentence)
        found.entries.append(FileReport(storable(str(path)), refused=sentence))
        return
    except OSError:
        pass  # whoever reads the file will say why
    found.entries.append(path)


def _unpack(archive: Archive, path: Path, folder: Path, found: Opened) -> bool:
    """Unpack what is known; tells whether anything was. The ZIP's own name stays part of every path."""
    _refuse_a_book(archive, path)
    report = FileReport(storable(str(path)), "zip")
    known = [member for member in archive.members if _is_known(archive, member, report)]
    if sum(member.size for member in known) + _SPARE > shutil.disk_usage(folder.parent.parent).free:
        raise Refused(f"There is too little room on this disk to unpack {path.name}.")
    for number, member in enumerate(known):
        place = folder / str(number) / path.name / member.name
        try:
            _copy(archive, member, place)
        except Damaged as damaged:
            report.skip(storable(member.path), damaged.sentence, "")
            continue
        found.entries.append(place)
        found.called[place] = storable(f"{path}/{member.path}")
    if known:
        found.entries.append(report)
    return bool(known)


def _refuse_a_book(archive: Archive, path: Path) -> None:
    member = next((member for member in archive.members if member.path == _AMITYS_OWN), None)
    if member is None:
        return
    manifest = _manifest(archive, member)
    version, schema = str(manifest.get("version", ""))[:20], manifest.get("schema")
    if isinstance(schema, int | float) and schema > BOOK_SCHEMA:
        newer = f"a newer Amity ({version})" if version else "a newer Amity"
        raise Refused(f"{path.name} is a whole book exported by {newer}; update this one to bring it back.")
    by = f"Amity {version}" if version else "Amity"
    raise Refused(
        f"{path.name} is a whole book exported by {by}; bring it back into an empty book with: amity restore"
    )


def _manifest(archive: Archive, member: Member) -> dict[str, Any]:
    """Give what a book says of itself; nothing where that cannot be read."""
    try:
        with archive.open(member) as file:
            said = json.loads(file.read(_MOST_MANIFEST))
    except (Damaged, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _is_known(archive: Archive, member: Member, report: FileReport) -> bool:
    try:
        with archive.open(member) as file:
            head = file.read(HEAD)
    except Damaged as damaged:
        report.skip(storable(member.path), damaged.sentence, "")
        return False
    if told_by(head) is None:
        report.skip(storable(member.path), f"This looks like {looks_like(head)}; it was left.", "")
        return False
    return True


def _copy(archive: Archive, member: Member, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True)
    with archive.open(member) as packed, place.open("wb") as out:
        while piece := packed.read(_PIECE):
            out.write(piece)

"""ZIP files other people made: bounded, never unpacked to disk, their members read as streams.

Refused before anything is read: a file that is not a ZIP or only half of one (no end record, ZIP
specification APPNOTE 4.3.16), one locked with a password, and a bomb (more than MOST_EXPANDED bytes,
MOST_RATIO times its packed size, MOST_MEMBERS files). A member that is packed by a rare method, or
turns out damaged while it is read, raises ``Damaged`` then, so that the other members still arrive.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from amity.formats.records import Refused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_EXPANDED = 1 << 30
MOST_RATIO = 200
MOST_MEMBERS = 10_000
# A ratio says little about a small file: a megabyte is read in no time, however well it was packed.
RATIO_COUNTS_FROM = 1 << 20
_MOST_DIRECTORY = 4 << 20

_LOCAL_MARK, _END_MARK, _END64_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 22 + 0xFFFF + 76
_WRONG = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
_BROKEN = "The ZIP file is damaged here; the rest of this file could not be read."
_UNUSUAL = "This file is packed in a way that is not read; pack it again as an ordinary ZIP."
_INCOMPLETE = "This ZIP file is incomplete or damaged; download or copy it once more."
_TOO_LARGE = "This ZIP file would unpack to far more than it should hold, so it was not opened."


class Damaged(Exception):  # a state of the file, named like Refused
    """A member cannot be read (any further); the other members can. Carries one sentence."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence the owner will read."""
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive; ``path`` is safe to show: relative, with ``/``, never with ``..``."""

    path: str
    size: int
    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class Archive:
    """The readable members of a ZIP; raises ``Refused`` where the whole file cannot be opened."""

    def __init__(self, file: BinaryIO, *, most: int = MOST_EXPANDED) -> None:
        """Read the list of members; together they may unfold to ``most`` bytes."""
        _check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except _WRONG as error:
            raise Refused(_INCOMPLETE) from error
        infos = self._zip.infolist()
        _check_bounds(infos, most)
        self.members = tuple(
            Member(safe_path(i.filename), i.file_size, i)
            for i in infos
            if i.filename and not i.is_dir() and _is_content(i.filename)
        )

    @contextmanager
    def open(self, member: Member) -> Iterator[BinaryIO]:
        """Open a member as a stream of at most ``member.size`` bytes; reading may raise ``Damaged``."""
        # bzip2 and LZMA expand a whole block at once, so nothing bounds what one read of them takes.
        if member.info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Damaged(_UNUSUAL)
        try:
            packed = self._zip.open(member.info)
        except _WRONG as error:
            raise Damaged(_BROKEN) from error
        with packed:
            yield cast("BinaryIO", io.BufferedReader(_Guarded(packed), 1 << 16))


def is_zip(head: bytes) -> bool:
    """Tell whether the first bytes are those of a ZIP file (an empty ZIP has only its end record)."""
    return head.startswith((_LOCAL_MARK, _END_MARK))


def paths_in(head: bytes) -> Iterator[str]:
    """Yield the members' paths that the first bytes of a ZIP name (APPNOTE 4.3.7, local headers)."""
    at = head.find(_LOCAL_MARK)
    while at >= 0 and at + 30 <= len(head):
        (length,) = struct.unpack_from("<H", head, at + 26)
        name = head[at + 30 : at + 30 + length].decode("utf-8", "replace")
        if _is_content(name):
            yield safe_path(name)
        at = head.find(_LOCAL_MARK, at + 30)


def safe_path(spelled: str) -> str:
    r"""Make a member's name harmless: no drive, no root, no ``..``, ``\`` read as ``/``.

    >>> safe_path("C:\\..\\../etc//Connections.csv")
    'etc/Connections.csv'
    """
    parts = spelled.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":"))


class _Guarded(io.RawIOBase):
    """A member's stream that says ``Damaged`` whatever is wrong inside."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__()
        self._packed = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._packed.read(len(view))
        except _WRONG as error:
            raise Damaged(_BROKEN) from error
        view[: len(data)] = data
        return len(data)


def _check_directory(file: BinaryIO) -> None:
    """Refuse a ZIP without its end record, or whose list of members would itself fill the memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    file.seek(0)
    end, end64 = tail.rfind(_END_MARK), tail.rfind(_END64_MARK)
    if end < 0 or end + 22 > len(tail):
        raise Refused(_INCOMPLETE)
    (listed,) = struct.unpack_from("<L", tail, end + 12)
    if 0 <= end64 <= end - 56:
        (listed,) = struct.unpack_from("<Q", tail, end64 + 40)
    if listed > _MOST_DIRECTORY:
        raise Refused(_TOO_LARGE)


def _check_bounds(infos: list[zipfile.ZipInfo], most: int) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("This ZIP file is locked with a password; pack its files again without one.")
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > most:
        raise Refused(_TOO_LARGE)
    if any(_is_bomb(info) for info in infos):
        raise Refused(_TOO_LARGE)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(RATIO_COUNTS_FROM, MOST_RATIO * info.compress_size)


def _is_content(spelled: str) -> bool:
    """Tell a real member from what macOS adds beside it (``__MACOSX/._Connections.csv``)."""
    path = safe_path(spelled)
    return bool(path) and not path.startswith("__MACOSX/") and not path.rpartition("/")[2].startswith("._")

"""Text out of bytes nobody labelled: UTF-8, UTF-16 with a mark or without, else Windows-1252.

Contact and network exports rarely say their encoding, and some mix two in one file. So UTF-8 is read
first and every byte that cannot be UTF-8 is taken for Windows-1252 (for Latin-1 where that has no
letter). A byte order mark decides for UTF-8 or UTF-16 and is dropped, and so are NULs; UTF-16 without one
is known by the NULs of its plain letters. Lines end in CR, LF or CRLF and are cut after LONGEST_LINE
characters, so that no line can fill the memory.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 10 * 1024 * 1024
_BITE = 64 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How much is looked at before it is decided; the same whether a file comes whole or piece by piece.
_SEEN = 1024
_FEWEST_NULS = 4  # fewer may have strayed into any text
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def is_utf16(head: bytes) -> bool:
    """Tell whether a file's first bytes are UTF-16, with its mark or without."""
    return head.startswith(_UTF16_MARKS) or bool(_unmarked_utf16(head))


def _unmarked_utf16(head: bytes) -> str:
    """Name the UTF-16 that bytes without a mark are, '' where they are none.

    Of its plain letters, digits and commas every other byte is a NUL; what else has so many is no text.
    """
    seen = head[:_SEEN]
    even, odd = seen[0::2].count(0), seen[1::2].count(0)
    most, fewest = max(even, odd), min(even, odd)
    if most < _FEWEST_NULS or most * 16 < len(seen) or fewest * 16 > most:
        return ""
    name = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(seen)
    except UnicodeDecodeError:
        return ""
    return "" if _NO_TEXT.search(text) else name


def any_text() -> codecs.IncrementalDecoder:
    """Give a decoder for a file that comes piece by piece; it decides as ``decode`` does."""
    return _AnyText()


def decode(data: bytes) -> str:
    """Read a whole piece of text; never fails. Line ends stay as they are."""
    return _AnyText().decode(data, final=True)


def open_text(file: BinaryIO) -> io.TextIOBase:
    r"""Open a file as text for ``csv``: line ends are kept (``newline=""``), long lines are cut.

    The binary file is closed with the text file, or when nobody holds the text file any more.
    """
    return _CutLines(file, encoding=_AnyText.name, newline="")


def text_lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, counted from 1, without its line end; the file stays open."""
    return _numbered(file, _AnyText.name)


def raw_lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield numbered lines like ``text_lines``, but with one character for each byte (as in Latin-1).

    For formats whose lines must be joined before they can be read, because a fold may fall inside a
    character (RFC 6350, 3.2). Of a UTF-16 file the bytes are those of its UTF-8 form.
    """
    return _numbered(file, _RawBytes.name)


def _numbered(file: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    lines = _CutLines(file, encoding=encoding, newline=None)
    try:
        for number, line in enumerate(lines, start=1):
            yield number, line.removesuffix("\n")
    finally:
        lines.detach()


class _CutLines(io.TextIOWrapper):
    """A text file whose iteration cuts lines after LONGEST_LINE characters and drops their rest."""

    def __next__(self) -> str:  # type: ignore[override]  # typeshed says bytes for every file
        line = self.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        bite, rest = LONGEST_LINE, line
        while len(rest) == bite and rest[-1] not in "\r\n":  # drop what is too much in small bites
            bite = _BITE
            rest = self.readline(bite)
        return line


class _AnyText(codecs.IncrementalDecoder):
    """Decide by the first bytes of a stream, then decode piece by piece."""

    name = "amity_any_text"
    unmarked, errors_of_unmarked = "utf-8", "amity_windows_1252"

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._head = b""
        self._wide = False
        self._inner: codecs.IncrementalDecoder | None = None

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # any buffer, in fact bytes
        """Decode the next piece; the first is held back until enough is seen to decide."""
        if self._inner is None:
            self._head += data
            if len(self._head) < _SEEN and not final:
                return ""
            self._inner, data = self._choose(self._head)
            self._head = b""
        return self._inner.decode(data, final).replace("\0", "")

    def _choose(self, head: bytes) -> tuple[codecs.IncrementalDecoder, bytes]:
        wide = "utf-16" if head.startswith(_UTF16_MARKS) else b"\0" in head[:_SEEN] and _unmarked_utf16(head)
        if wide:
            self._wide = True
            return codecs.getincrementaldecoder(wide)("replace"), head
        unmarked = codecs.getincrementaldecoder(self.unmarked)(self.errors_of_unmarked)
        return unmarked, head.removeprefix(codecs.BOM_UTF8)


class _RawBytes(_AnyText):
    """One character for each byte; UTF-16 becomes the bytes of UTF-8 first."""

    name = "amity_raw_bytes"
    unmarked, errors_of_unmarked = "latin-1", "strict"

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # any buffer, in fact bytes
        """Decode the next piece as bytes."""
        text = super().decode(data, final)
        return text.encode().decode("latin-1") if self._wide else text


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252, and with it all bytes after it that can be none either."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = _NEVER_UTF8.match(error.object, error.start)
    end = max(error.end, run.end() if run else 0)
    return codecs.charmap_decode(error.object[error.start : end], "strict", _WINDOWS_1252)[0], end


def _one_sign(byte: bytes) -> str:
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing there
        return byte.decode("latin-1")


_WINDOWS_1252 = "".join(_one_sign(bytes([number])) for number in range(256))
# Bytes that begin no character, and those that would but are not gone on with.
_NEVER_UTF8 = re.compile(rb"(?:[\x80-\xc1\xf5-\xff]|[\xc2-\xf4](?=[^\x80-\xbf]))+")


def _find(name: str) -> codecs.CodecInfo | None:
    for decoder in (_AnyText, _RawBytes):
        if name == decoder.name:
            utf8 = codecs.lookup("utf-8")
            encoder = utf8.incrementalencoder  # never used, but a text file over a writable one asks for it
            return codecs.CodecInfo(utf8.encode, utf8.decode, None, None, encoder, decoder, name)
    return None


# A text file takes its decoder by name only, so ours have to be registered, once, under our own names.
codecs.register_error(_AnyText.errors_of_unmarked, _as_windows_1252)
codecs.register(_find)

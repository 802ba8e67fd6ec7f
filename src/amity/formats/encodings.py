"""Text out of bytes nobody labelled: UTF-8, UTF-16 with a mark, else Windows-1252.

Contact and network exports rarely say their encoding, and some mix two in one file. So UTF-8 is read
first and every byte that cannot be UTF-8 is taken for Windows-1252 (for Latin-1 where that has no
letter). A byte order mark decides for UTF-8 or UTF-16 and is dropped, and so are NULs. Lines end in CR,
LF or CRLF and are cut after LONGEST_LINE characters, so that no line can fill the memory.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 10 * 1024 * 1024
_BITE = 64 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_MARK = len(codecs.BOM_UTF8)


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
        self._inner: codecs.IncrementalDecoder | None = None

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # any buffer, in fact bytes
        """Decode the next piece; the first is held back until a mark could be seen whole."""
        if self._inner is None:
            self._head += data
            if len(self._head) < _LONGEST_MARK and not final:
                return ""
            self._inner, data = self._choose(self._head)
        return self._inner.decode(data, final).replace("\0", "")

    def _choose(self, head: bytes) -> tuple[codecs.IncrementalDecoder, bytes]:
        if head.startswith(_UTF16_MARKS):
            return codecs.getincrementaldecoder("utf-16")("replace"), head
        unmarked = codecs.getincrementaldecoder(self.unmarked)(self.errors_of_unmarked)
        return unmarked, head.removeprefix(codecs.BOM_UTF8)


class _RawBytes(_AnyText):
    """One character for each byte; UTF-16 becomes the bytes of UTF-8 first."""

    name = "amity_raw_bytes"
    unmarked, errors_of_unmarked = "latin-1", "strict"

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # any buffer, in fact bytes
        """Decode the next piece as bytes."""
        text = super().decode(data, final)
        return text if self._head[:2] not in _UTF16_MARKS else text.encode().decode("latin-1")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join([_WINDOWS_1252[byte] for byte in error.object[error.start : error.end]]), error.end


def _one_sign(byte: bytes) -> str:
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing there
        return byte.decode("latin-1")


_WINDOWS_1252 = [_one_sign(bytes([number])) for number in range(256)]


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

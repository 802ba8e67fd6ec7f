"""JSON (RFC 8259) read piece by piece: objects and lists are walked, only one value at a time is held.

The standard library reads a document whole. Here a window slides over the file, and its own decoder is asked
for one value after the other; a window grows only for a value that does not fit, up to MOST_VALUE
characters. Its encoding is told by its first bytes, as that of any text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from amity.formats.encodings import any_text

_CHUNK = 128 * 1024
MOST_VALUE = 32 << 20  # a photo of 24 MB in base 64
_BLANKS = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
# Strings with what lies between them, and brackets of one direction, each run as one piece; a lone quote.
_PIECES = re.compile(rf'(?:{_STRING.pattern}[^"\[\]{{}}]*+)++|[\[{{]++|[\]}}]++|"', re.DOTALL)
# A number or a word may go on behind the window, and an error near its end may only mean that it ended.
_NEAR_THE_END = 32


class Broken(Exception):  # a state of the file, named like Refused
    """The document is no JSON from here on; nothing behind can be found again."""


class BrokenValue(Exception):  # likewise, of one value
    """One value is no JSON, but its end was found; the next one can be read. Carries its first characters."""

    def __init__(self, text: str) -> None:
        """Keep the beginning of the value."""
        super().__init__(text)
        self.text = text


class JsonStream:
    """A document from its beginning to its end, forwards only."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the file's beginning."""
        file.seek(0)
        self._file = file
        self._decoder = any_text()  # whatever told that this is a document read its first bytes so too
        self._read_on = json.JSONDecoder().raw_decode
        self._window, self._at, self._ended = "", 0, False

    def peek(self) -> str:
        """Give the next sign that is no blank, '' at the end."""
        while True:
            blanks = _BLANKS.match(self._window, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._more(_CHUNK):
                return ""

    def each(self) -> Iterator[str]:
        """Walk a list or an object: yields '' or the name before each value, which the caller takes or skips.

        PHP writes a list from which something was left out as an object with numbers for names.

        Raises:
            Broken: what stands here is neither, or ends too early.
        """
        is_list = self.peek() == "["
        self._take("[" if is_list else "{")
        end = "]" if is_list else "}"
        while self.peek() != end:
            name = "" if is_list else str(self.value())
            if not is_list:
                self._take(":")
            yield name
            if self.peek() != end:
                self._take(",")
        self._at += 1

    def value(self) -> Any:
        """Read one value whole.

        Raises:
            BrokenValue: it is no JSON, but the next one can be read.
            Broken: its end cannot be found, or it is longer than MOST_VALUE.
        """
        if not self.peek():
            raise Broken
        while True:
            try:
                found, end = self._read_on(self._window, self._at)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error) or not self._grow():
                    raise self._passed_over() from error
            except (RecursionError, ValueError) as error:
                raise self._passed_over() from error
            else:
                if self._ended or end < len(self._window) - _NEAR_THE_END:
                    self._at = end
                    return found
                self._grow()

    def skip(self) -> None:
        """Pass over one value without keeping it, however deep it is nested."""
        walks: list[Iterator[str]] = []
        while True:
            if self.peek() in {"{", "["}:
                walks.append(self.each())
            else:
                self.value()
            while walks and next(walks[-1], None) is None:
                walks.pop()
            if not walks:
                return

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            raise Broken
        self._at += 1

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        near = error.pos >= len(self._window) - _NEAR_THE_END
        return not self._ended and (near or error.msg.startswith("Unterminated string"))

    def _passed_over(self) -> Exception:
        """Find the end of a broken value by its brackets alone, and stand behind it."""
        text = self._window[self._at : self._at + 80]
        depth = done = 0
        while True:
            for piece in _PIECES.finditer(self._window, self._at + done):
                run, sign = piece[0], piece[0][0]
                if run == '"' and not self._ended:
                    break  # a string that may go on behind the window
                if sign in "]}" and len(run) >= depth:
                    self._at = piece.start() + depth
                    return BrokenValue(text)
                if sign == '"' and depth == 0 and (string := _STRING.match(run)):
                    self._at = piece.start() + string.end()
                    return BrokenValue(text)
                depth += {"[": len(run), "{": len(run), '"': 0}.get(sign, -len(run))
                done = piece.end() - self._at
            if not self._grow():
                return Broken(text)

    def _grow(self) -> bool:
        held = len(self._window) - self._at
        return held < MOST_VALUE and self._more(max(_CHUNK, held))

    def _more(self, size: int) -> bool:
        """Read on, and let go of what was taken; tells whether anything came."""
        if self._ended:
            return False
        data = self._file.read(size)
        self._ended = not data
        text = self._decoder.decode(data, final=self._ended)  # of a short file all comes at the end
        self._window = self._window[self._at :] + text
        self._at = 0
        return bool(text) or not self._ended

"""mbox mailboxes (RFC 4155): Thunderbird, mutt, Apple Mail, Google Takeout.

Only header blocks are kept; no message is ever held whole. A window slides over the file, so memory
stays below two MiB whatever the size. Quoted lines (``>From ``, ``>>From `` of mboxrd) are never a
beginning; ``Content-Length`` (mboxcl) is not trusted. A Takeout's chats have the kind ``message``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from amity.formats.mail_headers import (
    FROM_LINE,
    HEADER_END,
    LONGEST_HEADER,
    has_cr_lines,
    looks_like,
    read_header,
    unified,
)
from amity.formats.records import Record, Refused

_CHUNK = 256 * 1024
_HEAD = 64 * 1024
_LONGEST_LINE = 1000
_OVERLAP = LONGEST_HEADER + 2 * _LONGEST_LINE
_BEGINNING = re.compile(rb"\n" + FROM_LINE.pattern)
_BLANK_LINES = re.compile(rb"[\r\n]*")


def recognise(head: bytes) -> bool:
    """Tell whether a file begins, blank lines aside, with the ``From `` line of a mailbox."""
    return bool(FROM_LINE.match(unified(head).removeprefix(b"\xef\xbb\xbf").lstrip()))


def read(file: BinaryIO) -> Iterator[Record]:
    """Read the messages of a mailbox in their order; ``where`` counts them from 1.

    Raises:
        Refused: the file is not empty and does not begin with a ``From `` line.
    """
    for number, block in enumerate(_blocks(_chunks(file)), start=1):
        yield from read_header(block, f"message {number}")


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    chunk = file.read(_CHUNK)
    head = chunk[:_HEAD]
    if chunk.strip() and not recognise(head):
        raise Refused(
            f"A mailbox was expected, beginning with a From line; this looks like {looks_like(head)}."
        )
    old_lines = has_cr_lines(head)
    chunk = chunk.removeprefix(b"\xef\xbb\xbf")
    while chunk:
        yield chunk.replace(b"\r", b"\n") if old_lines else chunk
        chunk = file.read(_CHUNK)


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut out each ``From `` line with its header; a block over LONGEST_HEADER is cut one byte after it.

    A beginning counts only when a whole header's length lies behind it, or the file has ended.
    """
    window = b"\n"
    for chunk in chain(chunks, [b""]):
        window += chunk
        settled = max(0, len(window) - _OVERLAP) if chunk else len(window)
        for beginning in _BEGINNING.finditer(window, 0, settled + _LONGEST_LINE):
            if beginning.start() < settled:
                yield _block(window, beginning)
        window = window[settled:]


def _block(window: bytes, beginning: re.Match[bytes]) -> bytes:
    start, limit = beginning.start() + 1, beginning.start() + LONGEST_HEADER + 2
    first_field = _BLANK_LINES.match(window, beginning.end(), limit)
    after = first_field.end() if first_field else beginning.end()
    blank = HEADER_END.search(window, after, limit)
    end = blank.start() if blank else min(limit, len(window))
    following = _BEGINNING.search(window, after - 1, end)  # a header cut off by the next message
    return window[start : following.start() if following else end]

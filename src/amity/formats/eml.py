"""One mail message a file (``.eml``, RFC 5322); reading stops at the blank line before the body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from amity.formats.mail_headers import (
    FROM_LINE,
    HEADER_END,
    LONGEST_HEADER,
    looks_like,
    looks_like_header,
    read_header,
    unified,
)
from amity.formats.records import Record, Refused

_CHUNK = 16 * 1024


def recognise(head: bytes) -> bool:
    """Tell whether a file begins with a mail header; one that begins with a ``From `` line is an mbox."""
    return looks_like_header(head) and not FROM_LINE.match(unified(head).lstrip())


def read(file: BinaryIO) -> Iterator[Record]:
    """Read the one message of a file; an empty file has none.

    Raises:
        Refused: the file does not begin with a mail header (a mailbox begins with a ``From `` line).
    """
    block = header_block(file)
    if block and not recognise(block):
        raise Refused(
            f"A mail message was expected, beginning with its header; this looks like {looks_like(block)}."
        )
    if block:
        yield from read_header(block, "message 1")


def header_block(file: BinaryIO) -> bytes:
    """Read up to the blank line after the header, or little more than LONGEST_HEADER bytes.

    Blank lines and a byte order mark before the header are dropped; lines that end in CR become LF.
    """
    block = b""
    while len(block) <= LONGEST_HEADER and (chunk := file.read(_CHUNK)):
        block = (block + chunk).removeprefix(b"\xef\xbb\xbf").lstrip()
        if end := HEADER_END.search(unified(block)):
            return unified(block)[: end.start()]
    return unified(block)

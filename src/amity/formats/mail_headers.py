"""One mail header becomes one message: who wrote to whom, when, about what.

mbox, Maildir and single messages share this. The body is never read, so ``text`` stays empty.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from amity.formats.mail_automatic import list_addresses, meanings, why_automatic
from amity.formats.mail_fields import Fields, instant, parties
from amity.formats.mail_text import text_of, words
from amity.formats.records import Message, Party, Robot, Skipped
from amity.formats.robots import why_robot

LONGEST_HEADER = 256 * 1024
LONGEST_KEY = 250
HEADER_END = re.compile(rb"\n\r*\n")

# The line before each message of an mbox (RFC 4155), in the spellings met: ``From ada@loom.example Mon Jan  5
# 10:30:00 2026``, with a zone before or after the year, or with a mail date. A sentence that begins with
# "From" is not one. A sender may be missing or hold spaces.
FROM_LINE = re.compile(
    rb"From (?=[^\n]* \d{4}\b)[^\n]{0,500}?\b((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2})(?: +\d{4})? +\d{1,2}:\d\d(?::\d\d)?"
    rb"(?: +(?:[+-]\d{4}|[A-Z]{1,5}|\d{4}))*)(?: +remote from \S{1,100})?[ \t\r]*(?=\n|\Z)"
)
_USUAL = (
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "delivered-to",
)
_SIGNATURES = {
    b"PK\x03\x04": "a ZIP file",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"BEGIN:VCARD": "vCards",
    b"BEGIN:VCALENDAR": "a calendar",
}


def read_header(block: bytes, where: str, labels: Iterable[str] = ()) -> Iterator[Message | Robot | Skipped]:
    """Read one header block, with or without its ``From `` line and final blank line.

    Yields the message, then a Robot for each recipient that is none of the message's people: rooms,
    no-reply addresses, and the list itself in a list's mail. A sender that is a robot stays in its
    message, which is ``automatic``. ``labels`` are those its place in the mailbox gives it (a flag or
    folder of a Maildir). A header without sender or date, or over 256 KiB, is one Skipped.
    """
    fields = Fields(block[:LONGEST_HEADER])
    sender, at = _sender(fields), _sent_at(fields, block)
    if len(block) > LONGEST_HEADER:
        yield _skipped(block, where, "Its header is longer than 256 KiB.")
    elif not _is_mail(fields):
        yield _skipped(block, where, "It has no mail header.")
    elif sender is None:
        yield _skipped(block, where, "It has no sender with an address.")
    elif at is None:
        yield _skipped(block, where, "It has no date with a time zone between 1800 and 2100.")
    else:
        yield from _read_fields(fields, where, sender, at, meanings(fields.first("x-gmail-labels"), *labels))


def looks_like_header(head: bytes) -> bool:
    """Tell whether a file begins with the header of one mail message, perhaps after a ``From `` line."""
    head = unified(head).removeprefix(b"\xef\xbb\xbf").lstrip()
    end = HEADER_END.search(head)
    return _is_mail(Fields(head[: end.start() if end else None]))


def looks_like(head: bytes) -> str:
    """Say what a file that is not mail looks like, for the sentence of its refusal."""
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            return name
    if b"\0" in head:
        return "a binary file"
    if FROM_LINE.match(unified(head).lstrip()):
        return "a mailbox"
    return "a single message" if looks_like_header(head) else f"text beginning with “{_opening(head, 40)}”"


def unified(head: bytes) -> bytes:
    """Turn the line ends of an old Macintosh (CR alone) into LF; CRLF and LF stay as they are."""
    return head.replace(b"\r", b"\n") if has_cr_lines(head) else head


def has_cr_lines(head: bytes) -> bool:
    """Tell whether the lines end in CR alone."""
    return b"\r" in head and b"\n" not in head


def _read_fields(
    fields: Fields, where: str, sender: Party, at: datetime, meant: frozenset[str]
) -> Iterator[Message | Robot]:
    automatic = why_automatic(fields, meant, sender)
    lists = list_addresses(fields) if automatic == "list" else frozenset()
    people, robots = [], []
    for party in _recipients(fields):
        why = "mailing list" if party.email.lower() in lists else why_robot(party.email, party.name)
        if why:
            robots.append(Robot(where, party, why))
        else:
            people.append(party)
    yield Message(
        where=where,
        key=_key(fields, sender, at),
        kind="message" if "chat" in meant else "mail",
        at=at,
        sender=sender,
        recipients=tuple(people),
        subject=words(fields.first("subject")),
        sent_by_owner=True if "sent" in meant else None,
        automatic=automatic,
    )
    yield from robots


def _is_mail(fields: Fields) -> bool:
    return sum(name in fields for name in _USUAL) >= 2  # noqa: PLR2004  one name could stand in any text


def _sender(fields: Fields) -> Party | None:
    found = (party for name in ("from", "sender") for value in fields.every(name) for party in parties(value))
    return next(found, None)


def _recipients(fields: Fields) -> list[Party]:
    """Return To, Cc and Bcc in that order, each address once."""
    values = (value for name in ("to", "cc", "bcc") for value in fields.every(name))
    once: dict[str, Party] = {}
    for party in (party for value in values for party in parties(value)):
        once.setdefault(party.email.lower(), party)
    return list(once.values())


def _sent_at(fields: Fields, block: bytes) -> datetime | None:
    """Return when it was sent; failing that, when the owner's server took it, or the ``From `` line's time.

    The ``From `` line is in UTC (RFC 4155).
    """
    received = fields.first("received").rpartition(";")[2]
    at = instant(fields.first("date")) or instant(received)
    if at is None and (line := FROM_LINE.match(block)):
        at = instant(line[1].decode("ascii"), zoneless_is_utc=True)
    return at


def _key(fields: Fields, sender: Party, at: datetime) -> str:
    """Return the Message-ID without its brackets, else a hash that is the same for the same message."""
    told = words(fields.first("message-id"), 2 * LONGEST_KEY)
    inside = re.search(r"<([^<>]+)>", told)
    key = (inside[1] if inside else told.strip("<>")).strip()
    if 0 < len(key) <= LONGEST_KEY:
        return key
    same = "\n".join((key, at.isoformat(), sender.email.lower(), words(fields.first("subject"))))
    return "sha256:" + hashlib.sha256(same.encode()).hexdigest()


def _skipped(block: bytes, where: str, why: str) -> Skipped:
    return Skipped(where, why, _opening(block, 80))


def _opening(head: bytes, longest: int) -> str:
    return words(text_of(head[: 4 * longest]), longest)

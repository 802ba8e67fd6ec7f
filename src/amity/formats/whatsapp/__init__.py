"""WhatsApp's *Export chat* (Android and iOS): who wrote what and when.

Read: every message as a ``Message`` from its sender to everybody else who writes in the chat; media is a
message without words. The days' order is told by the file itself: a number above twelve, else the order in
which days go forwards; where neither decides, the likelier is taken and that is reported. Times are the
owner's wall clock.

Left and counted in one ``Skipped``: what WhatsApp itself says (encryption, who joined, missed calls).

The file says of nobody that they are its owner. Where its name ends with one of two parties (``WhatsApp Chat
with Ada``), the other one is; else the room above knows, or asks. A party that is a telephone number is
known by it, and everybody else by their name within WhatsApp alone. Walked twice; only names are held.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from amity.formats.encodings import decode, text_lines
from amity.formats.looks import looks_like
from amity.formats.records import WORDS_KEPT, Message, OwnerHint, Party, Record, Refused, Skipped
from amity.formats.whatsapp.lines import MONTH_FIRST, Entry, Order, begins, entries, order_of

_HEAD = 64 * 1024
MOST_PARTIES = 1024
_LINES_LOOKED_AT = 5
_TWO = 2
_NUMBER = re.compile(r"\+?[\d\s().-]{7,}")
# What stands for a picture, a recording or a file, in whatever language, and for words that were taken back.
_MEDIA = re.compile(
    r"<[^<>\n]{3,60}>|<[^<>\n]{1,20}: [^\n]{1,200}>|[^\n]{1,200} \([^()\n]{3,40}\)"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card) omitted"
    r"|This message was deleted\.?|You deleted this message\.?"
)
_FILE = re.compile(r"^[^\n]{1,200}\.\w{2,5} \(")
_FROM_WHATSAPP = re.compile(
    r"Messages and calls are end-to-end encrypted|Missed (?:voice|video|group)|Missed call|null$"
)


def recognise(head: bytes) -> bool:
    """Tell whether one of the first lines begins as WhatsApp writes an entry."""
    lines = text_lines(BytesIO(head[:_HEAD]))  # whose ends are those that `entries` goes by
    return any(begins(line) for _number, line in islice(lines, _LINES_LOOKED_AT))


def read(file: BinaryIO, name: str = "") -> Iterator[Record]:
    """Read a chat from a seekable file; ``name`` is what the file is called.

    Raises ``Refused`` when none of the first lines begins an entry.
    """
    head = file.read(_HEAD)
    if not decode(head).strip("\ufeff \t\r\n"):
        return
    if not recognise(head):
        raise Refused(f"A WhatsApp chat was expected; this looks like {looks_like(head)}.")
    order = order_of(entry.day for entry in entries(file))
    chat = _Chat(order, parties(file))
    if owner := _owner_by(name, chat.parties):
        yield OwnerHint("the file's name", owner)
    if not order.sure:
        read_as = "month/day" if order.places == MONTH_FIRST else "day/month"
        why = f"Whether the day or the month comes first cannot be told; it was read as {read_as}."
        yield Skipped("the whole chat", why)
    for entry in entries(file):
        if record := chat.record(entry):
            yield record
    if chat.system:
        yield Skipped("lines of WhatsApp's own", f"What nobody wrote was passed over ({chat.system}).")


def parties(file: BinaryIO) -> tuple[str, ...]:
    """Give everybody who writes in a chat, in order of their first message."""
    found: dict[str, None] = {}
    for entry in entries(file):
        if entry.name and not _is_system(entry) and len(found) < MOST_PARTIES:
            found.setdefault(entry.name[:80])
    return tuple(found)


def _owner_by(name: str, found: tuple[str, ...]) -> str:
    stem = PurePath(name).stem.casefold()
    named = [party for party in found if stem.endswith(f" {party.casefold()}")]
    if len(found) != _TWO or len(named) != 1:
        return ""
    return next(party for party in found if party not in named)


def _is_system(entry: Entry) -> bool:
    if not entry.name or _FROM_WHATSAPP.match(entry.text):
        return True
    return entry.marked and not _MEDIA.fullmatch(entry.text)


@dataclass
class _Chat:
    """What is known while the entries go by; the same words of one minute are told apart by their count."""

    order: Order
    parties: tuple[str, ...]
    system: int = 0
    minute: datetime | None = None
    said: Counter[str] = field(default_factory=Counter)

    def record(self, entry: Entry) -> Message | Skipped | None:
        if _is_system(entry):
            self.system += 1
            return None
        at = self.order.at(entry)
        if at is None:
            return Skipped(f"line {entry.line}", "This day cannot be read.", f"{entry.name}: {entry.text}")
        others = tuple(_party(one) for one in self.parties if one != entry.name)
        return Message(
            where=f"line {entry.line}",
            key=self._key(entry, at),
            kind="message",
            at=at,
            sender=_party(entry.name),
            recipients=others,
            text="" if _is_media(entry.text) else entry.text[:WORDS_KEPT],
        )

    def _key(self, entry: Entry, at: datetime) -> str:
        """Name a message so that a longer export of the same chat names it alike."""
        if at != self.minute:
            self.minute, self.said = at, Counter()
        pair = "|".join(sorted(self.parties)) if len(self.parties) == _TWO else "group"
        whole = f"{pair}|{entry.name}|{entry.text}"
        self.said[whole] += 1
        digest = hashlib.sha256(whole.encode(errors="replace")).hexdigest()[:24]
        return f"{at.isoformat()}:{digest}:{self.said[whole]}"


def _is_media(text: str) -> bool:
    return bool(_MEDIA.fullmatch(text)) and (not text.endswith(")") or bool(_FILE.match(text)))


def _party(name: str) -> Party:
    return Party(phone=name) if _NUMBER.fullmatch(name) else Party(name=name)

"""What stands in the fields of a mail header: names and values, addresses, instants (RFC 5322).

The block is split with one pattern and its addresses are read by the standard library. fast-mail-parser
would be quicker but decodes encoded words before anybody could tell a comma inside a name from one
between addresses, loses a whole list for one odd address, and stops at the first line without a colon.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from amity.formats.mail_text import guarded, text_of, words
from amity.formats.records import Party, year_is_valid

_NAMES = (
    "auto-submitted|bcc|cc|content-type|date|delivered-to|from|list-id|list-post|list-unsubscribe|mailing-list"
    "|message-id|mime-version|precedence|received|return-path|sender|subject|to|x-autoreply|x-autorespond"
    "|x-gmail-labels|x-mailing-list"
)
_FIELD = re.compile(rb"^(%b)[ \t]*:(.*(?:\n[ \t].*)*)" % _NAMES.encode(), re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(r"[\r\n]+")
# Newer Pythons drop a whole list of addresses for one odd one unless told otherwise.
_CAN_BE_TOLD = getattr(email.utils, "supports_strict_parsing", False)
_LENIENT: dict[str, bool] = {"strict": False} if _CAN_BE_TOLD else {}
# What stands before the @ is bounded so that searching a long text takes linear time.
# From where a run of signs begins, or 200 would be tried again from each of a thousand.
_SIGN = r'[^\s@<>()\[\],;:"]'
_ADDRESS = re.compile(rf'(?:"[^"]{{1,64}}"|(?<!{_SIGN}){_SIGN}{{1,200}}+)@(?:\[[^\s@<>\[\]]+\]|{_SIGN}+)')
LONGEST_ADDRESS = 320
LONGEST_NAME = 200
# Of more, such as a field of a hundred thousand @, the time to split it well grows with their square.
_MARKS, _MOST_MARKS = "<@,[", 10_000
_LONGEST_DATE = 200
_REMEMBERED = 500
_ZONE = re.compile(r"(?<=[\d\s])[+-]\d{3,4}\b|\b(?:GMT|UTC?|Z|[ECMP][SD]T)\b")


class Fields:
    """The fields of one header block that tell who, when and why, by their names in lower case.

    Lines that are no fields (``>From `` lines, lines without a colon) are passed over.
    """

    def __init__(self, block: bytes) -> None:
        """Split the block; nothing is decoded until it is asked for."""
        self._values: dict[bytes, list[bytes]] = {}
        for name, value in _FIELD.findall(block):
            self._values.setdefault(name.lower(), []).append(value)

    def __contains__(self, name: str) -> bool:
        return name.encode() in self._values

    def every(self, name: str) -> list[str]:
        """Return the unfolded values of a field in their order; encoded words stay encoded."""
        return [_unfolded(text_of(value)) for value in self._values.get(name.encode(), ())]

    def first(self, name: str) -> str:
        """Return the first value of a field, or empty."""
        values = self._values.get(name.encode())
        return _unfolded(text_of(values[0])) if values else ""


def parties(value: str) -> tuple[Party, ...]:
    """Read an address list (RFC 5322, 3.4): groups are opened, what has no @ is dropped.

    Names are decoded only after the list was split, because an encoded name may hold a comma.
    When nothing else can be understood, bare addresses are picked out of the text.
    """
    return _remembered(value) if len(value) <= _REMEMBERED else _parties(value)


def instant(text: str, *, zoneless_is_utc: bool = False) -> datetime | None:
    """Read a mail date as aware UTC; None if it is unreadable, has no zone, or lies outside 1800 to 2100.

    ``-0000`` is UTC with the sender's zone untold (RFC 5322, 3.3), so the instant is known.
    """
    text = text[:_LONGEST_DATE]
    if not (zoneless_is_utc or _ZONE.search(text)):
        return None
    try:
        told = email.utils.parsedate_tz(text)
        if told is None:
            return None
        year, month, day, hour, minute, second = told[:6]
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        at = local - timedelta(seconds=told[9] or 0)
    except (ValueError, OverflowError, IndexError):
        return None
    return at if year_is_valid(at.year) else None


def _unfolded(text: str) -> str:
    return (_FOLD.sub("", text) if "\n" in text else text).strip()


def _parties(value: str) -> tuple[Party, ...]:
    try:
        many = sum(map(value.count, _MARKS)) > _MOST_MARKS
        pairs = [] if many else email.utils.getaddresses([guarded(value)], **_LENIENT)
    except RecursionError:  # thousands of comments or groups inside each other
        pairs = []
    found = tuple(_party(name, address) for name, address in pairs if _is_address(address))
    return found or tuple(Party(email=bare) for bare in _bare_addresses(value))


def _bare_addresses(value: str) -> Iterator[str]:
    text = words(value) if "=?" in value else value  # some mailers encode the whole field
    return filter(_is_address, _ADDRESS.findall(text))


_remembered = lru_cache(maxsize=2048)(_parties)


def _is_address(address: str) -> bool:
    return len(address) <= LONGEST_ADDRESS and address.isprintable() and bool(_ADDRESS.fullmatch(address))


def _party(name: str, address: str) -> Party:
    shown = words(name, LONGEST_NAME).strip("'\" ")
    return Party(name="" if shown.lower() == address.lower() else shown, email=address)

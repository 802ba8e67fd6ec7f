"""vCard 2.1, 3.0 and 4.0: address books of phones, Apple, Google, Outlook, Nextcloud and the like.

One card is one person. Cards of groups, organisations, places and programs (``KIND``, Apple's and the
address book server's own marks) are counted as ``Robot``: they never become a person. The grammar is in
``vcard_lines``, the meaning of each property in ``vcard_properties``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from amity.formats.encodings import decode
from amity.formats.records import Contact, Party, Record, Robot, Skipped
from amity.formats.vcard_lines import Card, cards
from amity.formats.vcard_properties import LEFT_OUT, Draft, drafted, one_line

_BEGINNING = re.compile(r"\s*BEGIN *: *VCARD\s", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_KINDS = {"KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"}
_NO_PERSON = {
    "group": "a group of cards",
    "org": "an organisation",
    "organization": "an organisation",
    "location": "a place",
    "application": "a program",
    "device": "a device",
}


def recognise(head: bytes) -> bool:
    """Tell whether the first 64 KiB of a file begin a vCard."""
    return _BEGINNING.match(decode(head)) is not None


def read(file: BinaryIO) -> Iterator[Record]:
    """Yield a Contact, Robot or Skipped for each card, and after it a Skipped for each part left out.

    ``key`` is the card's UID, or a hash of what it says. Raises ``Refused`` when there is no card at all.
    """
    for card in cards(file):
        if isinstance(card, Skipped):
            yield card
            continue
        yield _record(card)
        yield from card.faults


def _record(card: Card) -> Contact | Robot | Skipped:
    draft = drafted(card)
    emails = [way.value for way in draft.ways if way.kind == "email"]
    names = [*draft.names, draft.structured_name, *draft.also_named, *emails, draft.organisation]
    name = next(filter(None, names), "")
    if why := _why_no_person(card, draft):
        return Robot(draft.where, Party(name, next(iter(emails), "")), why)
    if not name:
        return Skipped(
            draft.where, "The card has no name, no e-mail address and no organisation.", card.sample
        )
    return Contact(
        where=draft.where,
        key=_key(card),
        name=name,
        ways=tuple(dict.fromkeys(draft.ways)),
        also_named=tuple(other for other in dict.fromkeys(_other_names(draft)) if other != name),
        organisation=draft.organisation,
        title=draft.title,
        dates=tuple(dict.fromkeys(draft.dates)),
        remarks=tuple(dict.fromkeys(draft.remarks)),
        circles=tuple(dict.fromkeys(draft.circles)),
        photo=draft.photo,
        remembered=draft.remembered or any(dated.kind == "died" for dated in draft.dates),
    )


def _why_no_person(card: Card, draft: Draft) -> str:
    said = {found.name: found.value.strip().lower() for found in card.properties if found.name in _KINDS}
    if said.get("X-ABSHOWAS") == "company" and _says_no_more(draft.structured_name, draft.organisation):
        return _NO_PERSON["org"]
    return _NO_PERSON.get(said.get("KIND") or said.get("X-ADDRESSBOOKSERVER-KIND", ""), "")


def _other_names(draft: Draft) -> Iterator[str]:
    """Give all names but the shown one, and the structured name where it says more than that."""
    if not _says_no_more(draft.structured_name, " ".join(draft.names[:1])):
        yield draft.structured_name
    yield from draft.names[1:]
    yield from draft.also_named


def _key(card: Card) -> str:
    for found in card.properties:
        if found.name == "UID" and (uid := one_line(found.text)):
            return uid.removeprefix("urn:uuid:")
    content = blake2b(digest_size=16)
    for found in card.properties:
        if found.name not in LEFT_OUT:
            content.update(f"{found.name}{sorted(found.parameters.items())}{found.value}\n".encode())
    return content.hexdigest()


def _says_no_more(name: str, shown: str) -> bool:
    """Tell whether every word of a name is in what is shown already."""
    return set(_WORD.findall(name.casefold())) <= set(_WORD.findall(shown.casefold()))

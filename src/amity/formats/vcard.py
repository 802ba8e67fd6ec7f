"""vCard 2.1, 3.0 and 4.0: address books of phones, Apple, Google, Outlook, Nextcloud and the like.

One card is one person, or a firm: a dentist's practice with its number comes in under its name, as it does
from a table. Cards of groups, places and programs (``KIND`` and the address book server's own mark) are
counted as ``Robot``: they never become a person. So is a firm that only a machine writes for. The grammar is
in ``vcard_lines``, the meaning of each property in ``vcard_properties``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from amity.formats.encodings import decode
from amity.formats.identities import is_role
from amity.formats.records import Contact, Party, Record, Robot, Skipped, Way
from amity.formats.robots import why_robot
from amity.formats.salutations import after_greeting
from amity.formats.vcard_lines import Card, cards
from amity.formats.vcard_properties import LEFT_OUT, Draft, drafted, one_line

_BEGINNING = re.compile(r"\s*BEGIN *: *VCARD\s", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_KINDS = {"KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"}
_FIRM = {"org", "organization", "company"}
_NO_PERSON = {
    "group": "a group of cards",
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
    if draft.greeting:  # which only now is known to stand before the name that is shown
        draft.names = [after_greeting(name, draft.greeting) for name in draft.names]
    emails = [way.value for way in draft.ways if way.kind == "email"]
    firm = [draft.organisation] if emails and is_role(emails[0]) else []  # a desk's mailbox is nobody's name
    names = [*draft.names, draft.structured_name, *draft.also_named, *firm, *emails, draft.organisation]
    name = next(filter(None, names), "")
    if why := _why_no_person(card, name, draft.ways):
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
        mentions=tuple(dict.fromkeys(draft.mentions)),
        remembered=draft.remembered or any(dated.kind == "died" for dated in draft.dates),
    )


def _why_no_person(card: Card, name: str, ways: list[Way]) -> str:
    said = {found.name: found.value.strip().lower() for found in card.properties if found.name in _KINDS}
    kind = said.get("KIND") or said.get("X-ADDRESSBOOKSERVER-KIND", "")
    if kind in _NO_PERSON:
        return _NO_PERSON[kind]
    is_firm = not _FIRM.isdisjoint((kind, said.get("X-ABSHOWAS", "")))
    return why_robot(ways[0].value, name) if is_firm and [way.kind for way in ways] == ["email"] else ""


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

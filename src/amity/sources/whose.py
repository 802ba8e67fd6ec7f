"""Whose mail is this? Who the owner is in a file, when they have not said it themselves.

The owner never becomes a person in their own book, so mail is only taken in when one address is
surely theirs: they said so, the file says so, or one address is in nearly every personal message
and no other comes near. Otherwise Amity asks.
"""

from __future__ import annotations

import re
from collections import Counter

from amity.formats.records import Contact, OwnerHint
from amity.people.identity import Identity, normal
from amity.sources.tally import Tally
from amity.storage.folded import fold

LEAST_SEEN = 3
_WORDS = re.compile(r"\w+")
LEAST_SHARE = 0.6
_TELLING = {"email", "url", "handle"}

ASK = "Amity cannot tell which address in {name} is yours; say it with: amity me --address you@example.org"
ASK_ABOUT_GUESTS = (
    "Amity cannot tell which guest is you, so past meetings are not moments yet; "
    "say it with: amity me --address you@example.org"
)

ASK_NAME = (
    "Amity cannot tell which name in {name} is yours; say it as the chat spells it, with: "
    'amity me --name "Your Name"'
)
TAKEN_FOR_YOU = (
    "Amity takes {name} for you, because a file gives them your name and no address of their own; "
    "if that is somebody else, add them to your people yourself."
)
# One word is many people's name.
IS_THIS_YOU = "{name} has your name. If that is you, say so on their page (Change, That is me)."
NOT_YOURS = (
    "{name} says that it is {theirs}'s, and this book is {yours}'s; bring it into a book of its own. "
    'If both are you, say so first, with: amity me --name "{theirs}"'
)


def somebody_elses(hints: list[OwnerHint], own: set[Identity], region: str) -> str:
    """Give the name of whoever a file calls its owner, where that is nobody this book's owner is known as.

    Two names that share a word may be one person's (*Maya Lind*, *Maya Oduya-Lind*), and so may any two
    beside an address that both have; then, and where nothing is known yet, the answer is ''.
    """
    names = {form for kind, form in own if kind == "name"}
    told = [hint.name for hint in hints if hint.name]
    ways = {(way.kind, normal(way.kind, way.value, region)) for hint in hints for way in hint.ways}
    if not names or not told or ways & own:
        return ""
    known = set().union(*(_WORDS.findall(name) for name in names))
    return "" if any(known & set(_WORDS.findall(fold(name))) for name in told) else told[0]


def may_be_the_owner(contact: Contact, own: set[Identity], region: str) -> bool:
    """Tell whether a contact has exactly the owner's name, and nothing of its own that tells a namesake.

    An address always tells one, and a number beside those that are known to be the owner's. Nobody is
    met, mentioned or remembered by themselves.
    """
    if ("name", fold(contact.name)) not in own or _is_told_by_another(contact):
        return False
    telling = _TELLING | {kind for kind, _ in own if kind == "phone"}
    return not any(way.kind in telling and normal(way.kind, way.value, region) for way in contact.ways)


def _is_told_by_another(contact: Contact) -> bool:
    told = (contact.met, contact.how_met, contact.remembered, contact.mentioned, contact.put_away)
    return any(told)


def in_every_chat(chats: list[set[str]]) -> str:
    """Give the one name that takes part in each of several chats, '' where there is none or more than one."""
    common = set.intersection(*chats) if len(chats) > 1 else set()
    return next(iter(common)) if len(common) == 1 else ""


def owners_addresses(tally: Tally, known: set[str]) -> set[str] | None:
    """Give the normal forms of the owner's addresses that this file tells and nobody said before.

    Empty when the owner is known here or nobody writes to anybody; None when it cannot be told
    and somebody must be asked.
    """
    told = set(tally.sent) - known - {""}
    if told or not (tally.personal or tally.invited) or known & tally.seen.keys():
        return told
    guess = _nearly_everywhere(tally.seen, tally.personal + tally.invited)
    return {guess} if guess else None


def _nearly_everywhere(seen: Counter[str], total: int) -> str:
    (first, often), (_, next_often) = [*seen.most_common(2), ("", 0), ("", 0)][:2]
    return first if often >= LEAST_SEEN and often >= LEAST_SHARE * total and next_often < often else ""

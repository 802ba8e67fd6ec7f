"""Whose mail is this? Who the owner is in a file, when they have not said it themselves.

The owner never becomes a person in their own book, so mail is only taken in when one address is
surely theirs: they said so, the file says so, or one address is in nearly every personal message
and no other comes near. Otherwise Amity asks.
"""

from __future__ import annotations

from collections import Counter

from amity.sources.tally import Tally

LEAST_SEEN = 3
LEAST_SHARE = 0.6

ASK = "Amity cannot tell which address in {name} is yours; say it with: amity me --address you@example.org"
ASK_ABOUT_GUESTS = (
    "Amity cannot tell which guest is you, so past meetings are not moments yet; "
    "say it with: amity me --address you@example.org"
)


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

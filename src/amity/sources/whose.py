"""Whose mail is this? Who the owner is in a file, when they have not said it themselves.

The owner never becomes a person in their own book, so mail is only taken in when one address is
surely theirs: they said so, the file says so, or one address is in nearly every personal message
and no other comes near. Otherwise Amity asks.
"""

from __future__ import annotations

from collections import Counter

from amity.sources.reading import Tally

LEAST_SEEN = 3
LEAST_SHARE = 0.6

ASK = "Amity cannot tell which address in {name} is yours; say it with: amity me --address you@example.org"


def owner_address(tally: Tally, known: set[str]) -> str | None:
    """Give the normal form of the address that is the owner's in this file.

    '' when it needs no answer, because the owner is known here or nobody writes to anybody;
    None when it cannot be told and somebody must be asked.
    """
    if not (tally.personal or tally.invited) or known & tally.seen.keys():
        return ""
    sent = tally.sent.most_common(1)
    if sent:
        return sent[0][0]
    return _nearly_everywhere(tally.seen, tally.personal + tally.invited)


def _nearly_everywhere(seen: Counter[str], total: int) -> str | None:
    (first, often), (_, next_often) = [*seen.most_common(2), ("", 0), ("", 0)][:2]
    if first and often >= LEAST_SEEN and often >= LEAST_SHARE * total and next_often < often:
        return first
    return None

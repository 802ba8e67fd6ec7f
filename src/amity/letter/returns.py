"""Reading what came back: from the mailbox the owner names, or from files dropped in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from amity.letter.doctor import mailbox
from amity.letter.replies import hear
from amity.owner.models import Owner

MOST = 2000


def read_mailbox(owner: Owner, *, now: datetime) -> Counter[str]:
    """Take in the newest mails of the mailbox ``AMITY_IMAP`` names; read again, they change nothing more.

    Nothing is marked as read, moved or deleted there.

    Raises:
        NotPossible: when no mailbox is set.
    """
    heard: Counter[str] = Counter()
    with mailbox() as imap:
        _, found = imap.search(None, "ALL")
        numbers = found[0].split()[-MOST:] if found and found[0] else []
        for number in numbers:
            _, parts = imap.fetch(number.decode(), "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            heard[hear(owner, raw, now=now).kind] += 1
    return heard


def read_files(owner: Owner, files: Iterable[bytes], *, now: datetime) -> Counter[str]:
    """Take in mails that were dropped in, one a file."""
    return Counter(hear(owner, raw, now=now).kind for raw in files)

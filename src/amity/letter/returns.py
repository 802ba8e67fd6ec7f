"""Reading what came back: from the mailbox the owner names, or from files dropped in."""

from __future__ import annotations

import imaplib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from amity.letter.doctor import mailbox
from amity.letter.replies import hear
from amity.owner.models import Owner
from amity.post.actions import outbox
from amity.post.models import Outbox

MOST = 2000


def read_new(owner: Owner, *, now: datetime) -> Counter[str]:
    """Take in what came since the last look, if a mailbox is named at all."""
    return read_mailbox(owner, now=now) if settings.AMITY_IMAP else Counter()


def read_mailbox(owner: Owner, *, now: datetime) -> Counter[str]:
    """Take in the newest mails of the mailbox ``AMITY_IMAP`` names, each once; nothing is changed there.

    A reply is taken in only when it answers a mail of this owner's: the mailbox may hold other people's.
    How far it was read is kept as the mailbox's own numbers (RFC 3501, UIDVALIDITY and UID).

    Raises:
        NotPossible: when no mailbox is set.
    """
    heard: Counter[str] = Counter()
    box = outbox(owner)
    with mailbox() as imap:
        era = _era(imap)
        known_era, _, last = box.heard.partition(":")
        since = int(last) if known_era == era and last.isdecimal() else 0
        _, found = imap.uid("SEARCH", f"UID {since + 1}:*")
        numbers = [int(one) for one in (found[0] or b"").split() if int(one) > since][-MOST:]
        for number in numbers:
            heard[hear(owner, _raw(imap, number), now=now, ours_only=True).kind] += 1
            Outbox.objects.filter(pk=box.pk).update(heard=f"{era}:{number}")
    return heard


def _era(imap: imaplib.IMAP4) -> str:
    _, said = imap.response("UIDVALIDITY")
    return said[0].decode() if said and said[0] else ""


def _raw(imap: imaplib.IMAP4, number: int) -> bytes:
    _, parts = imap.uid("FETCH", str(number), "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def read_files(owner: Owner, files: Iterable[bytes], *, now: datetime) -> Counter[str]:
    """Take in mails that were dropped in, one a file."""
    return Counter(hear(owner, raw, now=now).kind for raw in files)

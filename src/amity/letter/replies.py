"""What readers answer: a reply becomes a moment of the person, when they are in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amity.formats.mail_headers import read_header, unified
from amity.formats.records import Message
from amity.letter import consent
from amity.letter.daily import STOPS
from amity.moments.actions import Told, record
from amity.moments.models import Moment
from amity.owner.models import Owner
from amity.people.identity import person_with
from amity.post.incoming import take_in
from amity.post.reports import text_of
from amity.sources.keys import natural_key


@dataclass(frozen=True)
class Heard:
    """What came of a mail: failed, delayed, complaint, automatic, left, reply, or unread."""

    kind: str
    who: str = ""


def hear(owner: Owner, raw: bytes, *, now: datetime, ours_only: bool = False) -> Heard:
    """Take in one mail: a bounce, a complaint, a wish to leave, a reply. The same mail twice counts once.

    With `ours_only`, a reply has to answer a mail that this book sent.
    """
    taken = take_in(owner, raw)
    if taken.delivery is not None and taken.stops:
        if taken.kind == "left" and (stop := STOPS.get(taken.delivery.mailing.kind)):
            stop(owner)
        elif taken.kind in {"left", "complaint"}:
            consent.leave(
                owner, taken.delivery.digest, route="mail" if taken.kind == "left" else "complaint", now=now
            )
        return Heard(taken.kind, taken.delivery.address)
    if taken.kind != "reply":
        return Heard(taken.kind)
    return Heard("unread") if ours_only and taken.delivery is None else _reply(owner, raw)


def _reply(owner: Owner, raw: bytes) -> Heard:
    block = unified(raw).partition(b"\n\n")[0]
    found = next(iter(read_header(block, "message 1")), None)
    if not isinstance(found, Message) or found.automatic:
        return Heard("unread")
    person = person_with(owner, "email", found.sender.email, name=found.sender.name)
    if person is None or person.trashed_at is not None:
        return Heard("reply", found.sender.email)
    key = natural_key("eml", found.key)
    if not Moment.objects.filter(owner=owner).keyed([key]).exists():
        at = found.at if found.at.tzinfo else found.at.replace(tzinfo=owner.tz)
        told = Told(kind="mail", direction="in", text=text_of(raw)[:500], key=key, at=at)
        record(owner, [person], day=at.astimezone(owner.tz).date(), told=told)
    return Heard("reply", person.name)

"""What a stranger may do on a card: leave their details, and take them back."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.card.models import Knock, Visitor, VisitorState
from amity.card.queries import Reached
from amity.card.ways import WayRead, read_way
from amity.formats.identities import region_of
from amity.journal.actions import lock
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean

NAME_LENGTH, LINE_LENGTH = 120, 300
# A whole conference may sit behind one address, so that an hour allows for a room full of people.
TIMES_AN_HOUR = 60
MOST_WAITING = 1000
SHARED_BITS = 64  # of an IPv6 address: what one household or phone has to itself


class TooOften(Exception):
    """Too many forms from one address, or too many visitors waiting."""

    status = 429

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Left:
    """What a visitor wrote. ``consent`` is the sentence they ticked, '' when they did not."""

    name: str
    way: str
    line: str = ""
    consent: str = ""
    language: str = ""


def knock(owner: Owner, address: str, *, now: datetime) -> None:
    """Count a form from this address.

    Raises:
        TooOften: when it was one too many within the hour.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    said = f"{now.date()}:{_household(address)}".encode()
    digest = hmac.new(bytes(owner.key), said, hashlib.sha256).hexdigest()
    row, _made = Knock.objects.get_or_create(owner=owner, digest=digest, hour=hour)
    Knock.objects.filter(pk=row.pk).update(times=F("times") + 1)
    if row.times >= TIMES_AN_HOUR:
        raise TooOften(_("That was a lot from one place. Please try again in an hour."))


def _household(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 4:  # noqa: PLR2004  (of the Internet Protocol)
        return str(found)
    return str(ipaddress.ip_network((found, SHARED_BITS), strict=False))


def leave(at: Reached, left: Left, *, now: datetime | None = None) -> Visitor:
    """Let a visitor leave their details; they wait until the owner has looked at them.

    The same way again, while it waits or after a no, is the same entry: its first words stand, and a
    line is added where there was none. Whoever leaves it is answered alike in every case.

    Raises:
        NotPossible: without a name, a way or the consent, or for far too much text.
        TooOften: while a thousand wait.
    """
    name, line, way = _checked(at.card.owner, left)
    owner, now = at.card.owner, now or timezone.now()
    with transaction.atomic():
        lock(owner)
        entries = Visitor.objects.of(owner).exclude(state=VisitorState.ACCEPTED).filter(withdrawn_at=None)
        same = entries.filter(kind=way.kind, normal=way.normal).first()
        if same is not None:
            return _said_again(same, line)
        if entries.filter(state=VisitorState.WAITING).count() >= MOST_WAITING:
            raise TooOften(_("So many people are waiting here already. Please try again in a few days."))
        return Visitor.objects.create(
            owner=owner,
            card=at.card,
            gathering=at.link.gathering if at.link else None,
            how_met=at.link.how_met if at.link else "",
            name=name,
            kind=way.kind,
            value=way.value,
            normal=way.normal,
            line=line,
            day=owner.today(now),
            at=now,
            consent=left.consent[:300],
            language=left.language[:12],
        )


def _checked(owner: Owner, left: Left) -> tuple[str, str, WayRead]:
    if len(left.name) > NAME_LENGTH or len(left.line) > LINE_LENGTH:
        raise NotPossible(
            _("A name has up to %(most)s signs, and the line up to %(longest)s.")
            % {"most": NAME_LENGTH, "longest": LINE_LENGTH}
        )
    name = clean(left.name, NAME_LENGTH)
    if not any(sign.isalnum() for sign in name):
        raise NotPossible(_("Please write your name."))
    way = read_way(left.way, region_of(owner.zone))
    if not left.consent:
        raise NotPossible(_("Your details are kept only if you tick the box that says so."))
    return name, clean(left.line, LINE_LENGTH), way


def _said_again(entry: Visitor, line: str) -> Visitor:
    if line and not entry.line:
        entry.line = line
        entry.save(update_fields=["line"])
    return entry


def withdraw(visitor: Visitor, *, now: datetime | None = None) -> None:
    """Take back what a visitor left: erased at once while it waits, else the owner is asked to let it go."""
    if visitor.person_id is None:
        visitor.delete()
        return
    visitor.withdrawn_at = now or timezone.now()
    visitor.save(update_fields=["withdrawn_at"])

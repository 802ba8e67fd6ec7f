"""Questions about cards: which one an address leads to, what stands on it, and who waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from amity.card.models import Card, CardField, CardLink, OwnPhoto, Visitor, VisitorState
from amity.card.ways import href
from amity.owner.models import Owner
from amity.people.queries import NotFound

BY_LINK = "~"  # @~token is a link, @name a handle: no handle can begin so
_AT = re.compile(r"~[\w-]{16}|[a-z0-9-]{2,30}", re.ASCII | re.IGNORECASE)
_GONE = gettext_lazy("There is no card here any more. Ask the person who gave you this address.")


@dataclass(frozen=True)
class Reached:
    """A card that somebody has reached, and the link they came by."""

    card: Card
    link: CardLink | None = None

    @property
    def at(self) -> str:
        """Give what stands after the @ of its address; '' when nothing leads to it."""
        return f"{BY_LINK}{self.link.token}" if self.link else self.card.handle


@dataclass(frozen=True)
class FieldShown:
    """A way as a card shows it; ``href`` is '' where a tap leads nowhere."""

    kind: str
    value: str
    label: str
    href: str


@dataclass(frozen=True)
class CardShown:
    """A card as whoever reached it may see it; ``withheld`` says that more is shown to who leaves theirs."""

    at: str
    uid: str
    name: str
    title: str
    organisation: str
    about: str
    fields: tuple[FieldShown, ...]
    withheld: bool
    has_photo: bool


def reach(at: str, *, now: datetime | None = None) -> Reached:
    """Give the card that an address leads to today; `at` is what stands after its @.

    Raises:
        NotFound: with the same sentence for what never was, is over, was revoked or was taken down.
    """
    now = now or timezone.now()
    find = _by_token if at.startswith(BY_LINK) else _by_handle
    found = find(at.removeprefix(BY_LINK)) if _AT.fullmatch(at) else None
    if found is None or not is_up(found.card, now) or (found.link and not is_alive(found.link, now)):
        raise NotFound(str(_GONE))
    return found


def still_up(card: Card, *, now: datetime | None = None) -> Reached:
    """Give a card to somebody who left their details on it, by whichever way they came.

    Raises:
        NotFound: when it is taken down, or over.
    """
    if not is_up(card, now or timezone.now()):
        raise NotFound(str(_GONE))
    return Reached(card)


def _by_handle(handle: str) -> Reached | None:
    card = Card.objects.exclude(handle="").filter(handle=handle.lower()).select_related("owner").first()
    return Reached(card) if card else None


def _by_token(token: str) -> Reached | None:
    link = CardLink.objects.filter(token=token).select_related("card__owner", "gathering").first()
    return Reached(link.card, link) if link else None


def is_up(card: Card, now: datetime) -> bool:
    """Tell whether a card can be seen: not taken down, and not past its last day where the owner is."""
    over = card.expires_on is not None and card.expires_on < card.owner.today(now)
    return card.closed_at is None and not over and card.owner.is_active


def is_alive(link: CardLink, now: datetime) -> bool:
    """Tell whether a link still leads to its card."""
    return link.revoked_at is None and link.expires_on >= link.card.owner.today(now)


def shown(reached: Reached, *, everything: bool = False) -> CardShown:
    """Give what a card shows: to anybody, or everything to who left their details. Two questions."""
    card = reached.card
    rows = list(CardField.objects.filter(card=card).order_by("place"))
    fields = [
        FieldShown(row.kind, row.value, row.label, href(row.kind, row.value))
        for row in rows
        if everything or not row.after
    ]
    return CardShown(
        at=reached.at,
        uid=card.uid,
        name=card.name,
        title=card.title,
        organisation=card.organisation,
        about=card.about,
        fields=tuple(fields),
        withheld=len(fields) < len(rows),
        has_photo=card.with_photo and OwnPhoto.objects.of(card.owner).exists(),
    )


def photo(card: Card) -> bytes | None:
    """Give the face that a card shows, as a JPEG."""
    own = OwnPhoto.objects.of(card.owner).first() if card.with_photo else None
    return bytes(own.picture) if own else None


def short_url(reached: Reached, address: str) -> str:
    """Give what a QR code says: the address of a card, '' when nothing leads there."""
    return f"{address}/@{reached.at}" if address and reached.at else ""


def cards(owner: Owner) -> QuerySet[Card]:
    """Every card of the owner's, the oldest first."""
    return Card.objects.of(owner).select_related("owner").prefetch_related("links__gathering").order_by("id")


def live_links(card: Card, now: datetime) -> list[CardLink]:
    """The links that still lead to a card, the newest first."""
    alive = [link for link in card.links.all() if is_alive(link, now)]
    return sorted(alive, key=lambda link: -link.pk)


def at_hand(owner: Owner, *, now: datetime | None = None) -> Reached | None:
    """Give what to hold out now: the link of a gathering of today, else the first card, else None."""
    now = now or timezone.now()
    day = owner.today(now)
    up = [card for card in cards(owner) if is_up(card, now)]
    for card in up:
        for link in live_links(card, now):
            if link.gathering and link.gathering.day <= day <= link.gathering.last_day:
                return Reached(card, link)
    first = next((card for card in up if card.handle), next(iter(up), None))
    return Reached(first) if first else None


def waiting(owner: Owner) -> QuerySet[Visitor]:
    """The visitors who wait for an answer, the first to come first."""
    mine = Visitor.objects.of(owner).filter(state=VisitorState.WAITING, withdrawn_at=None)
    return mine.select_related("gathering", "card", "owner").order_by("at", "id")


def asked_back(owner: Owner) -> QuerySet[Visitor]:
    """Accepted visitors who have taken their details back, and whom the book still holds."""
    mine = Visitor.objects.of(owner).filter(withdrawn_at__isnull=False)
    return (
        mine.filter(person__isnull=False, person__trashed_at=None)
        .select_related("person")
        .order_by("withdrawn_at")
    )


def to_answer(owner: Owner) -> int:
    """Count what stands on the Waiting page."""
    mine = Visitor.objects.of(owner)
    asked = Q(withdrawn_at__isnull=False, person__isnull=False, person__trashed_at=None)
    return mine.filter(Q(state=VisitorState.WAITING, withdrawn_at=None) | asked).count()


def last_day(visitor: Visitor, days: int) -> date:
    """Give the day on which an entry that nobody answers is erased."""
    return visitor.day + timedelta(days=days)

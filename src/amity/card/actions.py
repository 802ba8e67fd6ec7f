"""What an owner does with their cards: write, take down, put up again, give out links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.card.handles import read_handle
from amity.card.models import Card, CardField, CardLink, OwnPhoto
from amity.card.ways import read_way
from amity.formats.identities import region_of
from amity.gatherings.models import Gathering
from amity.journal.actions import Writing, deed
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.people.photo import face

MOST_FIELDS = 12
DAYS_AFTER_GATHERING, DAYS_OF_A_LINK, MOST_DAYS = 7, 30, 366


@dataclass(frozen=True)
class FieldSaid:
    """A way that shall stand on a card; ``after``: only for who left theirs."""

    value: str
    label: str = ""
    after: bool = False


@dataclass(frozen=True)
class CardSaid:
    """A card as the owner writes it."""

    label: str
    name: str
    handle: str = ""
    title: str = ""
    organisation: str = ""
    about: str = ""
    with_photo: bool = True
    expires_on: date | None = None
    fields: tuple[FieldSaid, ...] = ()


def add(owner: Owner, said: CardSaid) -> Card:
    """Write a new card.

    Raises:
        NotPossible: without a name, for a handle that is reserved or taken, or a way that is none.
    """
    card, fields = Card(owner=owner, **_values(said)), _fields(owner, said)
    with (
        _claiming(card, card.handle),
        deed(owner, "add card", _("Wrote your card “%(label)s”.") % {"label": card.label}) as writing,
    ):
        _rewrite(writing, writing.make(card), fields)
    return card


def edit(card: Card, said: CardSaid) -> Card:
    """Write a card anew.

    Raises:
        NotPossible: as for a new one.
    """
    values, fields = _values(said), _fields(card.owner, said)
    sentence = _("Changed your card “%(label)s”.") % {"label": values["label"]}
    with _claiming(card, values["handle"]), deed(card.owner, "edit card", sentence) as writing:
        _rewrite(writing, writing.change(card, **values), fields)
    return card


def _values(said: CardSaid) -> dict[str, Any]:
    name = clean(said.name, 120)
    if not name:
        raise NotPossible(_("A card needs a name."))
    return {
        "label": clean(said.label, 40) or name[:40],
        "handle": read_handle(said.handle),
        "name": name,
        "title": clean(said.title, 120),
        "organisation": clean(said.organisation, 120),
        "about": clean(said.about, 300),
        "with_photo": said.with_photo,
        "expires_on": said.expires_on,
    }


@contextmanager
def _claiming(card: Card, handle: str) -> Iterator[None]:
    """Refuse a handle that another card has, even one that got it in this very moment."""
    taken = NotPossible(_("@%(handle)s is already taken here; please choose another.") % {"handle": handle})
    if handle and Card.objects.filter(handle=handle).exclude(pk=card.pk).exists():
        raise taken
    try:
        yield
    except IntegrityError:
        raise taken from None


def _fields(owner: Owner, said: CardSaid) -> list[tuple[str, str, str, bool]]:
    region, wanted = region_of(owner.zone), [one for one in said.fields if one.value.strip()]
    if len(wanted) > MOST_FIELDS:
        raise NotPossible(_("A card holds up to %(most)s ways; fewer are kinder.") % {"most": MOST_FIELDS})
    read = [(read_way(one.value, region), one) for one in wanted]
    return [(way.kind, way.value, clean(one.label, 40), one.after) for way, one in read]


def _rewrite(writing: Writing, card: Card, fields: list[tuple[str, str, str, bool]]) -> None:
    old = list(CardField.objects.filter(card=card).order_by("place"))
    if [(row.kind, row.value, row.label, row.after) for row in old] == fields:
        return
    for row in old:
        writing.remove(row)
    for place, (kind, value, label, after) in enumerate(fields):
        writing.make(
            CardField(
                owner=card.owner, card=card, kind=kind, value=value, label=label, after=after, place=place
            )
        )


def take_down(card: Card) -> Card:
    """Take a card off the web at once, its links with it; its handle stays the owner's."""
    with deed(
        card.owner, "take card down", _("Took your card “%(label)s” down.") % {"label": card.label}
    ) as writing:
        return writing.change(card, closed_at=timezone.now())


def put_up(card: Card) -> Card:
    """Put a card up again."""
    with deed(
        card.owner, "put card up", _("Put your card “%(label)s” up again.") % {"label": card.label}
    ) as writing:
        return writing.change(card, closed_at=None)


def add_link(
    card: Card,
    *,
    today: date,
    gathering: Gathering | None = None,
    how_met: str = "",
    until: date | None = None,
) -> CardLink:
    """Make an unguessable link to a card; what it says of how one met is filled in for each visitor.

    It holds for a week after the gathering, or thirty days, unless another day is said.

    Raises:
        NotPossible: when its last day is past, or more than a year ahead.
    """
    start = max(gathering.last_day, today) if gathering else today
    until = until or start + timedelta(days=DAYS_AFTER_GATHERING if gathering else DAYS_OF_A_LINK)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        raise NotPossible(_("A card link ends between today and a year from now."))
    how_met = clean(how_met, 300) or (
        (_("We met at %(title)s.") % {"title": gathering.title})[:300] if gathering else ""
    )
    with deed(
        card.owner, "card link", _("Made a link to your card “%(label)s”.") % {"label": card.label}
    ) as writing:
        link = CardLink(owner=card.owner, card=card, gathering=gathering, how_met=how_met, expires_on=until)
        return writing.make(link)


def revoke_link(link: CardLink) -> CardLink:
    """End a link at once, for everybody who has it."""
    with deed(
        link.owner,
        "revoke card link",
        _("Ended a link to your card “%(label)s”.") % {"label": link.card.label},
    ) as writing:
        return writing.change(link, revoked_at=link.revoked_at or timezone.now())


def set_photo(owner: Owner, data: bytes) -> OwnPhoto:
    """Give the owner's cards a face.

    Raises:
        NotPossible: when it is not a picture that can be opened.
    """
    jpeg = face(data)
    if jpeg is None:
        raise NotPossible(_("That is not a picture Amity can open; a JPEG or PNG from a phone will do."))
    with deed(owner, "set own photo", _("Changed the photo of your cards.")) as writing:
        _drop(writing, owner)
        return writing.make(OwnPhoto(owner=owner, picture=jpeg))


def drop_photo(owner: Owner) -> None:
    """Take the owner's face away."""
    with deed(owner, "drop own photo", _("Took the photo from your cards.")) as writing:
        _drop(writing, owner)


def _drop(writing: Writing, owner: Owner) -> None:
    for old in OwnPhoto.objects.of(owner):
        writing.remove(old)

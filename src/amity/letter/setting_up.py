"""How an owner's two letters are set up: on which Sundays, at what hour, under what name."""

from __future__ import annotations

import zoneinfo
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amity.letter.fortnight import Fortnight, sunday_from
from amity.letter.models import Letterhead
from amity.owner.actions import NotPossible, fitting
from amity.owner.models import Owner
from amity.owner.queries import LOCAL_EMAIL, SAMPLE_EMAIL, identities
from amity.people.actions import clean
from amity.post.address import is_address

SLUG_LENGTH = 40
_TAKEN = {"confirm", "leave", "preferences", "pictures"}  # pages of ours under /letters/
_SETTINGS = {field.name for field in Letterhead._meta.concrete_fields} - {"id", "owner", "uid"}  # noqa: SLF001


def head_of(owner: Owner, today: date | None = None) -> Letterhead:
    """Give how the owner's letters are set up, made on the first call: from the next Sunday on, at eight."""
    found = Letterhead.objects.of(owner).select_related("owner").first()
    if found is None:
        starts = sunday_from(today or owner.today())
        defaults = {"starts": starts, "zone": owner.zone}
        found, _ = Letterhead.objects.select_related("owner").get_or_create(owner=owner, defaults=defaults)
    return found


def set_up(head: Letterhead, **values: Any) -> Letterhead:
    """Change how the letters are set up.

    Raises:
        NotPossible: for an address, zone or slug that is none, and for a name or a text that is too long.
    """
    values = {name: value for name, value in values.items() if name in _SETTINGS}
    _check(head, values)
    for name, value in values.items():
        setattr(head, name, value.replace("\0", "") if isinstance(value, str) else value)
    head.save(update_fields=list(values))
    return head


def _check(head: Letterhead, values: dict[str, Any]) -> None:
    if "title" in values:
        values["title"] = clean(values["title"], 200)
    fitting(values.get("about", ""), 5000)
    if (address := values.get("address")) and not is_address(address):
        raise NotPossible(_("That does not look like an e-mail address."))
    for name in ("zone", "letter_zone"):
        if values.get(name) and values[name] not in zoneinfo.available_timezones():
            raise NotPossible(
                _("There is no time zone called %(values)r; write it like Europe/Lisbon.")
                % {"values": values[name][:60]}
            )
    if "slug" in values:
        slug = str(values["slug"]).strip().casefold()
        taken = Letterhead.objects.filter(slug=slug).exclude(pk=head.pk).exists()
        plain = slug.replace("-", "").isalnum() and slug.isascii() and len(slug) <= SLUG_LENGTH
        if not plain or taken or slug in _TAKEN:
            raise NotPossible(
                _("Its address takes up to forty small letters, digits and dashes, and must be free.")
            )
        values["slug"] = slug
    if values.get("letter_on") and not (head.letter_starts or values.get("letter_starts")):
        values["letter_starts"] = sunday_from(head.owner.today())


def private_sundays(head: Letterhead) -> Fortnight:
    """Give the Sundays of the private letter."""
    return Fortnight(head.starts, head.at, head.zone)


def letter_sundays(head: Letterhead) -> Fortnight | None:
    """Give the Sundays of the owner's own letter, None when it has none."""
    if not head.letter_on or head.letter_starts is None:
        return None
    return Fortnight(head.letter_starts, head.letter_at, head.letter_zone or head.zone)


def private_address(head: Letterhead) -> str:
    """Give where the private letter goes: where the owner said, where they sign in, or their own."""
    if head.address:
        return head.address
    if head.owner.email not in {LOCAL_EMAIL, SAMPLE_EMAIL}:
        return head.owner.email
    own = (one.value for one in identities(head.owner) if one.kind == "email" and is_address(one.value))
    return next(own, "")


def stop_private(owner: Owner) -> None:
    """Stop the private letter by mail, in one step; it stays on the screen."""
    Letterhead.objects.of(owner).update(private_mail=False)

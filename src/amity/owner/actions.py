"""What an owner does about themselves, and signing in on this machine."""

from __future__ import annotations

import hashlib
import os
import secrets
import zoneinfo
from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.formats.identities import normal_email, normal_phone, normal_url, region_of
from amity.owner.models import Device, Owner, OwnIdentity, SignInLink
from amity.owner.queries import LOCAL_EMAIL, SAMPLE_EMAIL, owner_of_this_machine, sample_owner
from amity.storage.folded import fold

LINK_MINUTES = 60
NAME_LENGTH, DEVICE_NAME_LENGTH = 200, 80
_NORMAL: dict[str, Callable[[str, str], str]] = {
    "name": lambda name, _region: fold(name),
    "email": lambda address, _region: normal_email(address),
    "url": lambda url, _region: normal_url(url),
    "phone": normal_phone,
}
_IN_WORDS = {
    "name": gettext_lazy("a name"),
    "email": gettext_lazy("an email"),
    "url": gettext_lazy("a url"),
    "phone": gettext_lazy("a phone"),
}
LEAST_ENERGY, MOST_ENERGY = 3, 12


class NotPossible(Exception):
    """A wish that cannot be met as it was said; carries one clear sentence."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def zone_of_this_machine() -> str:
    """Give the machine's own time zone by name, ``UTC`` where it has none."""
    link = Path("/etc/localtime").resolve().parts
    names = [os.environ.get("TZ", "").lstrip(":")]
    if "zoneinfo" in link:
        names.append("/".join(link[link.index("zoneinfo") + 1 :]))
    return next((name for name in names if name in zoneinfo.available_timezones()), "UTC")


def local_owner() -> Owner:
    """Give the owner of this machine's book, made on the first call."""
    return owner_of_this_machine() or Owner.objects.create_user(LOCAL_EMAIL, zone=zone_of_this_machine())


def make_sample_owner() -> Owner:
    """Give the owner of the sample world, made on the first call."""
    return sample_owner() or Owner.objects.create_user(
        SAMPLE_EMAIL, name="Maya Lind", zone=zone_of_this_machine(), is_sample=True, welcomed=True
    )


def set_zone(owner: Owner, name: str) -> None:
    """Set the owner's time zone; no past day moves.

    Raises:
        NotPossible: when there is no such zone.
    """
    if name not in zoneinfo.available_timezones():
        raise NotPossible(
            _("There is no time zone called %(name)r; write it like Europe/Lisbon.") % {"name": name[:60]}
        )
    owner.zone = name
    owner.save(update_fields=["zone"])


def set_energy(owner: Owner, usual: int) -> None:
    """Set what a usual day holds.

    Raises:
        NotPossible: outside 3 to 12.
    """
    if not LEAST_ENERGY <= usual <= MOST_ENERGY:
        raise NotPossible(
            _("A usual day holds between %(least)s and %(most)s.")
            % {"least": LEAST_ENERGY, "most": MOST_ENERGY}
        )
    owner.energy_usual = usual
    owner.save(update_fields=["energy_usual"])


def set_quiet_days(owner: Owner, weekdays: list[int]) -> None:
    """Set the weekdays (Monday is 0) on which nobody is suggested."""
    owner.quiet_days = sorted({day for day in weekdays if 0 <= day <= 6})  # noqa: PLR2004  (a week)
    owner.save(update_fields=["quiet_days"])


def set_theme(owner: Owner, theme: str) -> None:
    """Set light, dark, or as the system has it."""
    owner.theme = theme if theme in {"light", "dark"} else "system"
    owner.save(update_fields=["theme"])


def set_welcomed(owner: Owner) -> None:
    """Remember that the owner has been through the first two minutes."""
    owner.welcomed = True
    owner.save(update_fields=["welcomed"])


def fitting(text: str, most: int) -> str:
    """Give a text that fits; what an owner writes is never cut.

    Raises:
        NotPossible: when it is longer than `most`.
    """
    if len(text) > most:
        raise NotPossible(_("That is longer than the %d letters that fit here.") % most)
    return text


def set_name(owner: Owner, name: str) -> None:
    """Set the owner's name, which is then theirs in every file too.

    Raises:
        NotPossible: when it is longer than anybody's.
    """
    owner.name = fitting(" ".join(name.split()), NAME_LENGTH)
    owner.save(update_fields=["name"])
    if owner.name:
        claim(owner, "name", owner.name)


def claim(owner: Owner, kind: str, value: str, *, said_by: str = "") -> OwnIdentity:
    """Say that a name, email, phone or url is the owner's own.

    Raises:
        NotPossible: when it is not one.
    """
    normal = _NORMAL[kind](value, region_of(owner.zone))
    if not normal:
        raise NotPossible(
            _("%(value)r does not look like %(what)s Amity can recognise.")
            % {"value": value[:60], "what": _IN_WORDS[kind]}
        )
    identity, _made = OwnIdentity.objects.get_or_create(
        owner=owner,
        kind=kind,
        normal=normal[:500],
        defaults={"value": value.strip()[:500], "said_by": said_by},
    )
    return identity


def own(owner: Owner, lines: list[str]) -> None:
    """Say that these addresses, numbers and profiles, one to a line, are the owner's, and no others.

    Raises:
        NotPossible: when a line is none of them; nothing is changed then.
    """
    with transaction.atomic():
        claimed = {claim(owner, _kind_of(line), line).pk for line in lines if line.strip()}
        OwnIdentity.objects.of(owner).exclude(kind="name").exclude(pk__in=claimed).delete()


def _kind_of(line: str) -> str:
    if "@" in line:
        return "email"
    return "phone" if line.strip().lstrip("+(0123456789").strip(" -/.()0123456789") == "" else "url"


def set_password(owner: Owner, email: str, password: str) -> None:
    """Let the owner sign in with an address and a password as well as by the one-time link.

    Raises:
        NotPossible: for an address that is none or somebody else's, or a password that is too weak.
    """
    try:
        validate_email(email)
        validate_password(password, _known_as(owner, email))
    except ValidationError as weak:
        raise NotPossible(" ".join(weak.messages)) from None
    if Owner.objects.filter(email__iexact=email).exclude(pk=owner.pk).exists():
        raise NotPossible(_("That address opens another book here."))
    owner.email = Owner.objects.normalize_email(email)
    owner.set_password(password)
    owner.save(update_fields=["email", "password"])


def _known_as(owner: Owner, email: str) -> Owner:
    """Give the owner as they will be, for checks, and leave the one who is as they are."""
    theirs = copy(owner)
    theirs.email = email
    return theirs


def new_link(owner: Owner) -> str:
    """Make a one-time token that signs the owner in within the hour; only its hash is kept."""
    token = secrets.token_urlsafe(24)
    SignInLink.objects.filter(owner=owner, expires_at__lt=timezone.now()).delete()
    SignInLink.objects.create(
        owner=owner, digest=_digest(token), expires_at=timezone.now() + timedelta(minutes=LINK_MINUTES)
    )
    return token


def redeem(token: str) -> Owner | None:
    """Give the owner a token belongs to and use it up; None when it is unknown, used or expired."""
    fresh = SignInLink.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=timezone.now())
    link = fresh.select_related("owner").first()
    if link is None or not fresh.filter(pk=link.pk).update(used_at=timezone.now()):
        return None
    return link.owner


def keep_on(owner: Owner, name: str) -> Device:
    """Let a phone keep a copy of the book, under a name by which the owner knows it.

    Raises:
        NotPossible: when the name is too long.
    """
    name = fitting(" ".join(name.split()), DEVICE_NAME_LENGTH)
    return Device.objects.create(owner=owner, name=name or _("My phone"))


def seen(owner: Owner, device: str, *, now: datetime) -> bool:
    """Note that a phone was here; False when it may keep nothing any more."""
    return bool(Device.objects.filter(owner=owner, uid=device).update(seen_at=now))


def forget_device(owner: Owner, device: str) -> None:
    """Forget a phone: it loses its copy and its session the next time it comes by."""
    Device.objects.filter(owner=owner, uid=device).delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

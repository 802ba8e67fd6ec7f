"""Questions about the owner."""

from __future__ import annotations

from django.db.models import QuerySet

from amity.owner.models import Device, Owner, OwnIdentity

LOCAL_EMAIL = "owner@amity.invalid"
SAMPLE_EMAIL = "sample@amity.invalid"


def owner_of_this_machine() -> Owner | None:
    """Give the one owner of a local book; None before there is one."""
    return Owner.objects.filter(is_sample=False).order_by("id").first()


def sample_owner() -> Owner | None:
    """Give the owner of the sample world, if it was made."""
    return Owner.objects.filter(is_sample=True).first()


def identities(owner: Owner) -> list[OwnIdentity]:
    """Give what the owner is known by in other people's files, the owner's own word first."""
    return list(OwnIdentity.objects.of(owner).order_by("said_by", "kind", "value"))


def known_by(owner: Owner) -> set[tuple[str, str]]:
    """Give (kind, normal form) of everything that is the owner and so never becomes a person."""
    return set(OwnIdentity.objects.of(owner).values_list("kind", "normal"))


def by_key(key: int | None) -> Owner | None:
    """Give the owner with this key, if they may sign in."""
    return Owner.objects.filter(pk=key, is_active=True).first() if key else None


def with_key(key: bytes) -> Owner | None:
    """Give the owner whose book has this key of its own, which a backup and an export keep."""
    return next((one for one in Owner.objects.filter(is_active=True) if bytes(one.key) == key), None)


def has_the_house_alone(owner: Owner) -> bool:
    """Tell whether no other book but the sample world is here."""
    return not owner.is_sample and not Owner.objects.filter(is_sample=False).exclude(pk=owner.pk).exists()


def is_local() -> bool:
    """Tell whether this book is opened by the one-time link of its machine rather than by an address."""
    return Owner.objects.filter(email=LOCAL_EMAIL).exists()


def devices(owner: Owner) -> QuerySet[Device]:
    """Give the phones that keep a copy, the one seen last first."""
    return Device.objects.filter(owner=owner).order_by("-seen_at", "-id")


def keeps_a_copy(owner: Owner, device: str) -> bool:
    """Tell whether a phone may still keep its copy."""
    return devices(owner).filter(uid=device).exists()

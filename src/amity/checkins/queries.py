"""Questions about the owner's own words."""

from __future__ import annotations

from amity.checkins.models import Checkin
from amity.owner.models import Owner


def words(owner: Owner) -> list[Checkin]:
    """Give every completion of "Networking is ___", oldest first."""
    return list(Checkin.objects.of(owner).order_by("day", "id"))


def newest(owner: Owner) -> Checkin | None:
    """Give the owner's newest word."""
    return Checkin.objects.of(owner).order_by("-day", "-id").first()

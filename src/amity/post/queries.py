"""Questions about outgoing mail."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet

from amity.owner.models import Owner
from amity.post.models import Delivery, DeliveryState, Mailing, Outbox, Suppressed


def counts(mailing: Mailing) -> Counter[str]:
    """Give how many deliveries of a mailing are in each state."""
    rows = Delivery.objects.filter(mailing=mailing).values_list("state").annotate(Count("id"))
    return Counter(dict(rows))


def unknowns(owner: Owner) -> QuerySet[Delivery]:
    """Every mail of which nobody knows whether it arrived, oldest first; the owner decides."""
    unknown = Delivery.objects.of(owner).filter(state=DeliveryState.UNKNOWN)
    return unknown.select_related("mailing").order_by("id")


def box(owner: Owner) -> Outbox:
    """Give how the way out stands; one that was never used is open."""
    return Outbox.objects.of(owner).first() or Outbox(owner=owner)


def suppressed(owner: Owner) -> dict[str, str]:
    """Give why each suppressed address (by its keyed hash) gets nothing."""
    return dict(Suppressed.objects.of(owner).values_list("digest", "why"))


def is_waiting(owner: Owner) -> bool:
    """Tell whether anything has still to go out."""
    return Delivery.objects.of(owner).filter(state=DeliveryState.PENDING).exists()

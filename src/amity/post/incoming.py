"""What a returned mail does to the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from amity.owner.models import Owner
from amity.post import reports
from amity.post.actions import suppress
from amity.post.address import returned_to
from amity.post.models import Delivery, DeliveryState, Why


@dataclass(frozen=True)
class Taken:
    """What came of a returned mail: its kind, and the delivery it is about, if it is one of ours."""

    kind: str
    delivery: Delivery | None
    stops: bool = False


def take_in(owner: Owner, raw: bytes) -> Taken:
    """Read a returned mail and write down what it says; read twice it changes nothing more.

    Only a mail that names our return path, or the unguessable Message-ID of what we sent, is believed.
    A mail to the return path with the subject *unsubscribe* ends the letter (RFC 2369).
    """
    seen = reports.read(raw)
    uid = returned_to(owner, seen.sent_to) or seen.delivery
    delivery = Delivery.objects.of(owner).filter(uid=uid).select_related("mailing").first() if uid else None
    if delivery is None:
        return Taken(seen.kind, None)
    if seen.kind == "failed":
        settled = Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.PENDING)
        settled.update(state=DeliveryState.FAILED, reply=f"{seen.status} {seen.says}".strip()[:500])
    why = _why(seen, named=bool(returned_to(owner, seen.sent_to)))
    if why:
        suppress(owner, delivery.digest, why)
    return Taken("left" if why == Why.LEFT else seen.kind, delivery, stops=bool(why))


def _why(seen: reports.Returned, *, named: bool) -> str:
    if seen.is_dead:
        return Why.BOUNCED
    if seen.kind == "complaint":
        return Why.COMPLAINED
    if seen.kind == "reply" and named and seen.subject.casefold() in {"unsubscribe", "re: unsubscribe"}:
        return Why.LEFT
    return ""

"""Signed tokens of one purpose each. The key is the owner's own, which a backup brings along."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from amity.card.models import Card, Visitor
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.queries import NotFound

LEFT, WITHDRAW = "left", "withdraw"
SECONDS_TO_FILL_IN = 2  # nobody writes a name and an address faster; programs do
LONGEST_OPEN = timedelta(hours=24)
LEFT_HOLDS = timedelta(days=30)
MOST_DIGITS = 18  # of a row's key in a database


def form_token(card: Card) -> str:
    """Sign a form as it is shown."""
    return _signer(card.owner, "form").sign(card.uid)


def check_form(card: Card, token: str) -> None:
    """Make sure that a form was shown for this card, not just now and not yesterday.

    Raises:
        NotPossible: otherwise, with what to do.
    """
    signer = _signer(card.owner, "form")
    again = _("Please open the card again, and send it once more.")
    try:
        if signer.unsign(token, max_age=LONGEST_OPEN) != card.uid:
            raise NotPossible(again)
    except signing.BadSignature:
        raise NotPossible(again) from None
    try:
        signer.unsign(token, max_age=SECONDS_TO_FILL_IN)
    except signing.SignatureExpired:
        return
    raise NotPossible(_("That was very quick. Please go back, look over it, and send it once more."))


def visitor_token(visitor: Visitor, purpose: str) -> str:
    """Sign a link that only this visitor gets, for one purpose."""
    return _signer(visitor.owner, purpose).sign(f"{visitor.owner_id}.{visitor.uid}")


def visitor_of(token: str, purpose: str) -> Visitor:
    """Give the visitor a token was signed for.

    Raises:
        NotFound: when it is forged, of another purpose, too old, or what they left is gone.
    """
    owner_key, _dot, uid = token.partition(":")[0].partition(".")
    owner = Owner.objects.filter(pk=int(owner_key)).first() if _is_key(owner_key) else None
    found = None
    if owner is not None and _is_signed(owner, token, purpose):
        mine = Visitor.objects.of(owner).filter(uid=uid, withdrawn_at=None)
        found = mine.select_related("card__owner", "owner").first()
    if found is None:
        raise NotFound(_("That link does not lead anywhere any more."))
    return found


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def _is_signed(owner: Owner, token: str, purpose: str) -> bool:
    try:
        _signer(owner, purpose).unsign(token, max_age=LEFT_HOLDS if purpose == LEFT else None)
    except signing.BadSignature:
        return False
    return True


def _signer(owner: Owner, purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(key=bytes(owner.key).hex(), salt=f"amity.card.{purpose}")

"""The passkeys and codes with which an owner signs in; allauth keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from amity.owner.models import Owner


@dataclass(frozen=True)
class Passkey:
    """One passkey, by the name its owner gave it."""

    number: int
    name: str
    since: datetime
    used: datetime | None


@dataclass(frozen=True)
class Keys:
    """What an owner signs in with beside a password. ``codes_left`` is None while there are none."""

    passkeys: list[Passkey]
    has_app: bool
    codes_left: int | None


def keys_of(owner: Owner) -> Keys:
    """Give what an owner signs in with beside a password."""
    found = list(Authenticator.objects.filter(user=owner).order_by("pk"))
    codes = [len(one.wrap().get_unused_codes()) for one in found if one.type == "recovery_codes"]
    return Keys(
        passkeys=[
            Passkey(one.pk, one.data["name"], one.created_at, one.last_used_at)
            for one in found
            if one.type == "webauthn"
        ],
        has_app=any(one.type == "totp" for one in found),
        codes_left=next(iter(codes), None),
    )


def drop_keys(owner: Owner) -> None:
    """Let the password alone open the book again: passkeys, the app's codes and recovery codes go."""
    Authenticator.objects.filter(user=owner).delete()

"""The passkeys and codes with which an owner signs in; allauth keeps them.

allauth would keep the seed of the recovery codes, from which they can be told again. These are made here:
long enough that a plain hash hides them for good (OWASP ASVS 5.0, 6.5.2), and only the hashes go into
allauth's row, as its "migrated codes", which it compares and strikes off one by one.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from amity.owner.models import Owner

RECOVERY_CODES = 5
RECOVERY_DIGITS = 35  # 116 bits; digits, because phones show their large keys for a code
_GROUP = 5


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


def new_recovery_codes(owner: Owner) -> list[str]:
    """Make recovery codes in place of those there were, and give them, for the one time they can be shown."""
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        Authenticator.objects.filter(user=owner, type="recovery_codes").delete()
        kept = {"migrated_codes": [as_kept(code) for code in codes]}
        Authenticator.objects.create(user=owner, type="recovery_codes", data=kept)
    return codes


def as_kept(code: str) -> str:
    """Give a recovery code as it is kept, however it is spaced; a code of an app stays as it is.

    What is neither is cut: else whoever had read a hash could type it.
    """
    digits = re.sub(r"[\s-]", "", code)
    if re.fullmatch(rf"[0-9]{{{RECOVERY_DIGITS}}}", digits) is None:
        return code[:RECOVERY_DIGITS]
    return hashlib.sha256(digits.encode("ascii")).hexdigest()


def _new_code() -> str:
    """Give a code, in groups that an eye can hold."""
    digits = f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, RECOVERY_DIGITS, _GROUP))


def drop_keys(owner: Owner) -> None:
    """Let the password alone open the book again: passkeys, the app's codes and recovery codes go."""
    Authenticator.objects.filter(user=owner).delete()

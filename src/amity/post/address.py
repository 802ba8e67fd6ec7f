"""Addresses as the ledger knows them: keyed hashes, tokens that are hard to forge, and return paths (VERP).

A token carries the keyed hash of the address, so that leaving works for ever: also when the reader's
row was erased, or a backup from before they came was restored.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from amity.formats.identities import normal_email
from amity.owner.models import Owner

HASH_BYTES, MAC_BYTES, TIME_BYTES = 16, 12, 4
_RETURN = re.compile(r"\+b-([0-9a-z]{12})-([0-9a-f]{10})@", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"\[\]\\]{1,64}@[^\s@<>(),;:\"\[\]\\]{1,250}\.[^\s@<>(),;:\"\[\]\\.]{2,63}"
)


def is_address(text: str) -> bool:
    """Tell whether this can be written to: one plain address, printable, nothing that ends a header line."""
    return bool(_ADDRESS.fullmatch(text)) and text.isascii() and text.isprintable()


def digest_of(owner: Owner, address: str) -> str:
    """Give the keyed hash (32 hex signs) of an address, the same for all its spellings."""
    form = normal_email(address) or address.strip().casefold()
    return _mac(owner, b"address", form.encode())[:HASH_BYTES].hex()


@dataclass(frozen=True)
class Told:
    """What a good token says: whose list, which address (hashed), and when it was given (Unix seconds)."""

    owner: Owner
    digest: str
    at: int = 0


def token(owner: Owner, purpose: str, digest: str, *, at: int = 0) -> str:
    """Give a token for one purpose and one address: base 64, without padding."""
    said = bytes.fromhex(digest) + at.to_bytes(TIME_BYTES)
    return _spelled(said + _signed(owner, purpose, said))


def _spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read_token(owners: Iterable[Owner], purpose: str, text: str) -> Told | None:
    """Give what a token says, None when it is not one of these owners' or for another purpose."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    said, mac = raw[: HASH_BYTES + TIME_BYTES], raw[HASH_BYTES + TIME_BYTES :]
    # The last sign of base 64 has bits to spare: only the one spelling that was given out is a token.
    if len(mac) != MAC_BYTES or _spelled(raw) != text:
        return None
    for owner in owners:
        if hmac.compare_digest(mac, _signed(owner, purpose, said)):
            return Told(owner, said[:HASH_BYTES].hex(), int.from_bytes(said[HASH_BYTES:]))
    return None


def return_path(owner: Owner, sender: str, uid: str) -> str:
    """Give the address to which one delivery bounces: ``ines+b-UID-MAC@example.org``."""
    local, _, domain = sender.rpartition("@")
    return f"{local}+b-{uid}-{_return_mac(owner, uid)}@{domain}"


def returned_to(owner: Owner, text: str) -> str:
    """Give the delivery's uid from a header with its return path, '' when there is none or it is forged."""
    for uid, mac in _RETURN.findall(text):
        if hmac.compare_digest(mac.lower(), _return_mac(owner, uid.lower())):
            return str(uid).lower()
    return ""


def _return_mac(owner: Owner, uid: str) -> str:
    return _mac(owner, b"return", uid.encode())[:5].hex()


def _signed(owner: Owner, purpose: str, said: bytes) -> bytes:
    return _mac(owner, purpose.encode(), said)[:MAC_BYTES]


def _mac(owner: Owner, purpose: bytes, said: bytes) -> bytes:
    return hmac.digest(bytes(owner.key), purpose + b"\0" + said, hashlib.sha256)

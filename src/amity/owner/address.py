"""Where this book can be reached, as its address says: from this machine, from near it, from anywhere."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

# Names that mean something in one house only (RFC 6762, RFC 8375, ICANN's .internal), or in one tailnet.
_NEAR_NAMES = (".local", ".home.arpa", ".internal", ".lan", ".home", ".ts.net")


class Reach(StrEnum):
    """From where an address leads here."""

    HERE = "here"
    NEAR = "near"
    ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Address:
    """An address of Amity's, and from where it leads here."""

    url: str
    reach: Reach
    is_https: bool

    @property
    def is_public(self) -> bool:
        """Tell whether strangers can open what is sent to them: a card, a question, a way out."""
        return self.reach is Reach.ANYWHERE and self.is_https

    @property
    def phone_link(self) -> str:
        """Give what the owner's own phone opens to keep a copy, '' while no other machine can."""
        return f"{self.url}/you/phone" if self.reach is not Reach.HERE else ""

    @property
    def takes_passkeys(self) -> bool:
        """Tell whether browsers make passkeys for it: over https, for a name and no number (WebAuthn)."""
        return self.is_https and not _number(urlsplit(self.url).hostname or "")


def reach_of(url: str) -> Address:
    """Read an address.

    >>> reach_of("https://192.168.1.5").reach, reach_of("https://amity.example.org").is_public
    (<Reach.NEAR: 'near'>, True)
    """
    parts = urlsplit(url)
    return Address(url, _reach(parts.hostname or "localhost"), parts.scheme == "https")


def own() -> Address:
    """Give the address of this book."""
    return reach_of(settings.AMITY_URL)


def is_reachable() -> bool:
    """Tell whether other machines can reach this book, so that it opens by a password or a passkey only."""
    return own().reach is not Reach.HERE


def public_url() -> str:
    """Give the address at which strangers can reach this book, '' when it has none."""
    return own().url if own().is_public else ""


def _reach(host: str) -> Reach:
    number = _number(host)
    if number is None:
        return _reach_of_name(host)
    if number.is_loopback or number.is_unspecified:
        return Reach.HERE
    return Reach.ANYWHERE if number.is_global else Reach.NEAR


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _reach_of_name(host: str) -> Reach:
    if host == "localhost" or host.endswith(".localhost"):
        return Reach.HERE
    return Reach.NEAR if "." not in host or host.endswith(_NEAR_NAMES) else Reach.ANYWHERE

"""What two spellings of one way to reach somebody have in common.

Pure functions: the book stores their results beside the spelling it was given and matches on
them. An empty result means "not an identity": it may be kept and shown, never matched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote, unquote, urlsplit

import phonenumbers

_EMAIL = re.compile(r"^[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+\.[^\s@.]+$")
_SCHEME = re.compile(r"(https?:)?//", re.IGNORECASE)
_WWW = re.compile(r"^(www\.)+")
_HOST = re.compile(r"[^\s:%/?#\[\]]+\.[^\s:%/?#\[\]]+")
_SLASHES = re.compile("/+")
_SIGN = re.compile(r"[^\w/.~!$&'()*+,;=:@-]")
GENERATIONS = {
    "jr": "junior", "jnr": "junior", "junior": "junior", "sr": "senior", "snr": "senior",
    "senior": "senior", "ii": "second", "iii": "third", "iv": "fourth",
}  # fmt: skip
A_GENERATION = 14  # years at least between father and son
# RFC 1035, 2.3.4 and RFC 5321, 4.5.3.1; a pattern would go over a longer one again and again.
_LONGEST_HOST, _LONGEST_EMAIL = 253, 320
_DOTLESS_HOSTS = {"gmail.com", "googlemail.com"}
ROLES = frozenset(
    [
        "abuse",
        "accounts",
        "admin",
        "billing",
        "booking",
        "careers",
        "contact",
        "events",
        "finance",
        "hello",
        "help",
        "helpdesk",
        "hi",
        "hr",
        "info",
        "jobs",
        "kontakt",
        "legal",
        "mail",
        "marketing",
        "office",
        "orders",
        "press",
        "privacy",
        "reception",
        "sales",
        "security",
        "service",
        "support",
        "team",
        "webmaster",
        "welcome",
    ]
)


def generation_among(words: Sequence[str]) -> str:
    """Give the generation that the folded words of a name tell after the first (*jr*), '' without one."""
    return next((GENERATIONS[word] for word in words[1:] if word in GENERATIONS), "")


def normal_email(address: str) -> str:
    """Normalise an address: case, ``mailto:``, Gmail's dots, and a ``+tag`` of the local part.

    >>> normal_email("Ada.Byron+dinner@Gmail.com")
    'adabyron@gmail.com'
    """
    text = address.strip().casefold().removeprefix("mailto:").strip("<>")
    if len(text) > _LONGEST_EMAIL or not _EMAIL.match(text):
        return ""
    local, _, host = text.rpartition("@")
    local = local.split("+", 1)[0] or local
    if host in _DOTLESS_HOSTS:
        local, host = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{host}"


def is_role(address: str) -> bool:
    """Tell whether a mailbox belongs to a desk rather than to somebody (``info@``, ``sales@``)."""
    return address.casefold().split("@", 1)[0].split("+", 1)[0] in ROLES


def normal_url(url: str) -> str:
    """Normalise a profile's address: no scheme, no ``www.`` nor country host, no query, no final slash.

    >>> normal_url("https://uk.linkedin.com/in/Ada-Byron/?trk=x")
    'linkedin.com/in/ada-byron'
    """
    text = url.strip()
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"//{text}")
        host = _WWW.sub("", (parts.hostname or "").casefold())
    except ValueError:  # what urllib says of a bracket left open, or of a sign that hides a slash
        return ""
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host) or parts.username is not None:
        return ""
    if host.endswith(".linkedin.com"):
        host = "linkedin.com"
    path = _SLASHES.sub("/", unquote(parts.path)).casefold()
    return f"{host}{_SIGN.sub(_quoted, path)}".rstrip("/")


def _quoted(sign: re.Match[str]) -> str:
    """Quote a sign again, so that a %3F of the path is not taken for a query when it is read anew."""
    return quote(sign[0], safe="", errors="replace").lower()


@lru_cache(maxsize=4096)
def normal_phone(number: str, region: str = "") -> str:
    """Give the E.164 form of a number, or '' when it is none; `region` reads national spellings.

    >>> normal_phone("020 7946 0018", "GB")
    '+442079460018'
    """
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    # A number that only works in its own town, without the area code, says too little about who it is.
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    lines = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def region_of(zone: str) -> str:
    """Give the country (ISO 3166) a time zone lies in, by which national phone numbers are read."""
    return _countries().get(zone, "")

"""Names and profile addresses: who is meant by a cell."""

from __future__ import annotations

import re
from functools import lru_cache

from amity.formats.identities import normal_url
from amity.formats.records import Party

_PROFILE = re.compile(r"linkedin\.com/(?:in|pub)/.")
_BETWEEN_URLS = re.compile(r"[\s,;]+")
# How LinkedIn names somebody whose account is closed, and whoever pays for a message.
_NOBODY = {"", "linkedin member", "unknown"}


@lru_cache(maxsize=8192)
def profile_of(url: str) -> str:
    """Give the normal form of a person's profile address, '' for a company's page or anything else."""
    try:
        normal = normal_url(url)
    except ValueError:
        return ""
    return normal if _PROFILE.match(normal) else ""


def folded(name: str) -> str:
    """Fold a name for comparing: case and spaces say nothing."""
    return " ".join(name.split()).casefold()


def full_name(first: str, last: str) -> str:
    """Join a first and a last name, either of which may be missing."""
    return " ".join(f"{first} {last}".split())


def address(url: str) -> str:
    """Give a profile's address with its scheme; endorsements are listed without one."""
    return f"https://{url}" if url and "://" not in url else url


def is_nobody(party: Party) -> bool:
    """Tell an end of a message of whom nothing is left to know."""
    return not party.url and folded(party.name) in _NOBODY


def parties(names: str, urls: str) -> tuple[Party, ...]:
    """Tell apart several people in one pair of cells.

    Exports separate them by ``,``, ``;`` or a space, and names contain commas themselves
    (``Bo Ek, PhD``). A name goes to an address only where their numbers agree; the addresses are kept
    in any case.
    """
    found = [url for url in _BETWEEN_URLS.split(urls) if url]
    spellings = [_split(names, ";")] if ";" in names else [_split(names, ","), _with_titles(names)]
    if not found:
        return tuple(Party(name=name) for name in spellings[-1])
    agreed = next((people for people in spellings if len(people) == len(found)), [""] * len(found))
    return tuple(Party(name=name, url=url) for name, url in zip(agreed, found, strict=True))


def _split(names: str, separator: str) -> list[str]:
    return [name.strip() for name in names.split(separator) if name.strip()]


def _with_titles(names: str) -> list[str]:
    """Split at commas, but leave a single word such as ``PhD`` with the name before it."""
    people: list[str] = []
    for part in _split(names, ","):
        if people and " " not in part:
            people[-1] = f"{people[-1]}, {part}"
        else:
            people.append(part)
    return people

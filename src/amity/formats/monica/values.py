"""What stands in an export, taken defensively: any value may be missing, empty or of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from amity.formats import partial_date
from amity.formats.partial_date import PartialDate
from amity.formats.records import Dated, year_is_valid

Values = dict[str, Any]
_LONGEST, _LONGEST_KIND = 20_000, 80
# What a contact holds, whole or by its uuid alone.
PARTS = (
    *("call", "contact_field", "debt", "gift", "note", "reminder", "task", "address", "pet"),
    *("conversation", "life_event"),
)
SHARED = ("activity", "photo", "document")
# What stands beside the contacts: in an account's data, in its properties and in its instance.
_OF_ACCOUNT = (
    *("user", "contact", "relationship", "address_book", "address_book_subscription"),
    *("journal_entry", "module", "reminder_rule", "audit_log"),
    *("activity_type", "activity_type_category", "contact_field_type", "gender"),
    *("life_event_type", "life_event_category"),
)
KINDS = (*PARTS, *SHARED, *_OF_ACCOUNT)
_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def properties(value: Any) -> Values:
    """Give what a value says of itself: Monica keeps it under ``properties``."""
    said = value.get("properties") if isinstance(value, dict) else None
    return said if isinstance(said, dict) else {}


def text(values: Values, name: str) -> str:
    """Give a text, '' where there is none; numbers are spelled out."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _SIGNS.sub("", str(value)[:_LONGEST]).strip()


def flag(values: Values, name: str) -> bool:
    """Tell whether something is so; PHP writes it in several ways."""
    return values.get(name) in (True, 1, "1", "true", "yes")


def as_list(value: Any) -> list[Any]:
    """Give a list, also where PHP made an object of it."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def kind_of(block: Any) -> str:
    """Give what a block holds, in the singular: exports spell ``contact`` and ``contacts``."""
    return _kind(text(block, "type") if isinstance(block, dict) else str(block)[:_LONGEST_KIND])


@lru_cache(maxsize=256)
def _kind(said: str) -> str:
    """Give one of KINDS however it is spelled; a kind that nobody knows stays as it is, to be reported.

    A rule that takes off an *s* makes nothing of an *address*, so every plural is made from its singular.
    """
    return _SPELLED.get(_letters(said), said)


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, said)).casefold()


def _plural(kind: str) -> str:
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


_SPELLED = {_letters(spelled): kind for kind in KINDS for spelled in (kind, _plural(kind))}


def parts(contact: Values, kind: str) -> Iterator[Values]:
    """Yield what a contact holds of one kind."""
    return (part for part in _held(contact, kind) if isinstance(part, dict))


def ids(contact: Values, kind: str) -> Iterator[str]:
    """Yield the ids of what a contact shares with others: activities, photos."""
    return (part for part in _held(contact, kind) if isinstance(part, str))


def _held(contact: Values, kind: str) -> Iterator[Any]:
    for block in as_list(contact.get("data")):
        if isinstance(block, dict) and kind_of(block) == kind:
            yield from as_list(block.get("values"))


def day(values: Values, name: str) -> date | None:
    """Give a day as Monica wrote it, whatever the zone of this machine; None where there is none."""
    found = partial_date.read(text(values, name))
    if found is None or found.year is None or not found.month or not found.day:
        return None
    return date(found.year, found.month, found.day)


def moment_of(values: Values, name: str) -> date | datetime | None:
    """Give an instant, or a plain day where Monica only knows the day and writes midnight."""
    said = text(values, name)
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return day(values, name)
    if not at.hour and not at.minute and not at.second:
        return day(values, name)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if year_is_valid(at.year) else None


def special_date(values: Values, name: str, kind: str) -> Dated | None:
    """Give a special date: without a year that is unknown, the year alone where only an age was told."""
    told = values.get(name)
    found = partial_date.read(text(told, "date")) if isinstance(told, dict) else None
    if not isinstance(told, dict) or found is None:
        return None
    if flag(told, "is_age_based"):
        found = PartialDate(found.year)
    elif flag(told, "is_year_unknown"):
        found = PartialDate(None, found.month, found.day)
    return Dated(kind, str(found)) if str(found) != "-" else None

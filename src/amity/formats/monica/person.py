"""One contact: who it is and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from amity.formats.monica.details import days, remarks
from amity.formats.monica.export import Found, Index, name_of
from amity.formats.monica.values import Values, as_list, day, flag, parts, properties, special_date, text
from amity.formats.records import Contact, Skipped, Way, WayKind

STARRED = "Starred"
_PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
_ADDRESS = ("street", "postal_code", "city", "province", "country")


def person(found: Found, index: Index) -> Contact | Skipped:
    """Read one contact. ``index`` knows the account's own types."""
    said = properties(found.value)
    uuid, name = text(found.value, "uuid"), name_of(said)
    if not uuid or not name:
        return Skipped(found.where, "This contact has no name." if uuid else "This contact has no id.", name)
    if uuid in index.partial and uuid not in index.tied:
        return Skipped(found.where, "Only a name, and nobody in the file says whose.", name)
    nickname = text(said, "nickname")
    dates = tuple(days(found.value))
    return Contact(
        where=found.where,
        key=uuid,
        name=name,
        ways=tuple(_ways(found.value, index)),
        also_named=(nickname,) if nickname and nickname != name else (),
        organisation=text(said, "company"),
        title=text(said, "job"),
        dates=dates,
        remarks=tuple(remarks(found.value, index)),
        circles=tuple(_circles(said)),
        met=_met(said),
        of_owner=uuid == text(index.owner(), "me_contact"),
        how_met=text(said, "first_met_additional_info") or text(said, "first_met_additional_information"),
        remembered=flag(said, "is_dead") or any(one.kind == "died" for one in dates),
        mentioned=uuid in index.partial,
        put_away=said.get("is_active") is False,
    )


def _circles(said: Values) -> Iterator[str]:
    tags = [tag if isinstance(tag, str) else text(properties(tag) or tag, "name") for tag in _tags(said)]
    yield from filter(None, tags)
    if flag(said, "is_starred"):
        yield STARRED


def _tags(said: Values) -> list[str | Values]:
    return [tag for tag in as_list(said.get("tags")) if isinstance(tag, str | dict)]


def _met(said: Values) -> date | None:
    """Give the whole day on which the two met; of a year alone, or a day of any year, a remark tells."""
    told = special_date(said, "first_met_date", "met")
    return day({"date": told.value}, "date") if told else None


def _ways(contact: Values, index: Index) -> Iterator[Way]:
    for field in parts(contact, "contact_field"):
        said = properties(field)
        if value := text(said, "data"):
            kind = index.type_of(said)
            yield Way(way_kind(value, kind), value, text(kind, "name"))
    for place in parts(contact, "address"):
        said = properties(place)
        if value := ", ".join(filter(None, (text(said, part) for part in _ADDRESS))):
            yield Way("address", value, text(said, "name"))


def way_kind(value: str, kind: Values) -> WayKind:
    """Tell what a contact field is: by its type where the file knows it, else by its looks."""
    told = text(kind, "type") or {"mailto:": "email", "tel:": "phone"}.get(text(kind, "protocol"), "")
    if told in {"email", "phone"}:
        return "email" if told == "email" else "phone"
    if value.startswith(("http://", "https://", "www.")) or (kind and "/" in value):
        return "url"
    if not kind and "@" in value[1:]:
        return "email"
    return "phone" if not kind and _PHONE.fullmatch(value) else "handle"

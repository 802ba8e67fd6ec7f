"""What Amity cannot take of a thing in an export, or what in it points nowhere: each is one report."""

from __future__ import annotations

from collections.abc import Iterator

from amity.formats.monica.export import DAMAGED, UNKNOWN, Found, Index, chosen_face, photos_of
from amity.formats.monica.values import PARTS, SHARED, Values, as_list, ids, kind_of, parts, properties, text
from amity.formats.records import Skipped

_NOT_THERE = "It is named, but not in the file."
_NO_FACE = "The photo chosen as their face is not in the file."
_NO_KIND = "Of which kind it is cannot be told: that kind is not in the file."
_NOBODY = "Whom this gift is for is not in the file."
_NO_PICTURE = "A picture of this gift is not in the file."


def unread(found: Found, index: Index) -> Iterator[Skipped]:
    """Report what a contact or an activity holds or points to in vain; the rest of it arrives."""
    if found.kind == "contact" and text(found.value, "uuid") in index.names:
        yield from _blocks(found)
        for told in (_files, _kinds, _gifts):
            yield from (Skipped(found.where, why, what) for why, what in told(found.value, index))
    elif found.kind == "activity" and _is_in_vain(properties(found.value), index):
        yield Skipped(found.where, _NO_KIND, text(properties(found.value), "summary"))


def _blocks(found: Found) -> Iterator[Skipped]:
    """Report the blocks of a contact that hold what Amity does not know, and parts that are none."""
    for block in as_list(found.value.get("data")):
        kind = kind_of(block) if isinstance(block, dict) else ""
        held = as_list(block.get("values")) if isinstance(block, dict) else [block]
        expected = dict if kind in PARTS else str if kind in SHARED else None
        if expected is None:
            yield from (Skipped(found.where, UNKNOWN, kind or str(block)) for _ in held[:1])
        else:
            wrong = (part for part in held if not isinstance(part, expected))
            yield from (Skipped(found.where, DAMAGED, f"{kind}: {part}") for part in wrong)


def _files(contact: Values, index: Index) -> Iterator[tuple[str, str]]:
    """Report the photos and documents that are only named; activities are told of when all are read."""
    said = properties(contact)
    face = chosen_face(said)
    if face and face not in index.files:
        yield _NO_FACE, face
    for kind in ("photo", "document"):
        yield from ((_NOT_THERE, f"{kind} {one}") for one in ids(contact, kind) if one not in index.files)


def _kinds(contact: Values, index: Index) -> Iterator[tuple[str, str]]:
    for kind, name in (("contact_field", "data"), ("life_event", "name")):
        for said in map(properties, parts(contact, kind)):
            if _is_in_vain(said, index):
                yield _NO_KIND, text(said, name) or text(said, "type")


def _is_in_vain(said: Values, index: Index) -> bool:
    return bool(text(said, "type")) and not index.type_of(said)


def _gifts(contact: Values, index: Index) -> Iterator[tuple[str, str]]:
    for gift in map(properties, parts(contact, "gift")):
        name = text(gift, "name")
        if (whom := text(gift, "recipient")) and whom not in index.names:
            yield _NOBODY, name
        yield from ((_NO_PICTURE, name) for photo in photos_of(gift) if photo not in index.files)

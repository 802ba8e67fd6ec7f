"""Walking an export value by value, and the little that must be known before any of it can be told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from amity.formats.encodings import decode
from amity.formats.json_stream import Broken, BrokenValue, JsonStream
from amity.formats.monica.values import KINDS, Values, as_list, ids, kind_of, parts, properties, text
from amity.formats.records import Skipped

_HEAD = 64 * 1024
_MARKS = (re.compile(r'"app_version"\s*:'), re.compile(r'"(?:exported_by|export_date|account)"\s*:'))
_SQL = re.compile(r"dump of data|SET FOREIGN_KEY_CHECKS|INSERT (?:IGNORE )?INTO `?(?:contacts|accounts)`?")
UNKNOWN = "Amity does not know what this kind of thing is, so it stays in the file."
DAMAGED = "This part of the file is damaged, so it could not be read."
_LOST = "The file is damaged or cut off here; what stands behind could not be read."


def recognise(head: bytes) -> bool:
    """Tell whether a file begins as Monica 4 writes its JSON."""
    said = decode(head[:_HEAD]).lstrip("\ufeff \t\r\n")
    return said.startswith("{") and all(mark.search(said) for mark in _MARKS)


def is_sql(head: bytes) -> bool:
    """Tell whether a file is the SQL that older Monicas wrote."""
    said = decode(head[:_HEAD])
    return said.lstrip().startswith(("#", "--", "SET ", "INSERT ")) and bool(_SQL.search(said))


@dataclass(frozen=True, slots=True)
class Found:
    """One value of the export: what kind of thing, where it stands, and what it says."""

    kind: str
    where: str
    value: Values


def walk(file: BinaryIO) -> Iterator[Found | Skipped]:
    """Yield every value of an account, in the order of the file; ``instance`` types under their own names."""
    stream = JsonStream(file)
    try:
        for name in stream.each():
            if name == "account" and stream.peek() == "{":
                yield from _account(stream)
            elif name == "exported_by":
                yield Found(name, name, {name: stream.value()})
            else:
                stream.skip()
    except (Broken, BrokenValue):
        yield Skipped("the end of the file", _LOST)


def _account(stream: JsonStream) -> Iterator[Found | Skipped]:
    for name in stream.each():
        if name == "data" and stream.peek() in {"[", "{"}:
            for _ in stream.each():
                yield from _block(stream)
        elif name in {"properties", "instance"} and stream.peek() == "{":
            for inner in stream.each():
                yield from _values(stream, kind_of(inner))
        else:
            stream.skip()


def _block(stream: JsonStream) -> Iterator[Found | Skipped]:
    """Read one ``{count, type, values}``."""
    if stream.peek() != "{":
        stream.skip()
        return
    kind = ""
    for name in stream.each():
        if name == "type":
            kind = kind_of(stream.value())
        elif name == "values":
            yield from _values(stream, kind)
        else:
            stream.skip()


def _values(stream: JsonStream, kind: str) -> Iterator[Found | Skipped]:
    if stream.peek() not in {"[", "{"}:
        stream.skip()
        return
    if kind not in KINDS:
        yield from _unknown(stream, kind)
        return
    for number, _ in enumerate(stream.each(), start=1):
        where = f"{kind} {number}"
        try:
            value = stream.value()
        except BrokenValue as broken:
            yield Skipped(where, DAMAGED, broken.text)
            continue
        if isinstance(value, dict):
            yield Found(kind, where, value)
        else:
            yield Skipped(where, DAMAGED, str(value)[:80])


def _unknown(stream: JsonStream, kind: str) -> Iterator[Skipped]:
    """Pass over what nobody knows; it is reported unless there is nothing in it."""
    empty = True
    for _ in stream.each():
        stream.skip()
        empty = False
    if not empty:
        yield Skipped(kind or "account", UNKNOWN, kind)


@dataclass
class Index:
    """What the first reading keeps: one small entry for each contact, activity, photo and type.

    ``names`` are contacts by uuid; ``partial`` those who are known only through somebody, ``tied`` who is in
    a relationship. ``there`` says who took part in which activity, ``faces`` whose photo one is, ``gifts``
    of which gift, ``introduced`` who was met through whom. ``files`` are the photos and documents that are
    there, ``types`` the account's own words for its types by uuid.
    """

    names: dict[str, str] = field(default_factory=dict)
    partial: set[str] = field(default_factory=set)
    tied: set[str] = field(default_factory=set)
    there: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    faces: dict[str, str] = field(default_factory=dict)
    gifts: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    introduced: dict[str, str] = field(default_factory=dict)
    types: dict[str, Values] = field(default_factory=dict)
    users: list[Values] = field(default_factory=list)
    exported_by: str = ""
    _wished: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: BinaryIO) -> Index:
        """Read the file once, keeping only this."""
        index = cls()
        for found in walk(file):
            if isinstance(found, Found):
                index._add(found)
        index._settle_faces()
        return index

    def owner(self) -> Values:
        """Give the user whose book it is: who exported it, or the only one; {} where several share it."""
        mine = [one for one in self.users if self.exported_by in {text(one, "uuid"), text(one, "email")}]
        return mine[0] if mine else self.users[0] if len(self.users) == 1 else {}

    def type_of(self, values: Values, name: str = "type") -> Values:
        """Give what the account says of a type; {} for one that is not in the file."""
        return self.types.get(text(values, name), {})

    def _add(self, found: Found) -> None:
        uuid, said = text(found.value, "uuid"), properties(found.value)
        if found.kind == "contact":
            self._add_contact(uuid, said, found.value)
        elif found.kind == "relationship":
            self.tied.update((text(said, "contact_is"), text(said, "of_contact")))
        elif found.kind == "user":
            self.users.append({name: found.value.get(name) for name in _OF_USER} | {_ME: said.get(_ME)})
        elif found.kind in _TYPES and uuid:
            self.types[uuid] = {
                name: text(said, name) for name in ("name", "type", "protocol", "translation_key")
            }
        elif found.kind in _FILES and uuid:
            self.files.add(uuid)
        elif found.kind == "exported_by":
            self.exported_by = text(found.value, "exported_by")

    def _add_contact(self, uuid: str, said: Values, contact: Values) -> None:
        name = name_of(said)
        if not uuid or not name:
            return
        self.names[uuid] = name
        if said.get("is_partial") is True:
            self.partial.add(uuid)
        for activity in dict.fromkeys(ids(contact, "activity")):
            self.there[activity].append(uuid)
        if photos := tuple(filter(None, (chosen_face(said), *ids(contact, "photo")))):
            self._wished[uuid] = photos
        for gift in map(properties, parts(contact, "gift")):
            self.gifts.update((photo, text(gift, "name")) for photo in photos_of(gift))
        if through := text(said, "first_met_through"):
            self.introduced[uuid] = through

    def _settle_faces(self) -> None:
        """Take of each contact the photo they chose, else their first one; those come behind the contacts."""
        for uuid, photos in self._wished.items():
            if face := next((photo for photo in photos if photo in self.files), ""):
                self.faces[face] = uuid
        self._wished.clear()


_ME = "me_contact"
_OF_USER = ("uuid", "first_name", "last_name", "email")
_FILES = {"photo", "document"}
_TYPES = {"contact_field_type", "activity_type", "life_event_type"}


def name_of(said: Values) -> str:
    """Put a name together; a nickname serves where there is no other."""
    names = filter(None, (text(said, part) for part in ("first_name", "middle_name", "last_name")))
    return " ".join(names) or text(said, "nickname")


def chosen_face(said: Values) -> str:
    """Give the uuid of the photo that somebody chose to be their face."""
    avatar = said.get("avatar")
    return text(avatar, "avatar_photo") if isinstance(avatar, dict) else ""


def photos_of(gift: Values) -> list[str]:
    """Give the uuids of a gift's photos."""
    return [photo for photo in as_list(gift.get("photos")) if isinstance(photo, str)]

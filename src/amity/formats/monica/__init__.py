"""Monica 4's JSON export (``JsonExportAccount.php``, version 1.0-preview.1), everything in it.

Read: contacts with names, work, ways, addresses, days, tags, how they met and through whom; who is *partial*
is only mentioned, who has died is remembered, who was archived comes onto the shelf. Relationships are links
under their own names. Activities, calls, conversations and notes are moments of the day Monica has for them,
never of the import's; tasks are promises; life events under the names of their types, gifts, debts, pets,
food, reminders and favourite notes are facts. One photo of each contact is their face.

Left: documents and further photos, a gift's too (each reported), journal entries (reported as a whole: they
belong to no person), gender, what Monica derives (last talked to, views), its settings, audit log and address
books.

The file is walked three times, and never held: once for the account's own types and who belongs to what (one
small entry for each contact, activity and photo), once for people, once for what happened with them. Values
of any kind may be missing or point nowhere, or be of a kind nobody knows; that is one ``Skipped``, and the
rest arrives (``unread``).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import BinaryIO

from amity.formats.looks import looks_like
from amity.formats.monica.export import Found, Index, is_sql, recognise, walk
from amity.formats.monica.happened import activity, with_one
from amity.formats.monica.person import person
from amity.formats.monica.unread import unread
from amity.formats.monica.values import properties, text
from amity.formats.records import Contact, Link, OwnerHint, Record, Refused, Skipped, Way

__all__ = ["is_sql", "read", "recognise"]

INTRODUCED_BY = "introduced by"
MOST_PHOTO = 8 << 20
_FURTHER = "Amity keeps one face of each person; this photo stays in the file."
_OF_A_GIFT = "The picture of a gift stays in the file."
# What one is to the other where the word depends on the end; of each pair the first is said.
_PAIRS = {
    "child": "parent",
    "stepchild": "stepparent",
    "grandchild": "grandparent",
    "nephew": "uncle",
    "godson": "godfather",
    "subordinate": "boss",
    "protege": "mentor",
    "inlovewith": "lovedby",
}
_OPPOSITE = _PAIRS | {second: first for first, second in _PAIRS.items()}
_MUTUAL = {
    "partner",
    "spouse",
    "date",
    "lover",
    "ex",
    "ex_husband",
    "sibling",
    "cousin",
    "friend",
    "bestfriend",
    "colleague",
}
_SPELLED = {
    "date": "dating",
    "inlovewith": "in love with",
    "lovedby": "loved by",
    "ex": "former partner",
    "ex_husband": "former spouse",
    "bestfriend": "best friend",
    "protege": "protégé",
}


def read(file: BinaryIO) -> Iterator[Record]:
    """Read an export from a seekable file: the owner, people, then what happened with them.

    Raises ``Refused`` when the file is no JSON export of Monica's.
    """
    head = file.read(64 * 1024)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        return
    if not recognise(head):
        raise Refused(f"Monica's JSON export was expected; this looks like {looks_like(head)}.")
    index = Index.of(file)
    yield from _owner(index)
    if not index.names:
        yield Skipped("account", "There is nobody in this export.")
    for found in walk(file):
        if isinstance(found, Found) and found.kind == "contact":
            yield person(found, index)
    yield from _introductions(index)
    yield from _rest(file, index)


def _owner(index: Index) -> Iterator[OwnerHint | Skipped]:
    user = index.owner()
    name = " ".join(filter(None, (text(user, "first_name"), text(user, "last_name"))))
    if email := text(user, "email"):
        yield OwnerHint("user", name, (Way("email", email),))
    if (me := text(user, "me_contact")) and me not in index.names:
        yield Skipped("user", "The contact that is said to be you is not in the file.", name)


def _introductions(index: Index) -> Iterator[Record]:
    for one, other in index.introduced.items():
        where = f"how you met {index.names[one]}"
        if other in index.names:
            yield Link(where, one, other, INTRODUCED_BY)
        else:
            yield Skipped(where, "Whoever introduced them is not in the file.", index.names[one])


def _rest(file: BinaryIO, index: Index) -> Iterator[Record]:
    entries, seen = 0, set()
    for found in walk(file):
        if isinstance(found, Skipped):
            yield found
        elif found.kind == "contact":
            yield from with_one(found, index)
            yield from unread(found, index)
        elif read_one := _READERS.get(found.kind):
            yield read_one(found, index)
            yield from unread(found, index)
        seen.add(text(found.value, "uuid") if isinstance(found, Found) and found.kind == "activity" else "")
        entries += isinstance(found, Found) and found.kind == "journal_entry"
    if entries:
        why = f"The journal's entries ({entries}) stay in the file: they belong to no person."
        yield Skipped("journal_entries", why)
    for uuid in sorted(index.there.keys() - seen):
        yield Skipped(
            f"activity {uuid}", "It is named, but not in the file.", index.names[index.there[uuid][0]]
        )


def _relationship(found: Found, index: Index) -> Record:
    """Say what Monica keeps twice, once from either end, alike; who is only mentioned comes second."""
    values = properties(found.value)
    kind, other, one = (text(values, name) for name in ("type", "contact_is", "of_contact"))
    if one not in index.names or other not in index.names or one == other:
        return Skipped(found.where, "One of the two is not in the file.", kind)
    mentioned, theirs = one in index.partial, other in index.partial
    second = kind in _PAIRS.values() or (kind in _MUTUAL and one > other)
    if mentioned > theirs or (mentioned == theirs and second):
        one, other, kind = other, one, kind if kind in _MUTUAL else _OPPOSITE.get(kind, kind)
    return Link(found.where, one, other, _SPELLED.get(kind, kind.replace("_", " ")) or "know each other")


def _photo(found: Found, index: Index) -> Contact | Skipped:
    """Hand a picture to whose face it is: one more record of the same contact."""
    values, uuid = properties(found.value), text(found.value, "uuid")
    name = text(values, "original_filename")
    whose = index.faces.get(uuid, "")
    if whose not in index.names:
        why = _OF_A_GIFT if uuid in index.gifts else _FURTHER
        return Skipped(found.where, why, ": ".join(filter(None, (index.gifts.get(uuid, ""), name))))
    url = values.get("dataUrl")
    data = url.partition(",")[2] if isinstance(url, str) and len(url) <= MOST_PHOTO else ""
    try:
        photo = base64.b64decode(data, validate=False)
    except (binascii.Error, ValueError):
        photo = b""
    if not photo:
        return Skipped(found.where, "This photo is empty, too large or damaged.", name)
    return Contact(found.where, whose, index.names[whose], photo=photo, mentioned=whose in index.partial)


def _document(found: Found, _index: Index) -> Skipped:
    name = text(properties(found.value), "original_filename")
    return Skipped(found.where, "Documents stay in the file.", name)


_READERS: dict[str, Callable[[Found, Index], Record]] = {
    "relationship": _relationship,
    "activity": activity,
    "photo": _photo,
    "document": _document,
}

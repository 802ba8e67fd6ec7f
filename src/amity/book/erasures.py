"""Who was erased, written beside the database as well, so that a restored backup does not bring them back.

One line each, append only: whose book, the keyed hash of an identity, and when. A hash says nothing without
the owner's key, which is in the book.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from amity.journal.actions import table_of
from amity.journal.models import Origin
from amity.owner.models import Owner
from amity.people.identity import erased_digest, identifies
from amity.people.models import Person, Way

# What is one person's alone. A number may be a couple's: an import passes it over, but nobody goes for it.
_THEIR_OWN = ("email", "url")


def note(owner: Owner, digests: Iterable[str]) -> None:
    """Append what somebody was known by, now that they are erased."""
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.writelines(f"{_whose(owner)} {one} {timezone.now().isoformat()}\n" for one in digests)


def to_erase_again(owner: Owner, since: datetime) -> list[Person]:
    """Give whom the owner erased after an instant, and who is in the book all the same: it was restored."""
    gone = _noted(owner, since)
    if not gone:
        return []
    keys = {person for digest, person in _known_by(owner) if digest in gone}
    return list(Person.objects.filter(owner=owner, pk__in=keys).order_by("id"))


def forget(owner: Owner) -> None:
    """Take an owner's lines out of the file, when their book goes."""
    if not _path().exists():
        return
    fresh = _path().with_suffix(".new")
    fresh.touch(mode=0o600)
    mine = _whose(owner)
    fresh.write_text(
        "".join(f"{line}\n" for line in _lines() if line.split()[:1] != [mine]), encoding="ascii"
    )
    fresh.replace(_path())


def _known_by(owner: Owner) -> Iterator[tuple[str, int]]:
    """Give every identity that is one person's alone, as a keyed hash, with whose it is."""
    people = Person.objects.filter(owner=owner)
    for key, uid, source_key in people.values_list("pk", "uid", "source_key"):
        yield erased_digest(owner, "uid", uid), key
        if source_key:
            yield erased_digest(owner, "key", source_key), key
    said_again = Origin.objects.filter(owner=owner, table=table_of(Person)).exclude(key="")
    for name, key in said_again.values_list("key", "row"):
        yield erased_digest(owner, "key", name), key
    ways = Way.objects.filter(owner=owner, kind__in=_THEIR_OWN).exclude(normal="")
    for kind, form, key in ways.values_list("kind", "normal", "person_id"):
        if identifies(kind, form):
            yield erased_digest(owner, kind, form), key


def _noted(owner: Owner, since: datetime) -> set[str]:
    mine = _whose(owner)
    parts = [line.split() for line in _lines()]
    whole = [one for one in parts if len(one) == 3 and one[0] == mine]  # noqa: PLR2004  (a last line may be cut off)
    return {digest for _, digest, at in whole if datetime.fromisoformat(at) > since}


def _lines() -> list[str]:
    return _path().read_text(encoding="ascii", errors="replace").splitlines() if _path().exists() else []


def _path() -> Path:
    path: Path = settings.AMITY_HOME / "erased.txt"
    return path


def _whose(owner: Owner) -> str:
    """Name the owner by their key, which a restored book has too."""
    return erased_digest(owner, "book", "")[:12]

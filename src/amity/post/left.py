"""Who left, written beside the database as well, so that a restored backup does not write to them again.

One line each, append only: the keyed hash of the address and why, or ``-`` when they came back. The hash
says nothing without the owner's key, which is in the book.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from amity.owner.models import Owner
from amity.post.models import Suppressed, Why

_BACK = "-"


def _path() -> Path:
    path: Path = settings.AMITY_HOME / "left.txt"
    return path


def note(owner: Owner, digest: str, why: str) -> None:
    """Append that an address left (`why`), or came back ('')."""
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.write(f"{_whose(owner)} {digest} {why or _BACK}\n")


def relearn(owner: Owner) -> int:
    """Read the file into the book again; give how many addresses the book did not know of.

    Coming back is not learned from it: a forgotten confirmation is one the book cannot show.
    """
    if not _path().exists():
        return 0
    last: dict[str, str] = {}
    for line in _path().read_text(encoding="ascii", errors="replace").splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[0] == _whose(owner) and parts[2] in {*Why.values, _BACK}:  # noqa: PLR2004
            last[parts[1]] = parts[2]
    gone = {digest: why for digest, why in last.items() if why != _BACK}
    known = set(Suppressed.objects.filter(owner=owner).values_list("digest", flat=True))
    new = [
        Suppressed(owner=owner, digest=digest, why=why) for digest, why in gone.items() if digest not in known
    ]
    Suppressed.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def forget(owner: Owner) -> None:
    """Take an owner's lines out of the file, when their book goes."""
    if not _path().exists():
        return
    lines = _path().read_text(encoding="ascii", errors="replace").splitlines(keepends=True)
    fresh = _path().with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(one for one in lines if one.split()[:1] != [_whose(owner)]), encoding="ascii")
    fresh.replace(_path())


def _whose(owner: Owner) -> str:
    """Name the owner by their key, which a restored or re-imported book has too."""
    from amity.post.address import digest_of

    return digest_of(owner, "whose list this is")[:12]

"""What a contact of an export holds and Amity cannot take: it is reported, and the rest arrives."""

from __future__ import annotations

from collections.abc import Iterator

from amity.formats.monica.export import DAMAGED, UNKNOWN, Found
from amity.formats.monica.values import PARTS, SHARED, as_list, kind_of
from amity.formats.records import Skipped


def unread(found: Found) -> Iterator[Skipped]:
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

"""What a file says of two of its people: links between them."""

from __future__ import annotations

from dataclasses import dataclass

from amity.formats.records import Link as Said
from amity.journal.models import Import
from amity.people.actions import clipped
from amity.people.identity import Ref
from amity.people.models import Link
from amity.sources.batch import Batch
from amity.sources.origins import Origins
from amity.sources.who import Who

KIND_LENGTH = 120
Ends = tuple[int, int, str]


@dataclass
class Links:
    """Turns links into rows the book does not hold yet."""

    run: Import
    who: Who
    origins: Origins

    def match(self, batch: Batch, links: list[tuple[str, Said]]) -> None:
        """Add the links that are new and the origins of those that are not."""
        found = [
            (self._ends(source, link), clipped(link.kind, KIND_LENGTH), source) for source, link in links
        ]
        there = self._there({ref for ends, _, _ in found for ref in ends or () if isinstance(ref, int)})
        seen: set[Ends] = set()
        for ends, kind, source in found:
            if ends is None:
                continue
            one, other = (ref if isinstance(ref, int) else id(ref) for ref in ends)
            same = (one, other, kind)
            if row := there.get(same):
                self.origins.note(batch, Link, row.pk, brought_by=row.imported_by_id)
            elif same not in seen:
                seen.add(same)
                batch.add(self._link(*ends, kind, source))

    def _ends(self, source: str, link: Said) -> tuple[Ref, Ref] | None:
        one, other = (self.who.known_as(source, key) for key in (link.one, link.other))
        return None if one is None or other is None or one == other else (one, other)

    def _there(self, people: set[int]) -> dict[Ends, Link]:
        """Give the links of these people, of the book and of this import."""
        rows = Link.objects.filter(a__in=people, owner=self.run.owner).order_by("-id")
        return {(row.a_id, row.b_id, row.kind): row for row in rows}

    def _link(self, one: Ref, other: Ref, kind: str, source: str) -> Link:
        ends = {
            (name if isinstance(ref, int) else name.removesuffix("_id")): ref
            for name, ref in (("a_id", one), ("b_id", other))
        }
        return Link(owner=self.run.owner, imported_by=self.run, kind=kind, source=source, **ends)

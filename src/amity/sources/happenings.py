"""What the owner had written down elsewhere: moments with people of that file, and promises to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from amity.formats.records import Happening
from amity.formats.records import Promise as Said
from amity.journal.models import Import
from amity.moments.models import Direction, Moment, Participation, Promise, PromiseState
from amity.people.actions import clipped
from amity.people.identity import Ref
from amity.sources.batch import Batch
from amity.sources.keys import natural_key, storable
from amity.sources.messages import day_of, existing_moments, instant
from amity.sources.origins import Origins
from amity.sources.report import Report
from amity.sources.who import Who


@dataclass
class Happenings:
    """Turns happenings into moments the book does not hold yet. ``dry`` are the keys of a dry run."""

    run: Import
    who: Who
    origins: Origins
    report: Report
    dry: set[str] = field(default_factory=set)

    def match(self, batch: Batch, happenings: list[tuple[str, Happening]]) -> None:
        """Add the moments that are new and the origins of those that are not."""
        there = existing_moments(self.run, {natural_key(source, one.key) for source, one in happenings})
        for source, one in happenings:
            key = natural_key(source, one.key)
            people = [ref for name in one.people if (ref := self.who.known_as(source, name)) is not None]
            if key in there or key in self.dry:
                self.report.moments_same += 1
                if known := there.get(key):
                    self.origins.note(batch, Moment, known[0], brought_by=known[1], key=key)
            elif people:
                there[key] = None
                self.report.moments_new += 1
                self._add(batch, one, key, people)
        if self.who.dry:
            self.dry |= there.keys()

    def _add(self, batch: Batch, one: Happening, key: str, people: list[Ref]) -> None:
        timed = isinstance(one.at, datetime)
        moment = Moment(
            owner=self.run.owner,
            imported_by=self.run,
            key=key,
            day=day_of(one.at, self.run) if isinstance(one.at, datetime) else one.at,
            at=instant(one.at, self.run) if isinstance(one.at, datetime) else None,
            zone=self.run.owner.zone if timed else "",
            kind=one.kind,
            setting=one.setting,
            direction="" if one.by_owner is None else Direction.OUT if one.by_owner else Direction.IN,
            text=storable(one.text),
            size=1 + len(one.people),
        )
        batch.add(moment)
        unique = {ref if isinstance(ref, int) else id(ref): ref for ref in people}
        batch.extend(self.who.row(Participation, ref, moment=moment) for ref in unique.values())


@dataclass
class Promises:
    """Turns promises into rows the book does not hold yet; one of a day that says the same is the same."""

    run: Import
    who: Who
    origins: Origins

    def match(self, batch: Batch, promises: list[tuple[str, Said]]) -> None:
        """Add the promises that are new and the origins of those that are not."""
        found = [(self.who.known_as(source, one.person), clipped(one.text), one) for source, one in promises]
        people = {ref for ref, _, _ in found if isinstance(ref, int)}
        rows = Promise.objects.filter(owner=self.run.owner, person__in=people).order_by("-id")
        there = {(row.person_id, row.text, row.day): row for row in rows}
        seen = set()
        for ref, text, one in found:
            if ref is None:
                continue
            same = (ref if isinstance(ref, int) else id(ref), text, one.day)
            if row := there.get(same):
                self.origins.note(batch, Promise, row.pk, brought_by=row.imported_by_id)
            elif same not in seen:
                seen.add(same)
                batch.add(self._promise(ref, text, one))

    def _promise(self, ref: Ref, text: str, one: Said) -> Promise:
        state = PromiseState.KEPT if one.kept else PromiseState.OPEN
        return self.who.row(Promise, ref, text=text, day=one.day, state=state, ended_on=one.ended_on)

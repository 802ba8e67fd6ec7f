"""Calendar events as gatherings; what was small and is past becomes a moment afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from amity.formats.identities import normal_email
from amity.formats.records import Event, Guest, Party
from amity.gatherings.actions import is_small, kind_of
from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Import
from amity.moments.models import Kind, Setting
from amity.people.actions import clipped
from amity.people.identity import identifies
from amity.people.models import Person
from amity.sources.batch import Batch
from amity.sources.keys import natural_key, storable
from amity.sources.messages import day_of, instant
from amity.sources.origins import Origins
from amity.sources.report import Report
from amity.sources.who import Who


@dataclass
class Events:
    """Turns events into gatherings the book does not hold yet. Guests are matched, never made people here.

    In a dry run ``dry`` are the keys that were met, and ``past`` who would be at the small gatherings
    that are over and so would become moments, as (guest, source).
    """

    run: Import
    who: Who
    origins: Origins
    report: Report
    now: datetime
    dry: set[str] = field(default_factory=set)
    past: list[list[tuple[Party, str]]] = field(default_factory=list)

    def match(self, batch: Batch, events: list[tuple[str, Event]]) -> None:
        """Add the gatherings that are new and the origins of those that are not."""
        keys = {natural_key(source, event.key) for source, event in events}
        rows = Gathering.objects.filter(owner=self.run.owner).keyed(keys)
        there = {key: (pk, by) for key, pk, by in rows.values_list("key", "id", "imported_by_id")}
        new: set[str] = set()
        for source, event in events:
            key = natural_key(source, event.key)
            if key in there:
                row, by = there[key]
                self.report.gatherings_same += 1
                self.origins.note(batch, Gathering, row, brought_by=by)
            elif key in new or key in self.dry:
                self.report.gatherings_same += 1
            else:
                new.add(key)
                self.report.gatherings_new += 1
                self._add(batch, event, key, source)
        if self.who.dry:
            self.dry |= new

    def _add(self, batch: Batch, event: Event, key: str, source: str) -> None:
        own = [guest for guest in event.guests if self.who.is_owner(guest.party, source)]
        others = [guest for guest in event.guests if guest not in own]
        gathering = self._gathering(event, key, size=len(others) + 1)
        gathering.answer = own[0].answer if own else "unknown"
        named = [guest for guest in others if not self.who.is_erased(guest.party, source)]
        batch.add(gathering)
        batch.extend(self._attendance(gathering, guest, source) for guest in named)
        if self.who.dry and self._becomes_a_moment(gathering):
            self.past.append([(guest.party, source) for guest in named if guest.answer != "no"])

    def _gathering(self, event: Event, key: str, *, size: int) -> Gathering:
        timed = isinstance(event.starts, datetime)
        kind = kind_of(event.title, event.place, event.url)
        return Gathering(
            owner=self.run.owner,
            imported_by=self.run,
            key=key,
            title=clipped(event.title, 300) or "Something without a name",
            day=_day(event.starts, self.run),
            last_day=_last_day(event, self.run),
            starts_at=_instant(event.starts, self.run),
            ends_at=_instant(event.ends, self.run),
            zone=str(getattr(event.starts, "tzinfo", None) or self.run.owner.zone)[:64] if timed else "",
            place=clipped(event.place, 300),
            kind=kind,
            setting=Setting.VIDEO_CALL if kind == Kind.VIDEO_CALL else "",
            url=storable(event.url)[:1000],
            description=storable(event.description),
            cancelled=event.cancelled,
            size=size,
        )

    def _attendance(self, gathering: Gathering, guest: Guest, source: str) -> Attendance:
        known: dict[str, Any] = {}
        if (ref := self.who.find(guest.party, source)) is not None:
            known = {"person": ref} if isinstance(ref, Person) else {"person_id": ref}
        return Attendance(
            owner=self.run.owner,
            imported_by=self.run,
            gathering=gathering,
            name=clipped(guest.party.name, 300),
            email=clipped(guest.party.email, 320),
            answer=guest.answer,
            organiser=guest.organiser,
            **known,
        )

    def _becomes_a_moment(self, gathering: Gathering) -> bool:
        """Tell beforehand what settling the past will say."""
        if gathering.ends_at:
            over = gathering.ends_at <= self.now
        else:
            over = gathering.last_day < self.run.owner.today(self.now)
        return over and is_small(gathering.size) and not gathering.cancelled and gathering.answer != "no"

    def foresee(self, batch: Batch) -> None:
        """Count, in a dry run, the moments and people that settling the past will make."""
        for guests in self.past:
            met = [self._will_be_met(batch, *guest) for guest in guests]
            self.report.moments_new += any(met)
        self.past.clear()

    def _will_be_met(self, batch: Batch, party: Party, source: str) -> bool:
        if self.who.find(party, source) is not None:
            return True
        if not identifies("email", normal_email(party.email)):
            return False
        return self.who.party(batch, party, source) is not None


def _day(when: date | datetime, run: Import) -> date:
    return day_of(when, run) if isinstance(when, datetime) else when


def _last_day(event: Event, run: Import) -> date:
    """Give the last day it touches; ends are exclusive, so midnight belongs to the day before."""
    first = _day(event.starts, run)
    ends = event.ends
    if isinstance(ends, datetime):
        return max(first, day_of(ends - timedelta(microseconds=1), run)) if ends != event.starts else first
    return max(first, ends - timedelta(days=1))


def _instant(when: date | datetime, run: Import) -> datetime | None:
    return instant(when, run) if isinstance(when, datetime) else None

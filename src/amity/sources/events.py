"""Calendar events as gatherings; what was small and is past becomes a moment afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amity.formats.records import Event, Guest
from amity.gatherings.actions import kind_of
from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Import
from amity.moments.models import Kind, Setting
from amity.people.actions import clean
from amity.people.identity import Ref
from amity.people.models import Person
from amity.sources.batch import Batch
from amity.sources.messages import day_of, instant, natural_key
from amity.sources.report import Report
from amity.sources.who import Who


@dataclass
class Events:
    """Turns events into gatherings the book does not hold yet. Guests are matched, never made people here."""

    run: Import
    who: Who
    report: Report

    def match(self, batch: Batch, events: list[tuple[str, Event]]) -> None:
        """Add the gatherings that are new."""
        keys = {natural_key(source, event.key) for source, event in events}
        there = set(Gathering.objects.filter(owner=self.run.owner, key__in=keys).values_list("key", flat=True))
        for source, event in events:
            key = natural_key(source, event.key)
            if key in there:
                self.report.gatherings_same += 1
            else:
                there.add(key)
                self.report.gatherings_new += 1
                self._add(batch, event, key, source)

    def _add(self, batch: Batch, event: Event, key: str, source: str) -> None:
        own = [guest for guest in event.guests if self.who.is_owner(guest.party, source)]
        others = [guest for guest in event.guests if guest not in own]
        gathering = self._gathering(event, key, size=len(others) + 1)
        gathering.answer = own[0].answer if own else "unknown"
        batch.add(gathering)
        batch.extend(self._attendance(gathering, guest, source) for guest in others)

    def _gathering(self, event: Event, key: str, *, size: int) -> Gathering:
        timed = isinstance(event.starts, datetime)
        kind = kind_of(event.title, event.place, event.url)
        return Gathering(
            owner=self.run.owner,
            imported_by=self.run,
            key=key,
            title=clean(event.title, 300) or "Something without a name",
            day=_day(event.starts, self.run),
            last_day=_last_day(event, self.run),
            starts_at=_instant(event.starts, self.run),
            ends_at=_instant(event.ends, self.run),
            zone=str(getattr(event.starts, "tzinfo", None) or self.run.owner.zone)[:64] if timed else "",
            place=clean(event.place, 300),
            kind=kind,
            setting=Setting.VIDEO_CALL if kind == Kind.VIDEO_CALL else "",
            url=event.url[:1000],
            description=event.description,
            cancelled=event.cancelled,
            size=size,
        )

    def _attendance(self, gathering: Gathering, guest: Guest, source: str) -> Attendance:
        return Attendance(
            owner=self.run.owner,
            imported_by=self.run,
            gathering=gathering,
            name=clean(guest.party.name, 300),
            email=clean(guest.party.email, 320),
            answer=guest.answer,
            organiser=guest.organiser,
            **self._whom(self.who.find(guest.party, source)),
        )

    @staticmethod
    def _whom(ref: Ref | None) -> dict[str, Person | int]:
        if ref is None:
            return {}
        return {"person": ref} if isinstance(ref, Person) else {"person_id": ref}


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

"""From staged records into the book, in short transactions with a checkpoint in each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from amity.formats.records import Contact, Event, Message, Record
from amity.gatherings.actions import is_small, settle_past
from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Import
from amity.people.identity import Directory
from amity.people.models import Person
from amity.sources import staging
from amity.sources.batch import Batch
from amity.sources.contacts import Contacts
from amity.sources.events import Events
from amity.sources.messages import Messages
from amity.sources.report import Report
from amity.sources.who import Who

FIRST_BATCH, LARGEST_BATCH = 200, 4000
SECONDS_A_BATCH = 0.12  # aimed at, so that the promised 0.2 s is kept on a slow disk too

Progress = Callable[[int, int], None]


@dataclass
class Saver:
    """Matches and saves one import. A dry one counts the same things and writes nothing."""

    run: Import
    report: Report
    dry: bool
    repeat: bool

    def __post_init__(self) -> None:
        """Read the book's identities and put the three matchers to work."""
        self.who = Who(self.run, Directory.load(self.run.owner, with_import=self.run.pk), self.dry)
        self.contacts = Contacts(self.run, self.who, self.repeat)
        self.messages = Messages(self.run, self.who, self.repeat, self.report)
        self.events = Events(self.run, self.who, self.report)
        self.counted = (self.report.people_new, self.report.people_updated, self.report.people_same)

    def work(self, path: Path, tell: Progress) -> None:
        """Take every record after the checkpoint into the book."""
        with path.open("rb") as file:
            records = islice(staging.read(file), 0 if self.dry else self.run.checkpoint, None)
            size = FIRST_BATCH
            while chunk := list(islice(records, size)):
                started = time.perf_counter()
                self._chunk(chunk)
                took = time.perf_counter() - started
                size = max(20, min(LARGEST_BATCH, int(size * min(2.0, SECONDS_A_BATCH / max(took, 1e-4)))))
                tell(self.run.done, self.run.total)
        self._settle()

    def _chunk(self, chunk: list[tuple[str, Record]]) -> None:
        batch = self._match(chunk)
        if not self.dry:
            self.run.checkpoint += len(chunk)
        self.run.done += len(chunk)
        self._count()
        if self.dry:
            self.who.settle()
            return
        with transaction.atomic():
            batch.save()
            self._rename()
            self.run.report = self.report.to_row()
            self.run.save(update_fields=["checkpoint", "done", "report"])
        self.who.settle()

    def _match(self, chunk: list[tuple[str, Record]]) -> Batch:
        batch = Batch(records=len(chunk))
        self.contacts.match(batch, [(s, r) for s, r in chunk if isinstance(r, Contact)])
        self.messages.match(batch, [(s, r) for s, r in chunk if isinstance(r, Message)])
        self.events.match(batch, [(s, r) for s, r in chunk if isinstance(r, Event)])
        if self.dry:
            self._count_small(batch)
        return batch

    def _rename(self) -> None:
        """Write down the better names that were found for people called after their mailbox."""
        Person.objects.bulk_update(list(self.who.pending_names()), ["name", "folded"])
        for person, (old, new) in self.contacts.renames.items():
            self.report.renames[str(person)] = [old, new]
            Person.objects.filter(pk=person, name=old).update(name=new)
        self.contacts.renames.clear()

    def _count(self) -> None:
        new, updated, same = self.counted
        self.report.people_new = new + self.who.new
        self.report.people_updated = updated + len(self.who.updated)
        self.report.people_same = same + len(self.who.known - self.who.updated)

    def _count_small(self, batch: Batch) -> None:
        """In a dry run, count the past gatherings that would become moments."""
        now = timezone.now()
        with_guests = {id(row.gathering) for row in self._attendances(batch) if row.answer != "no"}
        self.report.moments_new += sum(
            is_small(row.size) and not row.cancelled and row.answer != "no" and _is_over(row, now)
            for row in batch.rows.get(Gathering, [])
            if isinstance(row, Gathering) and id(row) in with_guests
        )

    @staticmethod
    def _attendances(batch: Batch) -> Iterator[Attendance]:
        for row in batch.rows.get(Attendance, []):
            if isinstance(row, Attendance) and (row.person_id is not None or row.email):
                yield row

    def _settle(self) -> None:
        """Let what was small and is past become moments, unless nobody knows which guest the owner is."""
        if self.dry or self.report.ask_about_guests:
            return
        before = Person.objects.filter(imported_by=self.run).count()
        self.report.moments_new += settle_past(self.run.owner, now=timezone.now(), run=self.run)
        self.report.people_new += Person.objects.filter(imported_by=self.run).count() - before


def _is_over(gathering: Gathering, now: datetime) -> bool:
    return gathering.ends_at <= now if gathering.ends_at else gathering.last_day < now.date()

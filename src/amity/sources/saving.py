"""From staged records into the book, in short transactions with a checkpoint in each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from amity.formats.records import Contact, Event, Happening, Link, Message, Promise, Record
from amity.gatherings.actions import settle_past
from amity.journal.models import Import
from amity.people.finding import refold
from amity.people.identity import Directory
from amity.people.models import Person
from amity.sources import staging
from amity.sources.batch import Batch
from amity.sources.contacts import Contacts
from amity.sources.events import Events
from amity.sources.happenings import Happenings, Promises
from amity.sources.links import Links
from amity.sources.messages import Messages
from amity.sources.origins import Origins
from amity.sources.report import Report
from amity.sources.undoing import in_groups, told_more_about
from amity.sources.who import Who

LEAST_BATCH, FIRST_BATCH, LARGEST_BATCH = 20, 200, 4000
SECONDS_A_BATCH = 0.12  # of writing, aimed at, so that the promised 0.2 s is kept on a slow disk too

Progress = Callable[[int, int], None]
Staged = tuple[str, Record]


@dataclass
class Saver:
    """Matches and saves one import. A dry one counts the same things and writes nothing."""

    run: Import
    report: Report
    dry: bool
    repeat: bool
    now: datetime
    size: int = FIRST_BATCH

    def __post_init__(self) -> None:
        """Read the book's identities and put the matchers to work."""
        directory = Directory.load(self.run.owner, with_import=self.run.pk)
        directory.own.update((kind, form) for kind, _, form in self.report.claims)
        self.who = Who(self.run, directory, self.dry)
        origins = Origins(self.run, self.repeat)
        self.contacts = Contacts(self.run, self.who, origins, self.report)
        self.events = Events(self.run, self.who, origins, self.report, self.now)
        # In this order: whoever is said to be somebody's friend has to be there already.
        self.matchers: dict[type[Record], Callable[[Batch, list[Any]], None]] = {
            Contact: self.contacts.match,
            Link: Links(self.run, self.who, origins).match,
            Message: Messages(self.run, self.who, origins, self.report).match,
            Happening: Happenings(self.run, self.who, origins, self.report).match,
            Promise: Promises(self.run, self.who, origins).match,
            Event: self.events.match,
        }
        self.counted = (self.report.people_new, self.report.people_updated, self.report.people_same)

    def work(self, path: Path, tell: Progress) -> None:
        """Take every record after the checkpoint into the book."""
        with path.open("rb") as file:
            records = islice(staging.read(file), 0 if self.dry else self.run.checkpoint, None)
            while chunk := list(islice(records, self.size)):
                self._adapt(self._chunk(chunk))
                tell(self.run.done, self.run.total)
        self._settle()
        if not self.dry:
            for people in in_groups(self._changed()):
                with transaction.atomic():
                    refold(people)

    def _adapt(self, took: float) -> None:
        """Let the next batch be as large as keeps to the time it may take."""
        wanted = int(self.size * min(2.0, SECONDS_A_BATCH / max(took, 1e-4)))
        self.size = max(LEAST_BATCH, min(LARGEST_BATCH, wanted))

    def _chunk(self, chunk: list[Staged]) -> float:
        """Match some records and save what is new of them, with the checkpoint after them.

        Gives the seconds for which nobody else could write; of a dry run, which writes nothing, all it took.
        """
        batch, started = Batch(), time.perf_counter()
        self._match(batch, chunk)
        self.run.done += len(chunk)
        self._count()
        if not self.dry:
            started = time.perf_counter()
            self._save(batch, len(chunk))
        took = time.perf_counter() - started
        self.who.settle()
        return took

    def _save(self, batch: Batch, records: int) -> None:
        self.run.checkpoint += records
        with transaction.atomic():
            batch.save()
            self._rename()
            self.run.report = self.report.to_row()
            self.run.save(update_fields=["checkpoint", "done", "report"])

    def _match(self, batch: Batch, chunk: list[Staged]) -> None:
        """Match people first, then what ties them and what happened with them."""
        for kind, match in self.matchers.items():
            if alike := [(source, one) for source, one in chunk if type(one) is kind]:
                match(batch, alike)

    def _rename(self) -> None:
        """Write down better names of people called after their mailbox, and who of the book has died."""
        for person, name in self.who.better.items():
            Person.objects.filter(pk=person).update(name=name)
        for person, (old, new) in self.contacts.renames.items():
            self.report.renames[str(person)] = [old, new]
            Person.objects.filter(pk=person, name=old).update(name=new)
        gone = Person.objects.filter(pk__in=self.contacts.died, remembered=False)
        self.report.died += gone.values_list("pk", flat=True)
        gone.update(remembered=True)
        self.contacts.died.clear()
        self.who.better.clear()
        self.contacts.renames.clear()

    def _count(self) -> None:
        new, updated, same = self.counted
        self.report.people_new = new + self.who.new - self.who.mentioned
        self.report.people_updated = updated + len(self.who.updated)
        self.report.people_same = same + len(self.who.known - self.who.updated)

    def _settle(self) -> None:
        """Let what was small and is past become moments, unless nobody knows which guest the owner is."""
        if self.report.ask_about_guests:
            return
        if self.dry:
            self.events.foresee(Batch())
            self._count()
            return
        people = Person.objects.filter(imported_by=self.run)
        before = people.count()
        self.report.moments_new += settle_past(self.run.owner, now=self.now, run=self.run)
        self.report.people_new += people.count() - before

    def _changed(self) -> Iterator[int]:
        """Give everybody of whom this import says something, by key: their search words change."""
        yield from Person.objects.filter(imported_by=self.run).values_list("pk", flat=True).iterator()
        yield from told_more_about(self.run)

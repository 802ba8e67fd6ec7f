"""The leased schedule: each job of each owner runs once when due, whoever gets hold of it first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from amity.clock.models import Job
from amity.owner.models import Owner

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Recurring:
    """A job: at a wall time of the owner's every day, or every so many minutes."""

    name: str
    work: Callable[[Owner, datetime], object]
    at: time | None = None
    every_minutes: int = 0

    def next_after(self, now: datetime, owner: Owner) -> datetime:
        """Give the next instant (UTC) at which the job is due, strictly after `now`.

        A wall time that a clock change skips or doubles is taken once, at its first occurrence.
        """
        if self.at is None:
            return now + timedelta(minutes=self.every_minutes)
        local = now.astimezone(owner.tz)
        for days in range(3):
            due = datetime.combine(local.date() + timedelta(days=days), self.at, owner.tz).astimezone(UTC)
            if due > now:
                return due
        raise AssertionError("a day has an end")


def enrol(jobs: Sequence[Recurring], *, now: datetime) -> None:
    """Make sure every owner has every job; a new one is due at once."""
    for owner in Owner.objects.filter(is_active=True):
        have = set(Job.objects.filter(owner=owner).values_list("name", flat=True))
        Job.objects.bulk_create(
            [Job(owner=owner, name=job.name, due_at=now) for job in jobs if job.name not in have],
            ignore_conflicts=True,
        )


def run_due(jobs: Sequence[Recurring], *, now: datetime, is_over: Callable[[], bool] = lambda: False) -> int:
    """Run everything that is due and free, until it `is_over`; give how many jobs ran.

    A missed day is made up for once.
    """
    by_name = {job.name: job for job in jobs}
    ran = 0
    due = Job.objects.filter(due_at__lte=now, name__in=by_name).filter(
        Q(leased_until=None) | Q(leased_until__lt=now)
    )
    for row in due.select_related("owner").order_by("due_at"):
        if is_over():
            break
        if _lease(row, now):
            _run(row, by_name[row.name], now)
            ran += 1
    return ran


def _lease(row: Job, now: datetime) -> bool:
    """Take the job for this process; another one that was quicker wins."""
    free = Job.objects.filter(pk=row.pk, due_at=row.due_at).filter(
        Q(leased_until=None) | Q(leased_until__lt=now)
    )
    return free.update(leased_until=now + LEASE) == 1


def _run(row: Job, job: Recurring, now: datetime) -> None:
    error = ""
    try:
        job.work(row.owner, now)
    except Exception as trouble:
        log.exception("The job %s failed.", job.name)
        error = f"{type(trouble).__name__}: {trouble}"[:300]
    with transaction.atomic():
        Job.objects.filter(pk=row.pk).update(
            due_at=job.next_after(now, row.owner), leased_until=None, last_run=now, last_error=error
        )

"""A backup every night: kept for days and weeks, opened before an older one goes, and never two at once."""

from __future__ import annotations

import fcntl
from datetime import timedelta

import pytest
from django.utils import timezone

from amity.book import nightly
from amity.book.backup import folder, verify
from amity.book.comeback import restore
from amity.clock.actions import enrol, run_due
from amity.clock.models import Job
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Person
from amity.run import jobs
from cast import a_person, an_owner, day, instant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Let the backups lie in a folder of the test's own."""
    settings.AMITY_HOME = tmp_path


def kept():
    return sorted(path.name for path in folder().glob("amity-*"))


def backup_job():
    return [job for job in jobs() if job.name == "backup"]


def test_after_half_a_year_of_nights_seven_days_and_eight_weeks_are_there(monkeypatch):
    monkeypatch.setattr(nightly, "backup", lambda path: path.write_bytes(b""))
    monkeypatch.setattr(nightly, "verify", lambda _path: 0)
    (folder() / "amity-mine.zip").write_bytes(b"put there by hand")

    for n in range(180):
        nightly.keep_tonight(day("2026-01-01") + timedelta(days=n))

    days = [f"amity-2026-06-{n}.zip" for n in range(23, 30)]  # the 29th is a Monday
    sundays = [f"amity-2026-{one}.zip" for one in ("05-17", "05-24", "05-31", "06-07", "06-14", "06-21")]
    assert kept() == sorted([*sundays, *days, "amity-mine.zip"])


def test_a_backup_of_the_night_restores_and_is_made_once():
    a_person("Ada Byron")
    made = nightly.keep_tonight(day("2026-05-10"))
    again = nightly.keep_tonight(day("2026-05-10"))
    Owner.objects.all().delete()

    restore(made)

    assert again is None
    assert Person.objects.get().name == "Ada Byron"


def test_one_that_cannot_be_read_replaces_nothing(monkeypatch):
    an_owner()
    nightly.keep_tonight(day("2026-05-10"))
    monkeypatch.setattr(nightly, "backup", lambda path: path.write_bytes(b"half a fi"))

    with pytest.raises(NotPossible, match="not a backup"):
        nightly.keep_tonight(day("2026-05-11"))

    assert kept() == ["amity-2026-05-10.zip"]
    assert verify(folder() / kept()[0]) > 0


def test_nothing_is_written_while_somebody_restores_and_nothing_restored_while_one_is_written(tmp_path):
    with (folder() / ".at-it").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        made = nightly.keep_tonight(day("2026-05-10"))
        with pytest.raises(NotPossible, match="wait until it is done"):
            restore(tmp_path / "amity.zip")

    assert (made, kept()) == (None, [])


def test_a_laptop_closed_for_three_days_makes_one_backup_when_it_wakes():
    an_owner(), an_owner("Jonas", zone="America/New_York")
    asleep, woken = instant("2026-03-27 12:00"), instant("2026-03-30 09:00")  # Europe's clocks change between
    enrol(backup_job(), now=asleep)
    run_due(backup_job(), now=asleep)

    ran = [run_due(backup_job(), now=woken) for _ in range(2)]

    assert kept() == ["amity-2026-03-27.zip", "amity-2026-03-30.zip"]
    assert ran == [2, 0]
    assert all(job.due_at > woken and not job.last_error for job in Job.objects.all())


def test_a_restored_book_begins_its_schedule_anew(tmp_path):
    an_owner()
    enrol(jobs(), now=timezone.now())
    made = nightly.keep_tonight(day("2026-05-10"))
    Owner.objects.all().delete()

    restore(made)
    before = Job.objects.count()
    enrol(jobs(), now=timezone.now())

    assert (before, Job.objects.count()) == (0, len(jobs()))

"""The clocks of Europe go forward on 29 March 2026 and back on 25 October 2026, each at 01:00 UTC."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from amity.clock.actions import Recurring, enrol, run_due
from amity.clock.models import Job
from amity.run import jobs
from cast import an_owner, instant

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def runs_of(job_at: time, zone: str, first: str, hours: int) -> list[str]:
    """Look at the clock every quarter of an hour and tell when, in UTC, the job ran after its first time."""
    an_owner(zone=zone)
    ran = []
    job = Recurring("sweep", at=job_at, work=lambda _, now: ran.append(now))
    start = instant(first)
    enrol([job], now=start)
    for quarter in range(hours * 4 + 1):
        run_due([job], now=start + timedelta(minutes=15 * quarter))
    return [f"{when:%d %H:%M}" for when in ran[1:]]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", ["28 01:30", "29 01:30", "30 00:30"]),
        ("Europe/Lisbon", ["28 02:30", "29 01:30", "30 01:30"]),
        ("UTC", ["28 02:30", "29 02:30", "30 02:30"]),
    ],
)
def test_at_half_past_two_a_job_runs_once_when_the_clocks_go_forward(zone, expected):
    assert runs_of(time(2, 30), zone, "2026-03-27 12:00", hours=72) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", ["24 00:30", "25 00:30", "26 01:30"]),
        ("Europe/Lisbon", ["24 01:30", "25 02:30", "26 02:30"]),
        ("UTC", ["24 02:30", "25 02:30", "26 02:30"]),
    ],
)
def test_at_half_past_two_a_job_runs_once_when_the_clocks_go_back(zone, expected):
    assert runs_of(time(2, 30), zone, "2026-10-23 12:00", hours=72) == expected


@pytest.mark.parametrize(
    "zone", ["Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_a_year_has_as_many_runs_as_days_anywhere(zone):
    maya = an_owner(zone=zone)
    job = Recurring("sweep", at=time(2, 30), work=lambda *_: None)
    due, days = instant("2026-01-01 12:00"), []

    for _ in range(365):
        due = job.next_after(due, maya)
        days.append(due.astimezone(maya.tz).date())

    assert days == [days[0] + timedelta(days=n) for n in range(365)]


def test_an_owner_who_moves_has_the_job_at_the_new_wall_time():
    job = Recurring("sweep", at=time(5), work=lambda *_: None)
    now = instant("2026-05-10 12:00")

    at_home = job.next_after(now, an_owner(zone="Europe/Berlin"))
    in_tokyo = job.next_after(now, an_owner(zone="Asia/Tokyo"))

    assert (at_home, in_tokyo) == (instant("2026-05-11 03:00"), instant("2026-05-10 20:00"))


def test_every_job_of_the_list_runs_in_an_empty_book_without_trouble():
    an_owner()
    now = instant("2026-05-10 12:00")
    enrol(jobs(), now=now)

    ran = run_due(jobs(), now=now)

    assert ran == len(jobs()) >= 3
    assert set(Job.objects.values_list("last_error", flat=True)) == {""}

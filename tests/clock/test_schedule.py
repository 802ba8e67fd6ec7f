from __future__ import annotations

from datetime import time, timedelta

import pytest

from amity.clock.actions import LEASE, Recurring, enrol, run_due
from amity.clock.models import Job
from cast import an_owner, instant

pytestmark = pytest.mark.django_db

NOW = instant("2026-05-10 12:00")
MINUTE = timedelta(minutes=1)


class Diary:
    """A job that writes down for whom and when it ran."""

    def __init__(self) -> None:
        self.ran = []

    def __call__(self, owner, now) -> None:
        self.ran.append((owner.name, now))


def every_half_hour(work, name="walk"):
    return Recurring(name, every_minutes=30, work=work)


def breaks(*_):
    raise LookupError("the loom is stuck")


def test_a_new_job_is_due_at_once_for_every_owner():
    an_owner("Maya"), an_owner("Jonas")
    diary = Diary()
    jobs = [every_half_hour(diary)]

    enrol(jobs, now=NOW)
    ran = run_due(jobs, now=NOW)

    assert (ran, sorted(diary.ran)) == (2, [("Jonas", NOW), ("Maya", NOW)])


def test_enrolling_again_changes_nothing():
    an_owner()
    jobs = [every_half_hour(Diary())]
    enrol(jobs, now=NOW)

    enrol(jobs, now=NOW + MINUTE)

    assert list(Job.objects.values_list("name", "due_at")) == [("walk", NOW)]


def test_an_owner_who_is_not_active_has_no_jobs():
    an_owner(is_active=False)

    enrol([every_half_hour(Diary())], now=NOW)

    assert Job.objects.count() == 0


def test_a_job_runs_again_when_its_minutes_are_over_and_not_before():
    an_owner()
    diary = Diary()
    jobs = [every_half_hour(diary)]
    enrol(jobs, now=NOW)

    for minutes in (0, 0, 29, 30, 31):
        run_due(jobs, now=NOW + minutes * MINUTE)

    assert [when for _, when in diary.ran] == [NOW, NOW + 30 * MINUTE]


def test_missed_days_are_made_up_for_once():
    an_owner()
    diary = Diary()
    jobs = [Recurring("sweep", at=time(5), work=diary)]
    enrol(jobs, now=NOW)
    run_due(jobs, now=NOW)

    back = NOW + timedelta(days=4)
    ran = [run_due(jobs, now=back), run_due(jobs, now=back + MINUTE)]

    assert ran == [1, 0]
    assert Job.objects.get().due_at == instant("2026-05-15 05:00")


def test_one_jobs_trouble_is_kept_and_stops_no_other():
    an_owner()
    diary = Diary()
    jobs = [every_half_hour(breaks, "weave"), every_half_hour(diary, "walk")]
    enrol(jobs, now=NOW)

    run_due(jobs, now=NOW)

    assert dict(Job.objects.values_list("name", "last_error")) == {
        "weave": "LookupError: the loom is stuck",
        "walk": "",
    }
    assert diary.ran == [("Maya", NOW)]
    assert set(Job.objects.values_list("due_at", "leased_until", "last_run")) == {
        (NOW + 30 * MINUTE, None, NOW)
    }


def test_trouble_that_is_over_is_forgotten():
    an_owner()
    enrol([every_half_hour(breaks)], now=NOW)
    run_due([every_half_hour(breaks)], now=NOW)

    run_due([every_half_hour(Diary())], now=NOW + 30 * MINUTE)

    assert Job.objects.get().last_error == ""


def test_while_one_process_runs_a_job_another_leaves_it_alone():
    an_owner()
    meanwhile = []
    other = every_half_hour(lambda *_: meanwhile.append("twice"))
    job = every_half_hour(lambda *_: meanwhile.append(run_due([other], now=NOW + MINUTE)))
    enrol([job], now=NOW)

    run_due([job], now=NOW)

    assert meanwhile == [0]


def test_of_two_processes_that_saw_a_job_due_the_quicker_one_runs_it():
    an_owner()
    diary = Diary()
    enrol([every_half_hour(diary, "a"), every_half_hour(diary, "b")], now=NOW)

    def the_other_process_runs_b(*_):
        assert run_due([every_half_hour(diary, "b")], now=NOW) == 1

    ran = run_due([every_half_hour(the_other_process_runs_b, "a"), every_half_hour(diary, "b")], now=NOW)

    assert (ran, diary.ran) == (1, [("Maya", NOW)])


def test_a_lease_whose_process_died_is_taken_over_when_it_ran_out():
    an_owner()
    diary = Diary()
    jobs = [every_half_hour(diary)]
    enrol(jobs, now=NOW)
    Job.objects.update(leased_until=NOW + LEASE)

    ran = [run_due(jobs, now=NOW + LEASE), run_due(jobs, now=NOW + LEASE + MINUTE)]

    assert ran == [0, 1]
    assert Job.objects.get().leased_until is None


def test_a_job_that_is_no_longer_in_the_list_rests():
    an_owner()
    enrol([every_half_hour(breaks, "retired")], now=NOW)

    assert run_due([every_half_hour(Diary())], now=NOW) == 0
    assert Job.objects.get().last_error == ""

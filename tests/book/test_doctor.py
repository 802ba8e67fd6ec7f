"""The doctor says what works and what does not, in sentences."""

import pytest
from django.utils import timezone

from amity.book.doctor import examine
from amity.clock.models import Job
from cast import an_owner

pytestmark = pytest.mark.django_db


def finding(what):
    return next(one for one in examine() if one.what == what)


def test_a_healthy_book_has_nothing_to_report():
    assert [one.what for one in examine() if not one.well] == []


def test_a_job_in_trouble_is_named_with_its_trouble():
    Job.objects.create(
        owner=an_owner(), name="plan today", due_at=timezone.now(), last_error="OSError: disk full"
    )

    assert (finding("clock").well, finding("clock").says) == (False, "plan today: OSError: disk full")


def test_the_address_says_who_can_reach_it():
    assert finding("address").says == "http://127.0.0.1:8000, this machine only; others cannot reach it."

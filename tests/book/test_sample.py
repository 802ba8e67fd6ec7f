"""The sample world: believable, invented, the same for the same seed and day, and nobody else's business."""

import time
from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps

from amity.book.sample import make
from amity.clock.models import Job
from amity.nudges.queries import preview
from amity.owner.models import Owner, SignInLink
from amity.owner.queries import sample_owner
from amity.people.actions import add
from amity.people.models import Person
from amity.ties.queries import album

pytestmark = pytest.mark.once

TODAY = date(2026, 5, 12)
LEAP_DAY = date(2028, 2, 29)
NUMBERS = {"id", "row", "deed"}  # given by the database


@pytest.fixture
def maya(db):
    make(today=TODAY)
    return sample_owner()


def everything_of(owner):
    """Every value of every row of an owner's, without the numbers the database gives."""
    values = {}
    for model in apps.get_app_config("amity").get_models():
        fields = model._meta.concrete_fields
        if model in {Job, SignInLink} or "owner" not in {field.name for field in fields}:
            continue
        told = [field.name for field in fields if not field.is_relation and field.name not in NUMBERS]
        if told:
            rows = model._base_manager.filter(owner=owner).values_list(*told)
            values[model.__name__] = sorted(map(repr, rows))
    return values


def standings(owner, day):
    ties = album(owner, day)
    keys = Person.objects.of(owner).filter(mentioned=False).values_list("pk", flat=True)
    return Counter(ties.portrait(key).standing for key in keys)


@pytest.mark.parametrize("seed", [5, 6])
@pytest.mark.parametrize("day", [TODAY, LEAP_DAY])
@pytest.mark.django_db
def test_every_reason_to_nudge_comes_up_within_a_fortnight(day, seed):
    make(today=day, seed=seed)
    maya = sample_owner()

    pages = [preview(maya, day + timedelta(days=ahead), "") for ahead in range(14)]

    reasons = {nudge.reason for page in pages for nudge in page.nudges}
    assert reasons == {"overdue", "birthday", "after a gathering", "new tie", "dormant"}
    assert [nudge.reason for nudge in pages[0].nudges][:2] == ["birthday", "after a gathering"]


@pytest.mark.parametrize("seed", [5, 6])
@pytest.mark.django_db
def test_every_standing_is_there(seed):
    make(today=TODAY, seed=seed)

    found = standings(sample_owner(), TODAY)

    assert set(found) == {"single-serving", "new spark", "growing", "steady", "drifting", "dormant"}
    assert min(found.values()) > 1


@pytest.mark.django_db
def test_the_same_seed_and_day_make_the_same_book_and_another_seed_another():
    make(today=TODAY)
    once = everything_of(sample_owner())
    make(today=TODAY + timedelta(days=2))

    make(today=TODAY)
    again = everything_of(sample_owner())
    make(today=TODAY, seed=6)
    other = everything_of(sample_owner())

    assert again == once
    assert other["Person"] != once["Person"]


def test_a_fresh_book_stays_as_it_is_and_an_old_one_is_made_anew(maya):
    guest = add(maya, "Wilhelmina Tidewright")

    assert make(today=TODAY + timedelta(days=1)).people == 401
    assert make(today=TODAY + timedelta(days=2)).people == 400

    assert not Person.objects.filter(pk=guest.pk).exists()
    assert Owner.objects.get(is_sample=True).pk == maya.pk


def test_no_row_of_another_owner_is_touched(maya):
    jonas = Owner.objects.create_user("jonas@example.org", name="Jonas")
    add(jonas, "Ada Byron")
    before = everything_of(jonas)

    make(today=TODAY + timedelta(days=40))

    assert everything_of(jonas) == before
    assert {person.owner_id for person in Person.objects.all()} == {jonas.pk, maya.pk}


@pytest.mark.both
def test_ties_are_right_again_after_the_book_was_made_anew(maya):
    album(maya, TODAY)

    make(today=TODAY + timedelta(days=30))

    alive = set(Person.objects.of(maya).values_list("pk", flat=True))
    assert set(album(maya, TODAY + timedelta(days=30)).people.tolist()) <= alive


@pytest.mark.django_db
def test_it_is_made_in_under_three_seconds_of_the_processor():
    began = time.process_time()

    make(today=TODAY)

    assert time.process_time() - began < 3

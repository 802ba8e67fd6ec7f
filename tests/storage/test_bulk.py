"""Whole numbers come as one array, and many rows go in at once, on both engines."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, F, IntegerField
from django.db.models.functions import Cast

from amity.moments.models import Moment, Participation
from amity.people.models import Fact
from amity.storage.bulk import DayNumber, days_after, read_numbers, write_rows
from amity.ties.models import Tie
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db

DAYS = [date(1800, 1, 1), date(1899, 12, 31), date(2000, 2, 29), date(2024, 12, 31), date(2100, 12, 31)]
TIE = ("owner_id", "person_id", "first", "last", "n", "s1", "c10", "c45", "c200", "median_gap")


def a_moment(on: date, size: int = 2, *, confirmed: bool = False) -> Moment:
    return Moment.objects.create(owner=an_owner(), day=on, kind="met", size=size, confirmed=confirmed)


def test_every_valid_day_is_numbered_as_python_numbers_it():
    for on in DAYS:
        a_moment(on)

    (numbers,) = read_numbers(Moment.objects.order_by("day").values_list(DayNumber("day")))

    assert numbers.tolist() == [on.toordinal() for on in DAYS]


def test_each_day_of_many_rows_is_given_once_and_in_order():
    for on in [*DAYS[::-1], *DAYS]:
        a_moment(on)
    a_moment(date(2026, 5, 1), size=9)

    after = days_after(Moment.objects.of(an_owner()).filter(size=2), DAYS[0])

    assert after.tolist() == [on.toordinal() for on in DAYS[1:]]
    assert days_after(Moment.objects.of(an_owner()), date(2200, 1, 1)).tolist() == []


def test_numbers_come_as_columns_through_joins_and_in_order():
    ada, grace = a_person("Ada").met_on("2026-01-05", "2026-02-04"), a_person("Grace").met_on("2026-03-01")
    Moment.objects.filter(day="2026-02-04").update(size=31, confirmed=False)
    question = Participation.objects.order_by("-moment__day").values_list(
        "person_id", "moment__size", Cast("moment__confirmed", IntegerField())
    )

    person, size, confirmed = read_numbers(question)

    assert person.dtype == np.int64
    assert person.tolist() == [grace.person.pk, ada.person.pk, ada.person.pk]
    assert (size.tolist(), confirmed.tolist()) == ([2, 31, 2], [1, 0, 1])


def test_of_nothing_there_are_as_many_empty_columns():
    two = Moment.objects.values_list("size", -F("size"))

    assert read_numbers(two).shape == (2, 0)
    assert read_numbers(two.filter(pk__in=[])).shape == (2, 0)


def test_numbers_below_nothing_and_very_large_ones_come_as_they_are():
    a_moment(DAYS[0], 2_000_000_000)
    far = Cast(F("size"), BigIntegerField()) * 1_000_000

    assert read_numbers(Moment.objects.values_list(-F("size"), far)).tolist() == [
        [-2_000_000_000],
        [2_000_000_000_000_000],
    ]


def test_rows_go_in_with_nothing_where_they_have_nothing():
    people = [a_person(name).person for name in ("Ada", "Grace")]
    rows = [
        (an_owner().pk, person.pk, 1, 2, 3, 0.1, 1e-300, 3.0, 4.0, gap)
        for person, gap in zip(people, (None, 7.5), strict=True)
    ]

    write_rows(Tie, TIE, rows)

    assert list(Tie.objects.order_by("person_id").values_list(*TIE)) == rows
    write_rows(Tie, TIE, [])
    assert Tie.objects.count() == len(rows)


def test_text_goes_in_as_it_is():
    ada, text = a_person("Ada").person, "tab\tline\nback\\slash \\N %s ü 🌱 'quoted' \""
    fact = Fact(owner=ada.owner, person=ada, text=text)
    fields = [field for field in Fact._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(fact, field.attname), connection) for field in fields]

    write_rows(Fact, [field.attname for field in fields], [values])

    assert Fact.objects.get().text == text


def test_a_row_that_cannot_be_takes_the_others_with_it_in_a_transaction():
    ada = a_person("Ada").person
    rows = [(an_owner().pk, ada.pk, 1, 2, 3, 0.1, 1.0, 3.0, 4.0, None)] * 2

    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(Tie, TIE, rows)

    assert not Tie.objects.exists()

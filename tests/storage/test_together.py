"""Several questions at once give what each gives alone."""

from __future__ import annotations

import gc
import weakref

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Count, Value

from amity.moments.models import Moment, Participation
from amity.people.models import Hope, Link, Person, Photo, Way
from amity.storage.together import ask_together, tables_with
from cast import a_person, an_owner
from planting import TODAY, plant

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def book(planted_once):
    """Give an owner in whose book most tables hold something."""
    owner = an_owner()
    for word in ("Alder", "Birch", "Cedar"):
        plant(owner, word)
    a_person("Dora Elm").reached_by("email", "dora@elm.example").reached_by("phone", "+351 21 000 00 00")
    return owner


def plain(row):
    """Give a row's fields as they came, for comparing whole rows."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def without_blobs(model):
    return not any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)


def test_every_table_of_a_book_is_read_as_alone(book):
    tables = [m for m in apps.get_app_config("amity").get_models() if without_blobs(m)]
    questions = [m._default_manager.order_by("pk") for m in tables]

    answers = ask_together(*questions)

    assert [[plain(row) for row in rows] for rows in answers] == [[plain(r) for r in q] for q in questions]
    assert sum(map(bool, answers)) > 15


def test_joins_values_counts_order_and_limits(book, django_assert_num_queries):
    questions = [
        Participation.objects.of(book).select_related("moment", "person").order_by("-moment__day", "id")[3:9],
        Person.objects.of(book).values_list("uid", flat=True).order_by("-name"),
        Person.objects.of(book).annotate(many=Count("ways")).filter(many__gt=1).order_by("id"),
        Moment.objects.of(book).values("day", "kind").order_by("day", "id")[:5],
        Person.objects.of(book).filter(pk__in=[]),
        Way.objects.of(book)
        .filter(person__in=Person.objects.of(book).filter(name__startswith="A"))
        .order_by("id"),
    ]
    with django_assert_num_queries(1):
        answers = ask_together(*questions)
        joined = [(row.moment.day, row.person.name) for row in answers[0]]

    assert joined == [(row.moment.day, row.person.name) for row in questions[0]]
    assert [row.many for row in answers[2]] == [row.many for row in questions[2]]
    assert answers == [list(question) for question in questions]
    assert answers[4] == []


def test_whatever_is_written_comes_back(book):
    person = Person.objects.of(book).order_by("id").first()
    said = ['a "quote"', "back\\slash", "two\nlines", "naïve 🦉 \u2028", "100 % %s", "</script>", "[1, null]"]
    for text in said:
        Hope.objects.create(owner=book, person=person, text=text, day=TODAY)

    (hopes,) = ask_together(Hope.objects.of(book).filter(text__in=said).order_by("id"))

    assert [hope.text for hope in hopes] == said


def test_a_question_can_still_be_asked_alone_afterwards(book):
    question = Person.objects.of(book).order_by("id")
    (before,) = ask_together(question)
    Person.objects.filter(pk=before[0].pk).update(name="Somebody New")

    assert question.all()[0].name == "Somebody New"
    assert next(iter(question)).name == "Somebody New"


def test_a_question_may_have_more_columns_than_one_call_has_arguments(book):
    wide = Person.objects.of(book).annotate(**{f"n{at}": Value(at) for at in range(240)}).order_by("id")
    many = wide.values_list(*(f"n{at}" for at in range(240)), "name")

    assert ask_together(many) == [list(many)]


def test_what_json_cannot_hold_is_refused_on_either_engine():
    with pytest.raises(TypeError, match="JSON cannot hold all that is asked of Photo"):
        ask_together(Photo.objects.all())


def test_nothing_to_ask_asks_nothing(book, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask_together() == []
        assert ask_together(Person.objects.none(), Person.objects.of(book).filter(pk__in=[])) == [[], []]


def test_nothing_of_an_answer_outlives_it(book):
    gc.collect()
    gc.disable()  # else whatever is left in a ring might be found by chance
    try:
        (people,) = ask_together(Person.objects.of(book))
        somebody = weakref.ref(people[0])
        del people
        assert somebody() is None
    finally:
        gc.enable()


def test_the_tables_that_point_somewhere_are_told_from_those_that_do_not(book):
    dora, nobody = Person.objects.get(name="Dora Elm").pk, 0
    tables = [(Way, ["person"]), (Hope, ["person"]), (Link, ["a", "b"]), (Person, ["imported_by"])]

    assert tables_with(tables, [dora, nobody]) == [(Way, ["person"])]
    assert tables_with(tables, []) == []

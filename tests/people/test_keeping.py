from __future__ import annotations

import pytest

from amity.owner.actions import NotPossible
from amity.people.actions import add, edit, keep, shelve, trash, unshelve, untrash
from amity.people.edits import keep_with
from amity.people.models import Person, Spark
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


def as_written(person) -> tuple[str, str, object]:
    row = Person.objects.get(pk=person.pk)
    return row.place, row.care, row.kept_on


def test_a_name_is_cleaned_of_what_a_line_cannot_hold():
    ada = add(an_owner(), "  Ada\n\u200eByron\x00 ")

    assert (ada.name, ada.folded) == ("Ada Byron", "ada byron")


@pytest.mark.parametrize("name", ["", "  ", "\n\x00"])
def test_a_person_needs_a_name(name):
    with pytest.raises(NotPossible) as refusal:
        add(an_owner(), name)

    assert (refusal.value.sentence, Person.objects.count()) == ("A person needs a name.", 0)


def test_keeping_somebody_says_since_when_with_how_much_care_and_why():
    ada = a_person("Ada").person

    keep(ada, day=TODAY, sparks={"like": "her laugh", "rooting": ""}, care="warm")

    assert as_written(ada) == ("kept", "warm", TODAY)
    assert list(Spark.objects.order_by("id").values_list("kind", "line")) == [
        ("like", "her laugh"),
        ("rooting", ""),
    ]


def test_care_is_light_unless_the_owner_says_more():
    ada = a_person("Ada").person

    keep(ada, day=TODAY)

    assert as_written(ada) == ("kept", "light", TODAY)


def test_keeping_again_adds_a_spark_and_forgets_neither_care_nor_the_first_day():
    ada = a_person("Ada").kept(care="close", spark="like", words="her laugh", on="2026-01-01").person

    keep(ada, day=TODAY, sparks={"like": "", "admire": "her proofs"})

    assert as_written(ada) == ("kept", "close", day("2026-01-01"))
    assert list(Spark.objects.order_by("id").values_list("kind", "line")) == [
        ("like", "her laugh"),
        ("admire", "her proofs"),
    ]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"sparks": {"useful": ""}}, "'useful' is not a spark; it is one of like, admire, curious, rooting."),
        ({"care": "huge"}, "'huge' is not a care; it is one of light, warm, close."),
    ],
)
def test_only_the_products_words_are_taken(wish, sentence):
    ada = a_person("Ada").person

    with pytest.raises(NotPossible) as refusal:
        keep(ada, day=TODAY, **wish)

    assert (refusal.value.sentence, as_written(ada)) == (sentence, ("new", "", None))


def test_somebody_only_mentioned_is_not_kept():
    child = a_person("Byron").mentioned().person

    with pytest.raises(NotPossible) as refusal:
        keep(child, day=TODAY)

    assert refusal.value.sentence == "Byron is known only through somebody else."


def test_the_shelf_and_back_again_leaves_a_kept_person_as_they_were():
    ada = a_person("Ada").kept(care="warm", spark="like").person

    shelve(ada)
    shelved = as_written(ada)
    unshelve(ada)

    assert shelved == ("shelf", "warm", day("2026-01-01"))
    assert as_written(ada) == ("kept", "warm", day("2026-01-01"))


def test_somebody_never_kept_comes_back_from_the_shelf_as_new():
    ada = a_person("Ada").person

    shelve(ada)
    unshelve(ada)

    assert as_written(ada) == ("new", "", None)


def test_the_trash_and_back_again():
    ada = a_person("Ada").person

    trash(ada)
    thrown = Person.objects.get().trashed_at
    untrash(ada)

    assert thrown is not None
    assert Person.objects.get().trashed_at is None


def test_keeping_somebody_takes_them_out_of_the_trash():
    ada = a_person("Ada").person
    trash(ada)

    keep(ada, day=TODAY)

    assert Person.objects.get().trashed_at is None


def test_a_spark_can_be_taken_away():
    ada = a_person("Ada").kept(spark="like").kept(spark="admire").person

    keep_with(ada, day=TODAY, sparks={"admire": ""})

    assert list(Spark.objects.values_list("kind", flat=True)) == ["admire"]


@pytest.mark.parametrize("values", [{"name": " "}, {"care": "huge"}])
def test_an_edit_that_makes_no_sense_is_refused(values):
    ada = a_person("Ada").person

    with pytest.raises(NotPossible):
        edit(ada, **values)

    assert list(Person.objects.values_list("name", "care")) == [("Ada", "")]

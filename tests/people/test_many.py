from __future__ import annotations

import pytest

from amity.journal.actions import CannotUndo, undo
from amity.journal.queries import last_deed
from amity.owner.actions import NotPossible
from amity.people import many
from amity.people.actions import join_circle
from amity.people.models import Circle, Membership, Person, Spark
from amity.people.queries import matching
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def a_few(count: int = 3) -> list[Person]:
    return [a_person(f"Person {number}").person for number in range(count)]


def book() -> list[tuple[object, ...]]:
    columns = ("name", "place", "care", "kept_on", "answered_on", "trashed_at", "folded")
    return list(Person.objects.order_by("id").values_list(*columns))


def test_several_are_kept_with_a_spark_and_care_and_taken_back_in_one_deed():
    people = a_few()
    a_person("Ada").kept(care="close", spark="curious", words="looms")
    everybody, before = list(Person.objects.order_by("id")), book()

    many.keep_all(an_owner(), everybody, day=TODAY, spark="curious")
    kept = list(Person.objects.order_by("id").values_list("place", "care"))
    lines = list(Spark.objects.order_by("person_id").values_list("kind", "line"))
    deed = last_deed(an_owner())
    undo(an_owner(), deed.uid)

    assert kept == [("kept", "light")] * len(people) + [("kept", "close")]
    assert lines == [("curious", "")] * len(people) + [("curious", "looms")]
    assert deed.sentence == "Kept 4 people."
    assert book() == before
    assert Spark.objects.count() == 1


def test_several_join_a_circle_are_found_by_it_and_leave_it_again():
    people = a_few()
    join_circle(people[0], "Looms")

    many.join_all(an_owner(), people, "#looms")
    found = matching(an_owner(), "looms").count()
    many.leave_all(an_owner(), people[:2], "Looms")

    assert found == len(people)
    assert [one.person_id for one in Membership.objects.all()] == [people[2].pk]
    assert [one.name for one in matching(an_owner(), "looms")] == ["Person 2"]
    undo(an_owner(), last_deed(an_owner()).uid)
    assert matching(an_owner(), "looms").count() == len(people)
    assert Circle.objects.count() == 1


def test_whoever_was_let_go_together_comes_back_together():
    before = (a_few(), book())[1]

    many.shelve_all(an_owner(), list(Person.objects.all()))
    shelved = last_deed(an_owner())
    many.trash_all(an_owner(), list(Person.objects.all()))
    with pytest.raises(CannotUndo):
        undo(an_owner(), shelved.uid)
    undo(an_owner(), last_deed(an_owner()).uid)
    undo(an_owner(), shelved.uid)

    assert book() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda owner, _: many.shelve_all(owner, []), "Nobody is chosen."),
        (lambda owner, who: many.join_all(owner, who, " # "), "A circle needs a name."),
        (lambda owner, who: many.leave_all(owner, who, "looms"), "None of them is in looms."),
        (
            lambda owner, who: many.keep_all(owner, who, day=TODAY, spark="need"),
            "'need' is not a spark; it is one of like, admire, curious, rooting.",
        ),
    ],
)
def test_what_cannot_be_done_with_several_is_said_in_one_sentence(wrong, sentence):
    people, before = a_few(), book()

    with pytest.raises(NotPossible) as refused:
        wrong(an_owner(), people)

    assert refused.value.sentence == sentence
    assert book() == (before or book())


@pytest.mark.parametrize("count", [2, 40])
def test_many_ask_no_more_questions_than_few_neither_done_nor_undone(count, django_assert_max_num_queries):
    people = a_few(count)

    with django_assert_max_num_queries(16):
        many.keep_all(an_owner(), people, day=TODAY, spark="like", care="warm")
    with django_assert_max_num_queries(30):
        undo(an_owner(), last_deed(an_owner()).uid)

    assert set(Person.objects.values_list("place", flat=True)) == {"new"}

from __future__ import annotations

import pytest

from amity.people.actions import edit, join_circle, leave_circle
from amity.people.edits import set_work, take_out
from amity.people.finding import refold
from amity.people.models import Hope, OtherName, Way
from amity.people.queries import NotFound, get, matching, one_of, rows
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return sorted(person.name for person in matching(an_owner(), words))


@pytest.mark.parametrize("words", ["zoe angstrom", "ZOË", "Ångström", "zoë å", "oe"])
def test_a_name_is_found_without_its_accents_and_case(words):
    a_person("Zoë Ångström")
    a_person("Bo Ek")

    assert found(words) == ["Zoë Ångström"]


@pytest.mark.parametrize(
    ("name", "words"), [("Søren Łuk", "soren luk"), ("İnci Iş\u0131k", "inci isik"), ("Straße", "STRASSE")]
)
def test_letters_that_people_type_without_their_stroke_are_found(name, words):
    a_person(name)

    assert found(words) == [name]


def test_each_of_the_words_must_occur_somewhere():
    a_person("Ada Byron").reached_by("email", "ada@looms.example")
    a_person("Ada Ek")

    assert found("looms ada") == ["Ada Byron"]


def test_a_person_is_found_by_work_circle_and_other_name():
    ada = a_person("Ada").person
    set_work(ada, "Analyst", "Difference Engines")
    join_circle(ada, "Weavers")
    OtherName.objects.create(owner=ada.owner, person=ada, name="Lady Lovelace")
    refold([ada.pk])

    assert [found(words) for words in ("analyst", "engines", "weavers", "lovelace")] == [["Ada"]] * 4


def test_what_was_taken_out_is_found_no_more():
    ada = a_person("Ada").reached_by("email", "ada@looms.example").person
    membership = join_circle(ada, "weavers")

    take_out(Way.objects.get())
    leave_circle(membership)

    assert [found("looms"), found("weavers"), found("ada")] == [[], [], ["Ada"]]


def test_a_rename_is_found_by_the_new_name_only():
    ada = a_person("Ada").person

    edit(ada, name="Augusta")

    assert [found("augusta"), found("ada")] == [["Augusta"], []]


@pytest.mark.parametrize("words", ["%", "_", "\\", "'"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(words):
    a_person("Ada")

    assert found(words) == []


def test_no_words_find_everybody():
    a_person("Ada")
    a_person("Bo")

    assert found("  ") == ["Ada", "Bo"]


def test_a_person_is_got_by_id_and_by_a_name_only_they_bear():
    ada = a_person("Ada Byron").person
    a_person("Ada Byronova")

    assert get(ada.owner, ada.uid) == get(ada.owner, "ada byron") == ada


def test_of_two_who_bear_one_name_neither_is_got():
    a_person("Ada Byron")
    a_person("ada byron")

    with pytest.raises(NotFound) as refusal:
        get(an_owner(), "Ada Byron")

    assert (refusal.value.sentence, refusal.value.status) == (
        "There is more than one person called 'Ada Byron' here.",
        404,
    )


def test_nobody_is_nobody():
    with pytest.raises(NotFound) as refusal:
        get(an_owner(), "Nemo")

    assert refusal.value.sentence == "There is nobody called 'Nemo' here."


def test_one_row_is_got_by_its_id():
    ada = a_person("Ada").hopes("weave")
    hope = Hope.objects.get()

    assert one_of(ada.owner, Hope, hope.uid) == hope
    with pytest.raises(NotFound):
        one_of(ada.owner, Hope, "nothing")


def test_a_list_shows_what_belongs_to_each():
    ada = (
        a_person("Ada")
        .kept(care="warm", spark="like", words="her laugh")
        .reached_by("email", "ada@x.org")
        .person
    )
    bo = a_person("Bo").person
    set_work(ada, "Weaver", "")
    set_work(ada, "Analyst", "Engines")
    join_circle(ada, "weavers")
    join_circle(ada, "tea")

    first, second = rows(ada.owner, [ada, bo])

    assert (first.care, first.sparks, first.circles) == ("warm", {"like": "her laugh"}, ["tea", "weavers"])
    assert (first.title, first.organisation, [way.value for way in first.ways]) == (
        "Analyst",
        "Engines",
        ["ada@x.org"],
    )
    assert (second.care, second.sparks, second.circles, second.ways) == ("", {}, [], [])


def test_a_list_of_three_asks_no_more_than_a_list_of_one(django_assert_num_queries):
    people = [
        a_person(name).kept(spark="like").reached_by("email", f"{name}@x.org").person
        for name in ("Ada", "Bo", "Cy")
    ]
    for person in people:
        set_work(person, "Weaver", "Looms")
        join_circle(person, "tea")

    for some in (people[:1], people):
        with django_assert_num_queries(1):
            rows(people[0].owner, some)


def test_the_circle_of_another_owner_stays_there():
    join_circle(a_person("Ada").person, "weavers")
    jonas = an_owner("Jonas")
    join_circle(a_person("Charles").of(jonas).person, "weavers")

    assert [len(list(matching(owner, "weavers"))) for owner in (an_owner(), jonas)] == [1, 1]

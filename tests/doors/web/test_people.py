from __future__ import annotations

from urllib.parse import urlencode

import pytest

from amity.moments.own_settings import name_setting
from amity.people.actions import join_circle, shelve, trash
from amity.people.models import Person
from amity.people.queries import get
from amity.search.queries import PERSON, find
from browsing import Browser, words_of
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(maya):
    a_person("Ada Byron").kept(spark="like").met_on("2026-04-01", "2026-04-20", "2026-05-05")
    charles = a_person("Charles Wick").person
    join_circle(charles, "looms")
    shelve(a_person("Mary Venn").person)


def shown(text: str) -> list[str]:
    return [name for name in ("Ada Byron", "Charles Wick", "Mary Venn") if name in text]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ada Byron", "Charles Wick", "Mary Venn"]),
        ("?q=wick", ["Charles Wick"]),
        ("?q=WÍCK+charles", ["Charles Wick"]),
        ("?place=kept", ["Ada Byron"]),
        ("?place=shelf", ["Mary Venn"]),
        ("?standing=growing&standing=steady", ["Ada Byron"]),
        ("?standing=single-serving", ["Charles Wick", "Mary Venn"]),
        ("?circle=looms", ["Charles Wick"]),
        ("?circle=looms&place=kept", []),
        ("?q=wick&page=9", ["Charles Wick"]),
        ("?page=%00&standing=nonsense", []),
    ],
)
def test_the_list_is_narrowed_by_words_place_standing_and_circle(browser_of_maya, three, query, names):
    assert shown(browser_of_maya.reads(f"/people{query}")) == names


def test_the_box_of_people_understands_filters_in_words_and_the_owners_own_settings(script_of_maya, maya):
    name_setting(maya, "Choir")
    ben = a_person("Ben Carter").kept(spark="curious").reached_by("address", "Rua 1, Lisbon")
    ben.met_on("2025-03-04", setting="Choir")
    a_person("Ben Other").met_on("2025-03-04", setting="dinner party")

    line = 'ben spark:curious met:choir since:2025 in:"Lisbon"'
    answer = script_of_maya.get("/people/search", {"q": line})
    found = {hit.page for hit in find(maya, line, today=day("2026-05-10")).hits if hit.kind == PERSON}
    sky = Browser(maya).get("/people/constellation", {"q": line})

    assert [one.uid for one in answer.context["people"]] == [ben.person.uid]
    assert found == {ben.person.uid}
    assert answer.headers["HX-Replace-Url"] == "/people?" + urlencode({"q": line})
    assert [one.star.uid for one in sky.context["stars"]] == [ben.person.uid]


def test_searching_gives_only_the_rows_and_keeps_the_address_true(script_of_maya, three):
    answer = script_of_maya.get("/people/search?q=ada&place=kept")

    assert shown(words_of(answer)) == ["Ada Byron"]
    assert "<html" not in answer.content.decode()
    assert answer.headers["HX-Replace-Url"] == "/people?q=ada&place=kept"


def test_a_row_says_why_how_the_tie_stands_and_when_it_was(browser_of_maya, three):
    assert "Ada Byron like · steady · on Tuesday" in browser_of_maya.reads("/people")


def test_fifty_people_are_a_page(browser_of_maya, maya):
    for number in range(51):
        a_person(f"Person {number:02}")

    first, second = browser_of_maya.get("/people"), browser_of_maya.reads("/people?page=2")

    assert "51 people" in words_of(first)
    assert "Person 49" in words_of(first)
    assert "Person 50" not in words_of(first)
    assert 'href="/people?page=2"' in first.content.decode()
    assert "Person 50" in second


def test_keep_and_shelf_in_the_list_answer_with_the_row(script_of_maya, three, maya):
    charles = get(maya, "Charles Wick")

    kept = words_of(script_of_maya.post(f"/people/{charles.uid}/keep", {"row": "1"}))
    rested = words_of(script_of_maya.post(f"/people/{charles.uid}/shelf", {"row": "1"}))

    assert kept.endswith("Kept Charles Wick. Undo")
    assert rested.endswith("Put Charles Wick on the shelf. Undo")
    assert get(maya, charles.uid).place == "shelf"


def test_keeping_from_the_list_takes_no_spark_away(script_of_maya, three, maya):
    ada = get(maya, "Ada Byron")
    shelve(ada)

    answer = script_of_maya.post(f"/people/{ada.uid}/keep", {"row": "1"})

    assert "like · " in words_of(answer)


def test_without_a_script_keep_goes_back_to_the_list_with_its_undo(browser_of_maya, three, maya):
    answer = browser_of_maya.post(f"/people/{get(maya, 'Charles Wick').uid}/keep", {"row": "1"}, follow=True)

    assert answer.redirect_chain == [("/people", 302)]
    assert "Kept Charles Wick. Undo" in words_of(answer)


def test_somebody_new_is_added_by_name(browser_of_maya):
    answer = browser_of_maya.post("/people/add", {"name": "  Wilma   Krenz "}, follow=True)

    assert Person.objects.get().name == "Wilma Krenz"
    assert "Would you have a coffee with them again?" in words_of(answer)


def test_somebody_without_a_name_is_not_added(browser_of_maya):
    answer = browser_of_maya.post("/people/add", {"name": " "}, follow=True)

    assert "A person needs a name." in words_of(answer)
    assert Person.objects.count() == 0


def test_the_trash_can_be_looked_into_once_somebody_is_in_it(browser_of_maya, three, maya):
    before = browser_of_maya.reads("/people")
    trash(get(maya, "Ada Byron"))

    after = browser_of_maya.reads("/people?place=trash")

    assert "in the trash" not in before
    assert shown(after) == ["Ada Byron"]


def test_an_empty_book_says_what_to_do_next(browser_of_maya):
    assert "Nobody is in your book yet. A few names are enough to begin." in browser_of_maya.reads("/people")


def test_a_search_that_finds_nobody_says_so_kindly(browser_of_maya, three):
    assert "Nobody here goes by “zzz”." in browser_of_maya.reads("/people?q=zzz")


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_asks_no_more_questions(maya, count, django_assert_max_num_queries):
    for number in range(count):
        person = (
            a_person(f"Ada {number}")
            .kept(spark="like")
            .met_on("2026-05-01")
            .reached_by("handle", "@a")
            .person
        )
        join_circle(person, f"circle {number}")
    browser = Browser(maya)
    browser.get("/people")

    with django_assert_max_num_queries(20):
        browser.get("/people?standing=new+spark")
    assert an_owner() == maya

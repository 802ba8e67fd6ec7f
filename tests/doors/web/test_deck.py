from __future__ import annotations

import pytest

from amity.people.actions import shelve
from amity.people.models import Person, Spark
from amity.people.queries import get
from browsing import Browser, words_of
from cast import a_person, an_owner
from forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(maya) -> list[Person]:
    ada = a_person("Ada Byron").met_on("2026-03-05", "2026-04-20").person
    return [ada, a_person("Bo Lind").wrote_on("2026-04-30", by="them").person]


def answered(who: Person, answer: str, **more: object) -> dict[str, object]:
    return {"path": f"/people/deck/{who.uid}", "data": {"answer": answer, **more}}


def test_a_card_says_in_two_lines_what_the_history_says(browser_of_maya, two, maya):
    two[0].how_met = "At the loom fair, by the coffee"
    two[0].save()

    card = browser_of_maya.reads("/people/deck")

    assert "You were in touch on two days, most recently three weeks ago." in card
    assert "At the loom fair, by the coffee Would you have a coffee with them again?" in card
    assert "Bo Lind" not in card


def test_kept_with_sparks_and_care_from_the_same_card_and_the_next_one_is_dealt(script_of_maya, two, maya):
    answer = script_of_maya.post(
        **answered(two[0], "keep", spark=["like"], **{"line-curious": "her looms", "care": "warm"})
    )

    ada = get(maya, "Ada Byron")
    assert (ada.place, ada.care) == ("kept", "warm")
    assert list(Spark.objects.order_by("kind").values_list("kind", "line")) == [
        ("curious", "her looms"),
        ("like", ""),
    ]
    assert "Bo Lind They wrote to you last Thursday." in words_of(answer)
    assert "Kept Ada Byron. Undo" in words_of(answer)


def test_skipping_the_sparks_keeps_all_the_same(browser_of_maya, two, maya):
    browser_of_maya.post(**answered(two[0], "keep"))

    assert (get(maya, "Ada Byron").place, get(maya, "Ada Byron").care) == ("kept", "light")
    assert Spark.objects.count() == 0


def test_without_a_script_every_answer_leads_to_the_next_card_and_back(browser_of_maya, two, maya):
    shelved = browser_of_maya.post(**answered(two[0], "shelf"), follow=True)
    empty = browser_of_maya.post(**answered(two[1], "later"), follow=True)
    back = browser_of_maya.post(empty.context["back"] and f"/undo/{empty.context['back'].uid}")
    again = browser_of_maya.reads("/people/deck")

    assert shelved.redirect_chain == [("/people/deck", 302)]
    assert "Everybody has an answer There is nobody to decide about." in words_of(empty)
    assert (get(maya, "Ada Byron").place, get(maya, "Bo Lind").place) == ("shelf", "new")
    assert back.status_code == 302
    assert "Bo Lind They wrote to you" in again


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answer": "marry"}, "Say keep, shelf or not now."),
        ({"answer": "keep", "care": "much"}, "'much' is not a care; it is one of light, warm, close."),
        ({"answer": "keep", "spark": "need"}, "'need' is not a spark;"),
    ],
)
def test_an_answer_that_is_none_is_said_on_the_card_and_what_was_typed_stays(
    browser_of_maya, two, data, sentence
):
    answer = browser_of_maya.post(f"/people/deck/{two[0].uid}", {"line-like": "her laugh", **data})

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert 'value="her laugh"' in answer.content.decode()
    assert set(Person.objects.values_list("place", flat=True)) == {"new"}


def test_how_many_are_left_is_said_only_to_whoever_asks(browser_of_maya, two):
    assert "Two people wait here. There is no hurry" in browser_of_maya.reads("/people/deck?count")
    assert "people wait here" not in browser_of_maya.reads("/people/deck")


def test_the_deck_is_offered_while_somebody_waits(browser_of_maya, two, maya):
    browser_of_maya.post("/today/open")
    before = ['href="/people/deck"' in browser_of_maya.get(at).content.decode() for at in ("/people", "/")]
    for person in two:
        shelve(person)
    after = ['href="/people/deck"' in browser_of_maya.get(at).content.decode() for at in ("/people", "/")]

    assert (before, after) == ([True, True], [False, False])


def test_nobody_answers_for_people_of_another_book(browser_of_maya, two, maya):
    stranger = a_person("Of Ines").of(an_owner("Ines")).person

    assert browser_of_maya.post(**answered(stranger, "shelf")).status_code == 404
    assert Person.objects.get(pk=stranger.pk).place == "new"


@pytest.mark.parametrize("count", [2, 20])
def test_a_thicker_deck_asks_no_more_questions(maya, count, django_assert_max_num_queries):
    for number in range(count):
        a_person(f"Person {number}").met_on("2026-05-01")
    browser = Browser(maya, htmx=True)
    uid = Person.objects.first().uid
    browser.get("/people/deck")

    with django_assert_max_num_queries(20):
        browser.get("/people/deck")
    with django_assert_max_num_queries(45):  # the answer's deed, the tie and seasons caught up from it
        browser.post(f"/people/deck/{uid}", {"answer": "shelf"})


def test_a_card_pressed_twice_is_answered_once(browser_of_maya, two, maya):
    shown = browser_of_maya.get("/people/deck").content.decode()
    (card,) = (form for form in forms_of(shown) if form.action.startswith("/people/deck/"))
    sent = card.holds | {"answer": "shelf"}

    answered_once = browser_of_maya.post(card.action, sent, follow=True)
    browser_of_maya.post(f"/undo/{answered_once.context['back'].uid}")
    again = browser_of_maya.post(card.action, sent, follow=True)

    assert get(maya, "Ada Byron").place == "new"
    assert "That is written down already." in words_of(again)

"""The same person? Asked on a page, answered by a form, taken back; and what is kept of somebody."""

import json
import re

import pytest

from amity.book.kept import SAID
from amity.doors.web.sameness import EVIDENCE
from amity.duplicates.actions import merge
from amity.duplicates.handing import tables_of_people
from amity.duplicates.likeness import deciding
from amity.duplicates.models import Merge, Perhaps
from amity.formats import google_csv
from amity.formats.records import Way
from amity.people.actions import add_fact
from amity.people.models import Erased, Person
from browsing import Browser
from cast import a_person, an_owner
from sources.samples import a_card, bring_in, vcf

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(maya):
    ada = a_person("Ada Byron").reached_by("email", "ada@loom.example").kept()
    lady = a_person("A. Byron").reached_by("email", "lady@loom.example")
    return Perhaps.objects.create(owner=maya, a=lady.person, b=ada.person, evidence=["same family name"])


def names():
    return sorted(Person.objects.values_list("name", flat=True))


def test_two_records_stand_side_by_side_with_the_evidence_in_words(pair, browser_of_maya):
    page = browser_of_maya.get("/people/perhaps").text

    assert re.findall(r'<article class="side" aria-label="(.*?)"', page) == ["Ada Byron", "A. Byron"]
    assert "They have the same family name." in page
    assert ["ada@loom.example" in page, "lady@loom.example" in page] == [True, True]


def test_yes_makes_one_person_and_undo_makes_two_who_are_asked_about_again(pair, browser_of_maya):
    answered = browser_of_maya.post(f"/people/perhaps/{pair.uid}", {"answer": "yes"}, follow=True).text
    between, uid = names(), re.search(r'action="/undo/(\w+)"', answered)[1]
    browser_of_maya.post(f"/undo/{uid}")

    assert "A. Byron and Ada Byron are one person now." in answered
    assert (between, names()) == (["Ada Byron"], ["A. Byron", "Ada Byron"])
    assert "They have the same family name." in browser_of_maya.get("/people/perhaps").text


def test_no_is_never_asked_again(pair, script_of_maya):
    answered = script_of_maya.post(f"/people/perhaps/{pair.uid}", {"answer": "no"}).text

    assert "Everybody is here once" in answered
    assert names() == ["A. Byron", "Ada Byron"]
    assert "/people/perhaps" not in script_of_maya.get("/people").text


def test_an_answer_nobody_can_give_comes_back_with_the_question(pair, browser_of_maya):
    answer = browser_of_maya.post(f"/people/perhaps/{pair.uid}", {"answer": "never"})

    assert answer.status_code == 422
    assert ["Say yes, no or later." in answer.text, "Ada Byron" in answer.text] == [True, True]


def test_the_question_is_one_step_from_people_from_a_person_and_from_an_import(
    pair, browser_of_maya, tmp_path
):
    run, _ = bring_in(an_owner(), vcf(tmp_path / "cards", a_card("Mary")))
    Perhaps.objects.update_or_create(
        uid=pair.uid, defaults={"owner": pair.owner, "a": pair.a, "b": pair.b, "evidence": []}
    )

    pages = [
        browser_of_maya.get(at).text for at in ("/people", f"/people/{pair.b.uid}", f"/import/{run.uid}")
    ]

    assert [re.search(r'href="(/people/perhaps[^"]*)"', page)[1] for page in pages] == [
        "/people/perhaps",
        f"/people/perhaps?pair={pair.uid}",
        "/people/perhaps",
    ]


def test_another_owner_neither_sees_nor_answers(pair):
    stranger = Browser(an_owner("Jonas", welcomed=True))

    seen = [
        stranger.get(f"/people/perhaps?pair={pair.uid}").status_code,
        stranger.post(f"/people/perhaps/{pair.uid}", {"answer": "yes"}).status_code,
        stranger.post(f"/people/{pair.a.uid}/same", {"other": pair.b.uid}).status_code,
        stranger.get(f"/people/{pair.a.uid}/kept/json").status_code,
        stranger.post(f"/people/{pair.a.uid}/erase", {"name": "A. Byron"}).status_code,
    ]

    assert seen == [404] * 5
    assert names() == ["A. Byron", "Ada Byron"]


def test_one_says_by_hand_that_two_are_one_and_that_they_are_two_after_all(pair, browser_of_maya):
    page = browser_of_maya.post(f"/people/{pair.b.uid}/same", {"other": "A. Byron"}, follow=True).text
    kept = browser_of_maya.get(f"/people/{pair.b.uid}/kept").text
    browser_of_maya.post(f"/people/apart/{Merge.objects.get().uid}")

    assert "also A. Byron" in page
    assert "A. Byron became this person" in kept
    assert names() == ["A. Byron", "Ada Byron"]


def test_everything_kept_stands_by_its_source_and_private_facts_stay_private(maya, browser_of_maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "phone.vcf", a_card("Ada Byron", email="ada@loom.example", title="Weaver")))
    ada = Person.objects.get()
    add_fact(ada, "allergic to Muskateller", sensitive=True)

    page = browser_of_maya.get(f"/people/{ada.uid}/kept").text

    titles = re.findall(r'<h2 id="source-\d" dir="auto">(.*?)</h2>', page)
    assert titles == ["Written by you", "From phone.vcf, brought in on 10 May 2026"]
    assert ["ada@loom.example" in page, "Weaver" in page, "Muskateller" in page] == [True, True, False]


def test_what_is_kept_can_be_taken_along(pair, browser_of_maya):
    add_fact(pair.b, "=HYPERLINK(1)", label="craft")
    merge(pair.b, pair.a)
    at = f"/people/{pair.b.uid}/kept"

    whole = json.loads(browser_of_maya.get(f"{at}/json").content)
    cards = [browser_of_maya.get(f"{at}/{form}").text.split("\r\n")[1] for form in ("vcf", "vcf3")]
    table = browser_of_maya.get(f"{at}/csv")

    assert [one["name"] for one in whole["person"]] == ["Ada Byron", "A. Byron"]
    assert [one["value"] for one in whole["way"]] == ["ada@loom.example", "lady@loom.example"]
    assert cards == ["VERSION:4.0", "VERSION:3.0"]
    assert "'=HYPERLINK(1)" in table.text
    assert browser_of_maya.get(f"{at}/pdf").status_code == 404


def test_erasing_asks_for_the_name_and_really_erases(pair, browser_of_maya):
    wrong = browser_of_maya.post(f"/people/{pair.b.uid}/erase", {"name": "Ada"})
    browser_of_maya.post(f"/people/{pair.b.uid}/erase", {"name": "ada byron"})

    assert wrong.status_code == 422
    assert "Type “Ada Byron” to erase them." in wrong.text
    assert names() == ["A. Byron"]
    assert Erased.objects.count() == 1


def test_the_whole_book_leaves_in_forms_other_programs_read(pair, browser_of_maya, tmp_path):
    a_person("+Plus =Equals").reached_by("phone", "+44 20 7946 0018").born("--12-10")

    table = tmp_path / "people.csv"
    table.write_bytes(browser_of_maya.get("/you/export/csv").content)
    calendar = browser_of_maya.get("/you/export/ics").text

    with table.open("rb") as file:
        back = {one.name: one.ways for one in google_csv.read(file)}
    assert back == {
        "Ada Byron": (Way("email", "ada@loom.example"),),
        "A. Byron": (Way("email", "lady@loom.example"),),
        "+Plus =Equals": (Way("phone", "+44 20 7946 0018"),),
    }
    assert re.findall(r"(DTSTART|RRULE|SUMMARY)(.*)\r\n", calendar) == [
        ("SUMMARY", ":+Plus =Equals"),
        ("DTSTART", ";VALUE=DATE:20001210"),
        ("RRULE", ":FREQ=YEARLY"),
    ]


def test_every_piece_of_evidence_and_every_table_about_people_has_words():
    said = {words for _, _, words in deciding._SAID}
    said |= {
        *deciding._GIVEN.values(),
        *deciding._FAMILY.values(),
        "same name",
        "name alike",
        "shared moment",
    }
    tables = {model.__name__ for model, _ in tables_of_people()} - {"Participation"}

    assert said <= EVIDENCE.keys()
    assert SAID.keys() == {*tables, "Person", "Moment"}


def test_a_long_correspondence_is_shown_in_two_steps(monkeypatch, browser_of_maya):
    monkeypatch.setattr("amity.doors.web.keeping.FIRST", 3)
    ada = a_person("Ada Byron").met_on(*(f"2026-01-{day:02d}" for day in range(1, 7))).person
    wholly = f"/people/{ada.uid}/kept?show=all"
    first, whole = browser_of_maya.get(f"/people/{ada.uid}/kept").text, browser_of_maya.get(wholly).text

    assert [page.count("<dt>") for page in (first, whole)] == [3, 7]
    assert ["4 more" in page for page in (first, whole)] == [True, False]
    assert 'href="?show=all#source-1"' in first

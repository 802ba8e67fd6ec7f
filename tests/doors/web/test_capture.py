from __future__ import annotations

import pytest

from amity.moments.models import Moment
from amity.people.edits import set_work
from amity.people.models import Person
from browsing import words_of
from cast import a_person

pytestmark = pytest.mark.django_db
LINE = "Met Ada Byron at PyCon breakout, weaving looms, promised paper by Friday, energised #analytics"


def fields_of(answer) -> dict[str, str]:
    """Give what each field of the preview holds."""
    return {field.id: str(field.value) for field in answer.context["fields"]}


def test_a_line_is_read_back_piece_by_piece_before_it_is_written_down(browser_of_maya):
    answer = browser_of_maya.post("/capture", {"line": LINE})

    assert fields_of(answer) == {
        "day": "2026-05-10",
        "kind": "met",
        "person-0": "new",
        "setting": "conference breakout",
        "gathering": "PyCon",
        "promise-0": "paper",
        "due-0": "2026-05-15",
        "felt": "gave energy",
        "circles": "analytics",
        "text": "weaving looms",
    }
    assert "Ada Byron (new to your book)" in words_of(answer)
    assert (Person.objects.count(), Moment.objects.count()) == (0, 0)


def test_each_piece_can_be_corrected_or_left_out_and_is_kept_as_corrected(browser_of_maya):
    line = f"{LINE}, curious about looms, she hopes to launch in May, Ada gave me an idea"
    pieces = fields_of(browser_of_maya.post("/capture", {"line": line}))
    pieces |= {
        "day": "2026-05-08",
        "setting": "hotel bar",
        "felt": "",
        "promise-0": "the whole paper",
        "due-0": "",
    }
    pieces |= {
        "spark-0": "like",
        "why-0": "her looms",
        "hope-0": "",
        "gift-0": "in help",
        "circles": "",
        "text": "x",
    }

    browser_of_maya.post("/capture", {"line": line, "read": line, "sure": "1", **pieces})

    person, moment = Person.objects.get(), Moment.objects.get()
    assert (moment.day.isoformat(), moment.setting, moment.felt, moment.text) == (
        "2026-05-08",
        "hotel bar",
        "",
        "PyCon, x",
    )
    assert list(person.promises.values_list("text", "due")) == [("the whole paper", None)]
    assert list(person.sparks.values_list("kind", "line")) == [("like", "her looms")]
    assert list(person.gifts.values_list("kind", "received")) == [("help", True)]
    assert (person.hopes.count(), person.memberships.count()) == (0, 0)


def test_a_line_that_was_changed_since_is_looked_at_once_more(browser_of_maya):
    answer = browser_of_maya.post(
        "/capture", {"line": "Met Ben Carter", "read": "Met Ada Byron", "sure": "1"}
    )

    assert "Ben Carter (new to your book)" in words_of(answer)
    assert Moment.objects.count() == 0


def test_two_people_of_one_name_are_asked_which(browser_of_maya, maya):
    first, second = a_person("Ada Byron").person, a_person("Ada Byron").person
    set_work(second, "Weaver", "Looms")
    sure = {"line": "Met Ada", "read": "Met Ada", "sure": "1", "kind": "met", "text": "so"}

    asked = browser_of_maya.post("/capture", {"line": "Met Ada"})
    unsaid = browser_of_maya.post("/capture", {**sure, "person-0": ""})
    browser_of_maya.post("/capture", {**sure, "person-0": second.uid})

    choices = "Which Ada Which one is it? Ada Byron Ada Byron, Weaver, Looms Ada (new to your book)"
    assert choices in words_of(asked)
    assert unsaid.status_code == 422
    assert "More than one person is called Ada; choose the one you mean." in words_of(unsaid)
    assert fields_of(unsaid)["text"] == "so"
    assert (first.participations.count(), second.participations.count()) == (0, 1)


def test_a_promise_due_in_the_year_9999_is_refused_and_everything_typed_stays(browser_of_maya):
    line = "Met Ada Byron, promised paper by 9999-05-03"
    pieces = fields_of(browser_of_maya.post("/capture", {"line": line})) | {
        "due-0": "9999-05-03",
        "text": "mine",
    }

    answer = browser_of_maya.post("/capture", {"line": line, "read": line, "sure": "1", **pieces})

    assert answer.status_code == 422
    assert "Days lie between the years 1800 and 2100 here." in words_of(answer)
    assert fields_of(answer)["text"] == "mine"
    assert Moment.objects.count() == 0


@pytest.mark.parametrize(
    "line",
    [
        "Met Ada Byron, " + "loom " * 2000,
        "פגשתי את אדה",
        "Met Ada Byron 🎻🧵",
        "Met Ada Byron, <script>alert(1)</script>",
    ],
    ids=["10,000 letters", "right to left", "emoji", "a script"],
)
def test_an_odd_line_is_kept_whole_and_as_words_only(browser_of_maya, line):
    html = browser_of_maya.post("/capture", {"line": line}).content.decode()
    browser_of_maya.post("/capture", {"line": line, "sure": "1"})

    kept = Moment.objects.get()
    told = {
        *kept.text.split(),
        *(word for name in Person.objects.values_list("name", flat=True) for word in name.split()),
    }
    assert {word.strip(",") for word in line.split()} - told <= {"Met"}
    assert "<script>alert" not in html


def test_the_page_can_be_opened_with_a_line_and_writes_nothing(browser_of_maya):
    assert "Ada Byron (new to your book)" in browser_of_maya.reads("/capture?line=Met+Ada+Byron")
    assert "What happened?" in browser_of_maya.reads("/capture")
    assert Moment.objects.count() == 0


def test_once_sure_it_is_written_down_on_their_page(browser_of_maya):
    answer = browser_of_maya.post("/capture", {"line": LINE, "sure": "1"}, follow=True)

    person = Person.objects.get()
    assert answer.redirect_chain == [(f"/people/{person.uid}", 302)]
    assert "Today · conference breakout · gave energy PyCon, weaving looms" in words_of(answer)


def test_a_line_without_anybody_goes_back_to_today(browser_of_maya):
    answer = browser_of_maya.post("/capture", {"line": "A quiet day, energised", "sure": "1"})

    assert answer.headers["Location"] == "/"


def test_a_name_that_several_bear_is_said_and_the_line_kept(browser_of_maya, maya):
    a_person("Ada Byron")
    a_person("Ada Venn")

    answer = browser_of_maya.post("/capture", {"line": "Met Ada", "sure": "1"})

    assert answer.status_code == 422
    assert "More than one person is called Ada" in words_of(answer)
    assert ">Met Ada</textarea>" in answer.content.decode()

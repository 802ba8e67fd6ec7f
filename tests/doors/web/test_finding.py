from __future__ import annotations

import pytest

from amity.moments.actions import Told, promise, record
from amity.people.actions import add_fact, edit
from cast import a_gathering, a_person, day

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('looms')</script>"


@pytest.fixture
def ada(maya):
    return (
        a_person("Ada Byron")
        .kept(spark="curious")
        .met_on("2026-05-03", text="Talked of looms.")
        .hopes("looms")
        .person
    )


def test_the_page_answers_without_a_script_in_groups_people_first(browser_of_maya, ada):
    text = browser_of_maya.reads("/search?q=ada")

    assert "People Ada Byron Moments Ada Byron Talked of looms. · Last Sunday Hopes Ada Byron looms" in text


def test_while_one_types_only_what_was_found_comes_with_its_count_and_marks(script_of_maya, ada):
    answer = script_of_maya.get("/search?q=loo")

    html = answer.content.decode()
    assert "<html" not in html
    assert "Talked of <mark>looms</mark>." in html
    assert '<p id="said" hx-swap-oob="innerHTML">2 found</p>' in html
    assert f'href="/people/{ada.uid}"' in html


def test_what_is_no_filter_is_said_in_one_sentence(browser_of_maya, ada):
    text = browser_of_maya.reads("/search?q=title:looms")

    assert "“title:looms” is no filter here, so it was looked for as a word." in text


def test_nothing_asked_shows_the_filters_and_nothing_found_says_so(browser_of_maya, ada):
    assert "spark:curious why somebody" in browser_of_maya.reads("/search")
    assert "Nothing here has these words." in browser_of_maya.reads("/search?q=zzz")


def test_a_script_in_every_field_is_only_words(browser_of_maya, maya, ada):
    edit(ada, name=SCRIPT, how_met=SCRIPT)
    record(maya, [ada], day=day("2026-05-04"), told=Told(text=SCRIPT))
    add_fact(ada, SCRIPT, label=SCRIPT[:100])
    promise(ada, SCRIPT, day=day("2026-05-04"))
    a_gathering(SCRIPT, "2026-06-01", place=SCRIPT)

    html = browser_of_maya.get("/search", {"q": f"looms {SCRIPT}"}).content.decode()

    assert html.count("&lt;<mark>script</mark>&gt;<mark>alert</mark>(&#x27;<mark>looms</mark>&#x27;)") >= 6
    assert "<script>alert" not in html

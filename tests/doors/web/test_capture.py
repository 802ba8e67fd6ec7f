from __future__ import annotations

import pytest

from amity.moments.models import Moment
from amity.people.models import Person
from browsing import words_of
from cast import a_person

pytestmark = pytest.mark.django_db
LINE = "Met Ada Byron at PyCon breakout, weaving looms, promised paper by Friday, energised #analytics"


def test_a_line_is_read_back_before_it_is_written_down(browser_of_maya):
    answer = browser_of_maya.post("/capture", {"line": LINE})

    text = words_of(answer)
    for words in (
        "who Ada Byron (new to your book)",
        "where conference breakout, PyCon",
        "promised paper by Friday",
    ):
        assert words in text, words
    assert (Person.objects.count(), Moment.objects.count()) == (0, 0)


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

"""The columns of a table on the page that looks into a file, without a script."""

from __future__ import annotations

import pytest

from amity.journal.models import Import
from amity.people.models import Circle, Person
from amity.sources.models import Mapping
from browsing import words_of
from doors.web.test_bringing import a_file, dropped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
TABLE = "Hvem;Hvor;Født\nAda Byron;ada@looms.example;3/4/1980\nBo Venn;bo@venn.example;\n".encode()


def said(browser, do, **fields):
    run = Import.objects.latest("id")
    return browser.post(f"/import/{run.uid}/columns", {"table": "0", "do": do, **fields}, follow=True)


def test_an_unknown_table_is_asked_about_with_its_first_rows_in_view(browser_of_maya):
    page = words_of(dropped(browser_of_maya, a_file("venner.csv", TABLE)))

    assert "Say below what its columns hold, and it is read once more." in page
    assert "Hvor ada@looms.example · bo@venn.example" in page
    assert "Ada Byron ada@looms.example" in page


def test_what_one_chooses_is_shown_before_anything_is_remembered(browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))

    page = words_of(said(browser_of_maya, "show", **{"column-0": "circle", "column-1": "name"}))

    assert "circle: Ada Byron" in page
    assert Mapping.objects.count() == 0


def test_a_corrected_table_is_read_imported_and_its_shape_remembered(browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))
    answer = said(
        browser_of_maya,
        "take",
        **{"column-0": "name", "column-1": "email", "column-2": "birthday", "days": "month"},
    )
    browser_of_maya.post(f"/import/{Import.objects.get().uid}/go", {"words": "direct"})

    again = dropped(browser_of_maya, a_file("flere.csv", TABLE + b"Cleo Marsh;cleo@forge.example;\n"))

    assert "Two new people would come into your book." in words_of(answer)
    assert Person.objects.get(name="Ada Byron").persondates.get().value == "1980-03-04"
    assert "Amity read the columns of flere.csv as you said before." in words_of(again)
    assert "Hvem, Hvor, Født" in browser_of_maya.reads("/import")


def test_the_columns_of_a_table_below_the_first_are_shown_and_can_be_corrected(browser_of_maya):
    below = b"Name,E-mail\nAda Byron,ada@looms.example\n\nFirst name,E-mail,Hat\nBo,bo@venn.example,straw\n"
    page = words_of(dropped(browser_of_maya, a_file("friends.csv", below)))
    fields = {"column-0": "name", "column-1": "email", "column-2": "first name", "column-3": "circle"}

    shown = words_of(said(browser_of_maya, "show", **fields))
    said(browser_of_maya, "take", **fields)
    browser_of_maya.post(f"/import/{Import.objects.get().uid}/go", {"words": "direct"})

    assert "Hat in the table below it straw" in page
    assert "Bo bo@venn.example · Hat: straw" in page
    assert "Bo bo@venn.example · circle: straw" in shown
    assert [one.name for one in Circle.objects.all()] == ["straw"]


def test_losing_the_name_is_refused_beside_the_form_with_the_choices_kept(browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))

    answer = said(
        browser_of_maya, "take", **{"column-0": "fact", "column-1": "email", "column-2": "leave out"}
    )

    assert answer.status_code == 422
    assert "No column of this table is a name" in words_of(answer)
    assert '<option value="leave out" selected>' in answer.content.decode()


def test_a_change_alone_answers_with_the_first_people(script_of_maya, browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))

    answer = said(script_of_maya, "", **{"column-0": "first name", "column-1": "email"})

    assert answer.content.decode().strip().startswith('<div id="people-of-0"')
    assert "Ada Byron ada@looms.example" in words_of(answer)


def test_what_was_said_can_be_forgotten(browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))
    said(browser_of_maya, "take", **{"column-0": "name", "column-1": "email"})

    browser_of_maya.post(f"/import/columns/{Mapping.objects.get().uid}/forget")

    assert (Mapping.objects.count(), Circle.objects.count()) == (0, 0)
    assert "Tables you explained" not in browser_of_maya.reads("/import")


def test_columns_of_programs_we_know_are_folded_away_and_can_be_corrected_too(browser_of_maya):
    header = b"First Name,Last Name,Display Name,Primary Email,Custom 1\n"
    table = header + b"Ada,Byron,Ada Byron,ada@looms.example,looms\n"
    page = dropped(browser_of_maya, a_file("book.csv", table))

    said(browser_of_maya, "take", **{"column-4": "circle"})
    browser_of_maya.post(f"/import/{Import.objects.get().uid}/go", {"words": "direct"})

    assert '<details class="unfold"><summary>What each column of book.csv holds' in page.content.decode()
    assert Circle.objects.get().name == "looms"


def test_files_that_are_gone_are_said_to_be(browser_of_maya):
    dropped(browser_of_maya, a_file("venner.csv", TABLE))

    answer = browser_of_maya.post(f"/import/{Import.objects.get().uid}/columns", {"table": "7"})

    assert "Those files are not here any more; drop them in once more." in words_of(answer)

from __future__ import annotations

import pytest

from amity.moments.actions import promise
from amity.moments.models import Moment, Promise
from amity.nudges.actions import plan
from amity.nudges.models import Nudge, Plan
from amity.people.models import Season
from browsing import Browser, words_of
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


@pytest.fixture
def ada(maya):
    return (
        a_person("Ada Byron")
        .kept(spark="admire", on="2026-05-01")
        .reached_by("email", "ada@looms.example")
        .person
    )


@pytest.fixture
def nudge(maya, ada) -> Nudge:
    return plan(maya, TODAY).nudges.get()


def test_a_day_nobody_planned_asks_to_be_opened(browser_of_maya, ada):
    text = browser_of_maya.reads("/")

    assert "Open today\u2019s page" in text
    assert "Ada Byron" not in text
    assert Plan.objects.count() == 0


def test_opening_the_day_plans_it(browser_of_maya, ada):
    browser_of_maya.post("/today/open")

    assert Nudge.objects.get().why in browser_of_maya.reads("/")


def test_a_script_opens_the_day_by_following_the_answer(script_of_maya, ada):
    answer = script_of_maya.post("/today/open")

    assert answer.headers["HX-Redirect"] == "/"


def test_a_letter_says_why_how_to_begin_and_what_it_asks(browser_of_maya, nudge):
    text = browser_of_maya.reads("/")

    for words in (nudge.why, nudge.opener, "A short mail. It asks a little of you.", "admire"):
        assert words in text
    assert "mailto:ada@looms.example?subject=Hello" in browser_of_maya.get("/").content.decode()


def test_done_writes_a_moment_and_leaves_a_quiet_line(browser_of_maya, nudge):
    answer = browser_of_maya.post(f"/nudges/{nudge.uid}/done", follow=True)

    assert "You were in touch with Ada Byron. It is written down." in words_of(answer)
    assert "Done: Ada Byron. Undo" in words_of(answer)
    assert list(Moment.objects.values_list("kind", "direction", "day")) == [("mail", "out", TODAY)]


def test_done_through_the_script_answers_with_that_line_and_the_undo(script_of_maya, nudge):
    answer = script_of_maya.post(f"/nudges/{nudge.uid}/done")

    said = "You were in touch with Ada Byron. It is written down. Done: Ada Byron. Undo"
    assert words_of(answer) == said


def test_undo_brings_the_letter_back_and_takes_the_moment_away(browser_of_maya, nudge):
    page = browser_of_maya.post(f"/nudges/{nudge.uid}/done", follow=True).content.decode()
    undo = page.split('action="/undo/')[1].split('"')[0]

    answer = browser_of_maya.post(f"/undo/{undo}", follow=True)

    assert nudge.why in words_of(answer)
    assert Moment.objects.count() == 0


def test_not_today_costs_nothing(browser_of_maya, nudge):
    answer = browser_of_maya.post(f"/nudges/{nudge.uid}/skip", follow=True)

    assert "Ada Byron can wait for another day. That costs nothing." in words_of(answer)


def test_let_it_rest_begins_a_season(browser_of_maya, nudge):
    answer = browser_of_maya.post(f"/nudges/{nudge.uid}/rest", follow=True)

    assert "Ada Byron is left in peace for this season." in words_of(answer)
    assert Season.objects.get().starts == TODAY


def test_a_nudge_answered_twice_is_told_in_one_sentence(browser_of_maya, nudge):
    browser_of_maya.post(f"/nudges/{nudge.uid}/done")

    answer = browser_of_maya.post(f"/nudges/{nudge.uid}/skip")

    assert answer.status_code == 400
    assert "That nudge has been answered already; it can be undone instead." in words_of(answer)


def test_the_script_hears_the_same_sentence_in_the_status_line(script_of_maya, nudge):
    script_of_maya.post(f"/nudges/{nudge.uid}/done")

    answer = script_of_maya.post(f"/nudges/{nudge.uid}/skip")

    assert words_of(answer) == "That nudge has been answered already; it can be undone instead."
    assert answer.headers["HX-Retarget"] == "#status"


def test_an_undo_that_came_too_late_says_so(browser_of_maya):
    answer = browser_of_maya.post("/undo/nothing", follow=True)

    assert answer.status_code == 409
    assert "That is already undone, or was never done." in words_of(answer)


def test_a_day_of_rest_suggests_nobody(browser_of_maya, nudge):
    answer = browser_of_maya.post("/today/open", {"energy": "rest"}, follow=True)

    assert "A day of rest. Nobody is suggested; everybody keeps." in words_of(answer)


def test_an_energy_there_is_not_is_refused(browser_of_maya):
    answer = browser_of_maya.post("/today/open", {"energy": "heroic"})

    assert answer.status_code == 400
    assert "'heroic' is not an energy; it is one of rest, low, usual." in words_of(answer)


def test_gatherings_and_promises_stand_below(browser_of_maya, ada):
    a_gathering("Loom supper", "2026-05-10", "Charles Wick", place="Quay 7")
    promise(ada, "Send the paper", day=TODAY, due=day("2026-05-13"))

    text = browser_of_maya.reads("/")

    assert "Later today all day Loom supper , Quay 7 Charles Wick" in text
    assert "You said you would Send the paper Ada Byron , by Wednesday" in text


@pytest.mark.parametrize(("word", "state"), [("kept", "kept"), ("let_go", "let go")])
def test_a_promise_is_kept_or_let_go_without_scolding(browser_of_maya, ada, word, state):
    made = promise(ada, "Send the paper", day=TODAY)

    browser_of_maya.post(f"/promises/{made.uid}", {"do": word})

    assert Promise.objects.get().state == state
    assert "Send the paper Ada" not in browser_of_maya.reads("/")


def test_a_new_book_says_what_to_do_next(browser_of_maya):
    browser_of_maya.post("/today/open")

    assert "Your book is new." in browser_of_maya.reads("/")


def test_it_is_the_day_where_the_owner_is(db):
    browser = Browser(an_owner(welcomed=True, zone="Pacific/Kiritimati"))

    browser.post("/today/open")

    assert Plan.objects.get().day == day("2026-05-10")
    assert "Sunday 10 May 2026" in browser.reads("/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_fuller_page_asks_no_more_questions(maya, count, django_assert_max_num_queries):
    for number in range(count):
        ada = a_person(f"Ada {number}").kept(spark="like", on="2026-05-01").person
        promise(ada, "Send the paper", day=TODAY)
        a_gathering(f"Supper {number}", "2026-05-10", "Charles Wick")
    plan(maya, TODAY)
    browser = Browser(maya)
    browser.get("/")

    with django_assert_max_num_queries(20):
        browser.get("/")


def test_today_names_the_birthdays_of_the_week_and_of_nobody_who_rests(browser_of_maya, maya):
    for name, born in {"Ada": "--05-10", "Bo": "1980-05-13", "Later": "--05-18"}.items():
        a_person(name).born(born)
    a_person("Rests").born("--05-12").rests("2026-05-01", "2026-06-01")
    plan(maya, TODAY, "rest")

    page = browser_of_maya.reads("/")

    assert "Birthdays Ada today Bo on Wednesday" in page
    assert "Later " not in page.replace("Later today", "")
    assert "Rests" not in page
    assert "1980" not in page


def test_a_full_day_asks_few_questions_and_is_small(browser_of_maya, maya, django_assert_max_num_queries):
    for n in range(12):
        somebody = a_person(f"Ada {n}").met_on("2026-01-05", "2026-02-04", "2026-03-06").kept(spark="like")
        promise(somebody.born(f"--05-{10 + n % 7}").person, f"send paper {n}", day=TODAY, due=TODAY)
        a_gathering(f"Tea {n}", "2026-05-10", somebody)
    plan(maya, TODAY)
    browser_of_maya.get("/")

    with django_assert_max_num_queries(20):
        page = browser_of_maya.get("/")

    assert len(page.content) < 100_000
    assert "send paper 11" in page.content.decode()

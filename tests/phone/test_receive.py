from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.gatherings.models import Attendance
from amity.journal.actions import undo
from amity.journal.models import Sent
from amity.journal.queries import last_deed
from amity.meet.debrief import Said, debrief
from amity.moments.actions import end_promise, promise
from amity.moments.models import Moment
from amity.nudges.actions import plan
from amity.people.actions import add_fact
from amity.people.edits import reword_fact, reword_hope
from amity.people.models import Fact, Hope, Spark
from amity.phone.actions import Answer, Writing, receive
from amity.phone.kinds import KINDS
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def written(key: str, kind: str, was: str | None = None, on: str = "2026-05-09", **fields: object) -> Writing:
    return Writing(key, kind, day(on), fields, was)


def took(*writings: Writing) -> list[Answer]:
    return receive(an_owner(), writings, today=TODAY)


def test_a_line_sent_twice_is_written_once_on_the_day_it_was_written():
    line = written("a", "capture", line="Met Ada yesterday, looms")

    answers = took(line, line) + took(line)

    assert answers == [Answer("a", "done")] * 3
    assert list(Moment.objects.values_list("day", "text")) == [(day("2026-05-08"), "looms")]


def test_what_was_taken_and_undone_is_not_written_again():
    took(written("a", "capture", line="Met Ada, looms"))
    undo(an_owner(), last_deed(an_owner()).uid)

    took(written("a", "capture", line="Met Ada, looms"))

    assert not Moment.objects.exists()


def test_a_name_the_phone_chose_is_its_owners_alone():
    line = written("a", "capture", line="A quiet day")

    mine, theirs = took(line), receive(an_owner("Jonas"), [line], today=TODAY)

    assert mine == theirs == [Answer("a", "done")]
    assert sorted(Moment.objects.values_list("owner__name", flat=True)) == ["Jonas", "Maya"]


def test_nothing_of_another_owner_is_changed_or_told():
    jonas = an_owner("Jonas")
    ada = a_person("Ada").of(jonas).hopes("weave").person
    hope = Hope.objects.get()
    Hope.objects.update(owner=jonas)

    answers = took(
        written("a", "hope", hope=hope.uid, text="mine", was="x"),
        written("b", "spark", person=ada.uid, spark="like", text="mine"),
    )

    assert [(one.state, one.here) for one in answers] == [("not possible", "")] * 2
    assert (Hope.objects.get().text, Spark.objects.count()) == ("weave", 0)


def test_where_the_book_says_something_else_by_now_both_are_shown_and_nothing_is_changed():
    a_person("Ada").hopes("weave a map")
    hope = Hope.objects.get()
    reword_hope(hope, "weave a globe")

    answer = took(written("a", "hope", was="weave a map", hope=hope.uid, text="weave an atlas"))

    assert answer == [Answer("a", "conflict", here="weave a globe", there="weave an atlas")]
    assert Hope.objects.get().text == "weave a globe"
    knowing = written("b", "hope", was="weave a globe", hope=hope.uid, text="weave an atlas")
    assert took(knowing) == [Answer("b", "done")]
    assert Hope.objects.get().text == "weave an atlas"


def test_two_who_say_the_same_do_not_disagree():
    made = promise(a_person("Ada").person, "send it", day=TODAY)
    end_promise(made, "kept", day=TODAY)

    assert took(written("a", "promise", was="", promise=made.uid, state="kept")) == [Answer("a", "done")]
    assert took(written("b", "promise", was="", promise=made.uid, state="let go")) == [
        Answer("b", "conflict", here="kept", there="let go")
    ]


def test_a_fact_that_became_private_is_not_told_to_the_phone():
    fact = add_fact(a_person("Ada").person, "her old words")
    reword_fact(fact, "Zebulon", sensitive=True)

    (answer,) = took(written("a", "fact", was="her old words", fact=fact.uid, text="new"))

    assert (answer.state, "Zebulon" in repr(answer)) == ("not possible", False)
    assert Fact.objects.get().text == "Zebulon"


def test_a_nudge_is_answered_once_and_another_answer_is_refused_with_its_sentence():
    a_person("Ada").kept(on="2026-05-01")
    nudge = plan(an_owner(), TODAY).nudges.get()

    answers = took(
        written("a", "nudge", nudge=nudge.uid, answer="skip"),
        written("b", "nudge", nudge=nudge.uid, answer="skip"),
        written("c", "nudge", nudge=nudge.uid, answer="done"),
    )

    assert [one.state for one in answers] == ["done", "done", "not possible"]
    assert answers[2].sentence == "That nudge has been answered already; it can be undone instead."
    assert not Moment.objects.exists()


def a_supper() -> tuple[str, list[str]]:
    supper = a_gathering("Supper", "2026-05-09", "Kofi", "Rosa")
    return supper.uid, list(supper.attendances.order_by("id").values_list("uid", flat=True))


@pytest.mark.parametrize("no", ["not really", "didn't talk"])
def test_a_no_leaves_that_they_were_there_and_nothing_else(no):
    supper, (kofi, rosa) = a_supper()

    answers = took(written("a", "debrief", was="", gathering=supper, answers={kofi: no, rosa: "yes"}))

    assert answers == [Answer("a", "done")]
    rows = Attendance.objects.order_by("id").values_list("name", "there", "person__name", "moment__kind")
    assert list(rows) == [("Kofi", True, None, None), ("Rosa", True, "Rosa", "met")]
    assert list(Sent.objects.values_list("token", flat=True)) == ["a"]


def test_a_debrief_written_at_the_desk_meanwhile_is_shown_beside_the_phones():
    supper, _guests = a_supper()
    debrief(Attendance.objects.first().gathering, Said(line="Warm soup"), today=TODAY)

    answers = took(written("a", "debrief", was="", gathering=supper, line="Loud", felt="took energy"))

    assert answers == [
        Answer("a", "conflict", here="looked back on: Warm soup", there="looked back on: Loud, took energy")
    ]


@contextmanager
def an_example() -> Iterator[None]:
    """Let what an example writes go with its transaction."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


SAID = st.one_of(
    st.text(max_size=20), st.none(), st.integers(), st.lists(st.text(max_size=5)), st.just({"a": 1})
)
NAMES = (
    "line",
    "text",
    "person",
    "nudge",
    "answer",
    "gathering",
    "answers",
    "sparks",
    "also",
    "felt",
    "hope",
    "spark",
)
FIELDS = st.dictionaries(st.sampled_from(NAMES), SAID, max_size=5)


@settings(max_examples=40)
@given(kind=st.sampled_from([*KINDS, "", "x"]), fields=FIELDS, was=st.none() | st.text(max_size=5))
def test_whatever_is_sent_is_answered_and_what_is_refused_leaves_nothing(kind, fields, was):
    with an_example():
        before = SimpleNamespace(moments=Moment.objects.count(), arrivals=Sent.objects.count())

        (answer,) = took(Writing("k", kind, TODAY, fields, was))

        arrived = Sent.objects.count() - before.arrivals
        assert arrived == (answer.state == "done")
        assert answer.sentence or answer.state != "not possible"
        assert answer.state == "done" or Moment.objects.count() == before.moments


@settings(max_examples=30)
@given(
    order=st.lists(st.integers(0, 4), min_size=1, max_size=15), cuts=st.lists(st.integers(0, 14), max_size=3)
)
def test_each_line_is_written_once_in_whatever_order_and_however_often_it_comes(order, cuts):
    lines = [written(str(number), "capture", line=f"A quiet day {number}") for number in range(5)]
    with an_example():
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(order)], strict=True):
            took(*(lines[number] for number in order[start:end]))

        first = list(dict.fromkeys(order))
        kept = Moment.objects.order_by("id").values_list("text", flat=True)
        assert list(kept) == [f"A quiet day {number}" for number in first]

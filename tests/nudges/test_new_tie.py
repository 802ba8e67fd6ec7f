from __future__ import annotations

import pytest

from amity.nudges.reasons.new_tie import new_tie as new_tie_reason
from cast import a_person, asked_of, day

pytestmark = pytest.mark.django_db

new_tie = asked_of(new_tie_reason)
TODAY = day("2026-05-10")
FIRST_WEEKS = "The first weeks are the easiest time to say hello."


@pytest.mark.parametrize(
    ("spark", "why"),
    [
        ("like", f"You like Ada. {FIRST_WEEKS}"),
        ("admire", f"You admire Ada. {FIRST_WEEKS}"),
        ("curious", f"You are curious about Ada. {FIRST_WEEKS}"),
        ("rooting", f"You want to see Ada succeed. {FIRST_WEEKS}"),
        ("", f"You said you would enjoy a coffee with Ada. {FIRST_WEEKS}"),
    ],
)
def test_somebody_just_kept_is_said_hello_to_for_the_owners_own_reason(spark, why):
    ada = a_person("Ada").kept(spark=spark, on="2026-05-10")

    assert new_tie(ada, today=TODAY).why == why


def test_the_owners_own_words_are_theirs_and_never_go_into_an_opener():
    ada = a_person("Ada").kept(spark="admire", words="how she asks questions.", on="2026-05-01")

    nudge = new_tie(ada, today=TODAY)

    assert nudge.why == f"You admire Ada: how she asks questions. {FIRST_WEEKS}"
    assert nudge.opener == "Hi Ada, I thought of you today and wanted to say hello. No need to answer."


def test_after_a_first_meeting_the_silence_is_said():
    ada = a_person("Ada").kept(spark="like", on="2026-04-20").met_on("2026-04-20")

    assert new_tie(ada, today=TODAY).why == "You like Ada. You were last in touch three weeks ago."


@pytest.mark.parametrize(("kept_on", "is_new"), [("2026-03-29", True), ("2026-03-28", False)])
def test_a_tie_is_new_for_six_weeks(kept_on, is_new):
    ada = a_person("Ada").kept(spark="like", on=kept_on)

    assert (new_tie(ada, today=TODAY) is not None) is is_new


@pytest.mark.parametrize(("met_on", "is_asked"), [("2026-05-05", True), ("2026-05-06", False)])
def test_after_having_been_in_touch_there_are_days_of_peace(met_on, is_asked):
    ada = a_person("Ada").kept(spark="like", on="2026-05-01").met_on(met_on)

    assert (new_tie(ada, today=TODAY) is not None) is is_asked


def test_a_friend_is_no_new_tie():
    ada = a_person("Ada").kept(spark="like", on="2026-05-01").met_on("2026-04-01", "2026-04-10", "2026-04-20")

    assert new_tie(ada, today=TODAY) is None


def test_somebody_who_was_not_kept_is_no_new_tie():
    assert new_tie(a_person("Ada"), today=TODAY) is None

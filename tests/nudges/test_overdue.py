from __future__ import annotations

import pytest

from amity.nudges.reasons.overdue import overdue as overdue_reason
from cast import a_person, asked_of, day

pytestmark = pytest.mark.django_db

overdue = asked_of(overdue_reason)


def test_a_friend_seen_monthly_is_due_after_two_silent_months():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06")

    nudge = overdue(ada, today=day("2026-05-10"))

    assert nudge.why == "You and Ada usually meet every month; it has been two."


def test_a_friend_one_writes_with_is_talked_to():
    ada = a_person("Ada Byron").wrote_on("2026-01-05", "2026-02-09", "2026-03-16")

    nudge = overdue(ada, today=day("2026-06-01"))

    assert nudge.why == "You and Ada usually talk every five weeks; it has been eleven."


def test_what_a_friend_was_hoping_for_comes_with_it():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06").hopes("to launch her engine.")

    nudge = overdue(ada, today=day("2026-05-10"))

    assert nudge.why.endswith("it has been two. Ada was hoping to launch her engine.")
    assert nudge.opener == (
        "Hi Ada, you crossed my mind today. I remembered what you were hoping for, and I am rooting for it. "
        "No need to answer."
    )


@pytest.mark.parametrize(
    ("hope", "said"),
    [
        ("to launch.", "Ada was hoping to launch."),
        ("launch her engine", "Ada was hoping to launch her engine."),
        ("a new bench", "Ada was hoping for a new bench."),
        ("Paris, one day", "A hope of Ada's: “Paris, one day”."),
        ("織り機を作る", "A hope of Ada's: “織り機を作る”."),
    ],
)
def test_a_hope_is_said_as_a_sentence_or_quoted(hope, said):
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06").hopes(hope)

    assert overdue(ada, today=day("2026-05-10")).why.endswith(f"it has been two. {said}")


@pytest.mark.parametrize(
    ("today", "is_due"), [("2026-03-07", False), ("2026-04-04", False), ("2026-04-05", True)]
)
def test_nobody_is_due_before_the_twos_own_rhythm(today, is_due):
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06")

    assert (overdue(ada, today=day(today)) is not None) is is_due


def test_just_due_the_silence_is_not_said_to_be_longer_than_it_is():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06")

    assert (
        overdue(ada, today=day("2026-04-05")).why
        == "You and Ada usually meet every month; it has been a month."
    )


def test_below_two_gaps_no_rhythm_is_claimed():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04")

    assert overdue(ada, today=day("2026-05-10")).why == "You and Ada were last in touch three months ago."


def test_somebody_never_met_is_not_overdue():
    assert overdue(a_person("Ada").kept(spark="like"), today=day("2026-05-10")) is None


def test_a_moment_that_is_yet_to_come_is_not_counted():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06", "2026-05-20")

    assert (
        overdue(ada, today=day("2026-05-10")).why == "You and Ada usually meet every month; it has been two."
    )


@pytest.mark.parametrize(
    ("kind", "way", "today", "medium", "cost"),
    [
        ("message", None, "2026-05-10", "message", 1),
        ("mail", None, "2026-05-10", "mail", 2),
        ("met", ("phone", "+442079460018"), "2026-05-10", "message", 1),
        ("met", ("phone", "+442079460018"), "2026-08-10", "call", 3),
        ("met", ("email", "ada@x.org"), "2026-08-10", "message", 1),
    ],
)
def test_the_lightest_medium_the_two_use_and_a_voice_after_a_long_silence(kind, way, today, medium, cost):
    ada = a_person("Ada")
    days = ("2026-01-05", "2026-02-04", "2026-03-06")
    ada.met_on(*days) if kind == "met" else ada.wrote_on(*days, kind=kind)
    if way:
        ada.reached_by(*way)

    nudge = overdue(ada, today=day(today))

    assert (nudge.medium, nudge.cost) == (medium, cost)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Ada Byron", "Ada"), ("Zoë Ångström", "Zoë"), ("Ada", "Ada"), ("渡辺 涼", "渡辺 涼")],
)
def test_a_friend_is_called_as_friends_do(name, called):
    ada = a_person(name).met_on("2026-01-05", "2026-02-04")

    nudge = overdue(ada, today=day("2026-05-10"))

    assert nudge.why == f"You and {called} were last in touch three months ago."
    assert (
        nudge.opener
        == f"Hi {called}, you crossed my mind today and I wanted to say hello. No need to answer."
    )

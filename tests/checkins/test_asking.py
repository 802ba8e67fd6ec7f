"""When the owner is asked for a word: first of all, then once a fortnight, and after a big gathering."""

import pytest

from amity.checkins.actions import add, not_now
from amity.checkins.queries import is_due
from cast import a_gathering, an_owner, day

pytestmark = pytest.mark.django_db


def test_a_new_owner_is_asked():
    assert is_due(an_owner(), day("2026-05-10"))


def test_after_an_answer_there_is_a_fortnight_of_peace():
    add(an_owner(), "fake", day=day("2026-05-10"))

    asked = [is_due(an_owner(), day(on)) for on in ("2026-05-10", "2026-05-23", "2026-05-24")]

    assert asked == [False, False, True]


def test_not_now_is_an_answer_too():
    not_now(an_owner(), day=day("2026-05-10"))

    assert [is_due(an_owner(), day(on)) for on in ("2026-05-11", "2026-05-24")] == [False, True]


def test_after_a_big_gathering_the_owner_is_asked_for_three_days_and_after_a_small_one_not():
    add(an_owner(), "fake", day=day("2026-05-10"))
    a_gathering("Tea", "2026-05-11", size=4)
    a_gathering("Loom Fair", "2026-05-14", size=40)

    asked = [is_due(an_owner(), day(f"2026-05-{on}")) for on in (12, 14, 15, 17, 18)]

    assert asked == [False, False, True, True, False]


def test_an_answer_after_a_big_gathering_is_enough():
    a_gathering("Loom Fair", "2026-05-14", size=40)
    add(an_owner(), "lovely", day=day("2026-05-15"))

    assert not is_due(an_owner(), day("2026-05-16"))

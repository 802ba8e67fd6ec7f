from __future__ import annotations

import pytest

from amity.nudges.reasons.dormant import dormant as dormant_reason
from cast import a_person, asked_of, day

pytestmark = pytest.mark.django_db

dormant = asked_of(dormant_reason)
TODAY = day("2026-05-10")
LONG_AGO = ("2024-03-01", "2024-04-01", "2024-05-01")


def test_an_old_friend_is_thought_of_again():
    ada = a_person("Ada").met_on(*LONG_AGO)

    nudge = dormant(ada, today=TODAY)

    gladness = "People are gladder to hear from an old friend than one expects."
    assert nudge.why == f"You and Ada used to be in touch; it has been two years. {gladness}"
    assert nudge.medium == "mail"


def test_after_so_long_a_voice_is_kinder_than_a_line():
    ada = a_person("Ada").met_on(*LONG_AGO).reached_by("phone", "+442079460018")

    assert dormant(ada, today=TODAY).medium == "call"


def test_a_friend_in_touch_is_not_dormant():
    assert dormant(a_person("Ada").met_on("2026-03-01", "2026-04-01", "2026-05-01"), today=TODAY) is None


def test_somebody_met_once_is_no_old_friend():
    assert dormant(a_person("Ada").met_on("2024-03-01"), today=TODAY) is None


@pytest.mark.parametrize(("care", "is_trusted"), [("light", False), ("warm", True), ("close", True)])
def test_the_owners_care_makes_somebody_trusted(care, is_trusted):
    ada = a_person("Ada").met_on("2024-03-01").kept(care=care)

    assert (dormant(ada, today=TODAY) is not None) is is_trusted


def test_what_they_hoped_for_comes_with_it():
    ada = a_person("Ada").met_on(*LONG_AGO).hopes("to publish")

    assert dormant(ada, today=TODAY).why.endswith("than one expects. Ada was hoping to publish.")

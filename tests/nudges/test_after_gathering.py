from __future__ import annotations

import pytest

from amity.gatherings.actions import settle_past
from amity.nudges.reasons.after_gathering import after_gathering as after_gathering_reason
from cast import a_gathering, a_person, asked_of, day, instant

pytestmark = pytest.mark.django_db

after_gathering = asked_of(after_gathering_reason)
TODAY = day("2026-05-10")


@pytest.mark.parametrize(("on", "when"), [("2026-05-09", "yesterday"), ("2026-05-08", "on Friday")])
def test_for_two_days_a_meeting_is_still_warm(on, when):
    ada = a_person("Ada Byron")
    a_gathering("the Weavers' Fair", on, ada)

    nudge = after_gathering(ada, today=TODAY)

    assert (nudge.why, nudge.opener, nudge.reason) == (
        f"You and Ada were both at the Weavers' Fair {when}.",
        "Hi Ada, it was good to see you at the Weavers' Fair.",
        "after a gathering",
    )


@pytest.mark.parametrize("on", ["2026-05-07", "2026-05-10", "2026-05-11"])
def test_neither_sooner_nor_later(on):
    ada = a_person("Ada")
    a_gathering("Tea", on, ada)

    assert after_gathering(ada, today=TODAY) is None


def test_a_gathering_without_them_is_not_theirs():
    ada = a_person("Ada")
    a_gathering("Tea", "2026-05-09", a_person("Bo"))

    assert after_gathering(ada, today=TODAY) is None


def test_of_two_gatherings_the_newer_is_named():
    ada = a_person("Ada")
    a_gathering("Tea", "2026-05-08", ada)
    a_gathering("Supper", "2026-05-09", ada)
    settle_past(ada.owner, now=instant("2026-05-10 06:00"))

    assert after_gathering(ada, today=TODAY).why == "You and Ada were both at Supper yesterday."

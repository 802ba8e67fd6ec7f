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

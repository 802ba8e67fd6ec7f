"""When a gathering is over, where the owner is."""

from __future__ import annotations

import pytest

from amity.gatherings.actions import settle_past
from cast import a_gathering, a_person, an_owner, day, instant

pytestmark = pytest.mark.django_db


def settled_at(now: str) -> int:
    return settle_past(an_owner(), now=instant(now))


@pytest.mark.parametrize(("now", "made"), [("2026-05-10 19:59", 0), ("2026-05-10 20:00", 1)])
def test_a_gathering_with_a_time_is_over_when_it_ends(now, made):
    a_gathering("Tea", "2026-05-10", a_person("Ada"), ends_at=instant("2026-05-10 20:00"))

    assert settled_at(now) == made


@pytest.mark.parametrize(
    ("zone", "now", "made"),
    [
        ("UTC", "2026-05-10 23:59", 0),
        ("UTC", "2026-05-11 00:00", 1),
        ("Asia/Tokyo", "2026-05-10 14:59", 0),
        ("Asia/Tokyo", "2026-05-10 15:00", 1),
        ("America/Lima", "2026-05-11 04:59", 0),
        ("America/Lima", "2026-05-11 05:00", 1),
    ],
)
def test_an_all_day_gathering_is_over_at_the_owners_midnight(zone, now, made):
    an_owner(zone=zone)
    a_gathering("Retreat", "2026-05-10", a_person("Ada"))

    assert settled_at(now) == made


@pytest.mark.parametrize(
    ("on", "now", "made"),
    [
        # The clocks go forward: 29 March has 23 hours in Berlin and ends at 22:00 UTC.
        ("2026-03-29", "2026-03-29 21:59", 0),
        ("2026-03-29", "2026-03-29 22:00", 1),
        # The clocks go back: 25 October has 25 hours and ends at 23:00 UTC.
        ("2026-10-25", "2026-10-25 22:59", 0),
        ("2026-10-25", "2026-10-25 23:00", 1),
    ],
)
def test_a_day_on_which_the_clocks_change_ends_at_its_own_midnight(on, now, made):
    an_owner(zone="Europe/Berlin")
    a_gathering("Retreat", on, a_person("Ada"))

    assert settled_at(now) == made


def test_a_gathering_of_several_days_is_over_after_the_last():
    a_gathering("Festival", "2026-05-08", a_person("Ada"), last_day=day("2026-05-10"))

    assert [settled_at("2026-05-09 12:00"), settled_at("2026-05-11 12:00")] == [0, 1]


def test_a_call_past_midnight_elsewhere_keeps_its_own_day():
    an_owner(zone="America/Lima")
    ada = a_person("Ada")
    starts, ends = instant("2026-05-11 01:00"), instant("2026-05-11 02:00")
    a_gathering("Call", "2026-05-10", ada, starts_at=starts, ends_at=ends, zone="America/Lima", kind="call")

    settle_past(an_owner(), now=ends)

    moment = ada.person.participations.get().moment
    assert (str(moment.day), moment.at, moment.zone, moment.kind) == (
        "2026-05-10",
        starts,
        "America/Lima",
        "call",
    )

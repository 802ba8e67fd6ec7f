from __future__ import annotations

import pytest

from amity.owner.actions import (
    NotPossible,
    claim,
    own,
    set_energy,
    set_name,
    set_quiet_days,
    set_theme,
    set_zone,
    zone_of_this_machine,
)
from amity.owner.queries import known_by
from cast import an_owner, instant

pytestmark = pytest.mark.django_db


def test_two_spellings_of_an_address_are_claimed_once():
    maya = an_owner()

    first = claim(maya, "email", "Maya.Lind@Gmail.com")
    second = claim(maya, "email", "mayalind+news@googlemail.com")

    assert first == second
    assert known_by(maya) == {("email", "mayalind@gmail.com")}


def test_everything_the_owner_is_known_by_can_be_claimed():
    maya = an_owner(zone="Europe/Berlin")

    for kind, value in [
        ("name", "Máya  Lind"),
        ("url", "https://www.linkedin.com/in/Maya/"),
        ("phone", "030 901820"),
    ]:
        claim(maya, kind, value)

    assert known_by(maya) == {
        ("name", "maya lind"),
        ("url", "linkedin.com/in/maya"),
        ("phone", "+4930901820"),
    }


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("email", "maya", "an email"),
        ("url", "//[", "a url"),
        ("phone", "call me", "a phone"),
        ("name", " ", "a name"),
    ],
)
def test_what_cannot_be_recognised_is_not_claimed(kind, value, said):
    maya = an_owner()

    with pytest.raises(NotPossible) as refusal:
        claim(maya, kind, value)

    assert refusal.value.sentence == f"{value!r} does not look like {said} Amity can recognise."
    assert known_by(maya) == set()


def test_two_owners_may_share_an_address():
    for owner in (an_owner(), an_owner("Jonas")):
        claim(owner, "email", "us@x.org")

    assert known_by(an_owner()) == known_by(an_owner("Jonas")) == {("email", "us@x.org")}


def test_a_list_of_lines_says_all_that_is_the_owners():
    maya = an_owner(zone="Europe/Berlin")
    claim(maya, "email", "old@x.org")
    set_name(maya, "Maya Lind")

    own(maya, ["maya@x.org", "", "030 901820", "linkedin.com/in/maya"])

    assert known_by(maya) == {
        ("name", "maya lind"),
        ("email", "maya@x.org"),
        ("phone", "+4930901820"),
        ("url", "linkedin.com/in/maya"),
    }


def test_one_wrong_line_changes_none():
    maya = an_owner()
    claim(maya, "email", "old@x.org")

    with pytest.raises(NotPossible):
        own(maya, ["maya@x.org", "neither"])

    assert known_by(maya) == {("email", "old@x.org")}


def test_the_owners_name_is_theirs_in_every_file():
    maya = an_owner()

    set_name(maya, "  Maya \n Lind ")

    assert (maya.name, known_by(maya)) == ("Maya Lind", {("name", "maya lind")})


@pytest.mark.parametrize(
    ("zone", "today"), [("UTC", "2026-05-10"), ("Asia/Tokyo", "2026-05-11"), ("America/Lima", "2026-05-10")]
)
def test_today_is_where_the_owner_is(zone, today):
    maya = an_owner(zone=zone)

    assert str(maya.today(instant("2026-05-10 20:00"))) == today


def test_a_zone_that_is_not_one_is_refused():
    maya = an_owner()

    with pytest.raises(NotPossible) as refusal:
        set_zone(maya, "Mars/Base")

    maya.refresh_from_db()
    assert refusal.value.sentence == "There is no time zone called 'Mars/Base'; write it like Europe/Lisbon."
    assert maya.zone == "UTC"


@pytest.mark.parametrize(("tz", "zone"), [("Europe/Lisbon", "Europe/Lisbon"), (":Asia/Tokyo", "Asia/Tokyo")])
def test_the_machines_own_zone_is_taken_to_begin_with(monkeypatch, tz, zone):
    monkeypatch.setenv("TZ", tz)

    assert zone_of_this_machine() == zone


@pytest.mark.parametrize("usual", [3, 12])
def test_a_usual_day_holds_three_to_twelve(usual):
    maya = an_owner()

    set_energy(maya, usual)

    maya.refresh_from_db()
    assert maya.energy_usual == usual


@pytest.mark.parametrize("usual", [2, 13])
def test_a_day_holds_neither_less_nor_more(usual):
    maya = an_owner()

    with pytest.raises(NotPossible):
        set_energy(maya, usual)

    maya.refresh_from_db()
    assert maya.energy_usual == 6


def test_quiet_days_and_theme_are_kept_where_they_make_sense():
    maya = an_owner()

    set_quiet_days(maya, [6, 5, 6, 9, -1])
    set_theme(maya, "dark")
    dark = maya.theme
    set_theme(maya, "pink")

    maya.refresh_from_db()
    assert (maya.quiet_days, dark, maya.theme) == ([5, 6], "dark", "system")

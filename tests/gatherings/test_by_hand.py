"""Gatherings written down by hand: days and hours where the owner is, sessions, and calling off."""

from datetime import date, time

import pytest

from amity.gatherings import queries
from amity.gatherings.by_hand import Planned, call_off, change, wonder, write_down
from amity.owner.actions import NotPossible
from cast import an_owner, day, instant

pytestmark = pytest.mark.django_db


def test_a_dinner_that_ends_after_midnight_belongs_to_its_evening():
    jonas = an_owner("Jonas", zone="Europe/Berlin")

    dinner = write_down(jonas, Planned("Dinner", day("2026-06-05"), starts=time(20), ends=time(1)))

    assert (dinner.day, dinner.last_day) == (day("2026-06-05"), day("2026-06-05"))
    assert dinner.ends_at == instant("2026-06-06 01:00", "Europe/Berlin")


def test_a_night_that_spans_a_clock_change_keeps_its_wall_times():
    jonas = an_owner("Jonas", zone="Europe/Berlin")
    ball = Planned("Ball", day("2026-10-24"), last_day=day("2026-10-25"), starts=time(22), ends=time(4))

    made = write_down(jonas, ball)

    assert (made.ends_at - made.starts_at).total_seconds() == 7 * 3600


def test_without_an_end_it_is_over_with_its_day_and_asked_about_once_begun():
    jonas = an_owner("Jonas", zone="UTC")

    made = write_down(jonas, Planned("Stroll", day("2026-06-05"), starts=time(18)))

    assert (made.ends_at, made.last_day) == (None, day("2026-06-05"))
    assert list(queries.coming(jonas, day("2026-06-06"))) == []


@pytest.mark.parametrize(
    "link",
    ["https://zoom.us/j/1", "https://meet.google.com/abc", "https://teams.microsoft.com/l/meetup-join/1"],
)
def test_a_call_is_recognised_by_its_link(link):
    made = write_down(an_owner(), Planned("Guild", day("2026-06-05"), url=link))

    assert (made.kind, made.setting, made.url) == ("video call", "video call", link)


def test_a_link_that_runs_a_script_is_refused():
    with pytest.raises(NotPossible, match="A link begins with https"):
        write_down(an_owner(), Planned("Guild", day("2026-06-05"), url="javascript:alert(1)"))


def test_sessions_stand_with_their_conference_and_not_beside_it():
    maya = an_owner()
    fair = write_down(maya, Planned("Loom Fair", day("2026-06-05"), place="Porto"))

    session = write_down(
        maya, Planned("Bobbins", day("2026-06-05"), setting="conference breakout"), part_of=fair
    )

    assert session.place == "Porto"
    assert list(queries.sessions_of(fair)) == [session]
    assert list(queries.coming(maya, day("2026-06-01"))) == [fair]


def test_a_gathering_that_was_called_off_is_on_no_list():
    maya = an_owner()
    fair = write_down(maya, Planned("Loom Fair", day("2026-06-05")))

    call_off(fair)

    assert list(queries.coming(maya, day("2026-06-01"))) == []


@pytest.mark.parametrize(
    ("planned", "why"),
    [
        (Planned(" ", day("2026-06-05")), "needs a name"),
        (Planned("Fair", day("2026-06-05"), last_day=date(2026, 6, 4)), "ends after it begins"),
        (Planned("Fair", day("2026-06-05"), setting="the moon"), "is not a setting"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(planned, why):
    fair = write_down(an_owner(), Planned("Loom Fair", day("2026-06-05")))

    for attempt in (lambda: write_down(an_owner(), planned), lambda: change(fair, planned)):
        with pytest.raises(NotPossible, match=why):
            attempt()


def test_questions_of_ones_own_are_kept_line_by_line():
    fair = write_down(an_owner(), Planned("Loom Fair", day("2026-06-05")))

    wonder(fair, ["Why looms?", "  ", "Why not?"])

    assert fair.questions == "Why looms?\nWhy not?"

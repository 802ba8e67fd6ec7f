from __future__ import annotations

import pytest

from amity.doors.web.thread import Band, Dot, Tick, thread
from amity.moments.models import Moment
from amity.ties.queries import Portrait
from cast import day

TODAY = day("2026-05-10")
NOBODY = Portrait("single-serving", None, 0)


def met(on: str, **told: str) -> Moment:
    return Moment(day=day(on), kind=told.pop("kind", "met"), **told)


def test_without_a_moment_there_is_no_thread():
    assert thread([], NOBODY, TODAY) is None


def test_what_is_still_to_come_is_not_on_it():
    assert thread([met("2026-06-01")], NOBODY, TODAY) is None


def test_it_begins_with_the_first_moment_and_ends_at_the_present():
    drawn = thread([met("2026-05-10"), met("2025-05-10")], NOBODY, TODAY)

    assert [dot.x for dot in drawn.dots] == [1.0, 97.0]


def test_a_young_tie_is_not_stretched_over_the_whole_width():
    (dot,) = thread([met("2026-05-09")], NOBODY, TODAY).dots

    assert dot.x > 90


def test_a_dot_says_where_how_it_felt_and_what_was_said():
    moment = met("2026-05-10", setting="hotel bar", felt="took energy", text="Spoke of looms")

    assert thread([moment], NOBODY, TODAY).dots == [
        Dot(97.0, "bar", "took", "10 May 2026, hotel bar: Spoke of looms")
    ]


def test_what_was_written_is_drawn_online():
    drawn = thread([met("2026-05-10", kind="mail", direction="in")], NOBODY, TODAY)

    assert (drawn.dots[0].setting, drawn.dots[0].words) == ("online", "10 May 2026, mail from them")
    assert drawn.legend == [("online", "mail and messages")]


def test_years_are_ticks_unless_they_would_run_into_the_present():
    assert thread([met("2024-05-10")], NOBODY, TODAY).ticks == [Tick(32.04, "2025"), Tick(80.04, "2026")]
    assert thread([met("2020-12-01")], NOBODY, day("2021-01-02")).ticks == []


def test_the_rhythm_is_a_band_around_the_days_one_would_expect():
    tie = Portrait("steady", day("2026-04-10"), 3, silence=30, rhythm=30.0, natural=30.0, p90=0.5)

    bands = thread([met("2026-03-11")], tie, TODAY).bands

    assert bands == [Band(1.0, 12.8), Band(36.2, 25.6), Band(84.2, 12.8)]


def test_a_rhythm_too_quick_to_draw_is_left_out():
    tie = Portrait("steady", TODAY, 900, silence=0, rhythm=1.0, natural=1.0, p90=0.9)

    assert thread([met("2020-01-01")], tie, TODAY).bands == []


@pytest.mark.parametrize(("last", "x"), [(None, None), (day("2026-05-10"), 97.0)])
def test_the_silence_runs_from_the_last_day_in_touch(last, x):
    tie = Portrait("steady", last, 1, silence=0, natural=30.0, p90=0.5)

    assert thread([met("2026-04-01")], tie, TODAY).silence == x

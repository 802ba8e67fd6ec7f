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

    assert bands == [Band(1.0, 12.0), Band(37.0, 24.0), Band(85.0, 12.0)]


def test_a_rhythm_too_quick_to_draw_is_said_alone():
    tie = Portrait("steady", TODAY, 900, silence=0, rhythm=1.0, natural=1.0, p90=0.9)

    drawn = thread([met("2020-01-01")], tie, TODAY)

    assert (drawn.bands, drawn.fringes) == ([], [])
    assert drawn.words.endswith("Your rhythm is every day.")


@pytest.mark.parametrize(("rhythm", "since"), [(7.0, "2025-01-01"), (4.0, "2025-06-01"), (1.0, "2026-01-10")])
def test_of_a_close_friend_the_newest_bands_are_drawn(rhythm, since):
    tie = Portrait("steady", TODAY, 90, silence=0, rhythm=rhythm, natural=rhythm, low=rhythm, high=rhythm)

    bands = thread([met(since)], tie, TODAY).bands

    assert 59 <= len(bands) <= 60
    assert bands[-1].x + bands[-1].w == pytest.approx(97.0, abs=0.01)


def test_how_sure_the_rhythm_is_is_said_too():
    tie = Portrait("steady", day("2026-04-26"), 3, silence=14, rhythm=30.0, natural=28.0, low=20.0, high=40.0)

    assert thread([met("2026-01-11")], tie, TODAY).words.endswith(
        "every month (it may as well be every three weeks or every six weeks); "
        "the line at its end is two weeks of quiet."
    )


@pytest.mark.parametrize(("last", "x"), [(None, None), (day("2026-05-10"), 97.0)])
def test_the_silence_runs_from_the_last_day_in_touch(last, x):
    tie = Portrait("steady", last, 1, silence=0, natural=30.0, p90=0.5)

    assert thread([met("2026-04-01")], tie, TODAY).silence == x

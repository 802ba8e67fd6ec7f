from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from amity.doors.web.thread import Dot, Key, Tick, thread
from amity.moments.models import Moment
from amity.ties.queries import Portrait
from cast import day

TODAY = day("2026-05-10")
NOBODY = Portrait("single-serving", None, 0)
STITCHES = {"stitch", "stitch-gave", "stitch-took"}


def met(on: str, **told: str) -> Moment:
    return Moment(day=day(on), kind=told.pop("kind", "met"), **told)


def every(gap: int, times: int, **told: str) -> list[Moment]:
    """Give moments so many days apart, newest first, the newest of them today."""
    return [met(str(TODAY - timedelta(days=gap * at)), **told) for at in range(times)]


def a_tie(last: str, **more: float) -> Portrait:
    silence = (TODAY - day(last)).days
    return Portrait("steady", day(last), 3, silence=silence, **more)


def test_without_a_moment_there_is_no_thread():
    assert thread([], NOBODY, TODAY) is None


def test_what_is_still_to_come_is_not_on_it():
    assert thread([met("2026-06-01")], NOBODY, TODAY) is None


def test_it_begins_with_the_first_moment_and_ends_at_the_present():
    drawn = thread([met("2026-05-10"), met("2025-05-10")], NOBODY, TODAY)

    assert [dot.x for dot in drawn.dots] == [2.0, 97.0]
    assert drawn.now == 97.0


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

    assert drawn.dots == [Dot(97.0, "online", "", "10 May 2026, mail from them", online=True)]
    assert drawn.legend == [Key("online", "", "mail and messages")]


@pytest.mark.parametrize(
    ("told", "shape", "label"),
    [
        ({}, "unsaid", "place not said"),
        ({"kind": "call"}, "unsaid", "place not said"),
        ({"setting": "other"}, "other", "elsewhere"),
        ({"setting": "choir"}, "other", "elsewhere"),
        ({"kind": "video call"}, "video", "video call"),
    ],
)
def test_elsewhere_is_said_only_of_a_place_that_was_said(told, shape, label):
    drawn = thread([met("2026-05-10", **told)], NOBODY, TODAY)

    assert drawn.legend == [Key(shape, "", label)]


def test_the_legend_has_a_feeling_only_where_the_drawing_has_it():
    without = thread([met("2026-05-10", felt="neutral")], NOBODY, TODAY).legend
    with_both = thread(
        [met("2026-05-10", setting="office", felt="took energy"), met("2026-01-10", felt="gave energy")],
        NOBODY,
        TODAY,
    ).legend

    assert without == [Key("unsaid", "", "place not said")]
    assert with_both == [
        Key("office", "", "office"),
        Key("unsaid", "", "place not said"),
        Key("unsaid", "gave", "gave energy"),
        Key("office", "took", "took energy"),
    ]


def test_years_are_ticks_unless_they_would_run_into_the_edge():
    assert thread([met("2024-05-10")], NOBODY, TODAY).ticks == [Tick(32.71, "2025"), Tick(80.21, "2026")]
    assert thread([met("2020-12-01")], NOBODY, day("2021-01-02")).ticks == []
    assert len(thread([met("1990-05-10")], NOBODY, TODAY).ticks) <= 8


def test_what_is_close_together_is_stitched_and_what_stands_alone_keeps_its_shape():
    first = met("2025-06-10", setting="office")  # five days before the oldest of the others

    shapes = [dot.shape for dot in thread([*every(30, 12, setting="office"), first], NOBODY, TODAY).dots]

    assert shapes == ["stitch"] * 2 + ["office"] * 11


def test_a_daily_tie_is_stitched_from_end_to_end_and_a_stitch_tells_how_it_felt():
    moments = [*every(1, 50, setting="office"), *every(1, 5, felt="gave energy")]

    drawn = thread(moments, NOBODY, TODAY)

    assert {dot.shape for dot in drawn.dots} == {"stitch", "stitch-gave"}
    assert drawn.legend == [Key("stitch", "", "close together"), Key("stitch-gave", "gave", "gave energy")]


def test_two_moments_of_one_day_are_one_place():
    drawn = thread([met("2026-05-10", setting="office"), met("2026-05-10", setting="office")], NOBODY, TODAY)

    assert [dot.shape for dot in drawn.dots] == ["office", "office"]


@pytest.mark.parametrize("gap", [1, 2, 7])
def test_marks_stand_apart_by_more_than_their_width_on_a_phone(gap):
    phone, width = 350, 3  # pixels

    dots = thread(every(gap, 240), NOBODY, TODAY).dots

    places = [dot.x * phone / 100 for dot in dots]
    assert len(dots) == 60
    assert min(after - before for before, after in pairwise(places)) > width


def test_a_cut_thread_begins_with_what_it_shows():
    drawn = thread([moment for moment in every(1, 3) for _ in range(100)], NOBODY, TODAY)

    assert len(drawn.dots) == 240
    assert (drawn.dots[0].x, drawn.dots[-1].x) == (2.0, 97.0)


def test_the_drawing_goes_on_until_the_next_natural_time():
    tie = a_tie("2026-05-05", rhythm=30.0, low=20.0, high=45.0)

    drawn = thread([met("2026-05-05"), met("2026-02-04")], tie, TODAY)

    assert drawn.now < drawn.natural.x < drawn.natural.middle < drawn.natural.x + drawn.natural.w <= 97.0
    assert drawn.dots[-1].x == drawn.silence < drawn.now


def test_where_the_next_time_is_long_past_the_drawing_ends_at_the_present():
    tie = a_tie("2025-05-10", rhythm=30.0, low=20.0, high=45.0)

    drawn = thread([met("2025-05-10"), met("2025-02-10")], tie, TODAY)

    assert drawn.silence < drawn.natural.x < drawn.natural.x + drawn.natural.w < drawn.now == 97.0


def test_marks_from_before_the_first_dot_that_is_drawn_are_left_out():
    tie = a_tie("2020-05-05", rhythm=30.0, low=20.0, high=45.0)

    drawn = thread(every(2, 100, kind="mail", direction="in"), tie, TODAY)

    assert (drawn.natural, drawn.silence) == (None, 0.0)


@pytest.mark.parametrize(("last", "x"), [(None, None), ("2026-05-10", None), ("2026-05-09", 95.42)])
def test_the_silence_runs_from_the_last_day_in_touch_and_is_none_today(last, x):
    tie = NOBODY if last is None else a_tie(last)

    assert thread([met("2026-04-01")], tie, TODAY).silence == x


def test_without_a_rhythm_there_are_no_marks():
    assert (
        thread([met("2026-04-01")], a_tie("2026-04-01", natural=30.0, low=20.0, high=45.0), TODAY).natural
        is None
    )

"""When an owner was away, told from the days on which they were active; and what that leaves of a silence."""

from __future__ import annotations

import numpy as np
import pytest

from amity.ties.absences import left_out, stretches, uncounted

BEGIN = 100
EVERY_THIRD_DAY = [3] * 60


def a_book(*pauses: int, still: int = 0) -> tuple[np.ndarray, int]:
    """Active days with these pauses between them, and a day so many days after the last."""
    active = BEGIN + np.cumsum([0, *pauses])
    return active, int(active[-1]) + still


def away(*pauses: int, still: int = 0) -> list[tuple[int, int]]:
    """Stretches as days after the beginning of the book."""
    return [(a - BEGIN, b - BEGIN) for a, b in stretches(*a_book(*pauses, still=still))]


def not_counted(last: int, today: int, *, away_on=(), seasons=()) -> int:
    """The days that do not count of the silence of one tie, of the person 7."""
    seasons = [(7, first, end) for first, end in seasons]
    return int(left_out(np.array([7]), np.array([last]), today, away_on, seasons)[0])


@pytest.mark.parametrize(
    ("pause", "found"),
    [(14, []), (15, [(180, 194)]), (45, [(180, 224)]), (46, [(180, 208)])],
)
def test_a_holiday_is_two_weeks_to_six_and_of_a_longer_pause_four_weeks_do_not_count(pause, found):
    assert away(*EVERY_THIRD_DAY, pause, *[3] * 10) == found


def test_of_an_absence_that_goes_on_four_weeks_do_not_count_and_the_clock_runs_on_from_there():
    days = {}
    for still in (13, 14, 27, 28, 29, 30, 60):
        active, today = a_book(*EVERY_THIRD_DAY, still=still)
        days[still] = not_counted(int(active[-1]), today, away_on=stretches(active, today))

    assert days == {13: 0, 14: 14, 27: 27, 28: 28, 29: 28, 30: 28, 60: 28}


def test_an_absence_of_forty_days_that_is_over_does_not_count_at_all():
    active, today = a_book(*EVERY_THIRD_DAY, 41, 3)

    assert not_counted(BEGIN + 180, today, away_on=stretches(active, today)) == 40
    assert uncounted([(10, 50)], 50) == [(10, 38)]


@pytest.mark.parametrize(("pause", "found"), [(16, []), (17, [(240, 256)])])
def test_a_pause_is_long_from_more_than_twice_the_books_own(pause, found):
    assert away(*[8] * 30, pause, 8) == found


def test_a_pause_that_one_in_five_is_like_is_no_long_one():
    assert away(*[*[2] * 8, 8, 8] * 6) == []


@pytest.mark.parametrize(("pauses", "found"), [((5, 12), []), ((6, 12), [(60, 77)])])
def test_five_days_without_anybody_are_no_long_pause_even_of_who_meets_somebody_daily(pauses, found):
    assert away(*[1] * 60, *pauses, *[1] * 10) == found


@pytest.mark.parametrize(("weeks", "found"), [(18, []), (19, [(133, 147)])])
def test_twenty_active_days_tell_what_is_usual(weeks, found):
    assert away(*[7] * weeks, still=14) == found


@pytest.mark.parametrize(("still", "found"), [(16, []), (17, [(60, 77)])])
def test_in_a_small_book_a_pause_is_an_absence_that_chance_brings_twice_a_year(still, found):
    assert away(*[4] * 15, still=still) == found


def test_where_active_days_come_in_bursts_a_pause_between_two_is_no_absence():
    bursts = [*[1] * 4, 12] * 3

    assert (away(*bursts, still=19), away(*[3] * 15, still=19)) == ([], [(45, 64)])


@pytest.mark.parametrize(("days", "found"), [(14, []), (15, [(30, 55)])])
def test_a_book_of_less_than_a_month_tells_of_no_absence(days, found):
    assert away(*[2] * days, still=25) == found


@pytest.mark.parametrize(("days", "found"), [(9, []), (10, [(40, 80)])])
def test_ten_active_days_tell_what_chance_brings(days, found):
    assert away(*[4] * days, still=40) == found


def test_where_even_six_weeks_would_be_nothing_unlikely_a_silence_is_the_ties_own():
    assert away(*[30] * 12, still=85) == away(*[30] * 12, 90, 30) == []


def test_a_pause_is_not_among_those_it_is_held_against():
    assert away(*[4] * 12, 21, 4) == [(48, 68)]


def test_a_day_in_touch_each_fortnight_ends_no_holiday_and_one_each_week_does():
    calls_home = away(*EVERY_THIRD_DAY, 12, 14, 14, 3)
    weekly = away(*EVERY_THIRD_DAY, *[7] * 6, 3)
    weekly_after_a_holiday = away(*EVERY_THIRD_DAY, 21, *[7] * 4, 3)

    assert (calls_home, weekly, weekly_after_a_holiday) == ([(180, 219)], [], [(180, 200)])


def test_a_book_without_a_day_has_no_absence():
    assert stretches(np.array([], np.int64), 100) == []


@pytest.mark.parametrize(
    ("season", "days"),
    [
        ((101, 110), 10),  # both its days
        ((111, 200), 10),  # it goes on: until today
        ((81, 100), 10),  # it began before they were last in touch
        ((70, 90), 0),
        ((121, 130), 0),
    ],
)
def test_of_a_season_the_days_between_the_last_in_touch_and_today_do_not_count(season, days):
    assert not_counted(90, 120, seasons=[season]) == days


def test_a_day_that_does_not_count_for_two_reasons_is_left_out_once():
    twice = not_counted(90, 120, seasons=[(101, 110), (101, 110)])
    overlapping = not_counted(90, 120, seasons=[(101, 110), (106, 112)])
    one_in_another = not_counted(90, 120, seasons=[(95, 118), (101, 110)])
    while_away = not_counted(90, 120, away_on=[(98, 115)], seasons=[(101, 110)])
    side_by_side = not_counted(90, 120, away_on=[(98, 105)], seasons=[(106, 110)])

    assert (twice, overlapping, one_in_another, while_away, side_by_side) == (10, 12, 24, 17, 12)


def test_another_persons_season_changes_nothing():
    assert left_out(np.array([7, 9]), np.array([90, 90]), 120, [], [(8, 1, 200), (9, 101, 110)]).tolist() == [
        0,
        10,
    ]

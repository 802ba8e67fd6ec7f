"""How well Amity knows its owner: of whom and of when it is told, and when there is something to tell."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from amity.ties.actions import log_suggestions
from amity.ties.knowing import knowing
from amity.ties.learning import windows
from amity.ties.models import Pace
from amity.ties.queries import album
from amity.ties.words import THREE_MONTHS
from cast import Somebody, a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-11")  # a Monday


def every(gap: int, first: date, last: date) -> list[str]:
    return [str(first + timedelta(days=at)) for at in range(0, (last - first).days + 1, gap)]


def friends(count: int, gap: int, *, since: date, until: date = TODAY) -> list[Somebody]:
    """Friends met every so many days, each one day after the one before."""
    start = [since + timedelta(days=at) for at in range(count)]
    return [a_person(f"P{at}").met_on(*every(gap, start[at], until)) for at in range(count)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_what_is_judged_is_contact_within_three_months():
    friends(6, 80, since=ago(1200))

    words = knowing(an_owner(), TODAY).words

    assert sum(one.times for one in words) == sum(one.in_touch for one in words) == 6 * 12


def test_what_is_judged_is_what_a_persons_page_said_on_that_day():
    friends(3, 9, since=ago(135))
    then = windows(an_owner(), TODAY)[2]

    page = album(an_owner(), date.fromordinal(then.day))

    assert then.day == TODAY.toordinal() - THREE_MONTHS
    assert [one.p90 for one in page.portraits(then.said.people.tolist())] == pytest.approx(
        (-np.expm1(-then.said.z)).tolist()
    )


def test_what_happened_later_is_in_no_forecast():
    ada, *_ = friends(3, 20, since=ago(700))
    before = [(one.day, one.said.z.tolist()) for one in windows(an_owner(), TODAY)][2:]

    ada.met_on(*every(1, ago(THREE_MONTHS - 1), TODAY))

    assert [(one.day, one.said.z.tolist()) for one in windows(an_owner(), TODAY)][2:] == before


def test_a_forecast_from_whose_three_months_a_day_is_left_is_not_judged_yet():
    friends(12, 9, since=ago(126))
    judged, a_week_before = knowing(an_owner(), TODAY), knowing(an_owner(), ago(7))

    assert (sum(one.times for one in judged.words), a_week_before.telling) == (12, [])


def test_whoever_was_suggested_in_the_three_months_or_the_week_before_is_left_out():
    ada, *_ = friends(4, 10, since=ago(600))
    cut = ago(120)

    def shown() -> int:
        found = {one.day: one for one in windows(an_owner(), TODAY)}[cut.toordinal()]
        return int((found.said.people == ada.person.pk).sum())

    free = shown()
    for nudged in (cut - timedelta(days=8), cut + timedelta(days=91)):
        log_suggestions(an_owner(), [ada.person.pk], day=nudged)
    beside = shown()
    log_suggestions(an_owner(), [ada.person.pk], day=cut + timedelta(days=90))

    assert (free, beside, shown()) == (1, 1, 0)
    assert [one.z.shape[1] for one in windows(an_owner(), TODAY)][:6] == [3, 3, 4, 4, 3, 4]


def test_whoever_had_their_season_in_the_three_months_is_left_out():
    ada, *_ = friends(4, 10, since=ago(600))

    ada.rests(str(ago(35)), str(ago(20)))

    out = [one.day for one in windows(an_owner(), TODAY) if ada.person.pk not in one.said.people]
    assert [TODAY.toordinal() - one for one in out] == [30, 60, 90, 120]


def test_a_holiday_in_the_three_months_leaves_everybody_out():
    for at in range(5):
        start = ago(500 - 2 * at)
        a_person(f"P{at}").met_on(*every(10, start, ago(130)), *every(10, ago(105 - at), TODAY))

    empty = [one.day for one in windows(an_owner(), TODAY, 15) if not len(one.said.people)]

    assert [TODAY.toordinal() - one for one in empty] == [120, 150, 180, 210]


def test_a_holiday_longer_ago_than_absences_are_looked_back_for_still_counts_as_one():
    for at in range(5):
        start = ago(1000 - 2 * at)
        a_person(f"P{at}").met_on(*every(10, start, ago(640)), *every(10, ago(610 - at), TODAY))

    taught = {TODAY.toordinal() - one.day: one.z.shape[1] for one in windows(an_owner(), TODAY, 21)}

    assert (taught[600], taught[630], taught[570]) == (5, 0, 5)


def test_nobody_or_nobody_twice_is_said_to_be_what_is_missing():
    nobody = knowing(an_owner(), TODAY)
    for at in range(30):
        a_person(f"P{at}").met_on(str(ago(300 + 20 * at)))
    once = [knowing(an_owner(), TODAY + timedelta(days=later)) for later in (0, 200)]

    assert [(one.weeks, one.met_twice, one.telling) for one in (nobody, *once)] == [(None, False, [])] * 3


@pytest.mark.parametrize(("count", "gap", "since"), [(5, 6, 34), (3, 10, 40), (2, 7, 100)])
def test_the_weeks_that_are_told_are_the_weeks_it_takes(count, gap, since):
    the_end = TODAY + timedelta(days=500)
    friends(count, gap, since=ago(since), until=the_end)
    weeks = knowing(an_owner(), TODAY).weeks

    after = knowing(an_owner(), TODAY + timedelta(weeks=weeks)).telling
    before = knowing(an_owner(), TODAY + timedelta(weeks=weeks - 1)).telling

    assert (bool(after), before) == (True, [])


def test_where_everybody_was_suggested_all_the_time_no_weeks_are_promised():
    everybody = [one.person.pk for one in friends(5, 10, since=ago(600))]
    for week in range(0, 600, 30):
        log_suggestions(an_owner(), everybody, day=ago(week))

    found = knowing(an_owner(), TODAY)

    assert (found.weeks, found.met_twice, found.telling) == (None, True, [])


def test_what_is_kept_is_asked_again_only_in_a_new_week_or_of_another_version():
    friends(5, 10, since=ago(600))
    found = knowing(an_owner(), TODAY)

    Pace.objects.update(said=[[1, 1, 0.5, 0.1]] * 3)
    kept = knowing(an_owner(), TODAY + timedelta(days=6))
    Pace.objects.update(said=[[50, 40]] * 3)

    assert [one.times for one in kept.words] == [1, 1, 1]
    assert knowing(an_owner(), TODAY) == found

"""Every other Sunday, wherever the owner is and whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from amity.letter.fortnight import Fortnight, sunday_from

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]


def run_a_year(sundays, *, minutes=20):
    """Look at the clock every so many minutes for a year; give the Sundays dealt with."""
    now = sundays.on(sundays.starts) - timedelta(days=3)
    done = []
    for _ in range(370 * 24 * 60 // minutes):
        day = sundays.last(now)
        if day is not None and (not done or done[-1][0] != day):
            done.append((day, now))
        now += timedelta(minutes=minutes)
    return done


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(2, 30), time(8, 0)])
def test_a_year_of_sundays_comes_once_each_at_the_same_wall_time(zone, at):
    sundays = Fortnight(date(2026, 11, 29), at, zone)

    done = run_a_year(sundays)

    days = [day for day, _ in done]
    assert days == [date(2026, 11, 29) + timedelta(days=14 * n) for n in range(len(days))]
    assert len(days) == 27
    assert all(day.weekday() == 6 for day in days)
    assert all(timedelta(0) <= now - sundays.on(day) < timedelta(minutes=20) for day, now in done)
    assert all(sundays.on(day).astimezone(ZoneInfo(zone)).time() == at for day in days)


def test_an_hour_that_comes_twice_is_taken_at_its_first():
    sundays = Fortnight(date(2026, 11, 29), time(2, 30), "Europe/Berlin")

    doubled = sundays.on(date(2027, 10, 31))

    assert doubled == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert sundays.last(doubled + timedelta(hours=1)) == date(2027, 10, 31)
    assert sundays.following(doubled + timedelta(hours=1)) == date(2027, 11, 14)


def test_an_hour_that_is_missing_comes_an_hour_later():
    sundays = Fortnight(date(2027, 3, 28), time(2, 30), "Europe/Berlin")

    missing = sundays.on(date(2027, 3, 28))

    assert missing.astimezone(ZoneInfo("Europe/Berlin")) == datetime(
        2027, 3, 28, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )


def test_fourteen_times_twenty_four_hours_would_be_wrong_twice_a_year():
    sundays = Fortnight(date(2026, 11, 29), time(8, 0), "America/New_York")

    gaps = {
        sundays.on(day + timedelta(days=14)) - sundays.on(day)
        for day in (date(2026, 11, 29) + timedelta(days=14 * n) for n in range(26))
    }

    assert gaps == {timedelta(hours=335), timedelta(hours=336), timedelta(hours=337)}


def test_before_the_first_sunday_nothing_is_due():
    sundays = Fortnight(date(2026, 11, 29), time(8, 0), "UTC")

    assert sundays.last(datetime(2026, 11, 29, 7, 59, tzinfo=UTC)) is None
    assert sundays.following(datetime(2026, 11, 29, 7, 59, tzinfo=UTC)) == date(2026, 11, 29)
    assert sundays.last(datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_a_sunday_is_missed_after_a_day_and_a_half():
    sundays = Fortnight(date(2026, 11, 29), time(8, 0), "UTC")

    assert not sundays.is_missed(date(2026, 11, 29), datetime(2026, 11, 30, 20, 0, tzinfo=UTC))
    assert sundays.is_missed(date(2026, 11, 29), datetime(2026, 11, 30, 20, 1, tzinfo=UTC))


@pytest.mark.parametrize(("day", "sunday"), [("2026-11-23", "2026-11-29"), ("2026-11-29", "2026-11-29")])
def test_the_first_sunday_is_not_before_the_day(day, sunday):
    assert sunday_from(date.fromisoformat(day)) == date.fromisoformat(sunday)

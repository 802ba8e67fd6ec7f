"""What the owner's own past teaches, and what is nobody's silence."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from amity.moments.actions import Told, record
from amity.rhythm.fit import lean
from amity.ties.absences import absences
from amity.ties.cache import fresh
from amity.ties.learning import learned, windows
from amity.ties.models import Pace
from amity.ties.queries import album
from cast import a_person, an_owner, day
from five_friends import TODAY, a_book_until, every

pytestmark = pytest.mark.django_db


def standings(today: date) -> set[str]:
    one = album(an_owner(), today)
    return set(one.standings(one.people.tolist()))


def test_three_weeks_away_make_nobody_drift():
    ada = a_book_until("2026-04-15")
    a_person("Dora").kept(spark="like").met_on(*every(12, "2025-06-01", "2026-04-03"))

    away = standings(TODAY)
    ada.met_on("2026-05-11")

    assert absences(an_owner(), TODAY) == [(day("2026-04-15").toordinal(), day("2026-05-10").toordinal())]
    assert (away, "drifting" in standings(TODAY)) == ({"steady"}, False)


def test_what_comes_in_while_away_and_one_call_home_make_nobody_drift_either():
    ada = a_book_until("2026-04-18")
    a_person("Dora").wrote_on("2026-04-25", "2026-05-03", by="them")
    written_to = absences(an_owner(), TODAY)

    ada.met_on("2026-04-29", kind="call")

    away = [(day("2026-04-17").toordinal(), TODAY.toordinal())]
    assert (written_to, absences(an_owner(), TODAY)) == (away, away)
    assert "drifting" not in standings(day("2026-05-14"))


def test_writing_once_a_week_for_two_months_is_no_absence():
    a_book_until("2026-03-01")
    a_person("Dora").wrote_on(*every(7, "2026-03-02", "2026-05-10"))

    assert absences(an_owner(), TODAY) == []


def test_a_book_that_is_not_kept_for_half_a_year_is_no_holiday():
    a_book_until("2026-04-15")

    assert standings(day("2026-12-01")) == {"dormant"}


def test_a_season_is_no_silence_and_the_days_around_it_count():
    a_book_until("2026-05-10")
    mary = a_person("Greta").kept(spark="like").met_on(*every(10, "2025-06-01", "2026-02-01"))
    before = mary.portrait(TODAY)

    mary.rests("2026-02-08", "2026-05-08")
    after = mary.portrait(TODAY)

    assert (before.standing, after.standing) == ("drifting", "steady")
    assert (before.silence, after.silence) == (after.silence, 104)


def test_an_import_that_begins_in_the_middle_of_a_history_makes_nobody_new():
    a_book_until("2026-05-10", first="2026-02-01")

    assert standings(TODAY) == {"steady"}


def test_a_friend_met_before_the_book_begins_is_no_new_spark():
    a_book_until("2026-05-10", first="2026-03-01")
    old, new = (
        a_person(name).kept(spark="like").met_on("2026-04-01", "2026-05-06") for name in ("Ola", "Nu")
    )
    type(old.person).objects.filter(pk=old.person.pk).update(met_on=day("2015-03-01"))
    type(new.person).objects.filter(pk=new.person.pk).update(met_on=day("2026-04-01"))

    assert (old.portrait(TODAY).standing, new.portrait(TODAY).standing) == ("steady", "new spark")


def test_the_past_is_forecast_from_what_was_known_then():
    ada = a_book_until("2026-05-10")
    before = [(one.day, one.z.tolist()) for one in windows(an_owner(), TODAY)][1:]

    ada.met_on(*every(1, "2026-04-12", "2026-05-10"))

    assert [(one.day, one.z.tolist()) for one in windows(an_owner(), TODAY)][1:] == before


def test_a_busy_owners_pace_is_learned_once_a_week_and_kept():
    a_book_until("2026-05-10")

    first, again = (
        learned(an_owner(), TODAY, fresh(an_owner())),
        learned(an_owner(), TODAY + timedelta(days=6), fresh(an_owner())),
    )

    z, touched = (
        np.concatenate([getattr(one, what).ravel() for one in windows(an_owner(), TODAY)])
        for what in ("z", "touched")
    )
    shipped, own = (-np.expm1(-one).mean() for one in (z, lean(z, first.offset, first.bend)))
    assert shipped < own < touched.mean()
    assert (first.offset > 0.05, first.is_enough, again) == (True, True, first)
    assert Pace.objects.get().week == TODAY


def test_an_absence_and_a_season_teach_nothing():
    for name in ("Ada", "Bo", "Charles", "Mary", "Ines"):
        friend = a_person(name).kept(spark="like")
        friend.met_on(*every(10, "2025-06-01", "2026-04-12"), *every(10, "2026-05-09", "2026-05-10"))
    for name in ("Dora", "Eve"):
        a_person(name).met_on(*every(10, "2025-06-01", "2025-10-01")).rests("2025-10-05", "2026-05-08")

    found = {one.day: one for one in windows(an_owner(), TODAY)}

    missed = {cut: one.z.size for cut, one in found.items() if cut + 30 > day("2026-04-12").toordinal()}
    assert list(missed.values()) == [0]
    assert {one.z.shape[1] for cut, one in found.items() if day("2025-10-01").toordinal() < cut} == {0, 5}
    assert all(one.touched[-1].all() for one in found.values())


def test_a_month_in_which_nobody_was_forecast_teaches_nothing():
    a_person("Old").met_on("2014-01-01")
    ada = a_person("Ada").kept(spark="like").met_on("2026-05-01", "2026-05-05")

    taught = learned(an_owner(), TODAY, fresh(an_owner()))

    assert (taught.windows, taught.is_enough) == (0, False)
    assert ada.portrait(TODAY).words.endswith("Amity is still getting to know your pace.")


def test_a_year_of_months_is_looked_back_on():
    a_book_until("2026-05-10", first="2024-01-01")

    assert len(windows(an_owner(), TODAY)) == 12


def test_looking_ahead_costs_today_nothing():
    a_book_until("2026-05-10")
    today = learned(an_owner(), TODAY, fresh(an_owner()))

    learned(an_owner(), day("2099-05-10"), fresh(an_owner()))

    assert (Pace.objects.get().day, Pace.objects.get().offset) == (TODAY, today.offset)


def test_a_new_book_says_that_it_is_still_learning():
    ada = a_book_until("2026-05-10", first="2026-04-12")

    assert learned(an_owner(), TODAY, fresh(an_owner())).windows == 0
    assert ada.portrait(TODAY).words.endswith("Amity is still getting to know your pace.")


def test_within_a_week_nothing_is_learned_anew_and_on_monday_it_is():
    ada = a_book_until("2026-05-10")
    monday = learned(an_owner(), TODAY, fresh(an_owner()))

    ada.met_on(*every(1, "2026-03-12", "2026-05-10"))
    tuesday = learned(an_owner(), TODAY + timedelta(days=1), fresh(an_owner()))
    next_week = learned(an_owner(), TODAY + timedelta(days=7), fresh(an_owner()))

    assert (tuesday.offset, next_week.offset == monday.offset) == (monday.offset, False)


def test_what_is_written_down_of_a_holiday_ends_the_absence_at_once():
    ada = a_book_until("2026-04-15")
    morning = album(an_owner(), TODAY).learned.away

    ada.met_on(*every(2, "2026-04-17", "2026-05-11"))

    assert (len(morning), album(an_owner(), TODAY).learned.away) == (1, [])


def test_a_note_about_nobody_ends_an_absence_too():
    a_book_until("2026-04-15")
    morning = album(an_owner(), TODAY).learned.away

    record(an_owner(), [], day=day("2026-04-28"), told=Told(kind="note", text="Back home for a day."))
    record(an_owner(), [], day=day("2026-05-05"), told=Told(kind="note", text="And again."))

    assert (len(morning), album(an_owner(), TODAY).learned.away) == (1, absences(an_owner(), TODAY))


def test_looking_back_after_a_deed_unlearns_nothing_of_this_week():
    ada = a_book_until("2026-05-10")
    learned(an_owner(), TODAY, fresh(an_owner()))
    ada.met_on("2026-05-11")

    album(an_owner(), day("2026-03-02"))

    assert Pace.objects.get().week == TODAY


def test_an_absence_makes_nobody_drift_overnight_when_it_grows_too_long_for_one():
    a_book_until("2026-04-15")
    start = day("2026-04-15")

    drifting = []
    for days in range(20, 60):
        one = album(an_owner(), start + timedelta(days=days))
        drifting.append(one.standings(one.people.tolist()).count("drifting"))

    assert (max(np.diff(drifting)), drifting[:15]) == (1, [0] * 15)


def test_three_weeks_away_make_nobody_drift_in_a_book_of_three_friends_either():
    for at, name in enumerate(("Ada", "Bo", "Charles")):
        first = str(day("2025-06-01") + timedelta(days=at))
        a_person(name).kept(spark="like").met_on(*every(12, first, "2026-04-19"))

    assert standings(TODAY) == {"steady"}

"""What the owner's own past teaches, and what is nobody's silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from amity.ties.absences import absences
from amity.ties.actions import log_suggestions
from amity.ties.cache import fresh
from amity.ties.knowing import knowing
from amity.ties.learning import learned, windows
from amity.ties.models import Pace
from amity.ties.queries import album
from cast import Somebody, a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-11")  # a Monday


def every(gap: int, first: str, last: str) -> list[str]:
    start, days = day(first), (day(last) - day(first)).days
    return [str(start + timedelta(days=at)) for at in range(0, days + 1, gap)]


def a_book_until(last: str, first: str = "2025-06-01") -> Somebody:
    """Five friends, each met every ten days, two days after one another; give the first."""
    friends = [a_person(name).kept(spark="like") for name in ("Ada", "Bo", "Charles", "Mary", "Ines")]
    for at, friend in enumerate(friends):
        friend.met_on(*every(10, str(day(first) + timedelta(days=2 * at)), last))
    return friends[0]


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

    assert (first.offset > 0.1, first.is_enough, again) == (True, True, first)
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

    assert (taught.windows, taught.is_enough, knowing(an_owner(), TODAY).weeks) == (0, False, 8)
    assert ada.portrait(TODAY).words.endswith("Amity is still getting to know your pace.")


def test_a_year_of_months_is_looked_back_on():
    a_book_until("2026-05-10", first="2024-01-01")

    assert len(windows(an_owner(), TODAY)) == 12


def test_looking_ahead_costs_today_nothing():
    a_book_until("2026-05-10")
    today = learned(an_owner(), TODAY, fresh(an_owner()))

    learned(an_owner(), day("2099-05-10"), fresh(an_owner()))

    assert (Pace.objects.get().day, Pace.objects.get().offset) == (TODAY, today.offset)


def test_a_new_book_says_that_it_is_still_learning_and_for_how_long():
    ada = a_book_until("2026-05-10", first="2026-04-12")

    assert (learned(an_owner(), TODAY, fresh(an_owner())).windows, knowing(an_owner(), TODAY).weeks) == (0, 9)
    assert ada.portrait(TODAY).words.endswith("Amity is still getting to know your pace.")


def test_what_was_called_likely_is_held_against_what_happened_without_those_who_were_suggested():
    a_book_until("2026-05-10")
    likely = knowing(an_owner(), TODAY).said[0]
    people = album(an_owner(), TODAY).people.tolist()

    log_suggestions(an_owner(), people[:1], day=day("2026-04-20"))
    this_week = knowing(an_owner(), TODAY).said[0]
    Pace.objects.all().delete()  # as a new week does

    assert this_week == likely
    assert (likely.share, likely.is_telling, likely.holds) == (1.0, True, True)
    assert knowing(an_owner(), TODAY).said[0].times == likely.times - 1

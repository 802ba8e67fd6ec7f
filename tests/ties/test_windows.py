"""Windows: past forecasts beside what happened, whom they leave out and when they are over."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from amity.people.actions import shelve, trash
from amity.ties.actions import log_suggestions
from amity.ties.learning import HORIZONS, Forecasts, Window, leaning, windows
from amity.ties.queries import album
from cast import a_person, an_owner, day
from five_friends import TODAY, a_book_until, every

pytestmark = pytest.mark.django_db


def a_window(day: int, *, touched: bool, ties: int = 1) -> Window:
    """A window of so many ties alike, each of which had a chance of a half."""
    outcome = np.full((3, ties), touched)
    nobody = Forecasts(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.bool_), day + 90)
    return Window(day=day, z=np.full((3, ties), 0.69), touched=outcome, closed=day + 30, said=nobody)


def shown(today: date = TODAY) -> list[int]:
    """How many ties each window is about, latest first."""
    return [one.z.shape[1] for one in windows(an_owner(), today)]


def days_before(today: date = TODAY) -> list[int]:
    """How many days before a day its windows begin, latest first."""
    return [today.toordinal() - one.day for one in windows(an_owner(), today)]


def on(days: int) -> str:
    """The day so many days before today."""
    return str(TODAY - timedelta(days=days))


@pytest.mark.parametrize(("days", "left"), [(38, 5), (37, 4), (0, 4)])
def test_who_was_suggested_in_a_month_or_in_the_week_before_it_teaches_nothing_there(days, left):
    ada = a_book_until("2026-05-10")

    log_suggestions(an_owner(), [ada.person.pk], day=day(on(days)))

    assert shown()[0] == left


def test_a_window_weighs_e_times_as_much_as_one_sixty_days_before():
    old, new = a_window(0, touched=True, ties=1000), a_window(60, touched=True, ties=368)

    assert leaning([old], 90) == pytest.approx(leaning([new], 90), abs=0.005)


def test_only_windows_that_are_over_teach():
    one = a_window(60, touched=True)

    assert (leaning([one], 89), leaning([one], 90)[0] > 0) == ((0.0, 0.0), True)


def test_whoever_was_in_touch_on_two_days_is_forecast_and_on_one_day_is_not():
    a_person("Ada").met_on(on(60), on(40))
    a_person("Bo").met_on(on(60))

    assert shown() == [1]


def test_a_season_that_begins_or_ends_in_a_month_leaves_its_person_out_of_it():
    ada = a_book_until("2026-05-10")
    before = shown()[:3]

    ada.rests(on(35), on(30))  # ends on the very day of the newest forecast
    ends = shown()[:3]
    ada.rests(on(29), on(10))

    assert (before, ends, shown()[:3]) == ([5, 5, 5], [5, 4, 5], [4, 4, 5])


@pytest.mark.parametrize(("days", "touched"), [(1, True), (0, True), (-1, False)])
def test_thirty_days_are_a_month(days, touched):
    a_person("Ada").met_on(on(90), on(60), on(days))

    newest = windows(an_owner(), TODAY)[0]

    assert newest.touched[-1].tolist() == [touched]


def test_windows_begin_a_month_after_the_first_moment():
    a_book_until("2026-05-10", first=on(90))
    a_month, two = days_before(), days_before(TODAY - timedelta(days=1))

    assert (a_month, two) == ([30, 60], [30])


def forecast_then(window: Window) -> list[float]:
    """What pages of that day said of thirty days, without what past windows had taught, as exponents."""
    then = album(an_owner(), date.fromordinal(window.day))
    twice = then.states.n >= 2
    z = -np.log1p(-then.chance(30)) / np.exp(then.learned.offset)
    return (z ** np.exp(-then.learned.bend))[twice].tolist()


def test_a_window_forecasts_what_the_pages_of_that_day_did():
    """With an absence over by then, one known later only, answers that came later, and a pace."""
    a_book_until("2026-02-01", first="2025-10-01")
    a_book_until("2026-05-10", first="2026-02-24")
    eve = a_person("Eve")
    for days in (300, 290, 288, 266):
        eve.met_on(on(days))
    eve.wrote_on(on(65), by="owner").wrote_on(on(55), by="them")

    found = windows(an_owner(), TODAY)

    assert [one.day for one in found if one.z.size] != []
    for one in found:
        if one.z.size:
            assert one.z[HORIZONS == 30][0].tolist() == pytest.approx(forecast_then(one))


def test_a_month_in_which_a_letter_still_waits_for_its_answer_teaches_a_month_later():
    a_book_until("2026-06-10")
    before = days_before()
    greta = a_person("Greta").met_on(*every(10, "2025-12-01", "2026-03-20"))

    greta.wrote_on(on(20), by="them").wrote_on(on(-5), by="owner")
    month_later = windows(an_owner(), TODAY + timedelta(days=30))

    assert (before[:2], days_before()[:2]) == ([30, 60], [60, 90])
    assert [one.closed - one.day for one in month_later[:3]] == [60, 30, 30]


@pytest.mark.parametrize(
    ("met", "wrote", "newest"),
    [
        (29, 20, 30),  # they were in touch before, so no answer changes whether they were
        (10, 20, 60),  # it changes when
        (29, 31, 30),  # written before the month: in touch that day, not in the month
    ],
)
def test_only_a_letter_whose_answer_would_change_a_month_keeps_it_waiting(met, wrote, newest):
    a_book_until("2026-05-10")
    greta = a_person("Greta").met_on(*every(10, "2025-12-01", "2026-03-20"), on(met))
    greta.wrote_on(on(wrote), by="owner")

    assert days_before()[0] == newest


def test_a_letter_of_somebody_who_is_not_forecast_keeps_nobody_waiting():
    a_book_until("2026-05-10")
    a_person("Bo").met_on(on(100)).wrote_on(on(3), by="them")

    assert days_before()[0] == 30


@pytest.mark.parametrize("seed", range(3))
def test_what_happened_in_a_window_is_the_same_whenever_one_asks(seed):
    dice = random.Random(seed)
    for name in ("Ada", "Bo", "Charles", "Mary", "Ines"):
        friend, at = a_person(name), dice.randrange(30)
        while at < 330:
            friend.wrote_on(on(300 - at), by="owner")
            friend.wrote_on(on(300 - at - dice.randrange(12, 40)), by="them")
            at += dice.randrange(15, 45)

    now, later = (
        {one.day: one for one in windows(an_owner(), at)} for at in (TODAY, TODAY + timedelta(days=30))
    )

    assert now.keys() <= later.keys()
    assert all((one.touched == later[day].touched).all() for day, one in now.items())


def test_of_the_dead_the_lost_and_the_merely_mentioned_nothing_is_forecast():
    gone = [a_person(name).met_on(*every(5, "2025-06-01", "2025-10-01")) for name in ("Dora", "Eve", "Finn")]
    shelve(a_person("Greta").met_on(*every(5, "2025-06-01", "2025-10-01")).person)
    before = shown()[0]

    gone[0].remembered()
    gone[1].mentioned()
    trash(gone[2].person)

    assert (before, shown()[0]) == (4, 1)

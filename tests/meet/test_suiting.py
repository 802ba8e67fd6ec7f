"""Settings that suit: counts and sentences that admit how little they know, and ideas where to go."""

import pytest

from amity.meet.debrief import YES, Said, debrief
from amity.meet.ideas import ideas
from amity.meet.suiting import settings, summary
from amity.people.actions import add_fact, add_way, join_circle
from amity.ties.queries import album
from cast import a_gathering, a_person, an_owner, day, invite

pytestmark = pytest.mark.django_db
TODAY = day("2026-11-23")


def words(owner=None):
    owner = owner or an_owner()
    return {one.setting: one.words for one in settings(owner, album(owner, TODAY))}


def test_small_numbers_are_admitted():
    ada = a_person("Ada Byron").met_on("2026-01-05", "2026-02-05", setting="dinner party", felt="gave energy")
    ada.met_on("2026-03-05", setting="dinner party", felt="took energy")
    ada.met_on("2026-03-06", setting="hotel bar", felt="neutral")
    ada.met_on("2026-03-07", "2026-03-08", setting="coffee shop")

    assert words() == {
        "coffee shop": "Two coffees so far; you have not said how they felt.",
        "hotel bar": "One time at a hotel bar so far: one did neither. Too few to tell.",
        "dinner party": "Three dinners so far: two gave energy, one took some.",
    }


def test_a_friend_is_named_where_one_first_met_them():
    a_person("Ada Byron").met_on("2026-01-05", setting="hotel bar").met_on("2026-02-05", "2026-03-05").kept(
        spark="like"
    )

    assert words()["hotel bar"] == (
        "One time at a hotel bar so far; you have not said how it felt. You met Ada Byron this way."
    )


def test_a_gathering_is_one_occasion_however_many_moments_it_became():
    fair = a_gathering("Loom Fair", "2026-06-01", a_person("Ada Byron"), size=40, setting="crowded room")
    kofi = invite(fair, "Kofi Novak")
    debrief(fair, Said({kofi.uid: YES}, felt="took energy"), today=TODAY)

    assert words() == {"crowded room": "One crowded room so far: one took some. Too few to tell."}


def test_the_summary_says_what_gives_energy_only_after_three_times():
    ada = a_person("Ada Byron").met_on("2026-01-05", "2026-02-05", setting="dinner party", felt="gave energy")
    before = summary(settings(an_owner(), album(an_owner(), TODAY)))

    ada.met_on("2026-03-05", setting="dinner party", felt="gave energy")

    assert before == "You have said how it felt two times; too few to tell what suits you."
    assert summary(settings(an_owner(), album(an_owner(), TODAY))) == (
        "As far as three occasions can tell, you find energy in these: dinner party."
    )


def test_often_told_and_never_clear_is_not_too_few():
    days = ("2026-01-05", "2026-02-05", "2026-03-05")
    a_person("Ada Byron").met_on(*days, setting="dinner party", felt="neutral")

    assert summary(settings(an_owner(), album(an_owner(), TODAY))) == (
        "You have said how it felt three times; no setting stands out so far."
    )


def test_what_has_no_setting_of_its_own_is_elsewhere():
    a_person("Ada Byron").met_on(
        "2026-01-05", "2026-02-05", "2026-03-05", setting="other", felt="gave energy"
    )

    assert summary(settings(an_owner(), album(an_owner(), TODAY))).endswith(
        "you find energy in these: elsewhere."
    )


def test_ideas_are_conferences_in_the_cities_where_kept_people_live():
    ada, kofi = a_person("Ada Byron").kept(), a_person("Kofi Novak").kept()
    add_way(ada.person, "address", "Weberstr. 1, Berlin, Germany")
    add_fact(kofi.person, "Berlin", label="City")
    add_fact(a_person("Rosa Keita").kept().person, "Amsterdam", label="city", sensitive=True)

    found = ideas(an_owner(), TODAY)

    assert {(one.conference.city, one.why) for one in found} == {
        ("Berlin", "Ada Byron, Kofi Novak live in Berlin.")
    }


def test_ideas_are_on_the_topics_of_ones_circles():
    join_circle(a_person("Ada Byron").person, "testing")

    assert {one.why for one in ideas(an_owner(), TODAY)} == {"It is about testing."}


def test_an_empty_book_has_no_idea():
    assert (ideas(an_owner(), TODAY), settings(an_owner(), album(an_owner(), TODAY))) == ([], [])

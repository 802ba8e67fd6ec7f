from __future__ import annotations

import pytest

from amity.people.models import Link
from amity.ties.constellation import MOST, short_names, sky
from amity.ties.roster import Wanted
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def the_sky(**wish):
    return sky(an_owner(), Wanted(**wish), day=TODAY)


def far(found, name: str) -> float:
    star = next(star for star in found.stars if star.name == name)
    return (star.x**2 + star.y**2) ** 0.5


def test_the_nearer_the_sooner_they_were_in_touch_by_their_own_rhythm():
    weekly = [f"2026-0{month}-{date:02}" for month in (2, 3) for date in (1, 8, 15, 22)]
    a_person("Weekly").kept(spark="like").met_on(*weekly)
    a_person("Yearly").kept(spark="like").met_on("2023-03-22", "2024-03-22", "2025-03-22", "2026-03-22")
    a_person("Today").kept(spark="like").met_on("2026-05-10")
    a_person("Never")

    found = the_sky()
    by_distance = sorted((star.name for star in found.stars), key=lambda name: far(found, name))

    assert by_distance == ["Today", "Yearly", "Weekly", "Never"]
    assert {star.name: star.fade for star in found.stars} == {
        "Today": 0,
        "Yearly": 0,
        "Weekly": 1,
        "Never": 2,
    }
    assert far(found, "Yearly") < found.rings[0] < far(found, "Weekly") <= found.radius


def test_care_is_size_and_comes_first():
    a_person("Light").kept()
    a_person("Close").kept(care="close")
    a_person("New")

    assert [(star.name, star.size) for star in the_sky().stars] == [
        ("Close", 9.5),
        ("Light", 5.0),
        ("New", 3.5),
    ]


def test_lines_are_links_and_fainter_ones_who_may_know_each_other_from_a_small_room():
    ada, bo, cleo, dov = (a_person(name) for name in ("Ada", "Bo", "Cleo", "Dov"))
    Link.objects.create(owner=an_owner(), a=bo.person, b=ada.person, kind="colleague")
    Link.objects.create(owner=an_owner(), a=cleo.person, b=dov.person, kind="in one mail", maybe=True)
    a_gathering("Supper", "2026-04-01", ada, bo, cleo)
    a_gathering("Fair", "2026-04-02", ada, dov, size=200)

    found = the_sky()
    names = [star.name for star in found.stars]
    lines = [[sorted((names[a], names[b])) for a, b in some] for some in (found.known, found.maybe)]

    assert lines[0] == [["Ada", "Bo"]]
    assert sorted(lines[1]) == [["Ada", "Cleo"], ["Bo", "Cleo"], ["Cleo", "Dov"]]


def test_of_very_many_the_kept_and_the_latest_are_drawn_and_the_rest_is_counted():
    for number in range(4):
        a_person(f"Person {number}")
    a_person("Kept long ago").kept()
    a_person("Met lately").met_on("2026-05-01")

    found = sky(an_owner(), Wanted(), day=TODAY, most=2)

    assert ([star.name for star in found.stars], found.found) == (["Kept long ago", "Met lately"], 6)
    assert MOST == 2000


def test_two_of_one_first_name_are_told_apart_and_odd_names_do_no_harm():
    assert short_names(["Ada Byron", "Ada Lind", "Bo", "", "  ", "x" * 10_000]) == [
        "Ada B", "Ada L", "Bo", "", "  ", "x" * 14,
    ]  # fmt: skip


@pytest.mark.parametrize("count", [2, 12])
def test_a_fuller_sky_asks_no_more_questions(count, django_assert_max_num_queries):
    guests = [a_person(f"Guest {number}").kept().met_on("2026-05-01") for number in range(count)]
    a_gathering("Supper", "2026-04-01", *guests[:6])
    the_sky()

    with django_assert_max_num_queries(11):
        the_sky(place="kept")

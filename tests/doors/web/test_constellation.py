from __future__ import annotations

import json
import re

import pytest

from amity.people.models import Link
from browsing import Browser
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db
ODD = {
    "long": "x" * 300,
    "right to left": "\u202eندیم \u05d0\u05d1",
    "emoji": "👩🏽‍🚀 Ada 🪐",
    "tags": "<script>alert(1)</script>",
    "quotes": "\" onload='alert(1)' {{ 7*7 }}",
}


@pytest.fixture
def friends(maya) -> list[str]:
    ada = a_person("Ada Byron").kept(spark="curious", care="close").met_on("2026-05-05")
    bo = a_person("Bo Lind").kept(spark="like").met_on("2026-05-05")
    a_person("Cleo New")
    Link.objects.create(owner=maya, a=ada.person, b=bo.person, kind="colleague")
    return [ada.person.uid, bo.person.uid]


def stars(page: str) -> list[str]:
    return re.findall(r'data-name="([^"]*)"', page)


def test_the_sky_shows_whom_the_owner_keeps_each_as_a_link_that_reads(browser_of_maya, friends):
    page = browser_of_maya.get("/people/constellation").content.decode()

    assert stars(page) == ["Ada Byron", "Bo Lind"]
    assert f'<a href="/people/{friends[0]}" class="f0 spark"' in page
    assert 'aria-label="Ada Byron, new spark, on Tuesday"' in page
    assert len(re.findall(r'class="line" d="M[-\d]+ [-\d]+L[-\d]+ [-\d]+"/><path class="marks"', page)) == 1


def test_list_and_sky_share_every_filter_and_lead_to_each_other(browser_of_maya, friends):
    query = "place=kept&spark=curious"
    sky, rows = (
        browser_of_maya.get(f"/people{at}?{query}").content.decode() for at in ("/constellation", "")
    )

    assert stars(sky) == ["Ada Byron"]
    assert 'href="/people?place=kept&amp;spark=curious"' in sky
    assert 'href="/people/constellation?place=kept&amp;spark=curious"' in rows
    assert 'href="/people/constellation?place=kept"' in sky  # the chip that takes the filter off
    assert 'href="/people?place=kept"' in rows
    assert len(stars(browser_of_maya.get("/people/constellation?place=everybody").content.decode())) == 3


def test_nobody_to_draw_is_said_kindly(browser_of_maya, maya):
    assert "No stars yet." in browser_of_maya.reads("/people/constellation")
    a_person("Cleo New")
    assert "Nobody shines here just now." in browser_of_maya.reads("/people/constellation")


def test_many_stars_come_as_numbers_and_the_page_stays_small(browser_of_maya, maya, monkeypatch):
    monkeypatch.setattr("amity.doors.web.constellation.ROOMY", 2)
    for number in range(5):
        a_person(f"Friend {number}").kept(spark="like")

    page = browser_of_maya.get("/people/constellation?q=friend").content.decode()
    numbers = json.loads(browser_of_maya.get("/people/constellation.json?q=friend").content)

    assert len(stars(page)) == 2
    assert 'data-painted="Five people">Five people; the two people nearest to you are drawn<' in page
    assert 'data-many="/people/constellation.json?q=friend&amp;place=kept"' in page
    assert numbers["name"] == [f"Friend {number}" for number in range(5)]
    assert numbers["edge"] > max(map(abs, numbers["x"] + numbers["y"]))  # all of it fits, not only the few
    assert {len(numbers[column]) for column in ("uid", "x", "y", "size", "fade", "said")} == {5}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_odd_names_do_no_harm_in_deck_list_and_sky(browser_of_maya, maya, name):
    ada = a_person(name).person
    pages = [
        browser_of_maya.get(at).content.decode()
        for at in (
            "/people",
            "/people/deck",
            "/people/constellation?place=everybody",
            f"/people?through={name}&city={name}",
        )
    ]
    numbers = browser_of_maya.get("/people/constellation.json?place=everybody")

    assert all("<script>alert" not in page and "onload='" not in page for page in pages)
    assert all(f"/people/{ada.uid}" in page or f"/deck/{ada.uid}" in page for page in pages[:3])
    assert json.loads(numbers.content)["name"] == [ada.name]


def test_a_name_of_ten_thousand_letters_is_searched_for_without_harm(browser_of_maya, friends):
    endless = "ada" * 3400

    assert "Nobody here goes by" in browser_of_maya.reads(f"/people?q={endless}")
    assert "Nobody shines here" in browser_of_maya.reads(f"/people/constellation?q={endless}")


@pytest.mark.parametrize("at", ["/people", "/people/constellation", "/people/constellation.json"])
@pytest.mark.parametrize("count", [2, 12])
def test_a_fuller_book_asks_no_more_questions(maya, at, count, django_assert_max_num_queries):
    for number in range(count):
        a_person(f"Friend {number}").kept(spark="like").met_on("2026-05-01")
    browser = Browser(maya)
    browser.get(at)

    with django_assert_max_num_queries(20):
        browser.get(
            f"{at}?place=kept&spark=like&standing=new+spark&setting=office&through=x&city=York&circle=a"
        )


def test_the_sky_of_another_owner_stays_theirs(browser_of_maya, friends):
    a_person("Of Ines").of(an_owner("Ines")).kept()

    assert "Of Ines" not in browser_of_maya.get("/people/constellation?place=everybody").content.decode()

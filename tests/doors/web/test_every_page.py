from __future__ import annotations

from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from browsing import Browser
from every_page import NO_PAGES, PAGES, STRANGERS, WAYS_IN
from planting import addresses, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ONLY_POST = 405


def route_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).route
    except Resolver404:
        return ""


def is_page(address: str, browser: Browser) -> bool:
    """Tell whether somebody can look at it: not what is only sent, and not a file by its name."""
    is_file = "." in address.rpartition("/")[2]
    return not is_file and browser.get(address).status_code != ONLY_POST


def test_a_browser_looks_at_every_page_there_is(maya):
    browser = Browser(maya)
    seen = {route_of(path.format_map(defaultdict(lambda: "x"))) for path in PAGES + WAYS_IN + STRANGERS}

    there = {route_of(at) for at in addresses(plant(maya, "Zenon")).values() if is_page(at, browser)}

    assert sorted(there - seen) == sorted(NO_PAGES)


MOST_QUESTIONS = 20
NOT_PAGES = {"export"}  # a file with the whole book, read in steps


def test_no_page_asks_the_database_more_than_twenty_questions(maya):
    for word in ("Alder", "Birch", "Cedar"):
        planted = plant(maya, word)
    browser = Browser(maya)
    for at in (every := addresses(planted)).values():
        browser.get(at)  # whatever is caught up with once, is

    asked = {name: questions(browser, at) for name, at in every.items() if name not in NOT_PAGES}

    assert len([name for name, count in asked.items() if count > 4]) > 15, asked  # the book was looked at
    assert {name: count for name, count in asked.items() if count > MOST_QUESTIONS} == {}


def questions(browser: Browser, at: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        browser.get(at)
    return len(captured)

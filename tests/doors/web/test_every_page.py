from __future__ import annotations

from collections import defaultdict

import pytest
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

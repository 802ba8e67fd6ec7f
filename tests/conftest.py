"""How the tests run: which of them on which database, how hard property tests try, and in which browser.

Pure rooms are also tested without Django (``-p no:django``), so nothing here may need it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from engines import on_postgresql, runs_here
from servers import windowless_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# No deadline: on a busy machine a slow example says nothing about the code.
# Of the same code `make test` says the same twice; chance looks for what nobody thought of in `make fuzz`.
hypothesis.settings.register_profile("amity", deadline=None, derandomize=True)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=5_000)
hypothesis.settings.register_profile("fuzz-books", deadline=None, max_examples=400)
hypothesis.settings.load_profile("amity")


def pytest_collection_finish() -> None:
    """Look for rings of garbage seldom, and never among what is there before the first test."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to another run; pytest counts it as deselected."""
    postgresql, asked = on_postgresql(), config.getoption("markexpr", "")
    kept, left = [], []
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        here = runs_here(marks, getattr(item, "fixturenames", ()), postgresql=postgresql, asked=asked)
        (kept if here else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Finish what pytest-django made, as a new book is finished."""
    from amity.storage.schema import note_as_new

    with django_db_blocker.unblock():
        note_as_new()


@pytest.fixture(scope="module")
def planted_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let a file plant its rows once: each of its tests finds them as they were, whatever another did."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _time_to_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search read the whole of a story's book at once, however busy the machine is."""
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if asked or request.node.get_closest_marker("django_db"):
        monkeypatch.setattr("amity.search.cache.SLICE", 60.0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for all browser tests of a process; without one they skip, and fail under CI."""
    program = windowless_chromium()
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is missing here")
    from playwright.sync_api import sync_playwright

    from visiting import CHROMIUM_WORDS

    # Playwright keeps an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=CHROMIUM_WORDS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page without cookies; what takes more than ten seconds has failed."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()

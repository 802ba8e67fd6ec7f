"""Maya's browser on a Sunday in May."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from amity.owner.models import Owner
from amity.sources import actions, child
from browsing import Browser
from cast import an_owner

NOW = "2026-05-10T09:00:00+00:00"


@pytest.fixture(autouse=True)
def _in_may() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()  # who tried too often is forgotten with the story


@pytest.fixture
def maya(db) -> Owner:
    """Give Maya, who has been through the first two minutes."""
    return an_owner(welcomed=True)


@pytest.fixture
def browser_of_maya(maya) -> Browser:
    """Give Maya's browser, signed in and without a script."""
    return Browser(maya)


@pytest.fixture
def script_of_maya(maya) -> Browser:
    """Give Maya's browser, signed in, asking as htmx does."""
    return Browser(maya, htmx=True)


@pytest.fixture
def at_once(monkeypatch) -> None:
    """Let an import be carried out where it is begun: a child process would look into another database."""
    monkeypatch.setattr(child, "start", actions.carry_out)

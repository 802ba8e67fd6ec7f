"""A book that can be reached from outside and can send mail, and a server that takes it."""

from __future__ import annotations

import pytest
import time_machine

from amity.journal.actions import undo
from amity.journal.models import Deed
from bringing_together import NOW
from cast import an_owner
from sink import a_sink


@pytest.fixture
def clock():
    """Stand still on a Sunday in May, until a story moves on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def by_mail(settings, db):
    """Let Amity ask by itself."""
    settings.AMITY_SMTP, settings.AMITY_FROM = "smtp://127.0.0.1:1", "Maya Lind <maya@book.example>"
    settings.AMITY_URL = "https://maya.example"
    return an_owner(welcomed=True)


@pytest.fixture
def sink(settings, by_mail, tmp_path):
    """Send to a server of the test's own."""
    with a_sink() as sink:
        settings.AMITY_SMTP, settings.AMITY_HOME = sink.url, tmp_path
        yield sink


@pytest.fixture
def maya_undoes(db):
    """Give the taking back of Maya's newest deed."""
    maya = an_owner()
    return lambda: undo(maya, Deed.objects.of(maya).latest("id").uid)

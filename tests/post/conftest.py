"""A sink to send to, and the settings that point at it."""

import pytest

from other_process import share_database
from sink import a_sink


@pytest.fixture
def sink(settings, tmp_path):
    """Send to a server of the test's own, from Ines."""
    with a_sink() as sink:
        settings.AMITY_SMTP, settings.AMITY_FROM = sink.url, "Ines Lund <ines@letters.example>"
        settings.AMITY_URL, settings.AMITY_HOME = "https://ines.example", tmp_path
        yield sink


@pytest.fixture
def home(settings, tmp_path):
    """Let a second process find this test's book."""
    share_database(tmp_path)
    settings.AMITY_HOME = tmp_path
    return tmp_path

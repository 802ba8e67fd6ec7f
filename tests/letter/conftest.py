"""A sink to send to, and the settings that point at it."""

import pytest

from sink import a_sink


@pytest.fixture
def sink(settings, tmp_path):
    """Send to a server of the test's own, from Ines."""
    with a_sink() as sink:
        settings.AMITY_SMTP, settings.AMITY_FROM = sink.url, "Ines Lund <ines@letters.example>"
        settings.AMITY_URL, settings.AMITY_HOME = "https://ines.example", tmp_path
        settings.ALLOWED_HOSTS = ["ines.example", "testserver", "127.0.0.1"]
        yield sink


@pytest.fixture(autouse=True)
def an_open_gate(monkeypatch):
    """Let each test begin with a gate that has counted nobody."""
    from amity.doors.web import subscribing
    from amity.letter.gate import Gate

    monkeypatch.setattr(subscribing, "gate", Gate())

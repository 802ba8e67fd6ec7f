"""What `amity run` prints: how to come in, and the code that a phone's camera reads."""

from __future__ import annotations

import sys

import pytest

from amity.card import codes
from amity.run import HOST, PORT, _welcome

pytestmark = pytest.mark.django_db
URL = "https://attic.local"


@pytest.fixture
def at_a_terminal(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


@pytest.mark.usefixtures("at_a_terminal")
def test_where_a_phone_can_reach_it_its_code_is_printed_and_no_link_that_signs_in(settings):
    settings.AMITY_URL, said = URL, []

    link = _welcome(PORT, said.append)

    code = codes.as_text(codes.url_code(f"{URL}/you/phone"))
    assert link == ""
    assert f"{code}\nOn your phone: {URL}/you/phone\n" in said
    assert "/sign-in/" not in "".join(said)


@pytest.mark.usefixtures("at_a_terminal")
def test_on_this_machine_alone_there_is_a_link_and_no_code(settings):
    settings.AMITY_URL, said = f"http://{HOST}:{PORT}", []

    link = _welcome(PORT, said.append)

    assert said == [f"Amity is at home. Open this once to sign in:\n\n    {link}\n", "Stop with Ctrl-C."]
    assert link.startswith(f"http://{HOST}:{PORT}/sign-in/")

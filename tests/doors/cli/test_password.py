"""The password of a book that others can reach is set where the book is: in the terminal."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.models import Authenticator

from amity.owner.models import Owner

PASSWORD = "weaving looms at night"


@pytest.fixture
def _typed(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))


@pytest.mark.usefixtures("_typed")
def test_a_password_is_set_in_the_terminal_and_the_second_step_stays_unless_it_is_let_go(amity, owner):
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "X"})

    first = amity("password", "--address", "maya@looms.example")
    kept = Authenticator.objects.exists()
    second = amity("password", "--alone", "--json")

    assert first == (
        0,
        "You sign in as maya@looms.example from now on. Every browser was signed out.\n",
    )
    assert second == (0, {"email": "maya@looms.example", "alone": True})
    assert (kept, Authenticator.objects.exists()) == (True, False)
    assert Owner.objects.get().check_password(PASSWORD)


def test_a_weak_password_is_refused_in_one_sentence(amity, owner, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    code, printed = amity("password", "--address", "maya@looms.example", "--json")

    assert (code, list(printed)) == (1, ["error"])
    assert not Owner.objects.get().has_usable_password()

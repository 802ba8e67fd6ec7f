from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from amity.owner.access import owners_only
from amity.owner.actions import LINK_MINUTES, NotPossible, claim, local_owner, new_link, redeem, set_password
from amity.owner.address import reach_of
from amity.owner.models import Owner, SignInLink
from cast import an_owner

pytestmark = pytest.mark.django_db

START = datetime(2026, 5, 10, 9, tzinfo=UTC)


def test_a_link_opens_its_owners_book():
    jonas = an_owner("Jonas")
    new_link(an_owner("Maya"))

    assert redeem(new_link(jonas)) == jonas


def test_a_link_is_used_once():
    token = new_link(an_owner())
    redeem(token)

    assert redeem(token) is None


def test_a_link_works_within_the_hour():
    with time_machine.travel(START, tick=False):
        token = new_link(an_owner())

    with time_machine.travel(START + timedelta(minutes=LINK_MINUTES, seconds=-1), tick=False):
        assert redeem(token) == an_owner()


def test_a_link_expires_after_the_hour():
    with time_machine.travel(START, tick=False):
        token = new_link(an_owner())

    with time_machine.travel(START + timedelta(minutes=LINK_MINUTES), tick=False):
        assert redeem(token) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "\x00"])
def test_an_unknown_link_opens_nothing(token):
    new_link(an_owner())

    assert redeem(token) is None


def test_a_link_itself_is_kept_nowhere():
    token = new_link(an_owner())

    assert token not in str(list(SignInLink.objects.values()))


def test_links_that_ran_out_are_forgotten_with_the_next_one():
    with time_machine.travel(START, tick=False):
        new_link(an_owner())

    with time_machine.travel(START + timedelta(days=1), tick=False):
        new_link(an_owner())

    assert SignInLink.objects.count() == 1


def test_a_stranger_is_led_to_the_door_and_the_view_never_runs():
    request = RequestFactory().get("/people")
    request.user = type("Stranger", (), {"is_authenticated": False})()
    seen = []

    answer = owners_only(seen.append)(request)

    assert (answer.status_code, seen) == (302, [])


def test_who_is_signed_in_is_the_owner_of_the_request():
    request = RequestFactory().get("/people")
    request.session = {}
    request.user = an_owner()

    answer = owners_only(lambda request: HttpResponse(request.owner.name))(request)

    assert answer.content == b"Maya"


def test_this_machines_owner_is_made_once():
    assert local_owner() == local_owner()
    assert Owner.objects.count() == 1


def test_a_password_opens_the_book_by_the_owners_address():
    maya = an_owner()

    set_password(maya, "maya@looms.example", "seven quiet herons")

    maya.refresh_from_db()
    assert (maya.email, maya.check_password("seven quiet herons")) == ("maya@looms.example", True)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("not an address", "seven quiet herons"),
        ("maya@x.org", "short"),
        ("JONAS@book.example", "seven quiet herons"),
    ],
)
def test_an_address_of_somebody_else_or_a_weak_password_changes_nothing(email, password):
    maya, _jonas = an_owner(), an_owner("Jonas")

    with pytest.raises(NotPossible):
        set_password(maya, email, password)

    maya.refresh_from_db()
    assert (maya.email, maya.has_usable_password()) == ("maya@book.example", False)


@pytest.mark.parametrize(
    "password",
    [
        "Amity-Amity-Amity",
        "maya.lind.2026",
        "LINDWÜRMCHEN-maya",
        "looms.example!",
        "attic friends 1",
        "maya's password12345678",
    ],
)
def test_a_password_of_ones_name_address_or_house_is_refused_in_one_sentence(settings, password):
    settings.AMITY_HOST = "attic.local"
    maya = an_owner(name="Maya Lind")
    claim(maya, "name", "Frau Lindwürmchen")

    with pytest.raises(NotPossible) as refused:
        set_password(maya, "herons@looms.example", password)

    assert str(refused.value) == (
        "Your name, your address, this house's name and Amity's are what others try first: "
        "take words that have nothing to do with them."
    )


@pytest.mark.parametrize("password", ["seven herons for maya", "!§$%&/()=?!§", "गुरु पर्वत नीला"])
def test_a_password_may_hold_ones_name_among_other_words_and_be_of_any_signs(password):
    maya = an_owner(name="Maya Lind")

    set_password(maya, "maya@looms.example", password)

    assert maya.check_password(password)


@pytest.mark.parametrize(
    ("url", "passkeys"),
    [
        ("https://amity.example.org", True),
        ("https://attic.local:8443", True),
        ("https://192.168.1.5", False),
        ("https://[::1]:8443", False),
        ("http://amity.example.org", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(url, passkeys):
    assert reach_of(url).takes_passkeys == passkeys

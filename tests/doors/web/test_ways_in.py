"""How a book opens where others can reach it: password, second step, and where it is open already."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import unquote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.urls import reverse

from amity.owner.actions import keep_on, new_link, set_password
from amity.owner.models import Owner
from amity.owner.sessions import forget_ended
from browsing import Browser, code_now, words_of
from cast import an_owner

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "maya@book.example", "weaving looms at night"
KNOWN = {"email": EMAIL, "password": PASSWORD}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4) AppleWebKit/605.1.15 Version/18.4 Mobile Safari/604.1"
CODE = r"<code>([\d ]{41})</code>"
TOO_OFTEN = "That was tried too often. Wait five minutes, then try again."


@pytest.fixture
def maya(db) -> Owner:
    """Give Maya, who signs in by a password."""
    maya = an_owner(welcomed=True)
    set_password(maya, EMAIL, PASSWORD)
    return maya


@pytest.fixture
def _reachable(settings):
    settings.AMITY_URL = "https://amity.example.org"


def set_up_an_app(browser: Browser) -> tuple[str, list[str]]:
    """Set up an app in a browser that is signed in; give its secret and the recovery codes."""
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    shown = browser.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)
    return secret, re.findall(CODE, shown.content.decode())


def opens(browser: Browser) -> bool:
    """Tell whether the book is open in a browser."""
    return browser.get("/people").status_code == 200


def test_after_the_password_a_code_is_asked_for_and_each_works_once(maya):
    secret, _codes = set_up_an_app(Browser(maya))
    browser, second = Browser(), Browser()

    asked = browser.post("/sign-in", KNOWN | {"next": "/meet"})
    between = opens(browser)
    wrong = browser.post("/sign-in/second", {"code": "000000"})
    right = browser.post("/sign-in/second", {"code": code_now(secret)})
    second.post("/sign-in", KNOWN)
    again = second.post("/sign-in/second", {"code": code_now(secret)})

    assert (asked.headers["Location"], between) == ("/sign-in/second", False)
    assert "That code does not fit." in words_of(wrong)
    assert (right.headers["Location"], opens(browser)) == ("/meet", True)
    assert "That code does not fit." in words_of(again)
    assert not opens(second)


def test_a_recovery_code_opens_the_book_once(maya):
    _secret, codes = set_up_an_app(Browser(maya))
    browsers = [Browser(), Browser()]

    for browser in browsers:
        browser.post("/sign-in", KNOWN)
        browser.post("/sign-in/second", {"code": codes[0]})

    assert len(set(codes)) == 5
    assert [opens(browser) for browser in browsers] == [True, False]
    assert "4 of those you have are unused." in browsers[0].reads("/you/signing-in")


def test_recovery_codes_are_shown_once_and_kept_as_hashes_only(maya):
    browser = Browser(maya)
    _secret, codes = set_up_an_app(browser)

    kept = Authenticator.objects.get(type="recovery_codes").data
    again = browser.reads("/you/signing-in/codes") + browser.reads("/you/signing-in")
    new = re.findall(CODE, browser.post("/you/signing-in/codes").content.decode())
    (still, *_others) = Authenticator.objects.get(type="recovery_codes").data["migrated_codes"]
    typed = [codes[1], still, new[1].replace(" ", "")]
    now = [Browser() for _ in typed]
    for one, code in zip(now, typed, strict=True):
        one.post("/sign-in", KNOWN)
        one.post("/sign-in/second", {"code": code})

    assert kept == {"migrated_codes": [sha256(one.replace(" ", "").encode()).hexdigest() for one in codes]}
    assert {len(one.replace(" ", "")) for one in codes + new} == {35}  # 116 bits; 112 are asked for
    assert [one in again for one in codes] == [False] * 5
    assert [opens(one) for one in now] == [False, False, True]  # a hash that was read opens nothing


def test_recovery_codes_come_with_an_app_or_a_passkey(maya):
    answer = Browser(maya).post("/you/signing-in/codes")

    assert "there is none yet" in words_of(answer)
    assert not Authenticator.objects.exists()


def test_what_was_typed_while_the_session_ran_out_survives_the_second_step(maya):
    _secret, codes = set_up_an_app(Browser(maya))
    browser = Browser()

    browser.post("/sign-in", KNOWN | {"kept_for": "/people/add", "kept": "name=Ada+Byron"})
    shown = browser.post("/sign-in/second", {"code": codes[0]})

    assert "Is it to be written down now? Ada Byron" in words_of(shown)


def test_the_second_step_is_nobodys_without_the_first(maya):
    _secret, codes = set_up_an_app(Browser(maya))

    answer = Browser().post("/sign-in/second", {"code": codes[0]})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")


@pytest.mark.usefixtures("_reachable")
def test_where_others_can_reach_the_address_the_one_time_link_opens_nothing(maya):
    browser = Browser()

    answer = browser.post("/sign-in", {"token": new_link(maya)})

    assert "That link opens the book only on the machine on which Amity runs." in words_of(answer)
    assert not opens(browser)


def test_the_one_time_link_opens_nothing_on_another_machine(maya):
    token = new_link(maya)

    from_afar = Browser().post("/sign-in", {"token": token}, REMOTE_ADDR="192.0.2.7")
    from_here = Browser().post("/sign-in", {"token": token}, REMOTE_ADDR="::1")

    assert (from_afar.status_code, from_here.headers["Location"]) == (422, "/")


@pytest.mark.parametrize("email", [EMAIL, "nobody@book.example"])
def test_who_tries_too_often_waits_whether_the_address_is_known_or_not(maya, email):
    wrong = {"email": email, "password": "wrong"}

    said = [words_of(Browser().post("/sign-in", wrong)) for _ in range(6)]

    assert ["do not belong together" in one for one in said] == [True] * 5 + [False]
    assert TOO_OFTEN in said[-1]
    assert TOO_OFTEN in words_of(Browser().post("/sign-in", KNOWN | {"email": email}))


def test_codes_cannot_be_tried_one_after_the_other(maya):
    set_up_an_app(Browser(maya))
    browser = Browser()
    browser.post("/sign-in", KNOWN)

    said = [words_of(browser.post("/sign-in/second", {"code": f"{n:06}"})) for n in range(6)]

    assert [TOO_OFTEN in one for one in said] == [False] * 5 + [True]


def test_an_unknown_address_takes_as_long_as_a_known_one(maya, monkeypatch):
    an_owner("Jonas")  # has no password
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a: hashed.append(1) or encode(*a))
    taken = []

    for email in (EMAIL, "jonas@book.example", "nobody@book.example"):
        hashed.clear()
        Browser().post("/sign-in", {"email": email, "password": "wrong"})
        taken.append(len(hashed))

    assert taken == [1, 1, 1]


def test_the_address_may_be_written_in_capitals(maya):
    answer = Browser().post("/sign-in", KNOWN | {"email": EMAIL.upper()})

    assert answer.headers["Location"] == "/"


def test_a_book_is_closed_in_another_browser_and_nowhere_else(maya):
    here, there = Browser(), Browser()
    for browser, agent in ((here, FIREFOX), (there, SAFARI)):
        browser.post("/sign-in", KNOWN, headers={"User-Agent": agent})
    jonas = Browser(an_owner("Jonas", welcomed=True))

    shown = here.get("/you/signing-in")
    (uid,) = re.findall(r'name="only" value="(\w+)"', shown.content.decode())
    jonas.post("/you/signing-in/close", {"only": uid})
    still = opens(there)
    here.post("/you/signing-in/close", {"only": uid})

    assert "Firefox, Linux this one seen today at 09:00" in words_of(shown)
    assert "Safari, iPhone seen today at 09:00" in words_of(shown)
    assert uid not in {there.session.session_key, here.session.session_key}
    assert [still, opens(here), opens(there), opens(jonas)] == [True, True, False, True]


def test_closed_everywhere_but_here_a_phone_is_forgotten_too(maya):
    here, there, phone = Browser(maya), Browser(maya), Browser(maya)
    session = phone.session
    session["phone"] = keep_on(maya, "Moss green").uid
    session.save()

    named = "Moss green" in here.reads("/you/signing-in")
    here.post("/you/signing-in/close")
    by_phone = phone.get("/people")

    assert named
    assert [opens(here), opens(there)] == [True, False]
    assert by_phone.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.usefixtures("_reachable")
def test_where_others_can_reach_it_the_old_password_is_asked_for(maya):
    browser, wish = Browser(maya), {"email": EMAIL, "password": "seven quiet herons"}

    without = browser.post("/you/password", wish)
    right = browser.post("/you/password", wish | {"current": PASSWORD})

    assert "That is not your password." in words_of(without)
    assert (right.status_code, Owner.objects.get().check_password("seven quiet herons")) == (302, True)


@pytest.mark.usefixtures("_reachable")
def test_before_a_way_in_is_changed_one_says_again_who_one_is(maya):
    browser = Browser(maya)

    asked = browser.get("/you/signing-in/app")
    wrong = browser.post(asked.headers["Location"], {"password": "wrong"})
    right = browser.post(asked.headers["Location"], {"password": PASSWORD})

    assert unquote(asked.headers["Location"]) == "/you/signing-in/confirm?next=/you/signing-in/app"
    assert "That is not your password." in words_of(wrong)
    assert right.headers["Location"] == "/you/signing-in/app"
    assert browser.get("/you/signing-in/app").status_code == 200


def test_without_the_app_its_recovery_codes_go_too(maya):
    browser = Browser(maya)
    set_up_an_app(browser)

    browser.post("/you/signing-in/app/remove")

    assert not Authenticator.objects.exists()
    assert Browser().post("/sign-in", KNOWN).headers["Location"] == "/"


@pytest.mark.parametrize("credential", ["", "[]", "{}", "7", '{"id":"x","response":{}}', "[" * 5000])
def test_a_passkey_that_is_none_opens_nothing(maya, credential):
    browser = Browser()
    options = browser.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()

    answer = browser.post("/sign-in/passkey", {"credential": credential})

    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert options["request_options"]["publicKey"]["allowCredentials"] == []
    assert (answer.status_code, opens(browser)) == (422, False)


def test_the_sample_world_has_no_way_in(maya):
    inside = Browser(an_owner("Ines", is_sample=True))

    answer = inside.post("/you/password", {"email": "x@y.example", "password": PASSWORD})

    assert "nobody signs in to it" in words_of(answer)
    assert not Owner.objects.get(is_sample=True).has_usable_password()


def test_a_session_ends_after_a_year_however_often_it_is_used(maya):
    browser = Browser()
    browser.post("/sign-in", KNOWN)
    session = browser.session
    session["since"] -= 366 * 24 * 60 * 60
    session.save()

    assert browser.get("/people").headers["Location"] == "/sign-in"


def test_signing_in_gives_the_browser_another_session(maya):
    set_up_an_app(Browser(maya))
    browser = Browser()
    browser.post("/sign-in", KNOWN)
    before = browser.session.session_key
    secret = Authenticator.objects.get(type="totp").data["secret"]

    browser.post("/sign-in/second", {"code": code_now(secret)})

    assert browser.session.session_key != before
    assert opens(browser)


def test_who_fails_to_sign_in_is_told_to_the_log_without_what_they_typed(maya, caplog):
    caplog.set_level("INFO")

    Browser().post("/sign-in", KNOWN | {"password": "nearly right"})
    Browser().post("/sign-in", KNOWN)

    assert [(one.levelname, one.getMessage()) for one in caplog.records if "signing_in" in one.name] == [
        ("WARNING", "Somebody at 127.0.0.1 did not know a password."),
        ("INFO", f"Owner {maya.pk} signed in from 127.0.0.1."),
    ]
    assert "nearly right" not in caplog.text


def test_trace_is_answered_by_nothing_of_the_request(maya):
    answer = Browser().trace("/sign-in/second", headers={"X-Secret": "Zebulon"})

    assert b"Zebulon" not in answer.content


def test_who_only_begins_to_sign_in_leaves_nothing_for_long(maya):
    Browser().get("/sign-in/passkey", headers={"Accept": "application/json"})
    set_up_an_app(Browser(maya))
    Browser().post("/sign-in", KNOWN)
    inside = Browser()
    inside.post("/sign-in", {"token": new_link(maya)})

    with time_machine.travel("2026-05-10T09:16:00+00:00", tick=False):
        forget_ended()

    assert Session.objects.count() == 2  # those in which the book is open
    assert opens(inside)

from __future__ import annotations

import pytest
from django.urls import reverse

from amity.journal.models import Deed
from amity.nudges.models import Nudge, Plan
from amity.owner.actions import new_link
from browsing import Browser, words_of
from cast import an_owner
from planting import addresses, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "Zebulon"
FOR_PHONES = ("/phone", "/worker.js", "/manifest.webmanifest")
FOR_STRANGERS = ("/feed/", "/sign-in", "/@", "/left/", "/introduced", "/letters/", *FOR_PHONES)


@pytest.fixture
def planted(maya) -> dict[str, str]:
    """Plant the secret everywhere."""
    return plant(maya, SECRET)


def for_strangers(address: str) -> bool:
    """Tell whether an address is there for everybody: signing in, and what an owner has made public."""
    return address.startswith(FOR_STRANGERS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_stranger_sees_nothing(planted, method, htmx):
    stranger = Browser(htmx=htmx)

    for name, address in addresses(planted).items():
        answer = getattr(stranger, method)(address)
        assert SECRET not in answer.content.decode(), name
        asked = "/sign-in" in str(answer.headers) or "Open your book" in answer.content.decode()
        assert for_strangers(address) or asked, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_owner_finds_nothing(planted, method):
    jonas = Browser(an_owner("Jonas", welcomed=True))
    before = Deed.objects.filter(owner=an_owner()).count()

    for name, address in addresses(planted).items():
        if name not in {"sign_out", "sample", "leave_sample", "export"}:
            assert SECRET not in getattr(jonas, method)(address).content.decode(), name

    assert Deed.objects.filter(owner=an_owner()).count() == before


@pytest.mark.both
def test_looking_changes_nothing(planted, maya):
    browser = Browser(maya)
    before = (Deed.objects.count(), list(Plan.objects.values()), list(Nudge.objects.values()))

    pages = {name: at for name, at in addresses(planted).items() if "nothing" not in at}
    answers = {name: browser.get(address).status_code for name, address in pages.items()}

    assert (Deed.objects.count(), list(Plan.objects.values()), list(Nudge.objects.values())) == before
    assert set(answers.values()) <= {200, 302, 404, 405}


def test_a_form_without_its_token_changes_nothing(maya):
    browser = Browser(maya)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(reverse("person_add"), {"name": "Ada Byron"})

    assert answer.status_code == 403
    assert "Nothing was changed." in words_of(answer)
    assert "Ada Byron" not in browser.reads("/people")


def test_what_a_stranger_sends_at_length_is_turned_away_unread():
    answer = Browser().post(reverse("sign_in"), {"token": "x" * 100_000})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")


def test_a_script_whose_session_is_over_is_sent_to_sign_in_as_a_whole_page():
    answer = Browser(htmx=True).get("/people/search?q=a")

    assert answer.headers["HX-Redirect"] == "/sign-in?next=/people/search%3Fq%3Da"


def test_a_page_says_how_a_browser_must_treat_it(maya):
    answer = Browser(maya).get("/people")

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
    kept = ("Cache-Control", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")
    assert [answer.headers[name] for name in kept] == ["no-store", "same-origin", "nosniff", "DENY"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(maya):
    browser = Browser()

    browser.post(reverse("sign_in"), {"token": new_link(maya)}, follow=True)

    said = {name: (one["httponly"], one["samesite"]) for name, one in browser.cookies.items()}
    assert said == {"amity": (True, "Lax"), "amity-csrf": (True, "Lax")}


def test_no_page_holds_a_style_or_a_script_of_its_own(planted, maya):
    browser = Browser(maya)
    others = {"export", "edition_preview"}  # a file, and a mail in a frame that may do nothing

    pages = {
        name: browser.get(address).content
        for name, address in addresses(planted).items()
        if name not in others
    }

    assert [name for name, text in pages.items() if b" style=" in text or b" onclick=" in text] == []
    assert [name for name, text in pages.items() if b"<script>" in text or b"<style" in text] == []

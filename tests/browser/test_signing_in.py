"""Signing in over https, through Caddy as on a small server: a passkey is made, and opens the book alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from browsing import code_now
from visiting import Complaints, House, ReachableHouse, hindrances, sign_in

pytestmark = pytest.mark.browser
CSP = {
    "default-src 'self'",
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
}
HEADERS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


def a_device(page: Page) -> None:
    """Give the browser a device that keeps passkeys behind a lock, and opens it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def cookies(page: Page) -> dict[str, tuple[bool, bool, str, str]]:
    """Give each cookie: is it for https only, hidden from scripts, for our own pages, and for which path."""
    return {
        one["name"]: (one["secure"], one["httpOnly"], one["sameSite"], one["path"])
        for one in page.context.cookies()
    }


def by_password(page: Page, house: ReachableHouse) -> None:
    """Sign in by address and password."""
    page.get_by_label("Your e-mail address").fill(house.email)
    page.get_by_label("Password").fill(house.password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_opens_the_book_over_https(reachable_house: ReachableHouse):
    house, heard = reachable_house, Complaints()
    page = house.browser.new_page()
    heard.listen(page)
    a_device(page)

    page.goto(f"{house.address}/people")
    by_password(page, house)
    answer = page.goto(f"{house.address}/you/signing-in")
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("Password").fill(house.password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("A name for it").fill("My laptop")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_text("My laptop", exact=True)).to_be_visible()
    safe = cookies(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{house.address}/people")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{house.address}/people")
    page.get_by_role("link", name="You", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    by_password(page, house)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{house.address}/welcome")

    headers = answer.headers
    assert set(headers["content-security-policy"].split("; ")) == CSP
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert safe == {
        "__Host-amity": (True, True, "Lax", "/"),
        "__Host-amity-csrf": (True, True, "Lax", "/"),
    }
    assert heard.heard == []


def test_everybody_can_use_what_comes_only_to_who_has_a_second_way_in(reachable_house: ReachableHouse):
    house, found = reachable_house, {}
    context = house.browser.new_context(bypass_csp=True)
    page = context.new_page()

    def look_at(*paths: str) -> None:
        for path in paths:
            page.goto(house.address + path)
            look()

    def look(heading: str = "") -> None:
        if heading:  # a form or a passkey is still on its way there
            expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        found[re.sub(r"\d+", "1", urlsplit(page.url).path)] = hindrances(page)

    a_device(page)
    page.goto(f"{house.address}/you")
    by_password(page, house)
    page.goto(f"{house.address}/you/signing-in/app")
    look()
    page.get_by_label("Password").fill(house.password)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("The code").fill(code_now(secret))
    page.get_by_role("button", name="Set it up").click()
    look("Recovery codes")
    page.goto(f"{house.address}/you/signing-in/passkeys/add")
    page.get_by_label("A name for it").fill("My laptop")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Signing in", level=1)).to_be_visible()
    look_at("/you/signing-in", "/you/signing-in/codes", "/you/signing-in/app/remove")
    page.goto(f"{house.address}/you/signing-in")
    page.get_by_role("link", name="Let it go").last.click()
    look("Let a passkey go")
    look_at("/you/signing-in/confirm/code", "/you/signing-in/confirm/passkey")
    page.goto(f"{house.address}/you/signing-in")
    page.get_by_role("button", name="Sign out").click()
    by_password(page, house)
    look("One more step")
    context.close()

    assert [said for said in found.items() if said[1]] == []
    assert sorted(found) == [
        "/sign-in/second",
        "/you/signing-in",
        "/you/signing-in/app",
        "/you/signing-in/app/remove",
        "/you/signing-in/codes",
        "/you/signing-in/confirm",
        "/you/signing-in/confirm/code",
        "/you/signing-in/confirm/passkey",
        "/you/signing-in/passkeys/1/remove",
    ]


def test_on_this_machine_alone_cookies_need_no_https(page: Page, house: House):
    sign_in(page, house)

    answer = page.goto(f"{house.address}/you/signing-in")

    assert set(answer.headers["content-security-policy"].split("; ")) == CSP
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "strict-transport-security" not in answer.headers
    assert cookies(page) == {
        "amity": (False, True, "Lax", "/"),
        "amity-csrf": (False, True, "Lax", "/"),
    }

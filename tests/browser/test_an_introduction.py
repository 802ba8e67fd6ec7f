"""Two people answer their private links, each in a browser of their own, without an account."""

from __future__ import annotations

import pytest
from django.utils import timezone

from amity.introductions import actions
from bringing_together import again, begun, link_of
from cast import an_owner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.both
def test_two_yeses_bring_two_people_together(browser, live_server, settings):
    settings.AMITY_SMTP, settings.AMITY_FROM = "smtp://127.0.0.1:1", "maya@book.example"
    settings.AMITY_URL = "https://book.example"
    an_owner(welcomed=True)
    one = actions.ask(begun(), now=timezone.now())
    cookies = []
    for address in ("ada@looms.example", "charles@cogs.example"):
        context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"{live_server.url}/introduced/{link_of(address)}")
        page.get_by_role("button", name="Yes, gladly").click()
        assert page.get_by_role("heading").inner_text() == "Thank you"
        cookies += [cookie["name"] for cookie in context.cookies()]
        page.go_back()
        page.reload()
        assert "This link is not open any more." in page.inner_text("main")
        context.close()

    assert again(one).state == "introduced"
    assert [name for name in cookies if "csrf" not in name] == []

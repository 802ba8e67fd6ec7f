"""An introduction from the owner's button to the last mail, through a mail server and three browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from amity.introductions.models import Introduction
from amity.moments.models import Gift
from amity.people.models import Link
from amity.post.sending import send_due
from bringing_together import ada, charles
from cast import an_owner
from sink import Sink, a_sink, parsed
from visiting import PHONE, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADA, CHARLES = "ada@looms.example", "charles@cogs.example"
YES, NOT_NOW, NO = "Yes, gladly", "Not now", "Rather not"
CLOSED = "This link is not open any more."


@dataclass
class Story:
    """Maya's desk, what reached the mail server, and a new window of a friend's phone."""

    desk: Page
    sink: Sink
    window: Callable[[], Page]

    def mails(self, address: str) -> list[EmailMessage]:
        """Let the post go out, and give what has reached an address by then."""
        send_due(an_owner())
        return [parsed(raw) for to, _, raw in self.sink.mails if to == address]

    def open(self, address: str, path: str = "") -> Page:
        """Open the link of somebody's first mail, or another path, without cookies and without a script."""
        text = self.mails(address)[0].get_body(("plain",)).get_content()
        page = self.window()
        page.goto(path or re.search(r"https://book\.example(/introduced/\S+)", text)[1])
        return page

    def answers(self, address: str, word: str) -> list[str]:
        """Press a button, and give all that somebody reads from the link to the thanks."""
        page = self.open(address)
        read = [page.inner_text("main")]
        page.get_by_role("button", name=word).click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        read.append(page.inner_text("main"))
        assert [one["name"] for one in page.context.cookies() if "csrf" not in one["name"]] == []
        return read

    def stands(self) -> str:
        """Give what Maya reads about the two."""
        self.desk.goto("/meet/together")
        self.desk.get_by_role("link", name="Ada Byron and Charles Cog").click()
        expect(self.desk.get_by_role("heading", name="Ada Byron and Charles Cog", level=1)).to_be_visible()
        return self.desk.inner_text("main")


@pytest.fixture
def story(browser: Browser, client, live_server, settings, tmp_path) -> Iterator[Story]:
    """Let Maya ask Ada and Charles: a line for each is written and both are asked, in her browser."""
    windows = []

    def window() -> Page:
        plain = {"java_script_enabled": False, "viewport": PHONE}
        windows.append(browser.new_context(base_url=live_server.url, **plain))
        return windows[-1].new_page()

    settings.AMITY_URL, settings.AMITY_FROM = "https://book.example", "Maya Lind <maya@book.example>"
    settings.AMITY_HOME = tmp_path
    maya = an_owner(welcomed=True)
    ada(), charles()
    with a_sink() as sink, signed_in(browser, client, maya, live_server.url) as desk:
        settings.AMITY_SMTP = sink.url
        desk.goto("/meet/together")
        desk.get_by_role("link", name="Write a line for each").first.click()
        desk.locator("[name=to_a]").fill("He would put looms into schools.")
        desk.locator("[name=to_b]").fill("She knows all about looms.")
        desk.get_by_role("button", name="Keep these lines").click()
        desk.get_by_role("button", name="Ask both").click()
        desk.get_by_text("You have asked both. Nobody will be reminded.").wait_for()
        yield Story(desk, sink, window)
    for context in windows:
        context.close()


@pytest.mark.both
def test_two_yeses_bring_two_people_together(story: Story):
    story.answers(ADA, YES)
    waiting = [len(story.mails(ADA)), len(story.mails(CHARLES))]
    story.answers(CHARLES, YES)

    assert waiting == [1, 1]
    [_, to_ada], [_, to_charles] = story.mails(ADA), story.mails(CHARLES)
    assert [CHARLES in str(to_ada), ADA in str(to_charles)] == [True, True]
    assert to_ada["Subject"] == to_charles["Subject"] == "Ada Byron, this is Charles Cog"
    assert "You brought them together today. Thank you for that." in story.stands()
    assert [(one.a.name, one.b.name) for one in Link.objects.all()] == [("Ada Byron", "Charles Cog")]
    assert Gift.objects.count() == 2


@pytest.mark.parametrize("first", [YES, NOT_NOW, NO, "silence", "withdrawn"])
def test_what_the_first_one_does_is_never_read_by_the_second(story: Story, first):
    """What Charles reads is the same on every path; so is what reaches either, but for two yeses."""
    if first == "withdrawn":
        story.desk.get_by_role("button", name="Let it go").click()
        expect(story.desk.get_by_text("You let this one go.")).to_be_visible()
    elif first != "silence":
        story.answers(ADA, first)
    before = [mail["Subject"] for mail in story.mails(CHARLES)]
    asked, thanked = story.answers(CHARLES, YES)

    assert before == ["Would you like to meet Ada Byron?"]
    assert "Charles, would you like to meet Ada Byron?" in asked
    assert "Ada does not, and gets your address only when both of you say yes." in asked
    assert thanked == (
        "Thank you\n\nIf both of you said yes, one mail brings you together. If not, nothing more comes of "
        "it, and there is nothing else to do.\n\nYou can close this page."
    )
    each = 2 if first == YES else 1
    assert [len(story.mails(ADA)), len(story.mails(CHARLES))] == [each, each]
    assert Link.objects.count() == Gift.objects.count() // 2 == each - 1
    if first in {NOT_NOW, NO}:
        assert "It did not come about. Nobody was told why." in story.stands()


def test_a_used_a_forged_and_an_expired_link_change_nothing(story: Story):
    story.answers(ADA, YES)
    used, forged = story.open(ADA), story.open(ADA, "/introduced/made-up")
    late = story.open(CHARLES)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        late.get_by_role("button", name=YES).click()
        expect(late.get_by_text(CLOSED)).to_be_visible()
        expired = story.open(CHARLES)
        read = [page.inner_text("main") for page in (used, forged, late, expired)]

    assert [CLOSED in words for words in read] == [True] * 4
    assert Introduction.objects.values_list("state", "answer_a", "answer_b").get() == ("asked", "yes", "")
    assert [len(story.mails(ADA)), len(story.mails(CHARLES))] == [1, 1]

"""A no is never revealed to the other: whatever happens, in whatever order, Ada sees the same.

The same story is told three times: in one Charles says no, in one not now, in one he stays silent. Everything
that reaches Ada is compared: each page she opens, each answer she is given, each mail that is written to her.
"""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amity.introductions import actions
from amity.owner.actions import NotPossible
from bringing_together import NOW, again, answers, asked, link_of, mails_to, opens
from browsing import words_of

pytestmark = pytest.mark.django_db
ADA, CHARLES = "ada@looms.example", "charles@cogs.example"
DAY = 24 * 3600
SILENCE = ""
WORLDS = ("no", "not now", SILENCE)
REACHABLE = {
    "AMITY_SMTP": "smtp://127.0.0.1:1",
    "AMITY_FROM": "maya@book.example",
    "AMITY_URL": "https://maya.example",
}
EVENTS = [
    "Ada opens",
    "Ada yes",
    "Ada not now",
    "Ada no",
    "Charles",
    "Maya lets go",
    "Maya looks",
    "a day",
    "a month",
]


def what_ada_sees(events: list[str], charles_says: str) -> list[object]:
    with transaction.atomic(), override_settings(**REACHABLE), time_machine.travel(NOW, tick=False) as clock:
        one = asked()
        token = link_of(ADA)
        seen = [_happens(event, one, charles_says, clock) for event in events]
        mails = [mail.replace(token, "TOKEN") for mail in mails_to(ADA)]
        transaction.set_rollback(True)
    return [*seen, *mails]


def _happens(event: str, one, charles_says: str, clock) -> object:
    if event == "Ada opens":
        return _plain(opens(ADA))
    if event.startswith("Ada "):
        return _plain(answers(ADA, event.removeprefix("Ada ")))
    if event == "Charles" and charles_says:
        answers(CHARLES, charles_says)
    if event == "Maya lets go":
        _maya_lets_go(one)
    if event.startswith("a "):
        clock.shift({"a day": DAY, "a month": 30 * DAY}[event])
    return None


def _maya_lets_go(one) -> None:
    with suppress(NotPossible):
        actions.withdraw(again(one))


def _plain(answer) -> tuple[int, list[tuple[str, int]], str, list[str]]:
    """Everything of an answer but what is random in it."""
    text = re.sub(r'name="(csrfmiddlewaretoken|token)" value="[^"]*"', "", answer.content.decode())
    headers = sorted(name for name in answer.headers if name != "Content-Length")
    return answer.status_code, getattr(answer, "redirect_chain", []), text, [*headers, words_of(answer)]


@pytest.mark.once
@settings(max_examples=max(12, settings().max_examples // 10))
@given(events=st.lists(st.sampled_from(EVENTS), max_size=6))
@example(events=["Charles", "Ada opens", "Ada yes", "Ada opens"])
@example(events=["Ada yes", "Charles", "Ada opens"])
@example(events=["Charles", "Maya lets go", "Ada opens", "Ada no"])
@example(events=["Charles", "a month", "Ada opens", "Ada yes"])
def test_a_no_a_not_now_and_silence_look_the_same_to_the_other(events):
    one, *others = (what_ada_sees(events, world) for world in WORLDS)

    assert others == [one, one]


@pytest.mark.parametrize("word", ["yes", "not now", "no"])
def test_an_answer_is_thanked_in_the_same_words(word):
    pages = {what_ada_sees([f"Ada {said}"], SILENCE)[0][2] for said in ("yes", word)}

    assert len(pages) == 1


def test_the_comparison_would_notice_two_yeses():
    told = what_ada_sees(["Charles", "Ada yes"], "yes")

    assert told != what_ada_sees(["Charles", "Ada yes"], SILENCE)

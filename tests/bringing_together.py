"""Ada and Charles, who share looms, and Maya, who may bring them together."""

from __future__ import annotations

import re

from amity.introductions import actions, queries
from amity.introductions.models import Introduction
from amity.post.models import Delivery
from browsing import Browser
from cast import Somebody, a_person, day, instant

TODAY = day("2026-05-10")
NOW = instant("2026-05-10 09:00")


def ada() -> Somebody:
    return (
        a_person("Ada Byron")
        .kept(spark="curious", words="looms that remember")
        .reached_by("email", "ada@looms.example")
    )


def charles() -> Somebody:
    somebody = a_person("Charles Cog").kept().hopes("a loom for every school")
    return somebody.reached_by("email", "charles@cogs.example")


def begun() -> Introduction:
    lines = {"to_a": "He would put looms into schools.", "to_b": "She knows all about looms."}
    return actions.begin(ada().person, charles().person, day=TODAY, **lines)


def asked() -> Introduction:
    return actions.ask(begun(), now=NOW)


def again(one: Introduction) -> Introduction:
    """Look at an introduction anew."""
    return queries.get(one.owner, one.uid)


def mails_to(address: str) -> list[str]:
    """Give the words of every mail that is to go to an address, oldest first."""
    found = Delivery.objects.filter(address=address).select_related("mailing").order_by("id")
    return [one.mailing.text for one in found]


def link_of(address: str) -> str:
    """Give the token of the private link that somebody got."""
    return re.search(r"/introduced/(\S+)", mails_to(address)[0])[1]


def opens(address: str):
    return Browser().get(f"/introduced/{link_of(address)}")


def answers(address: str, word: str, token: str = ""):
    return Browser().post("/introduced", {"token": token or link_of(address), "answer": word}, follow=True)

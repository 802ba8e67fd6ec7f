"""A browser without a screen: asks for pages and gives their words."""

from __future__ import annotations

import html
import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from amity.owner.models import Owner


class Browser(Client):
    """A browser of one owner's; ``htmx`` makes the next requests come from the page's own script."""

    def __init__(self, owner: Owner | None = None, *, htmx: bool = False) -> None:
        headers = {"HX-Request": "true"} if htmx else {}
        super().__init__(HTTP_HOST="127.0.0.1", headers=headers)
        if owner is not None:
            self.force_login(owner)

    def reads(self, path: str) -> str:
        """Give the words of a page as a person reads them."""
        return words_of(self.get(path, follow=True))


def words_of(response) -> str:
    """Give the words of an answer without its tags."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def code_now(secret: str) -> str:
    """Give the code that an app shows now."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))

"""What templates may say besides Django's own words; built in, so no page has to load them."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amity.doors.web.words import GIFT_KINDS

register = template.Library()
ANYTHING = "anything"


@register.filter
def gift_said(kind: str) -> str:
    """Say a kind of gift in the reader's language."""
    return str(dict(GIFT_KINDS).get(kind, kind))


@register.simple_tag
def page_of(route: str, uid: str) -> str:
    """Give the address of a page about one thing: ``url``, for the long lists in which that takes a tenth."""
    before, after = _around(route, get_script_prefix())
    return f"{before}{uid}{after}"


@lru_cache
def _around(route: str, _root: str) -> tuple[str, str]:
    before, _uid, after = reverse(route, args=[ANYTHING]).partition(ANYTHING)
    return before, after


@register.simple_tag
def once() -> SafeString:
    """Give a form a token of its own, so that it is carried out once however often it is sent."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))

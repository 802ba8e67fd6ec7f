"""What templates may say besides Django's own words; built in, so no page has to load them."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amity.doors.web.words import GIFT_KINDS

register = template.Library()


@register.filter
def gift_said(kind: str) -> str:
    """Say a kind of gift in the reader's language."""
    return str(dict(GIFT_KINDS).get(kind, kind))


@register.simple_tag
def once() -> SafeString:
    """Give a form a token of its own, so that it is carried out once however often it is sent."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))

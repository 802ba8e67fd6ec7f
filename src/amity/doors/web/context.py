"""What every page knows: whose book it is, what was just done, and whether it is the sample world."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from amity.card.queries import to_answer


def house(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of a page its words."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"owner": None, "deed": None}
    return {
        "owner": user,
        "deed": SimpleLazyObject(lambda: _just_done(request)),
        "sample_url": None if user.is_sample else reverse("sample"),
        "today": getattr(request, "today", None),
        "visitors_waiting": SimpleLazyObject(lambda: to_answer(user)),
    }


def _just_done(request: HttpRequest) -> dict[str, str] | None:
    """Give the newest of what the last request left to say; reading it uses it up."""
    left = [{"sentence": one.message, "uid": one.extra_tags or ""} for one in get_messages(request)]
    return left[-1] if left else None

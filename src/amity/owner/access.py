"""May I? The one place that asks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from amity.owner.address import is_reachable
from amity.owner.models import Owner
from amity.owner.queries import keeps_a_copy

PHONE = "phone"  # where a session says which phone it is on
SINCE = "since"  # and when it began
LONGEST = timedelta(days=365)  # however often the book is opened; left alone, a session ends after 60 days


class OwnersRequest(HttpRequest):
    """A request whose owner is known."""

    owner: Owner


OWN_BOOK = "own_book"  # in a session that visits the sample world: whose book it goes back to
View = Callable[..., HttpResponseBase]


def owners_only(view: View) -> View:
    """Let only a signed-in owner in, and hand the owner on as ``request.owner``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = cast("OwnersRequest", request)
        mine.owner = cast("Owner", request.user)
        if _is_over(mine):
            return gone(request)
        return view(mine, *args, **kwargs)

    return login_required(guarded)


def _is_over(request: OwnersRequest) -> bool:
    """Tell whether the book is closed here: the phone was forgotten, or it was open for a year."""
    began = request.session.get(SINCE)
    if began is not None and timezone.now().timestamp() - began > LONGEST.total_seconds():
        return True
    phone = request.session.get(PHONE, "")
    return bool(phone) and not keeps_a_copy(request.owner, phone)


def gone(request: HttpRequest) -> HttpResponseBase:
    """Close the book in this browser, and have the browser throw away what it keeps of it."""
    logout(request)
    answer = redirect("sign_in")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def is_this_machine(request: HttpRequest) -> bool:
    """Tell whether the one-time link may open the book here.

    Behind a proxy that nobody told of, everybody seems to come from this machine: with an address that others
    can reach, nobody does.
    """
    return not is_reachable() and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

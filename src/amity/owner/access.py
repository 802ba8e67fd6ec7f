"""May I? The one place that asks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from amity.owner.models import Owner
from amity.owner.queries import keeps_a_copy

PHONE = "phone"  # where a session says which phone it is on


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
        if (phone := request.session.get(PHONE)) and not keeps_a_copy(mine.owner, phone):
            return gone(request)
        return view(mine, *args, **kwargs)

    return login_required(guarded)


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
    return not settings.IS_REACHABLE and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

"""May I? The one place that asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

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

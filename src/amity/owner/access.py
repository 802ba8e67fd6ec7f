"""May I? The one place that asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amity.owner.models import Owner


class OwnersRequest(HttpRequest):
    """A request whose owner is known."""

    owner: Owner


View = Callable[..., HttpResponseBase]


def owners_only(view: View) -> View:
    """Let only a signed-in owner in, and hand the owner on as ``request.owner``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = cast("OwnersRequest", request)
        mine.owner = cast("Owner", request.user)
        return view(mine, *args, **kwargs)

    return login_required(guarded)

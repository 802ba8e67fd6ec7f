"""What happens once it is known who somebody is: their book opens, and what they wanted before goes on."""

from __future__ import annotations

import logging

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from amity.doors.web.asking import said
from amity.nudges.actions import plan
from amity.owner import sessions
from amity.owner.models import Owner

# What is not kept of a form that waits for its owner to sign in again.
NOT_KEPT = ("csrfmiddlewaretoken", "password", "current", "code", "credential", "token")
NOT_SHOWN = ("do", "line", "once", "person", "seen", "row", "sure")
SHORT = 15 * 60
LOG = logging.getLogger("amity.signing_in")
Wish = dict[str, str]  # next: a page; kept_for, kept: a form that was sent while nobody was signed in
_WISH = "wish"


def wish_of(request: HttpRequest) -> Wish:
    """Give what somebody wanted when they were asked to sign in."""
    return {name: said(request, name) for name in ("next", "kept_for", "kept")}


def keep_wish(request: HttpRequest) -> None:
    """Keep the wish while a second step is asked for."""
    request.session[_WISH] = wish_of(request)
    hold_briefly(request)


def hold_briefly(request: HttpRequest) -> None:
    """Let the session of somebody who is not in yet end soon, so that strangers fill no table."""
    if not request.user.is_authenticated:
        request.session.set_expiry(SHORT)


def kept_wish(request: HttpRequest) -> Wish:
    """Give the wish that was kept, once."""
    kept: Wish = request.session.pop(_WISH, {})
    return kept


def come_in(request: HttpRequest, owner: Owner, wish: Wish) -> HttpResponse:
    """Open an owner's book in this browser, and go where they wanted to."""
    open_book(request, owner)
    return arrive(request, owner, wish)


def open_book(request: HttpRequest, owner: Owner) -> None:
    """Open an owner's book in this browser."""
    login(request, owner, backend="django.contrib.auth.backends.ModelBackend")
    request.session.set_expiry(None)
    sessions.begin(request.session, request.headers.get("User-Agent", ""))
    LOG.info("Owner %s signed in from %s.", owner.pk, request.META.get("REMOTE_ADDR", ""))


def arrive(request: HttpRequest, owner: Owner, wish: Wish) -> HttpResponse:
    """Go where an owner wanted to, with the day planned."""
    if owner.welcomed:
        plan(owner, owner.today())
    if wish.get("kept_for"):
        return go_on(request, wish)
    wanted = wish.get("next", "")
    return HttpResponseRedirect(wanted if _is_ours(request, wanted) else reverse("today"))


def go_on(request: HttpRequest, wish: Wish) -> HttpResponse:
    """Show what was written before the sign-in, to be sent now that it is known whose it is."""
    where = wish["kept_for"]
    if not _is_ours(request, where):
        return redirect("today")
    fields = [(name, value) for name, values in QueryDict(wish["kept"]).lists() for value in values]
    written = [value for name, value in fields if value and name not in {*NOT_SHOWN, *NOT_KEPT}]
    context = {"where": where, "fields": fields, "written": written}
    return render(request, "owner/go_on.html", context)


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())

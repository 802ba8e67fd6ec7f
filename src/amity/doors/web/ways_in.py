"""You: how one signs in, where one is signed in, and closing the book there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing
from amity.doors.web.asking import Request, said
from amity.doors.web.gatekeeping import check_password, confirmed, mine
from amity.doors.web.words import moment_ago
from amity.owner import actions as owners
from amity.owner import sessions
from amity.owner.access import is_this_machine
from amity.owner.address import own
from amity.owner.keys import keys_of
from amity.owner.queries import LOCAL_EMAIL, devices
from amity.owner.sessions import SignedIn


@mine
def signing_in(request: Request) -> HttpResponse:
    """Show how one signs in, and where one is."""
    return _shown(request, Outcome())


@mine
@require_POST
def password(request: Request) -> HttpResponse:
    """Set the address and password to sign in with; every other browser has to sign in again."""
    with doing(request, "password") as outcome:
        if _asks_for_current(request):
            check_password(request, request.owner, request.POST.get("current", ""))
        owners.set_password(request.owner, said(request, "email"), request.POST.get("password", ""))
    if outcome.errors:
        return _shown(request, outcome)
    update_session_auth_hash(request, request.owner)
    return redirect("signing_in")


@mine
@require_POST
@confirmed
def close(request: Request) -> HttpResponse:
    """Close the book in one browser, or everywhere but here."""
    here = sessions.name_of(request.session.session_key)
    if only := said(request, "only"):
        sessions.close(request.owner, only=only)
    else:
        sessions.close(request.owner, but=here)
    return redirect("signing_in")


def _asks_for_current(request: Request) -> bool:
    """Tell whether the old password is asked for: on one's own machine the link has said who one is."""
    return request.owner.has_usable_password() and not is_this_machine(request)


def _shown(request: Request, outcome: Outcome) -> HttpResponse:
    context = _page(request) | {"errors": outcome.errors}
    if outcome.errors:
        context["email"] = said(request, "email")
    return render(request, "owner/signing_in.html", context, status=outcome.status)


def _page(request: Request) -> dict[str, Any]:
    owner, here = request.owner, sessions.name_of(request.session.session_key)
    phones = {one.uid: one.name for one in devices(owner)}
    return {
        "email": "" if owner.email == LOCAL_EMAIL else owner.email,
        "has_password": owner.has_usable_password(),
        "asks_for_current": _asks_for_current(request),
        "by_link": is_this_machine(request),
        "keys": keys_of(owner),
        "has_passkeys": own().takes_passkeys,
        "browsers": [
            (_in_words(one, phones), _seen(request, one), one.uid, one.uid == here)
            for one in sessions.signed_in(owner)
        ],
    }


def _in_words(one: SignedIn, phones: dict[str, str]) -> str:
    if name := phones.get(one.phone):
        return name
    if not one.browser or not one.system:
        return one.browser or one.system or _("A browser")
    return _("%(browser)s, %(system)s") % {"browser": one.browser, "system": one.system}


def _seen(request: Request, one: SignedIn) -> str:
    return moment_ago(one.seen, request.today, request.owner.tz) if one.seen else ""

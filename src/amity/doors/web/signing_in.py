"""Coming in and going out: by the one-time link, by a password, into the sample world and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from amity.book.sample import make as make_sample
from amity.doors.web import gatekeeping
from amity.doors.web.arriving import NOT_KEPT, come_in, go_on, hold_briefly, wish_of
from amity.doors.web.asking import Request, said
from amity.owner.access import OWN_BOOK, PHONE, gone, is_this_machine, owners_only
from amity.owner.actions import NotPossible, forget_device, make_sample_owner, redeem
from amity.owner.address import is_reachable, own
from amity.owner.queries import by_key, is_local

UNPROCESSABLE = 422


@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind a one-time link: following a link alone changes nothing."""
    return render(request, "owner/sign_in_link.html", {"token": token})


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by a one-time token, or by address and password."""
    if request.method != "POST":
        return _ask(request)
    if request.user.is_authenticated and said(request, "kept_for"):
        return go_on(request, wish_of(request))  # they opened their link in another tab meanwhile
    if token := said(request, "token"):
        return _by_link(request, token)
    try:
        return gatekeeping.by_password(request)
    except NotPossible as wrong:
        return _ask(request, wrong.sentence)


def _by_link(request: HttpRequest, token: str) -> HttpResponse:
    if not is_this_machine(request):
        return _ask(request, _("That link opens the book only on the machine on which Amity runs."))
    if owner := redeem(token):
        return come_in(request, owner, wish_of(request))
    return _ask(request, _("That link has been used, or is more than an hour old."))


@never_cache
def sign_in_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """Give a script what a passkey has to sign, and sign in by what it signed."""
    hold_briefly(request)
    try:
        return gatekeeping.by_passkey(request)
    except NotPossible as wrong:
        return _ask(request, wrong.sentence)


def _ask(request: HttpRequest, wrong: str = "") -> HttpResponse:
    context = _page(request) | wish_of(request) | {"errors": {"all": wrong}, "email": said(request, "email")}
    context["next"] = context["next"] or request.GET.get("next", "")
    return render(request, "owner/sign_in.html", context, status=UNPROCESSABLE if wrong else 200)


def _page(request: HttpRequest) -> dict[str, object]:
    return {
        "local": is_this_machine(request) and is_local(),
        "reachable": is_reachable(),
        "has_passkeys": own().takes_passkeys,
    }


def ask_again(request: HttpRequest) -> HttpResponse:
    """Ask who was signed in before to sign in again; what they had written goes with the form, unread."""
    kept = request.POST.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    context = _page(request) | {"kept_for": request.get_full_path(), "kept": kept.urlencode()}
    response = render(request, "owner/sign_in.html", context)
    return retarget(response, "body")


@owners_only
@require_POST
def sign_out(request: Request) -> HttpResponseBase:
    """Close the book in this browser; a phone loses its copy, and is a phone of the owner's no more."""
    forget_device(request.owner, request.session.get(PHONE, ""))
    return gone(request)


@owners_only
@require_POST
def open_sample(request: Request) -> HttpResponse:
    """Open the sample world, made on the first visit; the way back is remembered."""
    own = request.owner
    make_sample(today=request.today)
    answer = come_in(request, make_sample_owner(), {})
    request.session[OWN_BOOK] = own.pk
    return answer


@owners_only
@require_POST
def leave_sample(request: Request) -> HttpResponse:
    """Go back from the sample world to the book one came from."""
    own = by_key(request.session.get(OWN_BOOK)) if request.owner.is_sample else None
    return come_in(request, own, {}) if own else redirect("sign_in")

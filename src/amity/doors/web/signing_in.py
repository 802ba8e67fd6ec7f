"""Coming in and going out: by the one-time link, by a password, into the sample world and back."""

from __future__ import annotations

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from amity.book.sample import make as make_sample
from amity.doors.web.asking import Request, said
from amity.nudges.actions import plan
from amity.owner.access import OWN_BOOK, PHONE, gone, owners_only
from amity.owner.actions import forget_device, make_sample_owner, redeem
from amity.owner.models import Owner
from amity.owner.queries import by_key, is_local

UNPROCESSABLE = 422
NOT_KEPT = ("csrfmiddlewaretoken", "password", "token")  # of a form that waits for its owner to sign in again
NOT_SHOWN = ("do", "line", "once", "person", "seen", "row", "sure")


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
        return go_on(request)  # they opened their link in another tab meanwhile
    token = said(request, "token")
    owner = redeem(token) if token else _by_password(request)
    if owner is None:
        used = _("That link has been used, or is more than an hour old.")
        return _ask(request, used if token else _("That address and password do not belong together."))
    return come_in(request, owner)


def _by_password(request: HttpRequest) -> Owner | None:
    password = request.POST.get("password", "")
    return authenticate(request, username=said(request, "email"), password=password)


def _ask(request: HttpRequest, wrong: str = "") -> HttpResponse:
    context = {"errors": {"all": wrong}, "local": is_local(), "email": said(request, "email")}
    context["next"] = said(request, "next") or request.GET.get("next", "")
    context |= {"kept_for": said(request, "kept_for"), "kept": said(request, "kept")}
    return render(request, "owner/sign_in.html", context, status=UNPROCESSABLE if wrong else 200)


def ask_again(request: HttpRequest) -> HttpResponse:
    """Ask who was signed in before to sign in again; what they had written goes with the form, unread."""
    kept = request.POST.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    context = {"local": is_local(), "kept_for": request.get_full_path(), "kept": kept.urlencode()}
    response = render(request, "owner/sign_in.html", context)
    return retarget(response, "body")


def go_on(request: HttpRequest) -> HttpResponse:
    """Show what was written before the sign-in, to be sent now that it is known whose it is."""
    where = said(request, "kept_for")
    if not _is_ours(request, where):
        return redirect("today")
    fields = [(name, value) for name, values in QueryDict(said(request, "kept")).lists() for value in values]
    written = [value for name, value in fields if value and name not in {*NOT_SHOWN, *NOT_KEPT}]
    context = {"where": where, "fields": fields, "written": written}
    return render(request, "owner/go_on.html", context)


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def come_in(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Open an owner's book in this browser, with the day planned."""
    login(request, owner)
    if owner.welcomed:
        plan(owner, owner.today())
    if said(request, "kept_for"):
        return go_on(request)
    wanted = said(request, "next")
    return HttpResponseRedirect(wanted if _is_ours(request, wanted) else reverse("today"))


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
    answer = come_in(request, make_sample_owner())
    request.session[OWN_BOOK] = own.pk
    return answer


@owners_only
@require_POST
def leave_sample(request: Request) -> HttpResponse:
    """Go back from the sample world to the book one came from."""
    own = by_key(request.session.get(OWN_BOOK)) if request.owner.is_sample else None
    return come_in(request, own) if own else redirect("sign_in")

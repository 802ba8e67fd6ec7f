"""What every request passes through on its way to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from amity.doors.web.asking import Request
from amity.doors.web.signing_in import ask_again
from amity.owner import sessions
from amity.people.queries import NotFound
from amity.storage.busy import told

Answer = Callable[[HttpRequest], HttpResponse]
FOUND = 302
MOST_FROM_A_STRANGER = 64 * 1024


class OwnersDay:
    """Say which day it is where the owner is, and keep their pages out of every cache.

    What a stranger sends at length, such as a file, is turned away here before it is read.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the owner's time zone."""
        if not request.user.is_authenticated:
            return redirect("sign_in") if _is_long(request) else self._for_a_stranger(request)
        owner = request.user
        cast("Request", request).today = owner.today()
        sessions.notice(request.session)
        with timezone.override(owner.tz):
            response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _for_a_stranger(self, request: HttpRequest) -> HttpResponse:
        """Answer; who was signed in when they began to write gets their words carried over the sign-in."""
        response = self.answer(request)
        leads = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
        sent_away = request.method == "POST" and leads.startswith(f"{reverse('sign_in')}?")
        return ask_again(request) if sent_away else response


def _is_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > MOST_FROM_A_STRANGER


class OneSentence:
    """Turn an error that carries a sentence into a page that says it, or into htmx's status line.

    An address with a NUL in it is nobody's: PostgreSQL cannot even be asked for it. A redirect reaches
    htmx as one that the browser follows, so that no page lands inside another.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and let htmx follow redirects as a browser would."""
        if "\x00" in unquote(request.get_full_path()):
            return plain_page(request, NotFound("That is not here."))
        response = self.answer(request)
        if getattr(request, "htmx", False) and response.status_code == FOUND:
            return HttpResponseClientRedirect(response["Location"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say the sentence; an error without one is a defect and stays one."""
        error = told(error)
        sentence: str | None = getattr(error, "sentence", None)
        if sentence is None:
            return None
        if getattr(request, "htmx", False):
            return _in_the_status_line(request, sentence)
        return plain_page(request, error)


def plain_page(request: HttpRequest, error: Any) -> HttpResponse:
    """Say an error's sentence on a page of its own."""
    context = {
        "heading": _heading(error),
        "sentence": error.sentence,
        "next_label": _("Go to Today"),
        "next_url": "/",
    }
    return render(request, "plain.html", context, status=getattr(error, "status", 400))


def _in_the_status_line(request: HttpRequest, sentence: str) -> HttpResponse:
    response = render(request, "parts/_status.html", {"deed": {"sentence": sentence}}, status=422)
    response.headers["HX-Retarget"] = "#status"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _heading(error: Exception) -> str:
    headings = {404: _("That is not in this book"), 409: _("Not any more"), 503: _("Not just now")}
    return headings.get(getattr(error, "status", 400), _("That cannot be done"))

"""The phone: what it keeps, what it sends, how it is installed, and how it is forgotten."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing
from amity.doors.web.asking import Request, said
from amity.doors.web.phone_copy import dressed
from amity.doors.web.words import moment_ago
from amity.owner import actions as owners
from amity.owner.access import PHONE, owners_only
from amity.owner.actions import NotPossible
from amity.owner.queries import devices, keeps_a_copy
from amity.phone.actions import Writing, receive
from amity.phone.queries import book_of, copy

GONE, CONFLICT = 410, 409
MOST_AT_ONCE = 100
FILES = (
    "css/1-tokens.css",
    "css/2-base.css",
    "css/3-parts.css",
    "css/4-rooms.css",
    "css/6-meet.css",
    "css/6-phone.css",
    "img/mark.svg",
    "js/phone/draw.js",
    "js/phone/outbox.js",
    "js/phone/shell.js",
    "js/phone/store.js",
    "js/phone/writing.js",
)


@never_cache
def shell(request: HttpRequest) -> HttpResponse:
    """Give the frame that a phone fills from its copy; it holds nothing of anybody's."""
    return render(request, "phone/shell.html")


@owners_only
def phones(request: Request) -> HttpResponse:
    """Show which phones keep a copy, and whether this browser can."""
    return _phones(request, Outcome())


def _phones(request: Request, outcome: Outcome) -> HttpResponse:
    zone = request.owner.tz
    here = request.session.get(PHONE, "")
    context = {
        "phones": [
            (one, moment_ago(one.seen_at, request.today, zone), one.uid == here)
            for one in devices(request.owner)
        ],
        "here": here,
        "safe": is_safe(request),
        "address": settings.AMITY_URL,
        "book": book_of(request.owner),
        "name": outcome.typed.get("name", _("My phone")),
        "errors": outcome.errors,
    }
    return render(request, "phone/phones.html", context, status=outcome.status)


def is_safe(request: HttpRequest) -> bool:
    """Tell whether browsers let this address keep pages: https, or the machine itself."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return request.is_secure() or host in {"localhost", "127.0.0.1", "::1"}


@owners_only
@require_POST
def keep(request: Request) -> HttpResponse:
    """Let this browser keep a copy; its own script takes it from the next page on."""
    if not is_safe(request):
        raise NotPossible(_("A phone can keep pages only from an https address."))
    with doing(request, "name") as outcome:
        request.session[PHONE] = owners.keep_on(request.owner, said(request, "name")).uid
    return _phones(request, outcome) if outcome.errors else redirect("phones")


@owners_only
@require_POST
def forget(request: Request, uid: str) -> HttpResponse:
    """Forget a phone."""
    owners.forget_device(request.owner, uid)
    return redirect("phones")


@owners_only
def token(request: Request) -> JsonResponse:
    """Say whose book this is, whether a phone may keep its copy, and the token to send with."""
    known = keeps_a_copy(request.owner, request.GET.get("phone", ""))
    return JsonResponse({"book": book_of(request.owner), "known": known, "token": get_token(request)})


@owners_only
def book(request: Request) -> JsonResponse:
    """Give what a phone keeps: nothing private, and no words of a message."""
    return JsonResponse(dressed(request, copy(request.owner, request.today, now=timezone.now())))


@owners_only
@require_POST
def send(request: Request) -> HttpResponseBase:
    """Take what was written on a phone without a connection."""
    device, whose, writings = _sent(request)
    if whose != book_of(request.owner):
        return JsonResponse({"sentence": _("Another book is open in this browser.")}, status=CONFLICT)
    if not owners.seen(request.owner, device, now=timezone.now()):
        return JsonResponse({"sentence": _("This phone was forgotten.")}, status=GONE)
    request.session[PHONE] = device
    answers = receive(request.owner, writings, today=request.today)
    return JsonResponse({"answers": [vars(one) for one in answers]})


def _sent(request: Request) -> tuple[str, str, list[Writing]]:
    try:
        sent = json.loads(request.body)
        writings = [_writing(one) for one in sent["writings"]]
        return str(sent["phone"]), str(sent["book"]), writings[:MOST_AT_ONCE]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotPossible(_("That was not understood, and nothing was changed.")) from None


def _writing(one: Any) -> Writing:
    if not isinstance(one, dict) or not isinstance(one["fields"], dict):
        raise TypeError
    was = one.get("was")
    return Writing(
        key=str(one["key"])[:40],
        kind=str(one["kind"]),
        day=date.fromisoformat(one["day"]),
        fields=one["fields"],
        was=None if was is None else str(was),
    )


@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker: a few words that say what to keep, under a name that changes with it."""
    files = [static(name) for name in FILES]
    shown = render(request, "phone/shell.html").content
    version = hashlib.blake2b(shown + "".join(files).encode(), digest_size=8).hexdigest()
    script = (
        f'import {{ serve }} from "{static("js/phone/worker.js")}";\n'
        f"serve({json.dumps({'version': version, 'shell': '/phone', 'files': files})});\n"
    )
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@never_cache
def manifest(_request: HttpRequest) -> JsonResponse:
    """Give what a phone needs to install Amity and to offer it where other apps share something."""
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("img/icon-maskable.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    shares = {"title": "title", "text": "text", "url": "url"}
    return JsonResponse(
        {
            "id": "/",
            "name": "Amity",
            "short_name": "Amity",
            "description": _("Friends, for years."),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fbf8f3",
            "theme_color": "#fbf8f3",
            "icons": icons,
            "shortcuts": [{"name": _("Write a moment down"), "url": "/capture"}],
            "share_target": {"action": "/capture", "method": "GET", "params": shares},
        },
        content_type="application/manifest+json",
    )

"""How Today reaches out: the calendar feed at its secret address, and the two mails of a day."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.book.whence import whence
from amity.card import codes
from amity.doors.web.answering import Outcome, doing
from amity.doors.web.asking import Request, said
from amity.doors.web.letter_place import hour_said
from amity.letter.daily import address_of, daily, set_daily
from amity.letter.models import Daily, Evening, Morning
from amity.nudges import feed as feeds
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.owner.address import own

MAILS: dict[str, type[Daily]] = {"morning": Morning, "evening": Evening}


@owners_only
def reach(request: Request) -> HttpResponse:
    """Show the feed and the two mails; a POST says when one of them comes, if at all.

    Raises:
        NotPossible: for a mail that is neither.
    """
    outcome = Outcome()
    if request.method == "POST":
        if (which := said(request, "which") or "morning") not in MAILS:
            raise NotPossible(_("Nothing was chosen."))
        with doing(request, which, outcome):
            set_daily(
                request.owner,
                MAILS[which],
                on=bool(said(request, "on")),
                at=hour_said(request, "at"),
                address=said(request, "address"),
            )
        if not outcome.errors:
            return redirect("reach")
    return render(request, "owner/reach.html", _page(request, outcome), status=outcome.status)


def _page(request: Request, outcome: Outcome) -> dict[str, Any]:
    owner, feed = request.owner, feeds.feed_of(request.owner)
    return {
        "feed": feeds.address(feed) if feed else "",
        "far_reaching": feeds.is_far_reaching(),
        "mails": {which: _mail(daily(owner, row), which, outcome) for which, row in MAILS.items()},
        "has_server": bool(settings.AMITY_SMTP),
        **_phone(),
    }


def _mail(mail: Daily, which: str, outcome: Outcome) -> dict[str, Any]:
    """Give how a mail is set up, or what was typed when something is wrong with that."""
    typed = outcome.typed if which in outcome.errors else {}
    return {
        "which": which,
        "comes": mail.on,
        "comes_at": mail.at,
        "on": "on" in typed if typed else mail.on,
        "at": typed.get("at", f"{mail.at:%H:%M}"),
        "address": typed.get("address", mail.address),
        "to": address_of(mail),
        "error": outcome.errors.get(which, ""),
    }


def _phone() -> dict[str, Any]:
    """Give what a phone opens with its code, or the address that no phone can open."""
    at = own()
    code = mark_safe(codes.as_svg(codes.url_code(at.phone_link))) if at.phone_link else ""  # noqa: S308  (digits)
    said = whence(at, settings.AMITY_PROXY)
    return {"phone_link": at.phone_link, "phone_code": code, "safe": at.is_https, "whence": said}


@owners_only
@require_POST
def feed_change(request: Request) -> HttpResponse:
    """Make the feed, make it anew at another address, or end it.

    Raises:
        NotPossible: for anything else.
    """
    changes = {"new": feeds.renew, "end": feeds.end}
    if (wish := said(request, "do")) not in changes:
        raise NotPossible(_("Nothing was chosen."))
    changes[wish](request.owner)
    return redirect("reach")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give the calendar behind a secret address; an unknown one is a page that is not there.

    Raises:
        Http404: when it is nobody's.
    """
    owner = feeds.owner_by(token)
    if owner is None:
        raise Http404
    with timezone.override(owner.tz):
        content = feeds.calendar(owner, owner.today())
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    for name, value in {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}.items():
        response[name] = value
    return get_conditional_response(request, tag, None, response) or response

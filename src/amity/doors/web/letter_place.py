"""The private letter on the screen, and on which Sundays it comes."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, said
from amity.letter import dress, own, queries
from amity.letter.fortnight import sunday_from
from amity.letter.models import Letterhead, PrivateLetter
from amity.letter.setting_up import head_of, private_address, private_sundays, set_up
from amity.letter.tips import named
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible

EARLIER_SHOWN = 60


@owners_only
def letter(request: Request) -> HttpResponse:
    """Show the newest private letter; before the first, how it would read today."""
    return _newest(request, Outcome())


def _newest(request: Request, outcome: Outcome) -> HttpResponse:
    newest = queries.privates(request.owner).first()
    return _shown(request, newest, outcome) if newest else _first(request, outcome)


@owners_only
def private_letter(request: Request, day: str) -> HttpResponse:
    """Show the private letter of one Sunday."""
    try:
        found = queries.privates(request.owner).filter(day=date.fromisoformat(day)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return _shown(request, found, Outcome())


def _shown(request: Request, found: PrivateLetter, outcome: Outcome) -> HttpResponse:
    content = own.Material.from_json(found.content)
    context = {"letter": content, "tip": named(found.tip), "days": dress.days(content.first, content.last)}
    return _place(request, context | {"day": found.day}, outcome)


def _first(request: Request, outcome: Outcome) -> HttpResponse:
    content = own.material(request.owner, request.today)
    tip = own.tip_for(request.owner, request.today)
    context = {
        "letter": content,
        "tip": tip,
        "days": dress.days(content.first, content.last),
        "preview": True,
    }
    return _place(request, context, outcome)


def _place(request: Request, context: dict[str, Any], outcome: Outcome) -> HttpResponse:
    beside = _beside(request, outcome)
    return render(request, "letter/place.html", context | beside | outcome.context(), status=outcome.status)


def _beside(request: Request, outcome: Outcome) -> dict[str, Any]:
    head = queries.head(request.owner) or Letterhead(
        owner=request.owner, starts=sunday_from(request.today), zone=request.owner.zone
    )
    next_day = private_sundays(head).following(timezone.now())
    return {
        "head": head,
        "fields": outcome.fields("when", _fields(head, next_day)),
        "to": private_address(head),
        "has_server": bool(settings.AMITY_SMTP),
        "next_day": next_day,
        **vars(queries.beside(request.owner, most=EARLIER_SHOWN)),
    }


def _fields(head: Letterhead, next_day: date) -> dict[str, Any]:
    hour, day = f"{head.at:%H:%M}", next_day.isoformat()
    mail = {"private_mail": head.private_mail, "address": head.address}
    return {"private_on": head.private_on, "starts": day, "at": hour, "zone": head.zone, **mail}


@owners_only
@require_POST
def letter_settings(request: Request) -> HttpResponse:
    """Set on which Sundays the private letter comes, at what hour, and whether by mail."""
    with doing(request, "when") as outcome:
        head = head_of(request.owner, request.today)
        set_up(
            head,
            private_on=bool(said(request, "private_on")),
            private_mail=bool(said(request, "private_mail")),
            address=said(request, "address"),
            starts=sunday_from(day_said(request, "starts") or head.starts),
            at=hour_said(request, "at"),
            zone=said(request, "zone") or request.owner.zone,
        )
    return _newest(request, outcome) if outcome.failed else then(request, outcome, "letter")


def hour_said(request: Request, name: str) -> time:
    """Give the wall time a field holds.

    Raises:
        NotPossible: when it is none.
    """
    try:
        return time.fromisoformat(said(request, name)[:5])
    except ValueError:
        raise NotPossible(_("That is no hour; write it like 18:30.")) from None

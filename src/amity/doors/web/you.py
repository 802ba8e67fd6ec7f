"""You: who the owner is, how much a day holds, their own words, their deeds, and the book as a file."""

from __future__ import annotations

import tempfile
import zoneinfo
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.book.export import export as write_book
from amity.checkins import actions as checkins
from amity.checkins.queries import words as words_of
from amity.doors.web.answering import Outcome, doing, fragment, then
from amity.doors.web.asking import Request, number_said, said
from amity.doors.web.words import moment_ago, when
from amity.journal import queries as journal
from amity.letter.daily import daily
from amity.letter.models import Evening, Morning
from amity.nudges.feed import feed_of
from amity.owner import actions as owners
from amity.owner.access import owners_only
from amity.owner.queries import identities

DEEDS_SHOWN = 20


@owners_only
def you(request: Request) -> HttpResponse:
    """Show what the book knows of its owner, and save what they change."""
    outcome = _save(request) if request.method == "POST" else Outcome()
    if request.method == "POST" and not outcome.errors:
        return redirect("you")
    return render(request, "owner/you.html", _page(request, outcome), status=outcome.status)


def _save(request: Request) -> Outcome:
    owner, outcome = request.owner, Outcome()
    with doing(request, "name", outcome):
        owners.set_name(owner, said(request, "name"))
    owners.set_theme(owner, said(request, "theme"))
    owners.set_quiet_days(owner, [number_said(day, -1) for day in request.POST.getlist("quiet")])
    with doing(request, "addresses", outcome):
        owners.own(owner, said(request, "addresses").splitlines())
    with doing(request, "zone", outcome):
        owners.set_zone(owner, said(request, "zone"))
    with doing(request, "energy", outcome):
        owners.set_energy(owner, number_said(said(request, "energy")))
    return outcome


def _page(request: Request, outcome: Outcome) -> dict[str, Any]:
    owner = request.owner
    own = identities(owner)
    known = [one.value for one in own if one.kind != "name"]
    names = [one.value for one in own if one.kind == "name"]
    return {
        "you": owner,
        "name": outcome.typed.get("name", owner.name or next(iter(names), "")),
        "addresses": outcome.typed.get("addresses", "\n".join(known)),
        "zone": outcome.typed.get("zone", owner.zone),
        "energy": outcome.typed.get("energy", owner.energy_usual),
        "zones": sorted(zoneinfo.available_timezones()),
        "weekdays": list(WEEKDAYS.items()),
        "deeds": [
            (one, moment_ago(one.at, request.today, owner.tz)) for one in journal.recent(owner, DEEDS_SHOWN)
        ],
        "words": _words(request),
        "has_feed": feed_of(owner) is not None,
        "morning_on": daily(owner, Morning).on,
        "evening_on": daily(owner, Evening).on,
        **outcome.context(),
    }


def _words(request: Request) -> list[dict[str, Any]]:
    found = words_of(request.owner)
    return [{"text": one.word, "day": one.day, "day_words": when(one.day, request.today)} for one in found]


@owners_only
@require_POST
def checkin_add(request: Request) -> HttpResponse:
    """Keep today's word."""
    with doing(request, "word") as outcome:
        checkins.add(request.owner, said(request, "word"), day=request.today)
    if request.htmx:
        return fragment(request, "checkins/_words.html", {"words": _words(request)}, outcome)
    if outcome.errors:
        return render(request, "owner/you.html", _page(request, outcome), status=outcome.status)
    return then(request, outcome, "you")


@owners_only
def export(request: Request) -> HttpResponseBase:
    """Give the whole book as one ZIP."""
    with tempfile.TemporaryDirectory(prefix="amity-export-") as folder:
        path = Path(folder) / "book.zip"
        write_book(request.owner, path)
        file = path.open("rb")
    name = _("amity-%s.zip") % request.today.isoformat()
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")

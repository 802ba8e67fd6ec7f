"""The first two minutes: three screens, each of which may be skipped."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.checkins import actions as checkins
from amity.checkins.queries import newest
from amity.doors.web.answering import doing
from amity.doors.web.asking import Request, said
from amity.nudges.actions import plan
from amity.owner.access import owners_only
from amity.owner.actions import set_welcomed
from amity.people.edits import keep_by_name

ROWS = range(1, 6)


@dataclass(frozen=True)
class Row:
    """One line of the second screen."""

    name: str = ""
    spark: str = ""


@owners_only
def word(request: Request) -> HttpResponse:
    """Finish the sentence; any word is kept, and none is fine too."""
    typed = said(request, "word")
    with doing(request, "word") as outcome:
        if typed:
            checkins.add(request.owner, typed, day=request.today)
    if request.method == "POST" and not outcome.errors:
        return redirect("welcome_people")
    context = {"feelings": feelings(), "word": typed, "errors": outcome.errors}
    return render(request, "checkins/welcome_word.html", context, status=outcome.status)


def feelings() -> list[str]:
    """Give the words one can tap: six that are usual, and six others."""
    usual = [_("annoying"), _("fake"), _("scary"), _("anxious"), _("transactional"), _("tiresome")]
    others = [_("enjoyable"), _("genuine"), _("exciting"), _("calm"), _("generous"), _("energising")]
    return usual + others


@owners_only
def people(request: Request) -> HttpResponse:
    """Name up to five people one would enjoy a coffee with: each is kept and may be suggested today."""
    rows = [Row(said(request, f"name-{n}"), said(request, f"spark-{n}")) for n in ROWS]
    with doing(request, "names") as outcome:
        keep_by_name(request.owner, {row.name: row.spark for row in rows if row.name}, day=request.today)
    if request.method == "POST" and not outcome.errors:
        plan(request.owner, request.today)
        return redirect("today" if request.owner.welcomed else "welcome_sources")
    said_word = newest(request.owner)
    context = {"rows": rows, "word": said_word.word if said_word else "", "errors": outcome.errors}
    return render(request, "people/welcome_people.html", context, status=outcome.status)


@owners_only
def sources(request: Request) -> HttpResponse:
    """Offer to bring in what is at hand."""
    return render(request, "sources/welcome_sources.html")


@owners_only
@require_POST
def done(request: Request) -> HttpResponse:
    """Go on to Today, planned."""
    set_welcomed(request.owner)
    plan(request.owner, request.today)
    return redirect("today")

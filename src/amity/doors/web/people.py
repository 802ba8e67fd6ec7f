"""People: the list, its search and filters, and adding somebody by name."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amity.doors.web import narrowing, words
from amity.doors.web.answering import Outcome, doing, only_once, then
from amity.doors.web.asking import Request, number_said, said
from amity.doors.web.faces import face
from amity.duplicates.queries import waits
from amity.owner.access import owners_only
from amity.people import queries
from amity.people.actions import add
from amity.people.models import Place
from amity.ties import deck
from amity.ties.roster import Roster, Wanted, rested_long, roster


@owners_only
def people(request: Request) -> HttpResponse:
    """Show the list with its search."""
    return listing(request, Outcome())


def listing(request: Request, outcome: Outcome) -> HttpResponse:
    """Answer with the list; what was wrong with a form on it stays in that form."""
    wanted = narrowing.wanted(request)
    context = _found(request, wanted) | {"filters": narrowing.filters(request, wanted)}
    context["deck_waits"] = deck.waits(request.owner, request.today)
    context["perhaps_waits"] = waits(request.owner, request.today)
    context["narrowed"] = narrowing.is_narrowed(wanted)
    context["ticked"] = request.POST.getlist("who") if outcome.errors else []
    return render(request, "people/people.html", context | outcome.context(), status=outcome.status)


@owners_only
def search(request: Request) -> HttpResponse:
    """Give only the rows, while the owner types; the address stays true."""
    wanted = narrowing.wanted(request)
    response = render(request, "people/_list.html", _found(request, wanted))
    response.headers["HX-Replace-Url"] = narrowing.address("people", wanted)
    return response


@owners_only
@require_POST
@only_once
def person_add(request: Request) -> HttpResponse:
    """Write somebody into the book by name."""
    with doing(request, "name") as outcome:
        outcome.made = add(request.owner, said(request, "name"))
    return then(request, outcome, "person", outcome.made.uid) if outcome.made else listing(request, outcome)


def _found(request: Request, wanted: Wanted) -> dict[str, Any]:
    page = roster(request.owner, wanted, day=request.today, page=number_said(request.GET.get("page", ""), 1))
    return {
        "people": [face(one.row, one.tie, request.today) for one in page.people],
        "found_words": words.people(page.found),
        "q": wanted.line,
        "chips": narrowing.chips(request, wanted, "people"),
        "wish": narrowing.said(wanted),
        "rested": wanted.place == Place.SHELF and rested_long(request.owner, request.today).exists(),
        "sky_url": narrowing.address("constellation", wanted),
        "empty_book": not page.found and queries.is_empty(request.owner),
        **_other_pages(wanted, page),
    }


def _other_pages(wanted: Wanted, page: Roster) -> dict[str, str | None]:
    return {
        "next_url": narrowing.address("people", wanted, page.page + 1) if page.page < page.pages else None,
        "previous_url": narrowing.address("people", wanted, page.page - 1) if page.page > 1 else None,
    }

"""People: the list, its search and filters, and adding somebody by name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web import words
from amity.doors.web.answering import doing, only_once, then
from amity.doors.web.asking import Request, number_said, said
from amity.doors.web.faces import face
from amity.owner.access import owners_only
from amity.people import queries
from amity.people.actions import add
from amity.ties.roster import TRASH, Roster, Wanted, roster

QUERY_LENGTH = 200


@owners_only
def people(request: Request) -> HttpResponse:
    """Show the list with its search."""
    wanted = _wanted(request)
    context = _found(request, wanted) | {"filters": _filters(request, wanted)}
    context["narrowed"] = bool(wanted.standings or wanted.circles)
    return render(request, "people/people.html", context)


@owners_only
def search(request: Request) -> HttpResponse:
    """Give only the rows, while the owner types; the address stays true."""
    wanted = _wanted(request)
    response = render(request, "people/_list.html", _found(request, wanted))
    response.headers["HX-Replace-Url"] = _url(wanted, 1)
    return response


@owners_only
@require_POST
@only_once
def person_add(request: Request) -> HttpResponse:
    """Write somebody into the book by name."""
    with doing(request, "name") as outcome:
        outcome.made = add(request.owner, said(request, "name"))
    return (
        then(request, outcome, "person", outcome.made.uid)
        if outcome.made
        else then(request, outcome, "people")
    )


def _wanted(request: Request) -> Wanted:
    asked = request.GET
    return Wanted(
        words=asked.get("q", "").strip()[:QUERY_LENGTH],
        place=asked.get("place", ""),
        standings=tuple(asked.getlist("standing")),
        circles=tuple(asked.getlist("circle")),
    )


def _found(request: Request, wanted: Wanted) -> dict[str, Any]:
    page = roster(request.owner, wanted, day=request.today, page=number_said(request.GET.get("page", ""), 1))
    return {
        "people": [face(one.row, one.tie, request.today) for one in page.people],
        "found_words": words.people(page.found),
        "q": wanted.words,
        "empty_book": not page.found and queries.is_empty(request.owner),
        **_other_pages(wanted, page),
    }


def _other_pages(wanted: Wanted, page: Roster) -> dict[str, str | None]:
    return {
        "next_url": _url(wanted, page.page + 1) if page.page < page.pages else None,
        "previous_url": _url(wanted, page.page - 1) if page.page > 1 else None,
    }


def _url(wanted: Wanted, page: int) -> str:
    asked = [("q", wanted.words), ("place", wanted.place)]
    asked += [("standing", one) for one in wanted.standings] + [("circle", one) for one in wanted.circles]
    asked += [("page", str(page))] if page > 1 else []
    query = urlencode([(name, value) for name, value in asked if value])
    return f"{reverse('people')}?{query}" if query else reverse("people")


def _filters(request: Request, wanted: Wanted) -> list[dict[str, Any]]:
    places = [("", _("everybody")), ("kept", _("kept")), ("new", _("new")), ("shelf", _("on the shelf"))]
    if wanted.place == TRASH or queries.trashed(request.owner).exists():
        places.append((TRASH, _("in the trash")))
    circles = [(name, name) for name in queries.circles(request.owner)]
    filters = [
        _filter("place", _("Where they are"), places, (wanted.place,), many=False),
        _filter("standing", _("How the tie stands"), words.STANDINGS, wanted.standings),
        _filter("circle", _("Circle"), circles, wanted.circles),
    ]
    return [one for one in filters if one["choices"]]


def _filter(name: str, label: str, choices: Any, on: Any, *, many: bool = True) -> dict[str, Any]:
    chosen = [{"value": value, "label": said_so, "on": value in on} for value, said_so in choices]
    return {"name": name, "label": label, "many": many, "choices": chosen}

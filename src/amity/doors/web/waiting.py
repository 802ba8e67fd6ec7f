"""Visitors who left their details and wait: taken into the book, or let go."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.card import queries
from amity.card import waiting as answers
from amity.card.models import Visitor
from amity.card.ways import href
from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, said
from amity.doors.web.words import long_day, moment_ago, sentence
from amity.owner.access import owners_only
from amity.people import actions as people
from amity.people.queries import NotFound, one_of


@owners_only
def waiting(request: Request) -> HttpResponse:
    """Show who waits, with where and when they left their details."""
    return render(request, "card/waiting.html", _page(request, Outcome()))


def _page(request: Request, outcome: Outcome) -> dict[str, Any]:
    return {
        "visitors": [_shown(request, one) for one in queries.waiting(request.owner)],
        "asked_back": queries.asked_back(request.owner),
        **outcome.context(),
    }


def _shown(request: Request, one: Visitor) -> dict[str, Any]:
    return {
        "row": one,
        "href": href(one.kind, one.value),
        "when_words": sentence(moment_ago(one.at, request.today, request.owner.tz)),
        "until_words": long_day(queries.last_day(one, answers.DAYS_UNANSWERED)),
    }


@owners_only
@require_POST
def waiting_answer(request: Request, uid: str) -> HttpResponse:
    """Take a visitor into the book, let their details go, or let go of who asked for theirs back."""
    visitor = one_of(request.owner, Visitor, uid)
    with doing(request) as outcome:
        if said(request, "do") == "accept":
            outcome.made = answers.accept(
                visitor, how_met=said(request, "how_met"), met=bool(said(request, "met"))
            )
        elif said(request, "do") == "reject":
            answers.reject(visitor)
        elif visitor.withdrawn_at and visitor.person:
            people.trash(visitor.person)
        else:
            raise NotFound(_("That is answered already."))
    return (
        then(request, outcome, "person", outcome.made.uid)
        if outcome.made
        else then(request, outcome, "waiting")
    )

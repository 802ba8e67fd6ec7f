"""Several people at once: those that are ticked, all that were found, or who has rested long."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web import narrowing
from amity.doors.web.answering import doing, only_once, remember
from amity.doors.web.asking import Request, said
from amity.doors.web.people import listing
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people import many
from amity.people.models import Person
from amity.ties.roster import everybody, rested_long

Deed = Callable[[Request, list[Person]], object]
DEEDS: dict[str, Deed] = {
    "keep": lambda request, who: many.keep_all(
        request.owner, who, day=request.today, spark=said(request, "with"), care=said(request, "care")
    ),
    "shelf": lambda request, who: many.shelve_all(request.owner, who),
    "join": lambda request, who: many.join_all(request.owner, who, said(request, "name")),
    "leave": lambda request, who: many.leave_all(request.owner, who, said(request, "name")),
    "trash": lambda request, who: many.trash_all(request.owner, who),
}


@owners_only
@require_POST
@only_once
def people_many(request: Request) -> HttpResponse:
    """Do one thing with all who are chosen, and go back to the list as it was asked for."""
    with doing(request, "who") as outcome:
        _deed(request)(request, _chosen(request))
    if outcome.errors:
        return listing(request, outcome)
    remember(request, outcome)
    return redirect(narrowing.address("people", narrowing.wanted(request)))


def _deed(request: Request) -> Deed:
    try:
        return DEEDS[said(request, "do")]
    except KeyError:
        raise NotPossible(_("Say what is to happen with them.")) from None


def _chosen(request: Request) -> list[Person]:
    if said(request, "all"):
        return everybody(request.owner, narrowing.wanted(request), day=request.today)
    if said(request, "rested"):
        return list(rested_long(request.owner, request.today))
    return list(Person.objects.of(request.owner).filter(uid__in=request.POST.getlist("who"), mentioned=False))

"""Whom a person knows, written down and taken out on either's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from amity.doors.web.answering import doing, only_once
from amity.doors.web.asking import Request, said
from amity.doors.web.lines import change
from amity.doors.web.person import section
from amity.owner.access import owners_only
from amity.people import queries
from amity.people.links import know, unlink
from amity.people.models import Link

COMPANY = "people/_company.html"


@owners_only
@require_POST
@only_once
def link_add(request: Request, uid: str) -> HttpResponse:
    """Write down whom they know."""
    who = queries.get(request.owner, uid)
    with doing(request, "other") as outcome:
        know(who, said(request, "other"), said(request, "kind"), said(request, "since"))
    return section(request, who, COMPANY, outcome)


@owners_only
@require_POST
def link_edit(request: Request, uid: str) -> HttpResponse:
    """Take out that two people know each other."""
    link: Link = queries.one_of(request.owner, Link, uid)
    who = queries.get(request.owner, said(request, "person"))
    with doing(request, "other") as outcome:
        change(request, link, {"remove": lambda _request, line: unlink(line)})
    return section(request, who, COMPANY, outcome)

"""The line one can write on, on every page: read it, say what was understood, then write it down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web.answering import doing, only_once, then
from amity.doors.web.asking import Request, said
from amity.doors.web.words import due, sentence, when
from amity.meet.actions import Kept, read_line
from amity.meet.actions import capture as write_down
from amity.moments.capture import Captured
from amity.owner.access import owners_only

LINE_LENGTH = 2000


@owners_only
@require_POST
@only_once
def capture(request: Request) -> HttpResponse:
    """Show what a line would become; once the owner is sure, write it down."""
    line = said(request, "line")[:LINE_LENGTH]
    with doing(request, "line") as outcome:
        if said(request, "sure"):
            outcome.made = write_down(request.owner, line, today=request.today)
    if outcome.made:
        return then(request, outcome, *_page_of(outcome.made))
    context = understood(read_line(request.owner, line, today=request.today)) | {"line": line}
    return render(request, "moments/capture.html", context | outcome.context(), status=outcome.status)


def _page_of(kept: Kept) -> tuple[str, ...]:
    """Give the page on which the owner finds what they wrote: the one person's, or Today."""
    return ("person", kept.people[0].uid) if len(kept.people) == 1 else ("today",)


def understood(line: Captured) -> dict[str, Any]:
    """Say part by part what a line was taken to mean."""
    new = _("%s (new to your book)")
    parts = [
        (_("when"), sentence(when(line.day, line.today))),
        (_("what"), line.kind),
        (_("who"), ", ".join(one.name if one.known else new % one.name for one in line.people)),
        (_("where"), ", ".join(filter(None, (line.setting, line.gathering)))),
        (_("promised"), "; ".join(f"{one.text} {due(one.due, line.today)}".strip() for one in line.promises)),
        (_("gift"), "; ".join(f"{one.kind}: {one.text}".strip(": ") for one in line.gifts)),
        (_("spark"), "; ".join(f"{one.kind}: {one.text}".strip(": ") for one in line.sparks)),
        (_("hope"), "; ".join(line.hopes)),
        (_("felt"), line.felt),
        (_("circle"), ", ".join(line.circles)),
    ]
    return {"understood": [(label, value) for label, value in parts if value], "rest": line.text}

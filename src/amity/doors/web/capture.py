"""The line one can write on, on every page: read it, show each piece of it, then write it down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from amity.doors.web.answering import Outcome, doing, only_once, then
from amity.doors.web.asking import Request, said
from amity.doors.web.correcting import Field, corrected, pieces_of, typed_again
from amity.meet import actions
from amity.meet.actions import Kept, read_line
from amity.moments.actions import TEXT_LENGTH
from amity.owner.access import owners_only


@owners_only
@only_once
def capture(request: Request) -> HttpResponse:
    """Show what a line, or what another app shares, would become; once the owner is sure, write it down.

    It is written down as they have corrected it.
    """
    line = (said(request, "line") or _shared(request))[:TEXT_LENGTH]
    with doing(request, "line") as outcome:
        if request.method == "POST" and said(request, "sure") and _was_seen(request, line):
            outcome.made = _write_down(request, line)
    if outcome.made:
        return then(request, outcome, *_page_of(outcome.made))
    context = {"line": line, "most": TEXT_LENGTH, "fields": _understood(request, line, outcome)}
    return render(request, "moments/capture.html", context | outcome.context(), status=outcome.status)


def _was_seen(request: Request, line: str) -> bool:
    """Tell whether the pieces are those of this line: one that was changed since is looked at once more."""
    return "read" not in request.POST or said(request, "read").split() == line.split()


def _write_down(request: Request, line: str) -> Kept:
    if "read" not in request.POST:
        return actions.capture(request.owner, line, today=request.today)
    captured, whom = corrected(request, read_line(request.owner, line, today=request.today))
    return actions.write_down(request.owner, line, captured, whom, today=request.today)


def _understood(request: Request, line: str, outcome: Outcome) -> list[Field]:
    """Give the pieces of a line, as they are understood or, where something was wrong, as they were typed."""
    pieces = pieces_of(request, read_line(request.owner, line, today=request.today))
    return typed_again(request, pieces) if outcome.errors and "read" in request.POST else pieces


def _shared(request: Request) -> str:
    """Join what another app shares into one line; many say the same thing twice."""
    parts = [" ".join(request.GET.get(name, "").split()) for name in ("line", "title", "text", "url")]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _page_of(kept: Kept) -> tuple[str, ...]:
    """Give the page on which the owner finds what they wrote: the one person's, or Today."""
    return ("person", kept.people[0].uid) if len(kept.people) == 1 else ("today",)

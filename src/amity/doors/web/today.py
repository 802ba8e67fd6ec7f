"""Today: the page of the diary, and the answers its nudges and promises are given."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, back, doing, fragment, remember, then
from amity.doors.web.asking import Request, day_said, said, seen
from amity.doors.web.letters import page_of_today, promise_shown
from amity.doors.web.meeting_words import listed as gathering_listed
from amity.doors.web.person import section
from amity.gatherings.queries import to_debrief
from amity.journal import actions as journal
from amity.moments.actions import end_promise
from amity.moments.edits import reword_promise
from amity.moments.models import Promise
from amity.nudges import actions as nudges
from amity.nudges import queries
from amity.owner.access import owners_only
from amity.people.models import Person
from amity.people.queries import one_of
from amity.ties.story import listed

PROMISE_STATES = {"kept": "kept", "let_go": "let go", "open": "open"}


@owners_only
def today(request: Request) -> HttpResponse:
    """Show the page of the day; a new owner begins with the first two minutes."""
    if not request.owner.welcomed:
        return redirect("welcome_word")
    day = queries.today(request.owner, request.today)
    people = listed(request.owner, day.people, request.today)
    over = to_debrief(request.owner, now=timezone.now())
    asked = {"to_debrief": [gathering_listed(one, request.today) for one in over]}
    return render(request, "nudges/today.html", page_of_today(request, day, people) | asked)


@owners_only
@require_POST
def open_today(request: Request) -> HttpResponse:
    """Plan the day, on its first visit or with the energy there is."""
    nudges.plan(request.owner, request.today, said(request, "energy"))
    return redirect("today")


@owners_only
@require_POST
def done(request: Request, uid: str) -> HttpResponse:
    """Say that it happened."""
    nudge = queries.get(request.owner, uid)
    with doing(request) as outcome:
        nudges.done(nudge, today=request.today)
    return _answered(request, outcome, nudge.person, "done")


@owners_only
@require_POST
def skip(request: Request, uid: str) -> HttpResponse:
    """Say not today."""
    nudge = queries.get(request.owner, uid)
    with doing(request) as outcome:
        nudges.skip(nudge)
    return _answered(request, outcome, nudge.person, "skip")


@owners_only
@require_POST
def let_rest(request: Request, uid: str) -> HttpResponse:
    """Leave the tie in peace for a season."""
    nudge = queries.get(request.owner, uid)
    with doing(request) as outcome:
        nudges.let_rest(nudge, today=request.today)
    return _answered(request, outcome, nudge.person, "rest")


def _answered(request: Request, outcome: Outcome, person: Person, answer: str) -> HttpResponse:
    if not request.htmx:
        return then(request, outcome, "today")
    return fragment(request, "nudges/_answered.html", {"person": person, "answer": answer}, outcome)


@owners_only
@require_POST
def promise_edit(request: Request, uid: str) -> HttpResponse:
    """Keep a promise, let it go, or say it differently."""
    promise: Promise = one_of(request.owner, Promise, uid)
    with doing(request, "promise") as outcome:
        if (word := said(request, "do")) == "save":
            seen(request, promise.text, promise.due)
            reword_promise(promise, said(request, "text"), due=day_said(request, "due"))
        else:
            end_promise(promise, PROMISE_STATES.get(word, word), day=request.today)
    if request.htmx:
        context = {"promise": promise_shown(promise, request.today), "here": said(request, "here")}
        return fragment(request, "moments/_promise.html", context, outcome)
    if outcome.failed:
        return section(request, promise.person, "moments/_promises.html", outcome)
    remember(request, outcome)
    return back(request)


@owners_only
@require_POST
def undo(request: Request, uid: str) -> HttpResponse:
    """Take one deed back."""
    journal.undo(request.owner, uid)
    return back(request)

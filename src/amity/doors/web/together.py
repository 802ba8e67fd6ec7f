"""Bringing people together: suggestions, a line for each, where each one stands, and the private link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, said
from amity.doors.web.words import long_day, when
from amity.introductions import actions, letters, queries, sending
from amity.introductions.models import Introduction, State
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people import queries as people
from amity.people.actions import clipped
from amity.people.models import Person

LINE_SHOWN = 120


@dataclass(frozen=True)
class Listed:
    """An introduction in a list."""

    uid: str
    names: str
    words: str


@dataclass(frozen=True)
class End:
    """One of the two on an introduction's page. `answer` is empty while none came; `mail` asks them."""

    end: str
    person: Person
    line: str
    answer: str
    mail: letters.Letter
    can_tick: bool


@owners_only
def together(request: Request) -> HttpResponse:
    """Show whom one might bring together, and how far each introduction is."""
    owner, today = request.owner, request.today
    context = {
        "suggestions": queries.suggested(owner, today),
        "look_back": queries.to_look_back_on(owner, today),
        "under_way": [_row(request, one) for one in queries.under_way(owner)],
        "past": [_row(request, one) for one in queries.past(owner)],
    }
    return render(request, "introductions/together.html", context)


def _row(request: Request, one: Introduction) -> Listed:
    names = _("%(a)s and %(b)s") % {"a": one.a.name, "b": one.b.name}
    return Listed(one.uid, names, _stands(request, one))


def _stands(request: Request, one: Introduction) -> str:
    """Say where an introduction stands, in one sentence."""
    if queries.is_closed(one, timezone.now()):
        return _("The links have closed without two answers. That happens, and says nothing about anybody.")
    if one.state == State.INTRODUCED and one.introduced_on:
        return _("You brought them together %s. Thank you for that.") % when(one.introduced_on, request.today)
    if one.state == State.ASKED and not one.by_mail:
        return _("Two short mails are yours to send, and what they answer is yours to tick.")
    return {
        State.WRITING: _("Your lines are written. Nobody has been asked yet."),
        State.ASKED: _("You have asked both. Nobody will be reminded."),
        State.AGREED: _("Both said yes. One mail brings them together."),
        State.LET_GO: _("It did not come about. Nobody was told why."),
        State.WITHDRAWN: _("You let this one go."),
    }[State(one.state)]


@owners_only
def write(request: Request) -> HttpResponse:
    """Write one line for each of two people; nobody is asked by this."""
    if request.method != "POST":
        a, b = _two(request, request.GET.get("a", ""), request.GET.get("b", ""))
        return _writing(request, a, b, Outcome())
    a, b = _two(request, said(request, "a"), said(request, "b"))
    with doing(request, "lines") as outcome:
        why = said(request, "why")
        made = actions.begin(
            a, b, to_a=said(request, "to_a"), to_b=said(request, "to_b"), day=request.today, why=why
        )
    return (
        _writing(request, a, b, outcome)
        if outcome.errors
        else then(request, outcome, "introduction", made.uid)
    )


def _two(request: Request, a: str, b: str) -> tuple[Person, Person]:
    """Find two people by id or by name.

    Raises:
        NotFound: when one of them is not in the book.
    """
    return people.get(request.owner, clipped(a)), people.get(request.owner, clipped(b))


def _writing(request: Request, a: Person, b: Person, outcome: Outcome) -> HttpResponse:
    pairs = queries.suggested(request.owner, request.today)
    why = next((pair.why for pair in pairs if {pair.a.pk, pair.b.pk} == {a.pk, b.pk}), "")
    context = {"a": a, "b": b, "why": why, **outcome.context()}
    return render(request, "introductions/write.html", context, status=outcome.status)


@owners_only
@require_POST
def pass_over(request: Request) -> HttpResponse:
    """Do not suggest these two again."""
    a, b = _two(request, said(request, "a"), said(request, "b"))
    with doing(request) as outcome:
        actions.pass_over(a, b, day=request.today)
    return then(request, outcome, "together")


@owners_only
def introduction(request: Request, uid: str) -> HttpResponse:
    """Show one introduction."""
    return _page(request, queries.get(request.owner, uid), Outcome())


def _page(request: Request, one: Introduction, outcome: Outcome) -> HttpResponse:
    context: dict[str, Any] = {
        "one": one,
        "words": _stands(request, one),
        "ends": [_end(one, end) for end in "ab"],
        "by_mail": sending.can_send(),
        "closes": long_day(one.closes_at.date()) if one.closes_at else "",
        "joint": letters.introducing(one) if one.state == State.AGREED else None,
        **outcome.context(),
    }
    return render(request, "introductions/introduction.html", context, status=outcome.status)


def _end(one: Introduction, end: str) -> End:
    person, _other = letters.ends(one, end)
    answer = queries.answer_of(one, end)
    can_tick = not one.by_mail and not answer and one.state in {State.ASKED, State.LET_GO}
    line = one.line_a if end == "a" else one.line_b
    return End(end, person, line, answer, letters.asking(one, end), can_tick)


@owners_only
@require_POST
def introduction_edit(request: Request, uid: str) -> HttpResponse:
    """Take the next step with an introduction, as its button says."""
    one = queries.get(request.owner, uid)
    with doing(request, "step") as outcome:
        _step(request, one)
    if not outcome.errors:
        return then(request, outcome, "introduction", one.uid)
    one.refresh_from_db()
    return _page(request, one, outcome)


def _step(request: Request, one: Introduction) -> None:
    match said(request, "do"):
        case "save":
            actions.rewrite(one, to_a=said(request, "to_a"), to_b=said(request, "to_b"))
        case "ask":
            actions.ask(one, now=timezone.now())
        case "tick":
            actions.tick(one, said(request, "end"), said(request, "answer"))
        case "sent":
            actions.introduced(one, day=request.today)
        case "withdraw":
            actions.withdraw(one)
        case "good":
            actions.look_back(one, said(request, "answer"))
        case _:
            raise NotPossible(_("There is no such step."))


@never_cache
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is asked what, with three buttons; opening a link changes nothing."""
    seen = queries.asked(token, timezone.now())
    return render(request, "introductions/asked.html", {"asked": seen, "token": token})


@never_cache
def answered(request: HttpRequest) -> HttpResponse:
    """Take an answer, then thank in the same words whatever it was."""
    if request.method == "POST":
        actions.answer_by_link(said(request, "token"), said(request, "answer"), now=timezone.now())
        return redirect("introduction_answered")
    return render(request, "introductions/answered.html")

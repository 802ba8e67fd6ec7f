"""After a gathering: the one form that takes thirty seconds, and what a yes opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, said
from amity.doors.web.faces import ORDER
from amity.doors.web.meeting_words import name_of, when_words
from amity.doors.web.words import FELT_SAID
from amity.gatherings import queries
from amity.gatherings.models import Attendance, Gathering
from amity.meet.after import next_steps
from amity.meet.debrief import ANSWERS, YES, Said, debrief, of_gathering
from amity.moments.actions import promise
from amity.owner.access import owners_only
from amity.people import queries as people

SHOWN, MORE = 12, 60


@dataclass(frozen=True)
class Asked:
    """One guest of the form; `answer` is what was said before."""

    uid: str
    name: str
    maybe: bool
    answer: str = ""
    sparks: list[tuple[str, bool, str]] = field(default_factory=list)
    why: str = ""


@owners_only
def gathering_debrief(request: Request, uid: str) -> HttpResponse:
    """Ask whom the owner enjoyed and how it felt, and keep the answer."""
    one = queries.get(request.owner, uid)
    with doing(request, "debrief") as outcome:
        if request.method == "POST":
            outcome.made = debrief(one, _said(request), today=request.today)
    if request.method == "POST" and not outcome.errors:
        return then(
            request, outcome, "gathering_after" if outcome.made else "meet", *([uid] if outcome.made else [])
        )
    return render(request, "meet/debrief.html", _form(request, one, outcome), status=outcome.status)


def _said(request: Request) -> Said:
    """Read the form: ``enjoyed-UID``, ``spark-UID`` several, ``why-UID``, ``also``, ``felt`` and ``line``."""
    post = request.POST
    answers = {
        name.removeprefix("enjoyed-"): said(request, name) for name in post if name.startswith("enjoyed-")
    }
    return Said(
        answers=answers,
        sparks={uid: _sparks(request, uid) for uid, answer in answers.items() if answer == YES},
        also=[part for line in post.getlist("also") for part in line.replace(";", ",").split(",")],
        felt=FELT_SAID.get(said(request, "felt"), ""),
        line=said(request, "line"),
    )


def _sparks(request: Request, uid: str) -> dict[str, str]:
    why = said(request, f"why-{uid}")
    kinds = request.POST.getlist(f"spark-{uid}") or (["like"] if why else [])
    return {kind: why if at == 0 else "" for at, kind in enumerate(kinds)}


def _form(request: Request, one: Gathering, outcome: Outcome) -> dict[str, Any]:
    everybody = list(queries.guests(one))
    before = of_gathering(one)
    typed = _said(request) if request.method == "POST" else Said()
    asked = [_asked(guest, before.pk if before else None, typed) for guest in everybody[: SHOWN + MORE]]
    answered = {guest.uid for guest in asked}
    return {
        "gathering": one,
        "when_words": when_words(one, request.today),
        "guests": asked[:SHOWN],
        "more": asked[SHOWN:],
        "others": [name_of(guest) for guest in everybody if guest.uid not in answered][:500],
        "answers": ANSWERS,
        "also": ", ".join(typed.also),
        "felt": typed.felt or one.felt,
        "line": typed.line or one.line,
        "errors": outcome.errors,
    }


def _asked(guest: Attendance, moment: int | None, typed: Said) -> Asked:
    before = YES if guest.moment_id is not None and guest.moment_id == moment else ""
    chosen = typed.sparks.get(guest.uid, {})
    sparks = [(kind, kind in chosen, chosen.get(kind, "")) for kind in ORDER]
    why = next(filter(None, chosen.values()), "")
    return Asked(guest.uid, name_of(guest), guest.maybe, typed.answers.get(guest.uid, before), sparks, why)


@owners_only
def gathering_after(request: Request, uid: str) -> HttpResponse:
    """Offer next steps with those who were enjoyed; all of them may be left."""
    one = queries.get(request.owner, uid)
    context = {"gathering": one, "steps": next_steps(one), "errors": {}}
    return render(request, "meet/after.html", context)


@owners_only
@require_POST
def after_promise(request: Request, uid: str) -> HttpResponse:
    """Write down a promise to somebody who was enjoyed, with the moment it was made in."""
    one = queries.get(request.owner, uid)
    who = people.get(request.owner, said(request, "person"))
    with doing(request, "promise") as outcome:
        due = day_said(request, "due")
        promise(who, said(request, "text"), day=request.today, due=due, moment=of_gathering(one))
    if outcome.errors:
        context = {"gathering": one, "steps": next_steps(one), **outcome.context()}
        return render(request, "meet/after.html", context | {"promise_to": who.uid}, status=outcome.status)
    return then(request, outcome, "gathering_after", uid)

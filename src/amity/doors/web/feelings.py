"""Check-ins: "Networking is ___", the owner's words over time, and a gentle chart of the energy in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amity.checkins import actions, queries
from amity.checkins.models import Checkin
from amity.doors.web.answering import back, doing, then
from amity.doors.web.asking import Request, said
from amity.doors.web.welcome import feelings
from amity.doors.web.words import FELT, FELT_SAID, long_day, when
from amity.owner.access import owners_only

HEIGHT = {"gave": 20, "neutral": 52, "took": 84, "": 52}
LEFT, WIDTH = 3.0, 94.0


@dataclass(frozen=True)
class Word:
    """One word of the wall; x in per cent of the width, y in pixels, `felt` gave, neutral, took or empty."""

    text: str
    line: str
    day: date
    day_words: str
    felt: str
    x: float
    y: int


@owners_only
def checkin(request: Request) -> HttpResponse:
    """Finish the sentence, and look at how it was finished before."""
    with doing(request, "word") as outcome:
        if request.method == "POST":
            word = said(request, "own") or said(request, "word")
            felt = FELT_SAID.get(said(request, "felt"), "")
            actions.add(request.owner, word, day=request.today, line=said(request, "line"), felt=felt)
    if outcome.deed:
        return then(request, outcome, "checkin")
    said_so_far = wall(queries.words(request.owner), request.today)
    context = {
        "words": said_so_far,
        "first": long_day(said_so_far[0].day) if said_so_far else "",
        "last": long_day(said_so_far[-1].day) if said_so_far else "",
        "has_energy": sum(bool(one.felt) for one in said_so_far) > 1,
        "feelings": feelings(),
        "typed": outcome.typed,
        "errors": outcome.errors,
    }
    return render(request, "checkins/checkin.html", context, status=outcome.status)


@owners_only
@require_POST
def not_now(request: Request) -> HttpResponse:
    """Leave the owner in peace for a fortnight."""
    actions.not_now(request.owner, day=request.today)
    return back(request, "meet")


def wall(found: list[Checkin], today: date) -> list[Word]:
    """Give the words, oldest first, with their places on the chart."""
    span = max(1, (found[-1].day - found[0].day).days) if found else 1
    return [
        Word(
            text=one.word,
            line=one.line,
            day=one.day,
            day_words=when(one.day, today),
            felt=FELT.get(one.felt, ""),
            x=round(LEFT + WIDTH * (one.day - found[0].day).days / span, 2),
            y=HEIGHT[FELT.get(one.felt, "")],
        )
        for one in found
    ]

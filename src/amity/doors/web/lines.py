"""What is written on a person's page, line by line: hopes, facts, days, ways, seasons, promises, moments.

Each kind of line is added by one page and changed by another, where the form's ``do`` says how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web.answering import doing, only_once
from amity.doors.web.asking import Request, day_said, said, seen, where_said
from amity.doors.web.person import section
from amity.doors.web.sections import fact_line
from amity.doors.web.words import FELT_SAID
from amity.moments.actions import Told, forget, promise, tell
from amity.moments.edits import reword
from amity.moments.models import Moment
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people import actions, edits, queries
from amity.people.models import Fact, Hope, PersonDate, Season, Way

Change = Callable[[Request, Any], object]


def change(request: Request, line: Any, ways: Mapping[str, Change]) -> None:
    """Change a line in the way the form's ``do`` says.

    Raises:
        NotPossible: when it says no way there is.
        Clash: when other words than the owner has seen would be written over.
    """
    word = said(request, "do")
    if word not in ways:
        raise NotPossible(_("Say what is to happen with that line."))
    if word == "save":
        seen(request, line.why if isinstance(line, Season) else line.text)
    ways[word](request, line)


@owners_only
@require_POST
@only_once
def hope_add(request: Request, uid: str) -> HttpResponse:
    """Write down a hope."""
    who = queries.get(request.owner, uid)
    with doing(request, "hope") as outcome:
        actions.add_hope(who, said(request, "text"), day=request.today)
    return section(request, who, "people/_hopes.html", outcome)


HOPES: dict[str, Change] = {
    "save": lambda request, hope: edits.reword_hope(hope, said(request, "text")),
    "happened": lambda request, hope: actions.end_hope(hope, "happened", day=request.today),
    "let_go": lambda request, hope: actions.end_hope(hope, "let go", day=request.today),
    "remove": lambda _request, hope: edits.take_out(hope),
}


@owners_only
@require_POST
def hope_edit(request: Request, uid: str) -> HttpResponse:
    """Say a hope differently, say what became of it, or take it out."""
    hope: Hope = queries.one_of(request.owner, Hope, uid)
    with doing(request, "hope") as outcome:
        change(request, hope, HOPES)
    return section(request, hope.person, "people/_hopes.html", outcome)


@owners_only
@require_POST
@only_once
def fact_add(request: Request, uid: str) -> HttpResponse:
    """Write down something worth remembering."""
    who = queries.get(request.owner, uid)
    with doing(request, "fact") as outcome:
        actions.add_fact(
            who, said(request, "text"), day=request.today, sensitive=bool(said(request, "sensitive"))
        )
    return section(request, who, "people/_facts.html", outcome)


FACTS: dict[str, Change] = {
    "save": lambda request, fact: edits.reword_fact(
        fact, said(request, "text"), sensitive=bool(said(request, "sensitive"))
    ),
    "remove": lambda _request, fact: edits.take_out(fact),
}


@owners_only
@require_POST
def fact_edit(request: Request, uid: str) -> HttpResponse:
    """Say a fact differently, or take it out."""
    fact: Fact = queries.one_of(request.owner, Fact, uid)
    with doing(request, "fact") as outcome:
        change(request, fact, FACTS)
    return section(request, fact.person, "people/_facts.html", outcome)


@owners_only
def fact_show(request: Request, uid: str) -> HttpResponse:
    """Give one sensitive fact, now that somebody has asked for it."""
    fact: Fact = queries.one_of(request.owner, Fact, uid)
    context = {"fact": fact_line(fact, shown=True), "person": fact.person}
    return render(request, "people/_fact.html", context)


@owners_only
@require_POST
@only_once
def day_add(request: Request, uid: str) -> HttpResponse:
    """Write down a birthday or another day of theirs."""
    who = queries.get(request.owner, uid)
    with doing(request, "own_day") as outcome:
        edits.add_day(who, said(request, "kind"), said(request, "value"))
    return section(request, who, "people/_days.html", outcome)


@owners_only
@require_POST
def day_edit(request: Request, uid: str) -> HttpResponse:
    """Take a day of theirs out."""
    day: PersonDate = queries.one_of(request.owner, PersonDate, uid)
    with doing(request, "own_day") as outcome:
        change(request, day, {"remove": lambda _request, line: edits.take_out(line)})
    return section(request, day.person, "people/_days.html", outcome)


@owners_only
@require_POST
@only_once
def way_add(request: Request, uid: str) -> HttpResponse:
    """Write down a way to reach them; its kind is read from what it looks like."""
    who = queries.get(request.owner, uid)
    value = said(request, "value")
    with doing(request, "way") as outcome:
        actions.add_way(who, edits.kind_of_way(value), value, said(request, "label"))
    return section(request, who, "people/_ways.html", outcome)


WAYS: dict[str, Change] = {
    "label": lambda request, way: edits.label_way(way, said(request, "label")),
    "remove": lambda _request, way: edits.take_out(way),
}


@owners_only
@require_POST
def way_edit(request: Request, uid: str) -> HttpResponse:
    """Call a way something else, or take it out."""
    way: Way = queries.one_of(request.owner, Way, uid)
    with doing(request, "way") as outcome:
        change(request, way, WAYS)
    return section(request, way.person, "people/_ways.html", outcome)


@owners_only
@require_POST
@only_once
def season_add(request: Request, uid: str) -> HttpResponse:
    """Leave them in peace for a while."""
    who = queries.get(request.owner, uid)
    with doing(request, "season") as outcome:
        starts, ends = _stretch(request)
        actions.rest(who, starts=starts, ends=ends, why=said(request, "text"))
    return section(request, who, "people/_seasons.html", outcome)


def _stretch(request: Request) -> tuple[date, date]:
    """Give the first and the last day that the form says; today, where it says none."""
    starts = day_said(request, "starts", request.today) or request.today
    return starts, day_said(request, "until", starts) or starts


def _reword_season(request: Request, season: Season) -> None:
    starts, ends = _stretch(request)
    edits.reword_season(season, said(request, "text"), starts=starts, ends=ends)


SEASONS: dict[str, Change] = {
    "save": _reword_season,
    "end": lambda request, season: edits.end_season(season, day=request.today),
    "remove": lambda _request, season: edits.take_out(season),
}


@owners_only
@require_POST
def season_edit(request: Request, uid: str) -> HttpResponse:
    """Say a stretch in peace differently, say that it is over, or take it out."""
    season: Season = queries.one_of(request.owner, Season, uid)
    with doing(request, "season") as outcome:
        change(request, season, SEASONS)
    return section(request, season.person, "people/_seasons.html", outcome)


@owners_only
@require_POST
@only_once
def promise_add(request: Request, uid: str) -> HttpResponse:
    """Write down what you said you would do."""
    who = queries.get(request.owner, uid)
    with doing(request, "promise") as outcome:
        promise(who, said(request, "text"), day=request.today, due=day_said(request, "due"))
    return section(request, who, "moments/_promises.html", outcome)


@owners_only
@require_POST
@only_once
def moment_add(request: Request, uid: str) -> HttpResponse:
    """Write down a moment, with a gift in it if there was one."""
    who = queries.get(request.owner, uid)
    with doing(request, "moment") as outcome:
        day = day_said(request, "day", request.today) or request.today
        told = Told(
            kind=said(request, "kind") or "met",
            setting=where_said(request),
            text=said(request, "text"),
            felt=FELT_SAID.get(said(request, "felt"), ""),
        )
        tell(who, told, day=day, gift=said(request, "gift"), received=not said(request, "given"))
    return section(request, who, "moments/_moments.html", outcome)


MOMENTS: dict[str, Change] = {
    "save": lambda request, moment: reword(moment, said(request, "text")),
    "remove": lambda _request, moment: forget(moment),
}


@owners_only
@require_POST
def moment_edit(request: Request, uid: str) -> HttpResponse:
    """Tell a moment differently, or take it out."""
    moment: Moment = queries.one_of(request.owner, Moment, uid)
    who = queries.get(request.owner, said(request, "person"))
    with doing(request, "moment") as outcome:
        change(request, moment, MOMENTS)
    return section(request, who, "moments/_moments.html", outcome)

"""Meet: the next gathering as a brief to read in the taxi, what is to come, and one gathering."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.checkins.queries import is_due
from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, file_said, said, where_said
from amity.doors.web.meeting_words import listed, name_of, read_brief
from amity.doors.web.sections import setting_choices
from amity.doors.web.words import counted
from amity.gatherings import by_hand, conferences, guests, queries
from amity.gatherings.by_hand import Planned
from amity.gatherings.guests import Listed
from amity.gatherings.models import Attendance, Gathering
from amity.journal.queries import PastDeed
from amity.meet import brief, kindness
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.queries import one_of

COMING_SHOWN, PAST_SHOWN, GUESTS_SHOWN = 30, 12, 500


@owners_only
def meet(request: Request) -> HttpResponse:
    """Show the next gathering's brief, what waits for a word, and what is to come."""
    owner, today, now = request.owner, request.today, timezone.now()
    following = brief.next_one(owner, now=now)
    coming = [one for one in queries.coming(owner, today)[: COMING_SHOWN + 1] if one != following]
    context = {
        "next": read_brief(brief.brief(following, today), today) if following else None,
        "coming": [listed(one, today) for one in coming[:COMING_SHOWN]],
        "past": [listed(one, today) for one in queries.past(owner, today)[:PAST_SHOWN]],
        "to_debrief": [listed(one, today) for one in queries.to_debrief(owner, now=now)],
        "kind_words": kindness.waiting(owner, today),
        "asks": is_due(owner, today),
    }
    return render(request, "meet/meet.html", context)


@owners_only
def gathering_add(request: Request) -> HttpResponse:
    """Write down a gathering by hand; the shipped conference list fills the form in."""
    with doing(request, "title") as outcome:
        if request.method == "POST":
            outcome.made = by_hand.write_down(request.owner, planned(request), part_of=_part_of(request))
    if outcome.made:
        return then(request, outcome, "gathering", outcome.made.uid)
    words = request.GET.get("find", "").strip()
    context = {
        **_form(request.owner, {"day": request.today.isoformat()} | (outcome.typed or request.GET.dict())),
        "errors": outcome.errors,
        "find": words,
        "found": conferences.named(words, day=request.today)[:12],
        "today": request.today,
    }
    return render(request, "meet/gathering_add.html", context, status=outcome.status)


def _part_of(request: Request) -> Gathering | None:
    uid = said(request, "part_of")
    return queries.get(request.owner, uid) if uid else None


def _form(owner: Owner, typed: dict[str, str], one: Gathering | None = None) -> dict[str, Any]:
    """Give the form its fields: what was typed, else what is written."""
    written = _written(one) if one else {}
    names = ["title", "day", "last_day", "starts", "ends", "place", "setting", "own_setting", "url"]
    fields = {name: typed.get(name, written.get(name, "")) for name in [*names, "part_of"]}
    return {"fields": fields, "typed": typed, "settings": setting_choices(owner)}


def _written(one: Gathering) -> dict[str, str]:
    zone = one.owner.tz
    return {
        "title": one.title,
        "day": one.day.isoformat(),
        "last_day": one.last_day.isoformat() if one.last_day != one.day else "",
        "starts": f"{one.starts_at.astimezone(zone):%H:%M}" if one.starts_at else "",
        "ends": f"{one.ends_at.astimezone(zone):%H:%M}" if one.ends_at else "",
        "place": one.place,
        "setting": one.setting,
        "url": one.url,
    }


def planned(request: Request) -> Planned:
    """Read what a gathering's form says.

    Raises:
        NotPossible: for a day or an hour that is none.
    """
    day = day_said(request, "day", request.today)
    assert day is not None  # a day is given where the field is empty
    return Planned(
        title=said(request, "title"),
        day=day,
        last_day=day_said(request, "last_day"),
        starts=_hour(request, "starts"),
        ends=_hour(request, "ends"),
        place=said(request, "place"),
        setting=where_said(request),
        url=said(request, "url"),
    )


def _hour(request: Request, name: str) -> time | None:
    text = said(request, name)
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise NotPossible(_("That is not an hour; write it like 19:30.")) from None


@owners_only
def gathering(request: Request, uid: str) -> HttpResponse:
    """Show one gathering: its brief, its list, its sessions."""
    return _page(request, queries.get(request.owner, uid), Outcome())


def _page(request: Request, one: Gathering, outcome: Outcome) -> HttpResponse:
    everybody = list(queries.guests(one))
    context = {
        **read_brief(brief.brief(one, request.today), request.today),
        **_form(request.owner, outcome.typed, one),
        "errors": outcome.errors,
        "over": one.last_day < request.today,
        "own_questions": outcome.typed.get("questions", one.questions),
        "list_words": counted(len(everybody), _("name"), _("names")),
        "on_list": [(guest.uid, name_of(guest), guest.maybe) for guest in everybody[:GUESTS_SHOWN]],
        "whole": queries.get(request.owner, one.part_of) if one.part_of else None,
    }
    return render(request, "meet/gathering.html", context, status=outcome.status)


@owners_only
def gathering_brief(request: Request, uid: str) -> HttpResponse:
    """Show the brief alone, as it is printed."""
    one = queries.get(request.owner, uid)
    return render(request, "meet/brief.html", read_brief(brief.brief(one, request.today), request.today))


@owners_only
@require_POST
def gathering_edit(request: Request, uid: str) -> HttpResponse:
    """Say differently what a gathering is, or call it off."""
    one = queries.get(request.owner, uid)
    off = said(request, "do") == "call_off"
    with doing(request, "title") as outcome:
        by_hand.call_off(one) if off else by_hand.change(one, planned(request))
    if outcome.errors:
        return _page(request, one, outcome)
    return then(request, outcome, "meet") if off else then(request, outcome, "gathering", uid)


@owners_only
@require_POST
def gathering_questions(request: Request, uid: str) -> HttpResponse:
    """Keep what the owner is curious about."""
    one = queries.get(request.owner, uid)
    with doing(request, "questions") as outcome:
        by_hand.wonder(one, said(request, "questions").splitlines())
    if outcome.errors:
        return _page(request, one, outcome)
    return then(request, outcome, "gathering", uid)


@owners_only
@require_POST
def gathering_list(request: Request, uid: str) -> HttpResponse:
    """Put a pasted list or a dropped file on the gathering's list."""
    one = queries.get(request.owner, uid)
    data = file_said(request, "file") or said(request, "list").encode()
    with doing(request, "list") as outcome:
        done = guests.put_on_list(one, BytesIO(data), _("the list"))
    if outcome.errors:
        return _page(request, one, outcome)
    if outcome.deed:
        outcome.deed = _with_count(outcome.deed, done)
    return then(request, outcome, "gathering", uid)


def _with_count(deed: PastDeed, done: Listed) -> PastDeed:
    parts = [_("%d added") % done.added, _("%d in your book") % done.known]
    parts += [_("%d there already") % done.same] if done.same else []
    parts += [_("%d lines could not be read") % len(done.skipped)] if done.skipped else []
    return replace(deed, sentence=f"{', '.join(parts)}.")


@owners_only
@require_POST
def guest_off(request: Request, uid: str) -> HttpResponse:
    """Take somebody off a list."""
    guest: Attendance = one_of(request.owner, Attendance, uid)
    with doing(request) as outcome:
        guests.take_off(guest)
    return then(request, outcome, "gathering", guest.gathering.uid)

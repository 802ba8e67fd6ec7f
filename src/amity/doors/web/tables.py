"""A small table: composing it, setting it, and its invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, number_said, said
from amity.doors.web.seating import HEIGHT, WIDTH, chairs
from amity.doors.web.words import long_day
from amity.gatherings.models import Gathering
from amity.introductions import actions, hosting
from amity.introductions.composing import LEAST, MOST, Proposal, Wanted, compose, may_come
from amity.introductions.letters import Letter, signed_by
from amity.introductions.models import Apart
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people import places
from amity.people import queries as people
from amity.people.actions import clipped
from amity.people.models import Person

FRIDAY, WEEK = 4, 7
SIZE = 6
CITY_LENGTH = 60


@dataclass(frozen=True)
class Invited:
    """A guest of a table that was set, with their invitation."""

    person: Person
    letter: Letter


@owners_only
def table(request: Request) -> HttpResponse:
    """Propose a table; the wish stands in the address, and the same wish gives the same table."""
    return _composer(request, Outcome())


def _composer(request: Request, outcome: Outcome) -> HttpResponse:
    day = _day(request)
    guests = may_come(request.owner, day)
    context: dict[str, Any] = {
        "sizes": range(LEAST, MOST + 1),
        "cities": places.offered(request.owner, [person.pk for person in guests]),
        "people": guests,
        "tables": hosting.tables(request.owner)[:10],
        "apart": Apart.objects.of(request.owner).select_related("a", "b").order_by("a__folded", "b__folded"),
        **_proposed(request, day, guests),
        **outcome.context(),
    }
    return render(request, "introductions/table.html", context, status=outcome.status)


def _proposed(request: Request, day: date, guests: list[Person]) -> dict[str, Any]:
    """Give the wish as it was read, with the table it gives or the sentence why there is none."""
    asked = request.GET or request.POST
    again = number_said(asked.get("seed", ""), 1)
    city = asked.get("city", "").strip()[:CITY_LENGTH]
    size = number_said(asked.get("size", ""), SIZE)
    must, without = _keys(request, asked.getlist("must")), _keys(request, asked.getlist("without"))
    invited = clipped(asked.get("invite", ""))
    wish = {"day": day, "city": city, "size": size, "seed": again, "next_seed": again + 1}
    wish["left_out"] = list(Person.objects.of(request.owner).filter(pk__in=without))
    try:
        must += [people.get(request.owner, invited).pk] if invited else []
        wish["must"] = set(must)
        wanted = Wanted(
            day, size, city, tuple(key for key in must if key not in without), tuple(without), again
        )
        return wish | _drawn(request, compose(request.owner, wanted, guests))
    except (NotPossible, people.NotFound) as wrong:
        return wish | {"sorry": wrong.sentence}


def _drawn(request: Request, proposal: Proposal) -> dict[str, Any]:
    names = [seat.person.name for seat in proposal.seats]
    return {"proposal": proposal, **_seating(request, names)}


def _seating(request: Request, names: list[str]) -> dict[str, Any]:
    you = signed_by(request.owner) or _("You")
    return {"chairs": chairs(names, owner=you), "width": WIDTH, "height": HEIGHT}


def _day(request: Request) -> date:
    """Give the evening that was asked for, else the Friday after next."""
    try:
        return date.fromisoformat((request.GET or request.POST).get("day", ""))
    except ValueError:
        ahead = (FRIDAY - request.today.weekday()) % WEEK + WEEK
        return request.today + timedelta(days=ahead)


def _keys(request: Request, said_uids: list[str]) -> list[int]:
    uids = [uid for uid in said_uids if uid.isalnum()]
    found = dict(Person.objects.of(request.owner).filter(uid__in=uids).values_list("uid", "pk"))
    return [found[uid] for uid in dict.fromkeys(uids) if uid in found]


@owners_only
@require_POST
def table_set(request: Request) -> HttpResponse:
    """Set a table: it becomes a gathering."""
    with doing(request, "set") as outcome:
        guests = [people.get(request.owner, uid) for uid in request.POST.getlist("guest")]
        made = hosting.set_table(
            request.owner,
            guests,
            day=day_said(request, "day", request.today) or request.today,
            at=_time(said(request, "at")),
            title=said(request, "title"),
            place=said(request, "place"),
        )
    return _composer(request, outcome) if outcome.errors else then(request, outcome, "table_page", made.uid)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None) if text else hosting.SUPPER
    except ValueError:
        raise NotPossible(_("That is not a time; write it like 19:30.")) from None


@owners_only
def table_page(request: Request, uid: str) -> HttpResponse:
    """Show a table that was set, with its seating and its invitations."""
    one = hosting.get(request.owner, uid)
    guests = hosting.guests(one)
    context = {
        "table": one,
        "when": _when(request, one),
        "invited": [Invited(person, hosting.invite(one, person)) for person in guests],
        **_seating(request, [person.name for person in guests]),
    }
    return render(request, "introductions/table_set.html", context)


def _when(request: Request, one: Gathering) -> str:
    at = one.starts_at.astimezone(request.owner.tz).strftime("%H:%M") if one.starts_at else ""
    return _("%(day)s, %(hour)s") % {"day": long_day(one.day), "hour": at}


@owners_only
def table_invitation(request: Request, uid: str) -> HttpResponse:
    """Give the invitation as a calendar file."""
    one = hosting.get(request.owner, uid)
    response = HttpResponse(hosting.invitation(one), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="table-{one.day:%Y-%m-%d}.ics"'
    return response


@owners_only
@require_POST
def table_call_off(request: Request, uid: str) -> HttpResponse:
    """Call a table off."""
    with doing(request) as outcome:
        hosting.call_off(hosting.get(request.owner, uid))
    return then(request, outcome, "table")


@owners_only
@require_POST
def apart_add(request: Request) -> HttpResponse:
    """Keep two people from one table."""
    with doing(request, "apart") as outcome:
        actions.keep_apart(_named(request, "a"), _named(request, "b"))
    return _composer(request, outcome) if outcome.errors else then(request, outcome, "table")


def _named(request: Request, end: str) -> Person:
    try:
        return people.get(request.owner, clipped(said(request, end)))
    except people.NotFound as nobody:
        raise NotPossible(nobody.sentence) from None


@owners_only
@require_POST
def apart_drop(request: Request, uid: str) -> HttpResponse:
    """Let two people sit at one table again."""
    with doing(request) as outcome:
        actions.no_longer_apart(people.one_of(request.owner, Apart, uid))
    return then(request, outcome, "table")

"""Keep or let go: one person at a time, and what the owner says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amity.doors.web import words
from amity.doors.web.answering import Outcome, doing, fragment, only_once, then
from amity.doors.web.asking import Request, said
from amity.doors.web.faces import Face, SparkShown, face, spark_rows
from amity.doors.web.person import spark_rows_said, sparks_said
from amity.journal import queries as journal
from amity.moments.models import TOGETHER, Direction, Moment
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people import actions, edits, queries
from amity.people.models import Person
from amity.ties import deck as ties
from amity.ties.words import number

WORDS_SHOWN = 160


@dataclass(frozen=True)
class Shown:
    """One card: a face, two lines of why, and what was said of them already or typed just now."""

    person: Face
    history: str
    how_met: str
    quoted: bool
    sparks: list[SparkShown]
    care: str


@owners_only
def deck(request: Request) -> HttpResponse:
    """Show the person who is dealt next; how many are left is said only to whoever asks."""
    context = _dealt(request, Outcome())
    if "count" in request.GET:
        context["left"] = words.people(ties.waiting(request.owner, request.today).count())
    return render(request, "people/deck.html", context)


@owners_only
@require_POST
@only_once
def answer(request: Request, uid: str) -> HttpResponse:
    """Keep, shelf or not now; the next card is the answer."""
    who = queries.get(request.owner, uid)
    with doing(request, "why") as outcome:
        _said(request)(request, who)
    if not request.htmx and not outcome.errors:
        return then(request, outcome, "deck")
    context = _dealt(request, outcome)
    if not request.htmx:
        return render(request, "people/deck.html", context | outcome.context(), status=outcome.status)
    return fragment(request, "people/_deck.html", context, outcome)


def _keep(request: Request, who: Person) -> None:
    edits.keep_with(who, day=request.today, sparks=sparks_said(request, who), care=said(request, "care"))


ANSWERS: dict[str, Callable[[Request, Person], object]] = {
    "keep": _keep,
    "shelf": lambda _request, who: actions.shelve(who),
    "later": lambda _request, who: actions.put_off(who),
}


def _said(request: Request) -> Callable[[Request, Person], object]:
    """Give what the pressed button does.

    Raises:
        NotPossible: where no button of the card says so.
    """
    try:
        return ANSWERS[said(request, "answer")]
    except KeyError:
        raise NotPossible(_("Say keep, shelf or not now.")) from None


def _dealt(request: Request, outcome: Outcome) -> dict[str, Any]:
    card = ties.deal(request.owner, request.today)
    shown = _shown(card, request.today) if card else None
    if card and shown and outcome.errors:
        typed = spark_rows_said(request, card.person)
        shown = replace(shown, sparks=typed, care=said(request, "care"))
    return {"card": shown, "back": journal.last_of(request.owner, ties.VERBS, day=request.today)}


def _shown(card: ties.Card, today: date) -> Shown:
    person, last_words = card.person, card.last.text.strip() if card.last else ""
    return Shown(
        person=face(card.row, card.tie, today),
        history=_history(card, today),
        how_met=(person.how_met or last_words)[:WORDS_SHOWN],
        quoted=bool(last_words and not person.how_met),
        sparks=spark_rows(card.row),
        care=person.care,
    )


def _history(card: ties.Card, today: date) -> str:
    if card.tie.last:
        said_so = {"days": number(card.tie.days), "last": words.when(card.tie.last, today)}
        return (
            ngettext(
                "You were in touch once, %(last)s.",
                "You were in touch on %(days)s days, most recently %(last)s.",
                card.tie.days,
            )
            % said_so
        )
    if card.last:
        return _moment(card.last, words.when(card.last.day, today))
    if card.seen_at:
        at = {"title": card.seen_at.title, "when": words.when(card.seen_at.day, today)}
        return _("You were both at %(title)s, %(when)s.") % at
    if card.person.met_on:
        return _("You have known of each other since %s.") % date_format(card.person.met_on, "F Y")
    return _("The book tells of no day with them yet.")


def _moment(last: Moment, when: str) -> str:
    if last.kind in TOGETHER:
        return _("You were in one room together %s.") % when
    if last.direction == Direction.IN:
        return _("They wrote to you %s.") % when
    return _("You wrote to them %s.") % when

"""The same person? Two records side by side, one question; and two who were joined, taken apart again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from amity.doors.web import words
from amity.doors.web.answering import doing, fragment, then
from amity.doors.web.asking import Request, said
from amity.doors.web.faces import Face, face
from amity.duplicates import actions, queries
from amity.duplicates.models import Merge, Perhaps
from amity.journal import queries as journal
from amity.owner.access import owners_only
from amity.people.models import Person
from amity.ties.story import Story, story

VERBS = ("merge", "same or not")
MOST = 6
# What speaks for two records being one person, or against it; the words are those of ``duplicates.likeness``.
EVIDENCE = {
    "same personal address": lazy("They have the same address."),
    "address alike": lazy("Their addresses are nearly the same."),
    "shared phone": lazy("They have the same telephone number."),
    "same profile": lazy("They have the same profile."),
    "same number": lazy("They have the same number."),
    "number alike": lazy("Their numbers are nearly the same."),
    "different number": lazy("Their numbers differ."),
    "same birthday": lazy("They have the same birthday."),
    "birthday alike": lazy("Their birthdays are nearly the same."),
    "birthdays a year apart": lazy("Their birthdays are a year apart."),
    "different birthday": lazy("Their birthdays differ."),
    "same house": lazy("They live in the same house."),
    "same street": lazy("They live in the same street."),
    "same town": lazy("They live in the same town."),
    "same employer": lazy("They work in the same place."),
    "employer alike": lazy("They work in places with nearly the same name."),
    "different employer": lazy("They work in different places."),
    "same name": lazy("They have the same name."),
    "name alike": lazy("Their names are nearly the same."),
    "different given name": lazy("Their given names differ."),
    "same initial": lazy("Their given names begin alike."),
    "given name alike": lazy("Their given names are nearly the same."),
    "nickname": lazy("One given name is short for the other."),
    "same given name": lazy("They have the same given name."),
    "different family name": lazy("Their family names differ."),
    "same initial of the family name": lazy("Their family names begin alike."),
    "family name alike": lazy("Their family names are nearly the same."),
    "same family name": lazy("They have the same family name."),
    "named like the handle": lazy("One is called like the handle of the other."),
    "mailbox named alike": lazy("Their mailboxes are named alike."),
    "same handle": lazy("They have the same handle."),
    "shared moment": lazy("They were in the same moment."),
    "different middle name": lazy("Their middle names differ."),
    "father and son": lazy("One is called junior and the other senior: father and son, perhaps."),
    "father or son": lazy("Only one is called junior or senior."),
}


@dataclass(frozen=True)
class Side:
    """One of the two, as much as it takes to tell them apart: (what it is, what it says)."""

    person: Face
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """Two records side by side and what speaks for one person."""

    uid: str
    one: Side
    other: Side
    evidence: list[str]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Give the two in the order in which they stand."""
        return self.one, self.other


@owners_only
def perhaps(request: Request) -> HttpResponse:
    """Ask about one pair: the one in the address, or the first that waits."""
    return render(request, "people/perhaps.html", _asked(request, said_pair=request.GET.get("pair", "")))


@owners_only
@require_POST
def perhaps_look(request: Request) -> HttpResponse:
    """Look through the whole book once more."""
    with doing(request) as outcome:
        actions.look(request.owner)
    return then(request, outcome, "perhaps")


@owners_only
@require_POST
def perhaps_answer(request: Request, uid: str) -> HttpResponse:
    """Say yes, no or later; the next question is the answer."""
    pair = queries.asked(request.owner, uid)
    with doing(request, "pair") as outcome:
        if said(request, "answer") == "yes":
            actions.merge(*queries.who_stays(pair.a, pair.b))
        else:
            actions.answer(pair, said(request, "answer"), day=request.today)
    if not request.htmx and not outcome.errors:
        return then(request, outcome, "perhaps")
    context = _asked(request, said_pair=uid if outcome.errors else "")
    if not request.htmx:
        return render(request, "people/perhaps.html", context | outcome.context(), status=outcome.status)
    return fragment(request, "people/_perhaps.html", context, outcome)


@owners_only
@require_POST
def apart(request: Request, uid: str) -> HttpResponse:
    """Let two be two people again."""
    with doing(request) as outcome:
        outcome.made = actions.unmerge(queries.merge_of(request.owner, uid))
    return then(request, outcome, "person", outcome.made.uid)


def joined(merges: Iterable[Merge], names: dict[str, str], today: date) -> list[dict[str, str]]:
    """Dress merges for a list: who became whom, when, and what takes them apart."""
    return [
        {
            "uid": one.uid,
            "gone": one.gone.name,
            "kept": names.get(one.gone.became, ""),
            "kept_uid": one.gone.became,
            "when": words.when(one.at.date(), today),
        }
        for one in merges
    ]


def _asked(request: Request, *, said_pair: str) -> dict[str, Any]:
    waiting = queries.waiting(request.owner, request.today)
    pair = queries.asked(request.owner, said_pair) if said_pair else waiting.first()
    return {
        "question": _question(pair, request.today) if pair else None,
        "back": journal.last_of(request.owner, VERBS, day=request.today),
    }


def _question(pair: Perhaps, today: date) -> Question:
    evidence = [str(EVIDENCE.get(word, words.sentence(word))) for word in pair.evidence]
    one, other = queries.who_stays(pair.a, pair.b)
    return Question(pair.uid, _side(one, today), _side(other, today), evidence)


def _side(person: Person, today: date) -> Side:
    told = story(person.owner, person, today, moments=0)
    lines = [(str(what), text) for what, text in _lines(told) if text]
    return Side(face(told.row, told.tie, today), lines)


def _lines(told: Story) -> Iterable[tuple[object, str]]:
    row, person = told.row, told.person
    yield lazy("Also called"), ", ".join(told.other_names[:MOST])
    yield lazy("Work"), ", ".join(part for part in (row.title, row.organisation) if part)
    for way in row.ways[:MOST]:
        yield lazy("Way to reach them"), way.value
    for day in told.dates[:MOST]:
        yield words.sentence(day.kind), words.partial_day(day.value)
    yield lazy("Circles"), ", ".join(row.circles)
    yield lazy("How you met"), person.how_met
    if person.met_on:
        yield lazy("Since"), date_format(person.met_on, "F Y")
    yield lazy("In touch"), told.tie.words if told.tie.days else _("The book tells of no day with them yet.")

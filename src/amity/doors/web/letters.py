"""Today as its page shows it: nudges as short letters, gatherings and promises in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from amity.doors.web.asking import Request, mark
from amity.doors.web.faces import Face, face
from amity.doors.web.words import COSTS, counted, due, sentence, when
from amity.gatherings.queries import GatheringRow
from amity.moments.models import Promise, PromiseState
from amity.nudges.queries import Day, NudgeLetter
from amity.people import queries as people
from amity.people.models import Way
from amity.ties.deck import waits
from amity.ties.story import Listed

NAMES_SHOWN = 4
ANSWERS = {"done": "done", "not today": "skip", "let rest": "rest"}


@dataclass(frozen=True)
class Letter:
    """One nudge as a short letter; `answer` is empty while it waits."""

    uid: str
    person: Face
    reason: str
    quote: str
    quote_words: str
    opener: str
    email: str
    subject: str
    cost_words: str
    answer: str


@dataclass(frozen=True)
class Appointment:
    """A gathering of today."""

    uid: str
    at_words: str
    name: str
    place: str
    people_words: str
    url: str


@dataclass(frozen=True)
class PromiseShown:
    """What the owner said they would do. `person` has a uid and a name."""

    uid: str
    person: Any
    text: str
    due: date | None
    due_words: str
    kept: bool
    seen: str


def page_of_today(request: Request, day: Day, listed: list[Listed]) -> dict[str, Any]:
    """Give the page everything it shows; `listed` are the people of the nudges."""
    faces = {one.row.uid: face(one.row, one.tie, day.date) for one in listed}
    emails = {one.row.uid: _email(one.row.ways) for one in listed}
    letters = [letter(nudge, faces[nudge.person], emails[nudge.person], day.date) for nudge in day.nudges]
    new_book = not letters and people.is_empty(request.owner)
    return {
        "day": day.date,
        "energy": day.energy,
        "planned": day.planned,
        "nudges": letters,
        "waiting": [one for one in letters if not one.answer],
        "gatherings": [appointment(one, request) for one in day.gatherings],
        "promises": [promise_shown(one, day.date) for one in day.promises],
        "birthdays": [(one, when(one.day, day.date)) for one in day.birthdays],
        "empty": _kind_words(day.energy, new_book),
        "new_book": new_book,
        "deck_waits": not letters and waits(request.owner, request.today),
    }


def _kind_words(energy: str, new_book: bool) -> str:
    if new_book:
        return _(
            "Your book is new. Name a few people you would enjoy a coffee with, and they will come up here."
        )
    if energy == "rest":
        return _("A day of rest. Nobody is suggested; everybody keeps.")
    return _("Nobody needs a word from you today. Enjoy the quiet.")


def _email(ways: list[Way]) -> str:
    return next((way.value for way in ways if way.kind == "email"), "")


def letter(nudge: NudgeLetter, person: Face, email: str, today: date) -> Letter:
    """Dress one nudge."""
    return Letter(
        uid=nudge.uid,
        person=person,
        reason=nudge.why,
        quote=nudge.last_words,
        quote_words=sentence(when(nudge.last_day, today)) if nudge.last_day else "",
        opener=nudge.opener,
        email=email,
        subject=_("Hello"),
        cost_words=str(COSTS.get(nudge.medium, "")),
        answer=ANSWERS.get(nudge.state, ""),
    )


def appointment(one: GatheringRow, request: Request) -> Appointment:
    """Dress one gathering of today."""
    at = one.starts_at.astimezone(request.owner.tz).strftime("%H:%M") if one.starts_at else _("all day")
    more = len(one.names) - NAMES_SHOWN
    names = ", ".join(one.names[:NAMES_SHOWN])
    people_words = (
        _("%(names)s and %(more)s") % {"names": names, "more": _others(more)} if more > 0 else names
    )
    url = reverse("gathering", args=[one.uid])
    return Appointment(one.uid, at, one.title, one.place, people_words, url)


def _others(count: int) -> str:
    return counted(count, _("other"), _("others"))


def promise_shown(one: Promise, today: date) -> PromiseShown:
    """Dress one promise."""
    kept = one.state == PromiseState.KEPT
    return PromiseShown(
        one.uid, one.person, one.text, one.due, due(one.due, today), kept, mark(one.text, one.due)
    )

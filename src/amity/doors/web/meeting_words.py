"""Gatherings and briefs as pages show them: days and hours in words, people as faces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.doors.web.faces import Face, face
from amity.doors.web.letters import promise_shown
from amity.doors.web.words import counted, sentence, when
from amity.gatherings.models import Attendance, Gathering
from amity.meet.brief import BriefPage
from amity.meet.guests import Known

NAMES_SHOWN = 60
QUOTED = 280


@dataclass(frozen=True)
class Listed:
    """A gathering in a list."""

    uid: str
    title: str
    when_words: str
    place: str
    people_words: str


@dataclass(frozen=True)
class Reading:
    """One person as a brief reads."""

    person: Face
    maybe: bool
    chosen: bool
    last_words: str
    quote: str
    hopes: list[str]
    question: str
    promises: list[Any]
    facts: list[str]
    known_by: str


def day_words(one: Gathering, today: date) -> str:
    """Say the day or days: ``tomorrow``, ``from 12 to 14 June``."""
    if one.last_day == one.day:
        return sentence(when(one.day, today))
    pattern = "j F" if one.last_day.year == today.year else "j F Y"
    words = {"first": date_format(one.day, "j F"), "last": date_format(one.last_day, pattern)}
    return _("From %(first)s to %(last)s") % words


def when_words(one: Gathering, today: date) -> str:
    """Say when it is, with its hours where the owner is."""
    words = day_words(one, today)
    if one.starts_at is None:
        return words
    zone = one.owner.tz
    starts = f"{one.starts_at.astimezone(zone):%H:%M}"
    if one.ends_at is None:
        return _("%(day)s at %(starts)s") % {"day": words, "starts": starts}
    hours = {"day": words, "starts": starts, "ends": f"{one.ends_at.astimezone(zone):%H:%M}"}
    return _("%(day)s, %(starts)s to %(ends)s") % hours


def listed(one: Gathering, today: date) -> Listed:
    """Dress a gathering for a list."""
    others = one.size - 1
    people = _("with %s") % counted(others, _("other"), _("others")) if others > 0 else ""
    return Listed(one.uid, one.title, when_words(one, today), one.place, people)


def read_brief(page: BriefPage, today: date) -> dict[str, Any]:
    """Give a brief's template its words."""
    one = page.gathering
    chosen = page.look_forward
    names = [name_of(guest) for guest in page.also]
    return {
        "gathering": one,
        "when_words": when_words(one, today),
        "sessions": [listed(session, today) for session in page.sessions],
        "look_forward": chosen,
        "look_forward_url": _person_url(chosen.guest) if chosen else "",
        "questions": page.questions,
        "energy": page.energy,
        "exit": page.exit,
        "readings": [reading(known, known.guest == (chosen and chosen.guest), today) for known in page.known],
        "also": names[:NAMES_SHOWN],
        "also_more": counted(len(names) - NAMES_SHOWN, _("other"), _("others"))
        if len(names) > NAMES_SHOWN
        else "",
        "guests_words": sentence(counted(page.guests, _("person"), _("people"))) if page.guests else "",
        "made_words": when(page.made_on, today) if page.made_on else "",
    }


def _person_url(guest: Attendance) -> str:
    return reverse("person", args=[guest.person.uid]) if guest.person else ""


def name_of(guest: Attendance) -> str:
    """Give what a guest is called, with what they do where only the list knows them."""
    if guest.person is not None:
        return guest.person.name
    name = guest.name or guest.email
    return f"{name} ({guest.about})" if guest.about else name


def reading(known: Known, chosen: bool, today: date) -> Reading:
    """Dress one person of a brief."""
    last = known.last
    return Reading(
        person=face(known.row, known.tie, today),
        maybe=known.guest.maybe,
        chosen=chosen,
        last_words=sentence(when(last.day, today)) if last else "",
        quote=last.text[:QUOTED] if last else "",
        hopes=[hope.text for hope in known.hopes],
        question=known.question,
        promises=[promise_shown(promise, today) for promise in known.promises],
        facts=[
            f"{fact.label}: {fact.text[:QUOTED]}" if fact.label else fact.text[:QUOTED]
            for fact in known.facts
        ],
        known_by=", ".join(known.known_by),
    )

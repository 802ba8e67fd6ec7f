"""What a phone keeps, in the words its pages will show: plain values, ready to be drawn without us."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format

from amity.doors.web.asking import Request
from amity.doors.web.faces import Face, face
from amity.doors.web.letters import appointment, page_of_today, promise_shown
from amity.doors.web.meeting_words import name_of, when_words
from amity.doors.web.sections import met_words, way_line
from amity.doors.web.words import sentence
from amity.gatherings.models import Attendance, Gathering
from amity.phone.queries import Copy, KeptPerson

MOST_GUESTS = 60


def dressed(request: Request, copy: Copy) -> dict[str, Any]:
    """Give a copy as JSON can hold it."""
    today = request.today
    page = page_of_today(request, copy.day, copy.suggested)
    known = {one.person.pk: one for one in copy.people}
    return {
        "theme": request.owner.theme,
        "kept": date_format(today, "j F"),
        "day": {
            "weekday": date_format(today, "l"),
            "date": date_format(today, "j F Y"),
            "empty": page["empty"],
        },
        # A letter's quote is the text of a moment and stays at home.
        "nudges": [
            {
                "uid": one.uid,
                "why": one.reason,
                "opener": one.opener,
                "email": f"mailto:{one.email}" if one.email else "",
                **_face(one.person),
            }
            for one in page["waiting"]
        ],
        "later": [
            {"uid": one.uid, "at": one.at_words, "title": one.name, "place": one.place}
            for one in (appointment(row, request) for row in copy.day.gatherings)
        ],
        "promises": [
            {"uid": one.uid, "text": one.text, "due": one.due_words, "name": one.person.name}
            for one in (promise_shown(row, today) for row in copy.day.promises)
        ],
        "people": [_person(one, today) for one in copy.people],
        "gatherings": [_gathering(one, copy, known, today, over=False) for one in copy.coming]
        + [_gathering(one, copy, known, today, over=True) for one in copy.to_debrief],
    }


def _face(one: Face) -> dict[str, Any]:
    return {"person": one.uid, "name": one.name, "initials": one.initials, "hue": one.hue}


def _person(one: KeptPerson, today: date) -> dict[str, Any]:
    shown = face(one.listed.row, one.listed.tie, today)
    work = ", ".join(part for part in (shown.title, shown.organisation) if part)
    return {
        **_face(shown),
        "work": work,
        "met": met_words(one.person),
        "standing": sentence(shown.standing),
        "last": sentence(shown.last_words),
        "circles": " · ".join(shown.circles),
        "sparks": [{"kind": spark.kind, "text": spark.line} for spark in shown.sparks],
        "hopes": [{"uid": hope.uid, "text": hope.text} for hope in one.hopes],
        "facts": [{"uid": fact.uid, "label": fact.label, "text": fact.text} for fact in one.facts],
        "ways": [
            {"text": line.text, "note": line.note, "href": line.href}
            for line in (way_line(way) for way in one.listed.row.ways)
        ],
    }


def _gathering(
    one: Gathering, copy: Copy, known: dict[int, KeptPerson], today: date, *, over: bool
) -> dict[str, Any]:
    there = copy.guests.get(one.pk, [])[:MOST_GUESTS]
    return {
        "uid": one.uid,
        "title": one.title,
        "when": when_words(one, today),
        "place": one.place,
        "over": over,
        "guests": [_guest(guest, known.get(guest.person_id or 0)) for guest in there],
    }


def _guest(guest: Attendance, known: KeptPerson | None) -> dict[str, Any]:
    """Give a guest with the brief of them, in short: how the two met, and what they hope for."""
    brief = [known.person.how_met, *(hope.text for hope in known.hopes)] if known else []
    read = [{"person": known.person.uid, "brief": " · ".join(filter(None, brief))}] if known else []
    return {"uid": guest.uid, "name": name_of(guest), "read": read}

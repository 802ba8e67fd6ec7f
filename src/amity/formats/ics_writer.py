"""Events as a calendar file that any calendar program reads (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from amity.formats.ics.times import Clock
from amity.formats.ics.zones import Zones
from amity.formats.records import Event, Guest, Party

_WITH_RECURRENCE = re.compile(r"(?s)(.+)/(\d{8}(?:T\d{6}Z?)?)")
_ANSWERS = {"yes": "ACCEPTED", "no": "DECLINED", "maybe": "TENTATIVE", "unknown": "NEEDS-ACTION"}
# DTSTAMP is required, and a reader has no clock: so old that no other copy seems older.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)


def write_calendar(events: Iterable[Event], *, name: str, yearly: Iterable[Event] = ()) -> bytes:
    """Return a calendar called ``name`` that holds these events, each by itself; and what is ``yearly``.

    Read back, it gives the same events but for ``where``. Times in a zone keep it, times at
    a bare offset become UTC, floating times stay so.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Amity//Calendar//EN")
    calendar.add("X-WR-CALNAME", name)
    for event in events:
        calendar.add_component(_component(event))
    for event in yearly:
        component = _component(event)
        component.add("RRULE", {"FREQ": "YEARLY"})
        calendar.add_component(component)
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _component(event: Event) -> Any:
    import icalendar

    component = icalendar.Event()
    with_recurrence = _WITH_RECURRENCE.fullmatch(event.key)
    component.add("UID", with_recurrence[1] if with_recurrence else event.key)
    if with_recurrence:
        component.add("RECURRENCE-ID", Clock(Zones()).read(with_recurrence[2]))
    component.add("DTSTAMP", _NO_STAMP)
    component.add("DTSTART", _in_a_named_zone(event.starts))
    component.add("DTEND", _in_a_named_zone(event.ends))
    words = {"SUMMARY": event.title, "LOCATION": event.place, "DESCRIPTION": event.description}
    for property_name, value in {**words, "URL": event.url}.items():
        if value:
            component.add(property_name, value)
    if event.cancelled:
        component.add("STATUS", "CANCELLED")
    for guest in event.guests:
        _add_guest(component, guest)
    return component


def _add_guest(component: Any, guest: Guest) -> None:
    """Write a guest; the organiser has a line of their own, and one as a guest if they answered."""
    parameters = {"CN": guest.party.name} if guest.party.name else {}
    address = _address(guest.party)
    if guest.organiser:
        component.add("ORGANIZER", address, parameters=parameters)
    if not guest.organiser or guest.answer != "unknown":
        component.add("ATTENDEE", address, parameters={**parameters, "PARTSTAT": _ANSWERS[guest.answer]})


def _address(party: Party) -> Any:
    import icalendar

    if party.email:
        return icalendar.vCalAddress(f"mailto:{party.email}")
    return icalendar.vCalAddress(f"tel:{party.phone}" if party.phone else "invalid:nomail")


def _in_a_named_zone(when: datetime | date) -> datetime | date:
    if isinstance(when, datetime) and when.tzinfo and not isinstance(when.tzinfo, ZoneInfo):
        return when.astimezone(UTC)
    return when

"""Who an event says was there: persons as guests, rooms and lists as robots (RFC 5545, 3.8.4)."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from amity.formats.ics.lines import Property
from amity.formats.records import AttendeeAnswer, Guest, Party, Robot
from amity.formats.robots import why_robot

MOST_GUESTS = 1_000
_ADDRESS = re.compile(r"[^\s@<>\"]{1,128}@[^\s@<>\"]{1,255}")
_ANSWERS: dict[str, AttendeeAnswer] = {"ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe"}
# RFC 5545, 3.2.3: what else than INDIVIDUAL a calendar user may be.
_NOT_ONE_PERSON = {"ROOM": "room", "RESOURCE": "resource", "GROUP": "group"}


def address_in(text: str) -> str:
    """Return the e-mail address of ``mailto:ada@byron.example`` or of a bare one, else an empty text."""
    address = text.strip()
    if address[:7].lower() == "mailto:":
        address = unquote(address[7:].partition("?")[0]).strip()
    return address if _ADDRESS.fullmatch(address) else ""


def guests_and_robots(
    organizer: list[Property], attendees: list[Property], where: str
) -> tuple[tuple[Guest, ...], tuple[Robot, ...]]:
    """Sort the people of an event from its rooms, lists and machines.

    The organiser comes first and is not repeated when also listed as a guest; an entry
    that tells neither name nor way is left out.
    """
    guests: dict[str, Guest] = {}
    robots: dict[str, Robot] = {}
    for line in [*organizer[:1], *attendees[:MOST_GUESTS]]:
        party = _party(line)
        key = (party.email or party.phone or party.name).casefold()
        if why := _why_no_person(line, party):
            robots.setdefault(key, Robot(where, party, why))
        elif key:
            answer = _ANSWERS.get(line.parameters.get("PARTSTAT", "").upper(), "unknown")
            guest = Guest(party, answer, organiser=line.name == "ORGANIZER")
            guests[key] = _joined(guests[key], guest) if key in guests else guest
    return tuple(guests.values()), tuple(robots.values())


def _party(line: Property) -> Party:
    email = address_in(line.value) or address_in(line.parameters.get("EMAIL", ""))
    phone = line.value[4:].strip() if line.value[:4].lower() == "tel:" else ""
    name = " ".join(line.parameters.get("CN", "").split())
    return Party(name="" if address_in(name) else name, email=email or address_in(name), phone=phone)


def _why_no_person(line: Property, party: Party) -> str:
    kind = _NOT_ONE_PERSON.get(line.parameters.get("CUTYPE", "").upper(), "")
    if kind:
        return kind
    # Google's own addresses for rooms and for calendars that several people share.
    if party.email.lower().endswith(".calendar.google.com"):
        return "resource" if "resource." in party.email.lower() else "group"
    return why_robot(party.email, party.name) if party.email else ""


def _joined(first: Guest, second: Guest) -> Guest:
    """Make one guest of the two lines about them; the later answer and the first name stand."""
    answer = second.answer if second.answer != "unknown" else first.answer
    party = first.party if first.party.name else second.party
    return replace(first, party=party, answer=answer)

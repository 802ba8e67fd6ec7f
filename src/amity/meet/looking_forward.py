"""One person to look forward to at a gathering, with the reason.

At a mixer people come to meet strangers and then talk to those they know (Ingram and Morris 2007, "Do People
Mix at Mixers?", Administrative Science Quarterly 52: 558-585). So the one suggested is somebody the owner has
hardly talked to. Each reason is one function from a guest to a sentence; the first that finds anybody
decides, and among equals the gathering's own name does, so that a brief says the same each time it is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.gatherings.models import Attendance
from amity.meet.guests import Company, Known
from amity.ties.queries import FRIENDS_FROM
from amity.ties.words import so_long

LONG_AGO = 365  # days
_WHY_SPARK = {
    "curious": gettext_lazy("you wrote that you are curious about them"),
    "admire": gettext_lazy("you wrote that you admire them"),
    "like": gettext_lazy("you wrote that you like them"),
    "rooting": gettext_lazy("you are rooting for them"),
}


@dataclass(frozen=True)
class LookForward:
    """Whom, and why in a sentence or two."""

    guest: Attendance
    name: str
    why: str


def _hardly_known(known: Known) -> bool:
    return known.tie.days < FRIENDS_FROM


def _talked(known: Known) -> str:
    few = _("the two of you have talked a few times")
    first = {0: _("the two of you have never talked yet"), 1: _("the two of you have talked once")}
    return first.get(known.tie.days, few)


def spark(known: Known) -> str:
    """The owner wrote down why this person, and has hardly talked with them."""
    kind = next((kind for kind in _WHY_SPARK if kind in known.row.sparks), "")
    if not kind or not _hardly_known(known):
        return ""
    line = known.row.sparks[kind]
    quoted = f": “{line}”" if line else ""
    said = {"why": _capital(str(_WHY_SPARK[kind])), "line": quoted, "talked": _talked(known)}
    return _("%(why)s%(line)s, and %(talked)s.") % said


def hope(known: Known) -> str:
    """They are trying something, and the owner has hardly talked with them."""
    if not known.hopes or not _hardly_known(known):
        return ""
    return _("%(name)s hopes for this: “%(text)s”. %(talked)s.") % {
        "name": known.first_name,
        "text": known.hopes[0].text,
        "talked": _capital(_talked(known)),
    }


def friend_between(known: Known) -> str:
    """Somebody the owner knows knows them too."""
    sure = [name for name in known.known_by if not name.endswith(", maybe")]
    return (
        _("%(friend)s knows %(name)s too, and %(talked)s.")
        % {"friend": sure[0], "name": known.first_name, "talked": _talked(known)}
        if sure and _hardly_known(known)
        else ""
    )


def long_ago(known: Known) -> str:
    """They were in touch once, and not for a year."""
    silence = known.tie.silence
    if silence is None or silence < LONG_AGO:
        return ""
    return _("You have not been in touch for %(long)s, and here you will be in one room.") % {
        "long": so_long(silence)
    }


def kept(known: Known) -> str:
    """The owner keeps them and has hardly talked with them."""
    return (
        _("You chose to keep %(name)s, and %(talked)s.")
        % {"name": known.first_name, "talked": _talked(known)}
        if known.row.care and _hardly_known(known)
        else ""
    )


REASONS: Sequence[Callable[[Known], str]] = (spark, hope, friend_between, long_ago, kept)


def somebody_new(guest: Attendance) -> str:
    """Nobody of the book, but the list says what they do."""
    return _("Somebody new, and the list says: %(about)s.") % {"about": guest.about} if guest.about else ""


def choose(company: Company, seed: str) -> LookForward | None:
    """Choose one guest; None when nobody is on the list."""
    for reason in REASONS:
        found = [(known.guest, known.row.name, why) for known in company.known if (why := reason(known))]
        if found:
            return _one_of(found, seed)
    new = [guest for guest in company.new if guest.person_id is None and (guest.name or guest.email)]
    found = [(guest, guest.name or guest.email, why) for guest in new if (why := somebody_new(guest))]
    found = found or [
        (guest, guest.name or guest.email, _("Somebody new. One new face is enough.")) for guest in new
    ]
    if not found:
        found = [
            (known.guest, known.row.name, _("An hour with somebody you know well is a good hour too."))
            for known in company.known
        ]
    return _one_of(found, seed) if found else None


def _one_of(found: list[tuple[Attendance, str, str]], seed: str) -> LookForward:
    drawn = min(found, key=lambda one: hashlib.blake2b(f"{seed}{one[0].uid}".encode()).digest())
    return LookForward(*drawn)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""A table composed from the book: who would enjoy each other, who sits where, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.introductions.known import Two, acquainted, all_words, apart, said_of, two
from amity.introductions.table import Flags, Guests, Reals, choose, seat
from amity.introductions.topics import pairs
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Person, Place
from amity.people.places import lives_in, where
from amity.people.queries import reachable
from amity.ties.queries import FRIENDS_FROM, album
from amity.ties.words import listed, number

LEAST, MOST = 4, 8
UNMET, MET = 1.0, -1.0  # a table of strangers to each other is the point; one old acquaintance does no harm
SHARED, SHARED_MOST = 1.5, 2  # for each word two people share, up to two
DUE = 0.5  # a table is a good reason to see somebody again
ANOTHER = 1.5  # how much chance has a say in any table but the first
BESIDE_A_NEWCOMER = 5.0  # whoever is new sits by the owner, who is the only one they know


@dataclass(frozen=True)
class Wanted:
    """What the owner said of the table; `must` and `without` are people's keys.

    The table of ``seed`` 1 is the best that was found; other seeds give others that are nearly as good.
    """

    day: date
    size: int = 6
    city: str = ""
    must: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    seed: int = 1


@dataclass(frozen=True)
class Seat:
    """Somebody at the table, with why they are there in one sentence."""

    person: Person
    why: str
    new: bool


@dataclass(frozen=True)
class Proposal:
    """A table. `seats` go clockwise from the owner's left hand; `words` say what is good about it."""

    seats: list[Seat]
    words: str


@dataclass(frozen=True)
class _Room:
    """Everybody who may be asked, by position, and what the book says of them."""

    people: list[Person]
    met: set[Two]
    shared: dict[Two, list[str]]
    guests: Guests

    def words(self, one: int, other: int) -> list[str]:
        return self.shared.get(two(self.people[one].pk, self.people[other].pk), [])

    def have_met(self, one: int, other: int) -> bool:
        return two(self.people[one].pk, self.people[other].pk) in self.met


def compose(owner: Owner, wanted: Wanted, free: list[Person] | None = None) -> Proposal:
    """Propose a table of those who may come on that day; the same wish gives the same table.

    ``free`` are they, where the caller has asked for them already.

    Raises:
        NotPossible: for a size outside four to eight, somebody wanted who cannot come, or too few who fit.
    """
    if not LEAST <= wanted.size <= MOST:
        raise NotPossible(
            _("A table has %(least)s to %(most)s guests.") % {"least": number(LEAST), "most": number(MOST)}
        )
    people = _who_may_come(owner, wanted, may_come(owner, wanted.day) if free is None else free)
    place = {person.pk: at for at, person in enumerate(people)}
    if missing := [key for key in wanted.must if key not in place]:
        name = Person.objects.of(owner).filter(pk__in=missing).values_list("name", flat=True).first()
        raise NotPossible(
            _("%(name)s cannot be asked for that day.") % {"name": name or _("Somebody you want")}
        )
    if len(people) < wanted.size:
        raise NotPossible(_too_few(len(people), wanted))
    room = _room(owner, people, wanted.day)
    if wanted.seed > 1:
        chance = np.random.default_rng(wanted.seed).random(len(people))
        room = replace(room, guests=replace(room.guests, worth=room.guests.worth + ANOTHER * chance))
    table = choose(room.guests, wanted.size, seed=wanted.seed, must=[place[key] for key in wanted.must])
    if table is None:
        raise NotPossible(_("There is no such table without two people who should not sit together."))
    return _proposal(room, _seated(room, table))


def may_come(owner: Owner, day: date) -> list[Person]:
    """Give everybody the owner keeps who may be asked for a day, by name."""
    return list(reachable(owner, day).filter(place=Place.KEPT).order_by("folded", "id"))


def _who_may_come(owner: Owner, wanted: Wanted, free: list[Person]) -> list[Person]:
    people = [person for person in free if person.pk not in wanted.without]
    if not wanted.city.strip():
        return people
    said = where(owner, [person.pk for person in people])
    there = {key for key, texts in said.items() if lives_in(wanted.city, texts)}
    return [person for person in people if person.pk in there or person.pk in wanted.must]


def _too_few(count: int, wanted: Wanted) -> str:
    city = wanted.city.strip()[:60]
    said = {
        "size": number(wanted.size),
        "few": number(count),
        "where": _(" whom the book knows to live in %(city)s") % {"city": city} if city else "",
    }
    if not count:
        return _("For a table of %(size)s there is nobody you keep%(where)s.") % said
    return (
        ngettext(
            "For a table of %(size)s there is only one person you keep%(where)s.",
            "For a table of %(size)s there are only %(few)s people you keep%(where)s.",
            count,
        )
        % said
    )


def _room(owner: Owner, people: list[Person], day: date) -> _Room:
    keys = [person.pk for person in people]
    words = {key: all_words(said) for key, said in said_of(owner, keys, facts=True).items()}
    met, shared = acquainted(owner, keys), pairs(words)
    worth, new = _worth(owner, keys, day)
    place = {key: at for at, key in enumerate(keys)}
    bond = np.full((len(keys), len(keys)), UNMET)
    for pair in met:
        _put(bond, place, pair, MET)
    for pair, common in shared.items():
        _put(bond, place, pair, bond[place[pair[0]], place[pair[1]]] + SHARED * min(len(common), SHARED_MOST))
    np.fill_diagonal(bond, 0.0)
    never = np.zeros(bond.shape)
    for pair in apart(owner):
        if pair[0] in place and pair[1] in place:
            _put(never, place, pair, 1.0)
    return _Room(people, met, shared, Guests(bond, worth, new, never.astype(bool)))


def _put(square: Reals, place: dict[int, int], pair: Two, value: float) -> None:
    one, other = place[pair[0]], place[pair[1]]
    square[one, other] = square[other, one] = value


def _worth(owner: Owner, keys: list[int], day: date) -> tuple[Reals, Flags]:
    """What each is worth by themselves, and who is new: fewer than three mutual days."""
    ties = album(owner, day)
    at = [ties.place.get(key) for key in keys]
    due = [where is not None and bool(ties.seen.silence[where] > ties.r[where]) for where in at]
    new = [where is None or bool(ties.states.n[where] < FRIENDS_FROM) for where in at]
    return DUE * np.array(due, float), np.array(new, bool)


def _seated(room: _Room, table: Sequence[int]) -> list[int]:
    """Seat a table with the owner at position 0, strangers who share something side by side."""
    size = len(table)
    bond = np.zeros((size + 1, size + 1))
    bond[1:, 1:] = room.guests.bond[np.ix_(table, table)]
    bond[0, 1:] = bond[1:, 0] = BESIDE_A_NEWCOMER * room.guests.new[list(table)]
    return [table[at - 1] for at in seat(bond)[1:]]


def _proposal(room: _Room, order: list[int]) -> Proposal:
    seats = [Seat(room.people[at], _why(room, at, order), bool(room.guests.new[at])) for at in order]
    return Proposal(seats, _words(room, order))


def _why(room: _Room, one: int, order: list[int]) -> str:
    """Say what somebody has in common with the table, and that they are new."""
    others = [other for other in order if other != one]
    new = _("You hardly know each other yet. ") if room.guests.new[one] else ""
    common = max(others, key=lambda other: len(room.words(one, other)))
    if words := room.words(one, common):
        shares = _("Shares “%(word)s” with %(name)s.")
        return new + shares % {"word": words[0], "name": room.people[common].name}
    known = [room.people[other].name for other in others if room.have_met(one, other)]
    return new + (_("Knows %(names)s.") % {"names": listed(known)} if known else _("Has met nobody here."))


def _words(room: _Room, order: list[int]) -> str:
    couples = [(one, other) for at, one in enumerate(order) for other in order[at + 1 :]]
    met = sum(room.have_met(*couple) for couple in couples)
    new = int(room.guests.new[order].sum())
    strangers, familiar = _("No two of them have met"), _("you know all of them well")
    if met:
        said = {"strangers": len(couples) - met, "pairs": len(couples)}
        strangers = _("%(strangers)s of the %(pairs)s pairs have not met") % said
    if new:
        familiar = ngettext("%(number)s of them is new to you", "%(number)s of them are new to you", new)
        familiar %= {"number": number(new)}
    return _("%(strangers)s, and %(familiar)s.") % {"strangers": strangers, "familiar": familiar}

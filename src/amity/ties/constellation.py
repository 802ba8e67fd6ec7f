"""People as stars: as far out as their silence in units of the two's own rhythm, and who knows whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from amity.gatherings.models import Attendance
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people.models import Care, Link, Person, Place
from amity.rhythm.days import Reals
from amity.storage.bulk import these
from amity.ties.queries import Album, album
from amity.ties.roster import Wanted, wanted_keys
from amity.ties.starmap import Label, labels, layout

MOST = 2000  # stars of one picture
LINES = 3  # lines for each star, on average; more would be a web
SMALL = 8  # people at most, of whom being in one place says that they may know each other
WIDE, ROOMY = 460.0, 300  # the radius of a sky of up to so many stars; more make it wider, not denser
INNER = 0.12  # of the radius: nobody is nearer
HALF = 1.6  # rhythms of silence that are half the way out
ROW = 16.0  # between the rows of those who were never in touch, outside
SIZE = {"": 3.5, Care.LIGHT: 5.0, Care.WARM: 7.0, Care.CLOSE: 9.5}
LETTERS = 15.0
USUAL, DRIFTS = 1.0, 2.5  # rhythms of silence at which a ring is drawn
FADE = {"drifting": 1, "dormant": 2, "single-serving": 2}

Two = tuple[int, int]


@dataclass(frozen=True)
class Star:
    """One person of the sky. `fade` is 0, 1 for drifting, 2 for dormant and single-serving."""

    uid: str
    name: str
    short: str
    x: float
    y: float
    size: float
    fade: int
    spark: bool
    standing: str
    last: date | None
    label: Label | None


@dataclass(frozen=True)
class Sky:
    """A picture with the owner at its centre; the first stars are named first, lines join their positions.

    `found` counts everybody who was found, drawn or not; `rings` are where the usual silence ends and where
    drifting begins.
    """

    stars: list[Star]
    known: list[Two]
    maybe: list[Two]
    found: int
    radius: float
    rings: tuple[float, float]


def sky(owner: Owner, wanted: Wanted, *, day: date, most: int = MOST) -> Sky:
    """Give the people wanted as a picture, at most so many: the kept ones, then who was heard of last."""
    ties = album(owner, day)
    keys = wanted_keys(owner, wanted, ties)
    people = _named(_nearest(owner, keys, ties, most))
    wide = WIDE * max(1.0, (len(people) / ROOMY) ** 0.5)
    out = _distance(ties, [person.pk for person in people], wide)
    order = sorted(range(len(people)), key=lambda at: (-SIZE[people[at].care], out[at], people[at].pk))
    people, out = [people[at] for at in order], out[order]
    known, maybe = acquainted(owner, [person.pk for person in people])
    return Sky(
        _stars(people, ties, out, [*known, *maybe]),
        known,
        maybe,
        len(keys),
        max(wide * _share(DRIFTS), float(out.max(initial=0.0))),
        (wide * _share(USUAL), wide * _share(DRIFTS)),
    )


class _Named(NamedTuple):
    """What the picture needs of a person."""

    pk: int
    uid: str
    name: str
    care: str


def _named(keys: list[int]) -> list[_Named]:
    rows = Person.objects.filter(pk__in=these(keys)).order_by("pk").values_list("pk", "uid", "name", "care")
    return [_Named(*row) for row in rows]


def _nearest(owner: Owner, keys: list[int], ties: Album, most: int) -> list[int]:
    if len(keys) <= most:
        return keys
    kept = set(Person.objects.of(owner).filter(place=Place.KEPT).values_list("pk", flat=True))
    last = dict(zip(ties.people.tolist(), ties.states.last.tolist(), strict=True))
    return sorted(keys, key=lambda key: (key not in kept, -last.get(key, 0), key))[:most]


def _share(rhythms: float) -> float:
    """Give how far out a silence of so many rhythms is, from 0 to 1."""
    return INNER + (1 - INNER) * rhythms / (rhythms + HALF)


def _distance(ties: Album, keys: Sequence[int], wide: float) -> Reals:
    """Give each person's distance from the centre; those never in touch stand in rows outside."""
    silence = np.fmax(ties.seen.silence, 0) / np.fmax(ties.r, 1.0)
    within = INNER + (1 - INNER) * silence / (silence + HALF)
    out = np.zeros(len(keys))
    strangers = [at for at, key in enumerate(keys) if key not in ties.place]
    rows = max(1, round(len(strangers) * ROW / (2 * np.pi * wide)))
    out[strangers] = wide * 1.05 + ROW * (np.arange(len(strangers)) % rows)
    known = [at for at, key in enumerate(keys) if key in ties.place]
    out[known] = wide * within[[ties.place[keys[at]] for at in known]]
    return out


def _stars(people: list[_Named], ties: Album, out: Reals, pairs: list[Two]) -> list[Star]:
    names = short_names([person.name for person in people])
    places, named = _drawn(
        tuple(out), tuple(SIZE[person.care] for person in people), tuple(pairs), tuple(names)
    )
    standings = ties.standings(person.pk for person in people)
    last = dict(zip(ties.people.tolist(), ties.states.last.tolist(), strict=True))
    return [
        Star(
            uid=person.uid,
            name=person.name,
            short=short,
            x=round(x, 1),
            y=round(y, 1),
            size=SIZE[person.care],
            fade=FADE.get(stands, 0),
            spark=person.pk in ties.sparked,
            standing=stands,
            last=date.fromordinal(last[person.pk]) if person.pk in last else None,
            label=label,
        )
        for person, short, (x, y), stands, label in zip(people, names, places, standings, named, strict=True)
    ]


@lru_cache(8)
def _drawn(
    out: tuple[float, ...], sizes: tuple[float, ...], pairs: tuple[Two, ...], names: tuple[str, ...]
) -> tuple[list[tuple[float, float]], list[Label | None]]:
    """Give where the stars stand and their names: until the next day or deed a picture is the same."""
    size, lines = np.array(sizes), np.array(pairs, np.int64).reshape(-1, 2)
    places = layout(np.array(out), size, lines)
    named: list[Label | None] = [None] * len(names)  # of many, the browser names those that are looked at
    if len(names) <= ROOMY:
        named = labels(places, size, names, letters=LETTERS)
    return places.tolist(), named


def short_names(names: Sequence[str]) -> list[str]:
    """Give the first name of each, with the initial of the last where two share it."""
    firsts = [name.split()[0][:14] if name.split() else name for name in names]
    often = Counter(firsts)
    return [
        f"{first} {name.split()[-1][0]}" if often[first] > 1 and len(name.split()) > 1 else first
        for first, name in zip(firsts, names, strict=True)
    ]


def acquainted(owner: Owner, keys: Sequence[int]) -> tuple[list[Two], list[Two]]:
    """Give who knows whom, by position: whom a link says to, and who may, for they shared a small room."""
    at = {key: place for place, key in enumerate(keys)}
    links = (
        Link.objects.of(owner)
        .filter(a__in=these(keys), b__in=these(keys))
        .values_list("a_id", "b_id", "maybe")
    )
    said = {_two(at[a], at[b]): maybe for a, b, maybe in links.order_by("-maybe", "id")}
    known = sorted(pair for pair, maybe in said.items() if not maybe)
    maybe = {pair for pair, maybe in said.items() if maybe}
    maybe |= {_two(at[a], at[b]) for a, b in _in_one_room(owner, at)}
    room = LINES * len(keys)
    return known[:room], sorted(maybe - set(known))[: max(0, room - len(known))]


def _in_one_room(owner: Owner, keys: Collection[int]) -> Iterable[Two]:
    """Give every two who were in one small gathering or moment: two questions."""
    small = Moment.objects.of(owner).filter(size__gt=2, size__lte=SMALL)
    rows = (
        Attendance.objects.of(owner)
        .filter(gathering__cancelled=False, gathering__size__lte=SMALL, person__isnull=False)
        .values_list("gathering_id", "person_id"),
        Participation.objects.of(owner)
        .filter(moment__in=small.values("pk"))
        .values_list("moment_id", "person_id"),
    )
    for table, found in enumerate(rows):
        there: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for room, person in found:
            if person in keys:
                there[table, room].add(person)
        for people in there.values():
            if len(people) <= SMALL:
                yield from combinations(sorted(people), 2)


def _two(one: int, other: int) -> Two:
    return (one, other) if one < other else (other, one)

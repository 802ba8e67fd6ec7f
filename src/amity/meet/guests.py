"""The guests of one gathering as a brief sees them: a fixed number of questions however many they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Attendance, Gathering
from amity.moments.models import TOGETHER, Moment, Participation, Promise, PromiseState
from amity.moments.queries import last_with
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import CARE_WEIGHT, Care, Fact, Hope, HopeState, Link, Person
from amity.people.queries import PersonRow, by_person, rows
from amity.storage.bulk import these
from amity.storage.wording import Questions, worded_once
from amity.ties.held import PerAlbum
from amity.ties.mutual import COMPANY
from amity.ties.queries import Album, Portrait, album

READ_WHOLE = 24  # people whose pages a brief opens; of the others it gives the names
FACTS_SHOWN, FACT_LENGTH = 3, 200


@dataclass(frozen=True)
class Known:
    """One guest who is in the book. `facts` are never sensitive ones; `known_by` are names."""

    guest: Attendance
    row: PersonRow
    tie: Portrait
    last: Moment | None = None
    hopes: list[Hope] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    known_by: list[str] = field(default_factory=list)

    @property
    def first_name(self) -> str:
        """Give how one would speak to them."""
        return self.row.name.split()[0]

    @property
    def question(self) -> str:
        """Give what is open between the two: a hope, what one is curious about, a question last asked."""
        if self.hopes:
            return _("How is “%(text)s” going?") % {"text": self.hopes[0].text}
        if line := self.row.sparks.get("curious"):
            return _("You are curious: %(line)s") % {"line": line}
        asked = [part.strip() for part in self.last.text.split("?")[:-1]] if self.last else []
        return f"{asked[-1].rpartition('. ')[2][-FACT_LENGTH:]}?" if asked else ""


@dataclass(frozen=True)
class Company:
    """Everybody on the list: those the book knows and may suggest, those it may not, and mere names."""

    known: list[Known]
    also_known: list[Attendance]
    new: list[Attendance]


def company(gathering: Gathering, ties: Album) -> Company:
    """Give who will be there on an album's day; who is at rest, on the shelf or remembered is a name only."""
    owner = gathering.owner
    everybody = list(gatherings.guests(gathering))
    on_list = [guest.person_id for guest in everybody if guest.person_id is not None]
    may, promised = _may_come(owner, on_list, ties.day)
    reachable = {person.pk: person for person in may}
    mine = {guest.person_id: guest for guest in everybody if guest.person_id in reachable}
    first = _read_first(may, set(promised), ties)
    whole = set(first[:READ_WHOLE])
    return Company(
        known=_dress(owner, [(mine[key], reachable[key]) for key in first[:READ_WHOLE]], ties),
        also_known=[guest for guest in mine.values() if guest.person_id not in whole],
        new=[guest for guest in everybody if guest.person_id not in mine],
    )


@worded_once
def _may_come(owner: Owner, keys: list[int], day: date) -> Questions:
    """Word which of the guests may be suggested, and to whom something is promised."""
    promises = Promise.objects.of(owner).filter(state=PromiseState.OPEN, person__in=these(keys))
    return [
        people.reachable(owner, day).filter(pk__in=these(keys)),
        promises.values_list("person_id", flat=True),
    ]


def known(person: Person, day: date) -> Known:
    """Give what a brief says of one person whom the owner is about to meet, with no gathering at all."""
    ties = album(person.owner, day)
    (one,) = _dress(person.owner, [(Attendance(owner=person.owner, person=person), person)], ties)
    return one


def _read_first(found: list[Person], promised: set[int], ties: Album) -> list[int]:
    """Order keys by what the owner chose and said: promises, then care, then who was met last."""
    keys = [person.pk for person in found] if len(found) > READ_WHOLE else []
    last = {key: tie.last or date.min for key, tie in zip(keys, ties.portraits(keys), strict=True)}

    def order(person: Person) -> tuple[bool, float, int, str]:
        care = CARE_WEIGHT[Care(person.care)] if person.care else 0.0
        return person.pk not in promised, -care, -last.get(person.pk, date.min).toordinal(), person.folded

    return [person.pk for person in sorted(found, key=order)]


def _dress(owner: Owner, found: list[tuple[Attendance, Person]], ties: Album) -> list[Known]:
    persons = [person for _, person in found]
    keys = [person.pk for person in persons]
    last = _last(owner, keys, ties)
    *said, out, back, mine = _said(owner, keys)
    hopes, promises, facts = map(by_person, said)
    known_by = _known_by(owner, keys, [*out, *back], mine)
    return [
        Known(
            guest=guest,
            row=row,
            tie=tie,
            last=last[person.pk],
            hopes=hopes[person.pk],
            promises=promises[person.pk],
            facts=facts[person.pk][:FACTS_SHOWN],
            known_by=known_by[person.pk],
        )
        for (guest, person), row, tie in zip(found, rows(owner, persons), ties.portraits(keys), strict=True)
    ]


# Of each person the newest moment, None where there is none: it is read from all there ever were.
_newest: PerAlbum[dict[int, Moment | None]] = PerAlbum(lambda _owner, _ties: {})


def _last(owner: Owner, keys: list[int], ties: Album) -> dict[int, Moment | None]:
    known = _newest.of(owner, ties)
    if unknown := [key for key in keys if key not in known]:
        found = last_with(owner, unknown, upto=ties.day)
        known.update({key: found.get(key) for key in unknown})
    return known


@worded_once
def _said(owner: Owner, keys: list[int]) -> Questions:
    """Word what a brief says of people, and by whom else they may be known."""
    theirs = {"person__in": these(keys)}
    return [
        Hope.objects.of(owner).filter(**theirs, state=HopeState.OPEN).order_by("-day", "-id"),
        Promise.objects.of(owner).filter(**theirs, state=PromiseState.OPEN).order_by("due", "id"),
        Fact.objects.of(owner).filter(**theirs, sensitive=False).order_by("-id"),
        Link.objects.of(owner).filter(a__in=these(keys)).values_list("a", "b", "maybe"),
        Link.objects.of(owner).filter(b__in=these(keys)).values_list("b", "a", "maybe"),
        _small_companies(owner).filter(**theirs).values_list("moment_id", flat=True),
    ]


def _small_companies(owner: Owner) -> QuerySet[Participation]:
    return Participation.objects.of(owner).filter(
        moment__kind__in=TOGETHER, moment__size__gt=2, moment__size__lte=COMPANY
    )


def _known_by(
    owner: Owner, keys: list[int], links: list[tuple[int, int, bool]], companies: list[int]
) -> defaultdict[int, list[str]]:
    """Give who else knows each of these people: by a link, or by having been in one small company."""
    pairs: dict[tuple[int, int], bool] = {}
    for a, b, maybe in links:
        pairs[(a, b)] = pairs.get((a, b), True) and maybe
    there = Participation.objects.of(owner).filter(moment__in=these(dict.fromkeys(companies)))
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for moment, person in there.values_list("moment_id", "person_id"):
        beside[moment].add(person)
    for company in beside.values():
        pairs |= {(key, other): False for key in company & set(keys) for other in company - {key}}
    names = dict(people.of(owner).filter(pk__in={b for _, b in pairs}).values_list("id", "name"))
    said: defaultdict[int, list[str]] = defaultdict(list)
    for (key, other), maybe in sorted(pairs.items(), key=lambda pair: names.get(pair[0][1], "")):
        if other in names:
            said[key].append(f"{names[other]}, maybe" if maybe else names[other])
    return said

"""Finding anything: people first, then moments, hopes, facts, promises and gatherings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from amity.gatherings.models import Gathering
from amity.moments.models import Moment, Participation, Promise
from amity.moments.own_settings import own_settings
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Fact, Hope, Person
from amity.search import spellings
from amity.search.cache import fresh
from amity.search.documents import ids_of
from amity.search.models import Kind
from amity.search.narrowing import Narrowed, entries_with, narrowed
from amity.search.showing import Piece, has, pieces
from amity.search.wording import Asked, parse
from amity.storage.bulk import these
from amity.storage.wording import answered_once
from amity.storage.words import Sought, Term, kinds_with, words_of

SHOWN, WORDS_ASKED = 8, 8
SETTING = "met:"
BEGINS_FROM = 2  # letters with which a word may begin
_ROOM = 4  # times as many moments are fetched as are shown: some are of nobody who may be seen
# How many moments are looked at for who was there, while too few fit; None: all of them.
_LOOKED_AT = (2000, 40_000, None)
PERSON, MOMENT, HOPE, FACT, PROMISE, GATHERING = "person", "moment", "hope", "fact", "promise", "gathering"
GROUPS = (PERSON, MOMENT, HOPE, FACT, PROMISE, GATHERING)


@dataclass(frozen=True)
class Hit:
    """Something found. `page` is the uid of the person or gathering on whose page it is, empty for none."""

    kind: str
    uid: str
    page: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Found:
    """What a line found, group by group. `complete` is False while the newest import is still being read."""

    asked: Asked
    groups: dict[str, list[Hit]] = field(default_factory=dict)
    complete: bool = True

    @property
    def hits(self) -> list[Hit]:
        """Give everything found, in the order of the groups."""
        return [hit for group in GROUPS for hit in self.groups.get(group, [])]


@dataclass(frozen=True)
class _Search:
    """One line being looked for. `sought` are its words as beginnings, or with what is spelled nearly so."""

    owner: Owner
    left: Narrowed
    whole: Sought
    sought: Sought
    shown: int

    def having(self, kind: Kind, words: Sought) -> Q:
        """Give the condition that a row has these words."""
        return Q(pk__in=entries_with(self.owner, words, ids_of(kind)))

    def ranked(self, rows: Any, kind: Kind) -> Any:
        """Leave the rows with all the words, those with the whole words first."""
        if not self.whole:
            return rows.annotate(rank=Value(0))
        rank = Case(When(self.having(kind, self.whole), then=Value(0)), default=Value(1))
        return rows.filter(self.having(kind, self.sought)).annotate(rank=rank)

    def groups(self) -> list[Kind]:
        """Give the kinds that have the words at all, so that no other is asked. Filters alone: days."""
        if not self.whole:
            return [Kind.MOMENT, Kind.GATHERING]
        between = ids_of(Kind.HOPE)[0], ids_of(Kind.GATHERING)[1]
        return [Kind(kind) for kind in kinds_with(self.sought, owner=self.owner.pk, ids=between)] + [
            Kind.MOMENT
        ]


def find(owner: Owner, line: str, *, today: date, shown: int = SHOWN) -> Found:
    """Find what a line asks for; nothing for an empty one."""
    asked = read(owner, line)
    words = words_of(" ".join(asked.words))[:WORDS_ASKED]
    complete = fresh(owner)
    if not words and not asked.filters:
        return Found(asked, complete=complete)
    whole = [[Term(word)] for word in words]
    begun = [[Term(word, begins=len(word) >= BEGINS_FROM)] for word in words]
    search = _Search(owner, narrowed(owner, asked, today=today), whole, begun, shown)
    persons = _people(search)
    if words and not persons and (nearly := _nearly(owner, words, begun)):
        search = replace(search, sought=nearly)
        persons = _people(search)
    groups = {PERSON: persons} | {
        _GROUPS[kind][0]: _GROUPS[kind][1](search) for kind in sorted(search.groups())
    }
    return Found(asked, {kind: hits for kind, hits in groups.items() if hits}, complete)


def read(owner: Owner, line: str) -> Asked:
    """Understand a line as this owner means it: with the settings they have named."""
    return parse(line, own_settings(owner) if SETTING in line.lower() else ())


def people_left(owner: Owner, asked: Asked, *, today: date) -> frozenset[int]:
    """Give the keys of the people whom the filters of a line leave, whatever its words."""
    return frozenset(narrowed(owner, asked, today=today).persons().values_list("pk", flat=True))


def _nearly(owner: Owner, words: Sequence[str], begun: Sought) -> Sought:
    """Let each word be also what names are spelled nearly so; nothing when that says no more."""
    near = [
        [Term(other) for other in spellings.near(owner, word) if not any(term.fits(other) for term in group)]
        for group, word in zip(begun, words, strict=True)
    ]
    return [[*group, *others] for group, others in zip(begun, near, strict=True)] if any(near) else []


def _people(search: _Search) -> list[Hit]:
    """Those called so first, then those whose name begins so, then those of whom it is said."""
    found = search.left.persons()
    rank: Any = Value(0)
    if search.whole:
        found = found.filter(search.having(Kind.PERSON, search.sought))
        rank = Case(
            When(search.having(Kind.NAME, search.whole), then=Value(0)),
            When(search.having(Kind.NAME, search.sought), then=Value(1)),
            default=Value(2),
        )
    ranked = found.annotate(rank=rank).order_by("rank", F("tie__last").desc(nulls_last=True), "folded", "pk")
    shown = list(ranked[: search.shown])
    names = [pieces(person.name, search.sought) for person in shown]
    work = people.work(search.owner, shown)
    elsewhere = [person for person, name in zip(shown, names, strict=True) if search.whole and not has(name)]
    said = _said_elsewhere(search.owner, elsewhere)
    return [
        _person(search, person, name, [work.get(person.pk, ""), *said.get(person.pk, [])])
        for person, name in zip(shown, names, strict=True)
    ]


def _said_elsewhere(owner: Owner, whom: Sequence[Person]) -> dict[int, list[str]]:
    """Give what else is said of people whose name is not what was found."""
    if not whom:
        return {}
    return {
        person.pk: [*(way.value for way in row.ways), *row.circles, person.how_met]
        for person, row in zip(whom, people.rows(owner, whom), strict=True)
    }


def _person(search: _Search, person: Person, name: tuple[Piece, ...], said: list[str]) -> Hit:
    """Show a person with what was found of them: their work, or whatever else has the words."""
    told = [pieces(text, search.sought) for text in said if text]
    text = next((one for one in told if has(one)), (told or [()])[0])
    return Hit(PERSON, person.uid, person.uid, name, text)


def _of_person(search: _Search, kind: Kind, name: str, rows: QuerySet[Any]) -> list[Hit]:
    """Hopes, facts and promises: of the people the filters leave, and of their days."""
    rows = search.ranked(rows.filter(person__trashed_at=None, person__mentioned=False), kind)
    if not search.left.is_open:
        rows = rows.filter(search.left.when(), person__in=search.left.persons().values("pk"))
    newest_tie = F("person__tie__last").desc(nulls_last=True)
    ordered = rows.select_related("person").order_by(
        "rank", newest_tie, F("day").desc(nulls_last=True), "-pk"
    )
    return [
        Hit(
            name,
            row.uid,
            row.person.uid,
            pieces(row.person.name, search.sought),
            pieces(_said(row), search.sought),
            row.day,
        )
        for row in ordered[: search.shown]
    ]


def _hopes(search: _Search) -> list[Hit]:
    return _of_person(search, Kind.HOPE, HOPE, Hope.objects.of(search.owner))


def _facts(search: _Search) -> list[Hit]:
    return _of_person(search, Kind.FACT, FACT, Fact.objects.of(search.owner).filter(sensitive=False))


def _promises(search: _Search) -> list[Hit]:
    return _of_person(search, Kind.PROMISE, PROMISE, Promise.objects.of(search.owner))


def _said(row: Hope | Fact | Promise) -> str:
    return f"{row.label}: {row.text}" if isinstance(row, Fact) and row.label else row.text


def _moments(search: _Search) -> list[Hit]:
    """Those with the whole words first, the newest first of each."""
    most = search.shown * _ROOM
    keys = _fitting(search, search.whole, most)
    if search.whole and len(keys) < most:
        keys += _fitting(search, search.sought, most)
    keys = list(dict.fromkeys(keys))
    there, rows = _company(keys), Moment.objects.in_bulk(keys)
    hits = (_moment(search, rows[key], there.get(key, [])) for key in keys)
    return [hit for hit in hits if hit][: search.shown]


def _fitting(search: _Search, words: Sought, most: int) -> list[int]:
    """Give the keys of the newest moments that fit; more are looked at only while too few do."""
    left, fitting = search.left, list[int]()
    for looked_at in _LOOKED_AT if left.asks_who else (most,):
        rows = left.moments()
        if having := [*words, *left.words]:
            # The index may stop early where whatever it gives is wanted.
            limit = None if left.settings else looked_at
            ids = ids_of(Kind.MOMENT, left.since, left.before)
            rows = rows.filter(pk__in=entries_with(search.owner, having, ids, limit))
        keys = list(rows.order_by("-day", "-pk").values_list("pk", flat=True)[:looked_at])
        fitting = _with_whom(left, keys)[:most]
        if len(fitting) == most or looked_at is None or len(keys) < looked_at:
            break
    return fitting


def _with_whom(left: Narrowed, keys: list[int]) -> list[int]:
    if not left.asks_who:
        return keys
    company: dict[int, set[int]] = {}
    there = Participation.objects.filter(moment__in=these(keys))
    for moment, person in there.values_list("moment_id", "person_id"):
        company.setdefault(moment, set()).add(person)
    return [key for key in keys if left.fits(key, company.get(key, ()))]


def _company(moments: list[int]) -> dict[int, list[Person]]:
    there: dict[int, list[Person]] = {}
    for one in _participations(moments):
        there.setdefault(one.moment_id, []).append(one.person)
    return there


@answered_once
def _participations(moments: list[int]) -> QuerySet[Participation]:
    there = Participation.objects.filter(moment__in=these(moments))
    return there.select_related("person").order_by("pk")


def _moment(search: _Search, moment: Moment, company: list[Person]) -> Hit | None:
    """Show a moment on the page of the first who was there; None when all of them are in the trash."""
    seen = [person for person in company if person.trashed_at is None and not person.mentioned]
    if company and not seen:
        return None
    names = ", ".join(person.name for person in seen)
    page = seen[0].uid if seen else ""
    text = moment.text or moment.setting or moment.kind
    return Hit(
        MOMENT, moment.uid, page, pieces(names, search.sought), pieces(text, search.sought), moment.day
    )


def _gatherings(search: _Search) -> list[Hit]:
    rows = search.ranked(search.left.gatherings(), Kind.GATHERING)
    shown = rows.order_by("rank", "-day", "-pk")[: search.shown]
    return [_gathering(search, row) for row in shown]


def _gathering(search: _Search, row: Gathering) -> Hit:
    told = [
        pieces(text, search.sought) for text in (row.place, row.line, row.questions, row.description) if text
    ]
    text = next((one for one in told if has(one)), told[0] if told else ())
    return Hit(GATHERING, row.uid, row.uid, pieces(row.title, search.sought), text, row.day)


_GROUPS: dict[Kind, tuple[str, Callable[[_Search], list[Hit]]]] = {
    Kind.MOMENT: (MOMENT, _moments),
    Kind.HOPE: (HOPE, _hopes),
    Kind.FACT: (FACT, _facts),
    Kind.PROMISE: (PROMISE, _promises),
    Kind.GATHERING: (GATHERING, _gatherings),
}

"""The people of the book as a list: found by words, narrowed, one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from amity.journal.actions import at_once
from amity.moments.models import Participation
from amity.moments.queries import met_in
from amity.owner.models import Owner
from amity.people import places
from amity.people import queries as people
from amity.people.models import Membership, Person, Place, Spark
from amity.storage.bulk import read_numbers
from amity.ties.queries import Album, album
from amity.ties.story import Listed, dressed

PAGE = 50
RESTED = 365  # days on the shelf
TRASH = "trash"


@dataclass(frozen=True)
class Wanted:
    """Whom the owner looks for; empty means everybody. `place` is new, kept, shelf or trash.

    Within one of the others any will do, and all of them hold together: `settings` are those in which the two
    have met, `cities` where they live, `through` the uids of whoever brought the two together, `among` the
    keys that a search has left. `line` is what was typed, of which `words` are left to look for.
    """

    words: str = ""
    place: str = ""
    standings: Sequence[str] = ()
    sparks: Sequence[str] = ()
    circles: Sequence[str] = ()
    cities: Sequence[str] = ()
    settings: Sequence[str] = ()
    through: Sequence[str] = ()
    among: Collection[int] | None = None
    line: str = ""


@dataclass(frozen=True)
class Roster:
    """One page of those who were found, by name; `page` counts from 1."""

    people: list[Listed]
    found: int
    page: int
    pages: int


def roster(owner: Owner, wanted: Wanted, *, day: date, page: int = 1) -> Roster:
    """Give one page of the people wanted; only these fifty are read whole, however large the book."""
    ties = album(owner, day)
    keys = wanted_keys(owner, wanted, ties)
    pages = max(1, -(-len(keys) // PAGE))
    page = min(max(1, page), pages)
    shown = keys[(page - 1) * PAGE : page * PAGE]
    found = Person.objects.in_bulk(shown)
    return Roster(dressed(owner, [found[key] for key in shown], ties), len(keys), page, pages)


def everybody(owner: Owner, wanted: Wanted, *, day: date) -> list[Person]:
    """Give everybody wanted, not only a page of them."""
    keys = wanted_keys(owner, wanted, album(owner, day))
    return [row for some in at_once(keys) for row in Person.objects.filter(pk__in=some)]


def rested_long(owner: Owner, day: date) -> QuerySet[Person]:
    """Everybody who has been on the shelf for a year in which nothing happened with them."""
    year_ago = day - timedelta(days=RESTED)
    lately = Participation.objects.of(owner).filter(moment__day__gt=year_ago)
    rested = people.of(owner).filter(place=Place.SHELF, answered_on__lte=year_ago)
    return rested.exclude(pk__in=lately.values("person_id"))


def wanted_keys(owner: Owner, wanted: Wanted, ties: Album) -> list[int]:
    """Give the keys of everybody wanted, by name: at most four questions, however many they are."""
    (found,) = read_numbers(_matching(owner, wanted).order_by("folded", "id").values_list("pk"))
    keys: list[int] = found.tolist()
    if wanted.standings:
        keys = [key for key, name in zip(keys, ties.standings(keys), strict=True) if name in wanted.standings]
    if wanted.among is not None:
        keys = [key for key in keys if key in wanted.among]
    if wanted.cities:
        there = places.living_in(owner, wanted.cities)
        keys = [key for key in keys if key in there]
    return keys


def _matching(owner: Owner, wanted: Wanted) -> QuerySet[Person]:
    found = people.matching(owner, wanted.words)
    if wanted.place == TRASH:
        found = people.trashed(owner)
    elif wanted.place in Place.values:
        found = found.filter(place=wanted.place)
    if wanted.circles:
        there = Membership.objects.of(owner).filter(circle__name__in=list(wanted.circles))
        found = found.filter(pk__in=there.values("person_id"))
    if wanted.sparks:
        sparks = Spark.objects.of(owner).filter(kind__in=list(wanted.sparks))
        found = found.filter(pk__in=sparks.values("person_id"))
    if wanted.settings:
        found = found.filter(pk__in=met_in(owner, wanted.settings).values("person_id"))
    return people.met_through(owner, found, wanted.through) if wanted.through else found

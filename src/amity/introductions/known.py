"""What the book says of two people together: whether they know each other, and which words they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from amity.introductions.models import Apart
from amity.introductions.topics import words_of
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people.models import Fact, Hope, HopeState, Link, Spark, SparkKind
from amity.storage.bulk import these
from amity.storage.folded import fold

Two = tuple[int, int]
ALONE = 2  # a moment's size when the owner was with one person


def two(one: int, other: int) -> Two:
    """Name a pair by its keys, the lower first."""
    return (one, other) if one < other else (other, one)


def acquainted(owner: Owner, keys: Collection[int]) -> set[Two]:
    """Give every two of these people who were in one moment, or whom the book says to know each other."""
    there: defaultdict[int, set[int]] = defaultdict(set)
    # The few moments with several first: joined, each moment of everybody would be looked up for its size.
    several = Moment.objects.of(owner).filter(size__gt=ALONE)
    shared = Participation.objects.of(owner).filter(person__in=these(keys), moment__in=several.values("pk"))
    for moment, person in shared.values_list("moment_id", "person_id"):
        there[moment].add(person)
    met = {pair for people in there.values() for pair in combinations(sorted(people), 2)}
    links = Link.objects.of(owner).filter(a__in=these(keys), b__in=these(keys), maybe=False)
    return met | {two(a, b) for a, b in links.values_list("a_id", "b_id")}


def apart(owner: Owner) -> set[Two]:
    """Give every two people who should not sit at one table."""
    return {two(a, b) for a, b in Apart.objects.of(owner).values_list("a_id", "b_id")}


@dataclass(frozen=True)
class Said:
    """One thing the owner wrote of somebody: ``how`` is hope, curious or fact."""

    how: str
    text: str
    words: frozenset[str]


def said_of(owner: Owner, keys: Collection[int], *, facts: bool = False) -> dict[int, list[Said]]:
    """Give what each of these people hopes for and makes the owner curious about, and facts if wanted.

    Sensitive facts are never among them, and neither are hopes that came true or were let go.
    """
    here = Q(person__in=these(keys))
    hopes = Hope.objects.of(owner).filter(here, state=HopeState.OPEN)
    sparks = Spark.objects.of(owner).filter(here, kind=SparkKind.CURIOUS)
    found = [
        ("hope", hopes.values_list("person_id", "text")),
        ("curious", sparks.values_list("person_id", "line")),
    ]
    if facts:
        open_ones = Fact.objects.of(owner).filter(here, sensitive=False)
        found.append(("fact", open_ones.values_list("person_id", "text")))
    said: defaultdict[int, list[Said]] = defaultdict(list)
    for how, rows in found:
        for person, text in rows.order_by("id"):
            if words := words_of(fold(text)):
                said[person].append(Said(how, text, words))
    return said


def all_words(said: Iterable[Said]) -> frozenset[str]:
    """Give every telling word of what was said."""
    return frozenset().union(*(one.words for one in said))

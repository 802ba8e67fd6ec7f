"""Where people live, as far as the book says: their addresses, and facts with a label such as *city*."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from amity.owner.models import Owner
from amity.people.models import Fact, Person, Way
from amity.storage.bulk import these
from amity.storage.folded import fold
from amity.storage.wording import answered_once

_NAMED = ("city", "town", "location", "place", "home", "lives in", "based in")
LABELS = (*_NAMED, "address")
_LONGEST = 40
_PARTS = re.compile(r"[\n,;/]| in ")

Who = Collection[int] | QuerySet[Person]


def where(owner: Owner, who: Who | None = None) -> dict[int, list[str]]:
    """Give what the book says of where everybody lives, or these people, in its own words, by their keys."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    ways = Way.objects.of(owner).filter(_among(who), kind="address").values_list("person_id", "value")
    facts = _facts(owner, who, LABELS).values_list("person_id", "text")
    for person, text in [*ways.order_by("id"), *facts.order_by("id")]:
        said[person].append(text)
    return said


def lives_in(city: str, said: Iterable[str]) -> bool:
    """Tell whether one of these texts names the city, as a word of its own: York is not in New Yorkshire."""
    word = _word(city)
    return any(word.search(fold(text)) for text in said)


def _word(*cities: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(city)) for city in cities)})(?!\w)")


def living_in(owner: Owner, cities: Iterable[str]) -> set[int]:
    """Give the keys of everybody who lives in one of these cities, as far as the book says."""
    word, said = _word(*cities), where(owner)
    found = {text: word.search(fold(text)) for text in set(chain.from_iterable(said.values()))}
    return {person for person, texts in said.items() if any(found[text] for text in texts)}


def parts(text: str) -> list[str]:
    """Give what may be a city's name in a text, folded: ``12 High Street, York`` -> two parts."""
    return [folded for part in _PARTS.split(text) if (folded := fold(part))]


def offered(owner: Owner, who: list[int] | None = None) -> list[str]:
    """Give the cities to choose from, those where most people live first.

    Only facts name a city by itself; an address is a line in any order, and is found by the city's name.
    """
    count: Counter[str] = Counter()
    for text, often in _named(owner, who):
        if 0 < len(name := text.split(",")[0].strip()) <= _LONGEST:
            count[name] += often
    return sorted(count, key=lambda name: (-count[name], name))


@answered_once
def _named(owner: Owner, who: list[int] | None) -> QuerySet[Any, tuple[str, int]]:
    return _facts(owner, who, _NAMED).values_list("text").annotate(often=Count("id"))


def _facts(owner: Owner, who: Who | None, labels: Sequence[str]) -> QuerySet[Fact]:
    facts = Fact.objects.of(owner).filter(_among(who), sensitive=False)
    return facts.annotate(said_as=Lower("label")).filter(said_as__in=labels)


def _among(who: Who | None) -> Q:
    if who is None:
        return Q()
    return Q(person__in=who if isinstance(who, QuerySet) else these(who))

"""Where people live, as far as the book says: their addresses, and facts with a label such as *city*."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q

from amity.owner.models import Owner
from amity.people.models import Fact, Way
from amity.storage.folded import fold

LABELS = ("city", "location", "lives in", "based in", "home", "place", "town")
_LONGEST = 40


def where(owner: Owner, keys: Iterable[int]) -> dict[int, list[str]]:
    """Give what the book says of where each of these people lives, in its own words."""
    here = Q(person__in=list(keys))
    said: defaultdict[int, list[str]] = defaultdict(list)
    ways = Way.objects.of(owner).filter(here, kind="address").values_list("person_id", "value")
    facts = Fact.objects.of(owner).filter(here, sensitive=False, label__iregex=f"^({'|'.join(LABELS)})$")
    for person, text in [*ways.order_by("id"), *facts.order_by("id").values_list("person_id", "text")]:
        said[person].append(text)
    return said


def lives_in(city: str, said: Iterable[str]) -> bool:
    """Tell whether one of these texts names the city, as a word of its own: York is not in New Yorkshire."""
    word = re.compile(rf"(?<!\w){re.escape(fold(city))}(?!\w)")
    return any(word.search(fold(text)) for text in said)


def offered(owner: Owner, keys: Iterable[int]) -> list[str]:
    """Give the cities to choose from, those where most people live first.

    Only facts name a city by itself; an address is a line in any order, and is found by the city's name.
    """
    facts = Fact.objects.of(owner).filter(
        person__in=list(keys), sensitive=False, label__iregex=f"^({'|'.join(LABELS)})$"
    )
    names = [text.split(",")[0].strip() for text in facts.values_list("text", flat=True)]
    count = Counter(name for name in names if 0 < len(name) <= _LONGEST)
    return sorted(count, key=lambda name: (-count[name], name))

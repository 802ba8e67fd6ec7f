"""What the book already holds of the people in one batch of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from amity.people.identity import Ref
from amity.people.models import (
    Affiliation,
    Fact,
    Link,
    Membership,
    OfPerson,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Way,
)
from amity.sources.who import poor_among
from amity.storage.folded import fold

Detail = OfPerson

# What a file says of somebody, and the book may hold already: two rows are the same when they say the same.
DETAILS: tuple[type[Detail], ...] = (OtherName, Way, PersonDate, Fact, Photo, Affiliation, Membership)
_JOINED: dict[type[Detail], str] = {Affiliation: "organisation", Membership: "circle"}


@dataclass
class Known:
    """The people, and for each model what makes a row of theirs the same -> the row that says it.

    ``mentions`` are those known only through one of them, by that person's key, what they are and their name.
    """

    rows: dict[tuple[type[Detail], int, Any], Any] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    poor: set[int] = field(default_factory=set)
    mentions: dict[tuple[int, str, str], Link] = field(default_factory=dict)

    @classmethod
    def load(cls, people: Iterable[int]) -> Known:
        """Read the rows of these people: one question a model."""
        ids = [person for person in people if person > 0]
        known = cls(people=Person.objects.in_bulk(ids), poor=poor_among(Person.objects.filter(pk__in=ids)))
        for model in DETAILS:
            found = model.objects.filter(person__in=ids).order_by("-id")
            for row in found.select_related(_JOINED[model]) if model in _JOINED else found:
                known.rows[model, row.person_id, row.says()] = row
        for link in Link.objects.filter(a__in=ids, b__mentioned=True).select_related("b").order_by("-id"):
            known.mentions[link.a_id, link.kind, fold(link.b.name)] = link
        return known

    def person(self, ref: Ref) -> Person | None:
        """Give somebody the book holds; None for who is not saved yet."""
        return self.people.get(ref) if isinstance(ref, int) else None

"""What a search for a person may say: one folded text beside the name, a cache no deed knows of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from amity.people.models import Affiliation, Membership, OtherName, Person, Way
from amity.storage.folded import fold

AT_ONCE = 5000  # as many as every database takes as the parameters of one question
SEARCHED_WAYS = ("email", "handle")


def words_to_find(name: str, others: Iterable[str]) -> str:
    """Give the name folded, by which lists are sorted, and then every other word once."""
    first = fold(name)
    more = {word for other in others for word in fold(other).split()}
    return " ".join([first, *sorted(more - set(first.split()))])


def refold(people: Collection[int]) -> None:
    """Write down anew what a search for these people may say; six questions for some thousands of them."""
    keys = list(people)
    for start in range(0, len(keys), AT_ONCE):
        _refold(keys[start : start + AT_ONCE])


def _refold(people: Collection[int]) -> None:
    said = _said_of(people)
    changed = []
    for person in Person.objects.filter(pk__in=people).only("pk", "name", "folded"):
        folded = words_to_find(person.name, said[person.pk])
        if folded != person.folded:
            person.folded = folded
            changed.append(person)
    Person.objects.bulk_update(changed, ["folded"], batch_size=200)


def _said_of(people: Collection[int]) -> defaultdict[int, list[str]]:
    ways = Way.objects.filter(kind__in=SEARCHED_WAYS)
    said: defaultdict[int, list[str]] = defaultdict(list)
    for rows, column in (
        (OtherName.objects.all(), "name"),
        (ways, "value"),
        (Affiliation.objects.all(), "title"),
        (Affiliation.objects.exclude(organisation=None), "organisation__name"),
        (Membership.objects.all(), "circle__name"),
    ):
        for person, text in rows.filter(person__in=people).values_list("person_id", column):
            said[person].append(text)
    return said

"""Which two people of a book are perhaps one, who became whom, and how it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amity.duplicates import likeness
from amity.duplicates.likeness.record import Record
from amity.duplicates.models import Answer, Merge, Perhaps
from amity.journal.actions import at_once
from amity.journal.models import Import
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import CARE_WEIGHT, Affiliation, Care, OtherName, Person, PersonDate, Place, Way
from amity.people.queries import NotFound
from amity.storage.wording import any_once

LATER = timedelta(days=30)  # after which somebody who was put off is asked about again
_WAYS = ("email", "phone", "url", "handle")


def records(owner: Owner) -> tuple[list[int], list[Record]]:
    """Give everybody who can be found, by key, and what is known of each, side by side."""
    everybody = list(people.of(owner).order_by("pk").values_list("pk", "name"))
    said: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person, what, value in _said(owner):
        said[person][what].append(value)
    return [person for person, _ in everybody], [
        Record(
            names=(name, *said[person].pop("name", [])),
            said={what: tuple(values) for what, values in said[person].items()},
        )
        for person, name in everybody
    ]


def _said(owner: Owner) -> Iterable[tuple[int, str, str]]:
    names = OtherName.objects.of(owner).order_by("pk").values_list("person_id", "name")
    yield from ((person, "name", name) for person, name in names.iterator())
    ways = Way.objects.of(owner).filter(kind__in=_WAYS).order_by("pk")
    for person, kind, value, form in ways.values_list("person_id", "kind", "value", "normal").iterator():
        yield person, kind, form or value
    work = Affiliation.objects.of(owner).exclude(organisation=None).order_by("pk")
    yield from (
        (person, "employer", name)
        for person, name in work.values_list("person_id", "organisation__name").iterator()
    )
    born = PersonDate.objects.of(owner).filter(kind="birthday").order_by("pk")
    yield from ((person, "born", day) for person, day in born.values_list("person_id", "value").iterator())


def alike_in(owner: Owner) -> list[tuple[Person, Person, likeness.Pair]]:
    """Give the pairs of a book that are surely or perhaps one person, the likeliest first."""
    keys, said = records(owner)
    pairs = likeness.alike(said)
    ends = {keys[place] for pair in pairs for place in (pair.first, pair.second)}
    found: dict[int, Person] = {}
    for some in at_once(list(ends)):
        found |= people.of(owner).select_related("owner").in_bulk(some)
    both = ((found.get(keys[pair.first]), found.get(keys[pair.second]), pair) for pair in pairs)
    return [(one, other, pair) for one, other, pair in both if one and other]


def who_stays(one: Person, other: Person) -> tuple[Person, Person]:
    """Give first the one of two who stays: kept, cared for, written down by hand; else who came first."""

    def weight(person: Person) -> tuple[bool, float, bool, int]:
        care = CARE_WEIGHT[Care(person.care)] if person.care else 0.0
        return person.place == Place.KEPT, care, person.imported_by_id is None, -person.pk

    return (one, other) if weight(one) > weight(other) else (other, one)


def waiting(owner: Owner, day: date) -> QuerySet[Perhaps]:
    """Everybody to be asked about: pairs without an answer, and those put off a while ago."""
    found = Perhaps.objects.of(owner).filter(
        Q(answer="") | Q(answer=Answer.LATER, answered_on__lte=day - LATER)
    )
    visible = {f"{end}__{name}": value for end in "ab" for name, value in _VISIBLE.items()}
    return found.filter(**visible).select_related("a__owner", "b__owner", "owner").order_by("pk")


waits = any_once(waiting)


_VISIBLE = {"trashed_at": None, "mentioned": False, "became": ""}


def about(person: Person, day: date) -> Perhaps | None:
    """Give the first question about one person, if there is any."""
    # Hardly ever any, and two people whole take long to ask for.
    return _about(person, day).first() if _is_any_about(person, day) else None


def _about(person: Person, day: date) -> QuerySet[Perhaps]:
    return waiting(person.owner, day).filter(Q(a=person) | Q(b=person))


_is_any_about = any_once(_about)


def asked(owner: Owner, uid: str) -> Perhaps:
    """Give one pair.

    Raises:
        NotFound: when it is not there, or two became one already.
    """
    found = Perhaps.objects.of(owner).filter(uid=uid).select_related("a__owner", "b__owner", "owner").first()
    if found is None:
        raise NotFound(_("That is not here, or was answered already."))
    return found


def merges(owner: Owner) -> QuerySet[Merge]:
    """Everybody who became somebody else, the latest first."""
    return Merge.objects.of(owner).select_related("gone__owner", "owner").order_by("-pk")


def merged_into(person: Person) -> QuerySet[Merge]:
    """Everybody who became this person, directly or through another, the latest first."""
    return merges(person.owner).filter(gone__became=person.uid)


def joined_after(run: Import) -> QuerySet[Merge]:
    """Those Amity joined by itself after an import, and who are one still."""
    return merges(run.owner).filter(imported_by=run)


def merge_of(owner: Owner, uid: str) -> Merge:
    """Give a merge by its own id, or by that of whoever is gone.

    Raises:
        NotFound: when there is none.
    """
    found = merges(owner).filter(Q(uid=uid) | Q(gone__uid=uid)).first()
    if found is None:
        raise NotFound(_("Nobody of that id became somebody else."))
    return found

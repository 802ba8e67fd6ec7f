"""What a sentence may need to know of people, read for all of them at once: one question however many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from amity.gatherings.models import Attendance
from amity.moments.models import Participation
from amity.nudges.birthdays import in_order, of_the_day
from amity.nudges.candidate import MAIL, TEXT, Candidate
from amity.owner.models import Owner
from amity.people.models import CARE_WEIGHT, Care, Hope, HopeState, Person, PersonDate, Spark, Way
from amity.people.queries import by_person
from amity.storage.bulk import these
from amity.storage.wording import Questions, worded_once
from amity.ties.queries import FRIENDS_FROM, Album

RECENT = timedelta(days=400)
STILL_WARM = timedelta(days=2)


def candidates(
    owner: Owner, album: Album, care: dict[int, float], people: Iterable[int]
) -> dict[int, Candidate]:
    """Look at people on the album's day; give a candidate for each, by key."""
    keys = list(people)
    whom, *theirs, born, shared, there = _looked_at(owner, keys, album.day)
    rows = {person.pk: person for person in whom}
    hopes, sparks, ways = map(by_person, theirs)
    usual, born_today = _usual_kinds(shared), of_the_day(born, album.day)
    seen_at = {person: (title, last) for person, title, last in there}
    found = {}
    for key, portrait in zip(keys, album.portraits(keys), strict=True):
        kinds = {way.kind for way in ways[key]}
        found[key] = Candidate(
            person=key,
            name=rows[key].name,
            portrait=portrait,
            usual=usual.get(key) or (MAIL if kinds == {"email"} else TEXT),
            hope=hopes[key][-1].text if hopes[key] else "",
            spark=sparks[key][0].kind if sparks[key] else "",
            spark_line=sparks[key][0].line if sparks[key] else "",
            has_birthday=key in born_today,
            kept_on=rows[key].kept_on,
            seen_at=seen_at.get(key),
            trusted=is_trusted(care.get(key, 0), portrait.days),
            can_call="phone" in kinds,
        )
    return found


@worded_once
def _looked_at(owner: Owner, keys: list[int], day: date) -> Questions:
    """Word what is asked of people for a day's plan."""
    return [
        Person.objects.filter(pk__in=these(keys)),
        _of(Hope, owner, keys).filter(state=HopeState.OPEN).order_by("day", "id"),
        _of(Spark, owner, keys).order_by("id"),
        _of(Way, owner, keys).order_by("id"),
        in_order(_of(PersonDate, owner, keys).filter(kind="birthday")),
        _kinds(owner, keys, day),
        _seen_at(owner, keys, day),
    ]


def is_trusted(care: float, days: int) -> bool:
    """Tell whether the owner trusts somebody: they care, or have been in touch often enough."""
    return care >= CARE_WEIGHT[Care.WARM] or days >= FRIENDS_FROM


def _of(model: Any, owner: Owner, keys: list[int]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = model.objects.of(owner)
    return found.filter(person__in=these(keys))


def _kinds(owner: Owner, keys: list[int], day: date) -> QuerySet[Any, tuple[int, str, int]]:
    """Ask how many moments of each kind the last year held with each.

    The days only say what counts: asked for those days alone, a database without statistics reads the whole
    book's moments of that year instead of these few people's.
    """
    lately = Q(moment__day__gt=day - RECENT, moment__day__lte=day)
    there = _of(Participation, owner, keys).values("person_id", "moment__kind")
    counted: QuerySet[Any, Any] = there.annotate(many=Count("id", filter=lately))
    return counted.values_list("person_id", "moment__kind", "many")


def _usual_kinds(rows: list[tuple[int, str, int]]) -> dict[int, str]:
    """Give the kind of moment each shares most with the owner; of equals the first by name."""
    most = sorted((-many, kind, person) for person, kind, many in rows if many)
    return {person: kind for _many, kind, person in reversed(most)}


def _seen_at(owner: Owner, keys: list[int], day: date) -> QuerySet[Attendance, tuple[int, str, date]]:
    """Ask for (person, title, last day) of the gatherings of yesterday and the day before."""
    there = _of(Attendance, owner, keys).filter(
        gathering__last_day__gte=day - STILL_WARM, gathering__last_day__lt=day
    )
    columns = ("person_id", "gathering__title", "gathering__last_day")
    return there.order_by("gathering__last_day").values_list(*columns)

"""What a sentence may need to know of people, read for all of them at once: eight questions however many."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from amity.gatherings.models import Attendance
from amity.moments.models import Participation
from amity.nudges.candidate import MAIL, TEXT, Candidate
from amity.owner.models import Owner
from amity.people.models import CARE_WEIGHT, Care, Hope, HopeState, Person, PersonDate, Spark, Way
from amity.people.queries import by_person
from amity.ties.queries import FRIENDS_FROM, Album

RECENT = timedelta(days=400)
STILL_WARM = timedelta(days=2)


def falls_on(day: date) -> Q:
    """Give the partial dates of a day; 29 February is kept a day early in common years."""
    found = Q(value__endswith=f"-{day:%m-%d}")
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        found |= Q(value__endswith="-02-29")
    return found


def candidates(
    owner: Owner, album: Album, care: dict[int, float], people: Iterable[int]
) -> dict[int, Candidate]:
    """Look at people on the album's day; give a candidate for each, by key."""
    keys, day = list(people), album.day
    rows = Person.objects.in_bulk(keys)
    hopes = by_person(_of(Hope, owner, keys).filter(state=HopeState.OPEN).order_by("day", "id"))
    sparks = by_person(_of(Spark, owner, keys).order_by("id"))
    ways = by_person(_of(Way, owner, keys).order_by("id"))
    birthdays = _of(PersonDate, owner, keys).filter(falls_on(day), kind="birthday")
    born_today = set(birthdays.values_list("person_id", flat=True))
    usual, seen_at = _usual_kinds(owner, keys, day), _seen_at(owner, keys, day)
    found = {}
    for key in keys:
        portrait, kinds = album.portrait(key), {way.kind for way in ways[key]}
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


def is_trusted(care: float, days: int) -> bool:
    """Tell whether the owner trusts somebody: they care, or have been in touch often enough."""
    return care >= CARE_WEIGHT[Care.WARM] or days >= FRIENDS_FROM


def _of(model: type, owner: Owner, keys: list[int]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return model.objects.of(owner).filter(person__in=keys)  # type: ignore[attr-defined]


def _usual_kinds(owner: Owner, keys: list[int], day: date) -> dict[int, str]:
    """Give the kind of moment each shares most with the owner in the last year.

    The days are compared here: asked for a range of days, a database without statistics reads the whole
    book's moments of that year instead of these few people's.
    """
    rows = _of(Participation, owner, keys).values_list("person_id", "moment__kind", "moment__day")
    kinds: dict[int, Counter[str]] = {}
    for person, kind, when in rows:
        if day - RECENT < when <= day:
            kinds.setdefault(person, Counter())[kind] += 1
    return {person: max(sorted(counted), key=counted.__getitem__) for person, counted in kinds.items()}


def _seen_at(owner: Owner, keys: list[int], day: date) -> dict[int, tuple[str, date]]:
    """Give the gathering of yesterday or the day before at which each was."""
    there = _of(Attendance, owner, keys).filter(
        gathering__last_day__gte=day - STILL_WARM, gathering__last_day__lt=day
    )
    rows = there.order_by("gathering__last_day").values_list(
        "person_id", "gathering__title", "gathering__last_day"
    )
    return {person: (title, last) for person, title, last in rows}

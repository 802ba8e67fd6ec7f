"""Looking at a whole book: every row as it stands, or everything it tells without a key in it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Cursor, Deed, Import, Origin, Touch
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people.models import Affiliation, Fact, Membership, OtherName, Person, PersonDate, Photo, Way

# The rooms in which an import writes; it is remembered, and a deed, even where it changes nothing.
ROOMS = ("owner", "journal", "people", "moments", "gatherings")
HISTORY = {Import, Deed, Touch, Cursor, Owner}


def rows(owner: Owner) -> dict[str, list[dict[str, Any]]]:
    """Give every row of the book with all its columns, apart from its history.

    The database is asked in its own words: Django takes longer to find them than it takes to answer.
    """
    return {
        model.__name__: _rows(model._meta, owner)
        for model in apps.get_app_config("amity").get_models()
        if model not in HISTORY and model.__module__.split(".")[1] in ROOMS
    }


def _rows(table: Any, owner: Owner) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table.db_table} WHERE owner_id = %s ORDER BY {table.pk.column}", [owner.pk]
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def told(owner: Owner) -> dict[str, list[Any]]:
    """Give what the book tells: two books that tell the same were brought in alike."""
    return {
        "people": _people(owner),
        "moments": _moments(owner),
        "gatherings": _gatherings(owner),
        "origins": sorted(Origin.objects.of(owner).values_list("table", "key")),
    }


def _said(rows: QuerySet[Any, Any], of: str, *fields: str) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Give what a table says of each row it hangs on, in order, by one question for all of them."""
    said: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for one, *rest in sorted(rows.values_list(of, *fields)):
        said[one].append(tuple(rest))
    return said


def _people(owner: Owner) -> list[tuple[Any, ...]]:
    def of_people(model: Any, *fields: str) -> defaultdict[int, list[tuple[Any, ...]]]:
        return _said(model.objects.filter(person__owner=owner), "person_id", *fields)

    said = [
        of_people(Way, "kind", "value", "normal", "label"),
        of_people(OtherName, "name"),
        of_people(PersonDate, "kind", "value"),
        of_people(Fact, "label", "text", "source"),
        of_people(Affiliation, "organisation__name", "title"),
        of_people(Membership, "circle__name"),
        of_people(Photo),
    ]
    return sorted(
        (
            one.name,
            one.folded,
            one.source_key,
            str(one.met_on),
            one.how_met,
            *(these[one.pk] for these in said),
        )
        for one in Person.objects.of(owner)
    )


def _moments(owner: Owner) -> list[tuple[Any, ...]]:
    there = _said(Participation.objects.filter(moment__owner=owner), "moment_id", "person__name")
    return sorted(
        (one.key, str(one.day), str(one.at), one.kind, one.direction, one.text, there[one.pk])
        for one in Moment.objects.of(owner)
    )


def _gatherings(owner: Owner) -> list[tuple[Any, ...]]:
    guests = _said(
        Attendance.objects.filter(gathering__owner=owner), "gathering_id", "name", "email", "answer"
    )
    return sorted(
        (one.key, one.title, str(one.day), str(one.last_day), one.settled, guests[one.pk])
        for one in Gathering.objects.of(owner)
    )


def names(owner: Owner) -> list[str]:
    """Give everybody's name, in order."""
    return sorted(Person.objects.of(owner).values_list("name", flat=True))


def moments(owner: Owner) -> list[tuple[Any, ...]]:
    """Give every moment as (day, kind, direction, with whom), in order."""
    found = Moment.objects.of(owner).order_by("day", "at", "id")
    return [
        (
            str(one.day),
            one.kind,
            one.direction,
            *sorted(one.participations.values_list("person__name", flat=True)),
        )
        for one in found
    ]

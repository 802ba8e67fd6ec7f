"""Looking at a whole book: every row as it stands, or everything it tells without a key in it."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from amity.gatherings.models import Gathering
from amity.journal.models import Cursor, Deed, Import, Origin, Touch
from amity.moments.models import Moment
from amity.owner.models import Owner
from amity.people.models import Affiliation, Fact, Membership, OtherName, Person, PersonDate, Photo, Way

# The rooms in which an import writes; it is remembered, and a deed, even where it changes nothing.
ROOMS = ("owner", "journal", "people", "moments", "gatherings")
HISTORY = {Import, Deed, Touch, Cursor, Owner}


def rows(owner: Owner) -> dict[str, list[dict[str, Any]]]:
    """Give every row of the book with all its columns, apart from its history."""
    return {
        model.__name__: [_columns(row) for row in model._default_manager.filter(owner=owner).order_by("pk")]
        for model in apps.get_app_config("amity").get_models()
        if model not in HISTORY and model.__module__.split(".")[1] in ROOMS
    }


def _columns(row: Any) -> dict[str, Any]:
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def told(owner: Owner) -> dict[str, list[Any]]:
    """Give what the book tells: two books that tell the same were brought in alike."""
    return {
        "people": sorted(_person(person) for person in Person.objects.of(owner)),
        "moments": sorted(_moment(moment) for moment in Moment.objects.of(owner)),
        "gatherings": sorted(_gathering(one) for one in Gathering.objects.of(owner)),
        "origins": sorted(Origin.objects.of(owner).values_list("table", "key")),
    }


def _person(person: Person) -> tuple[Any, ...]:
    of_person = {"person": person}
    return (
        person.name,
        person.folded,
        person.source_key,
        str(person.met_on),
        person.how_met,
        sorted(Way.objects.filter(**of_person).values_list("kind", "value", "normal", "label")),
        sorted(OtherName.objects.filter(**of_person).values_list("name")),
        sorted(PersonDate.objects.filter(**of_person).values_list("kind", "value")),
        sorted(Fact.objects.filter(**of_person).values_list("label", "text", "source")),
        sorted(Affiliation.objects.filter(**of_person).values_list("organisation__name", "title")),
        sorted(Membership.objects.filter(**of_person).values_list("circle__name")),
        Photo.objects.filter(**of_person).count(),
    )


def _moment(moment: Moment) -> tuple[Any, ...]:
    with_whom = sorted(moment.participations.values_list("person__name", flat=True))
    return (
        moment.key,
        str(moment.day),
        str(moment.at),
        moment.kind,
        moment.direction,
        moment.text,
        with_whom,
    )


def _gathering(one: Gathering) -> tuple[Any, ...]:
    guests = sorted(one.attendances.values_list("name", "email", "answer"))
    return (one.key, one.title, str(one.day), str(one.last_day), one.settled, guests)


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

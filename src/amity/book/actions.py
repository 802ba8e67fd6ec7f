"""What is done to the book as a whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import Count, Q

from amity.journal.actions import UNDO_DAYS, deed, table_of
from amity.journal.models import Deed, Origin, Touch
from amity.moments.models import Moment
from amity.owner.models import Owner
from amity.people.identity import erased_digest, identifies
from amity.people.models import Erased, OfPerson, Person, Way


def purge_trash(owner: Owner, *, now: datetime) -> int:
    """Erase everybody whose thirty days in the trash are over; give how many."""
    over = Person.objects.of(owner).filter(trashed_at__lte=now - timedelta(days=UNDO_DAYS))
    people = list(over)
    for person in people:
        erase(person)
    return len(people)


def erase(person: Person) -> None:
    """Remove a person for ever: rows, before-images, photo, and moments with nobody else in them.

    Only keyed hashes of their identities stay, so that imports pass them over. Nothing of it can
    be undone.
    """
    owner = person.owner
    with transaction.atomic():
        _remember_hashes(person)
        _forget_images(owner, person)
        alone = Moment.objects.filter(owner=owner, participations__person=person).annotate(
            others=Count("participations__moment__participations")
        )
        Moment.objects.filter(pk__in=[moment.pk for moment in alone if moment.others == 1]).delete()
        Origin.objects.filter(owner=owner, table=table_of(Person), row=person.pk).delete()
        person.delete()
        with deed(owner, "erase", "Erased a person.") as writing:
            writing.about(owner)


def _remember_hashes(person: Person) -> None:
    ways = Way.objects.filter(person=person).values_list("kind", "normal")
    identities = [(kind, form) for kind, form in ways if identifies(kind, form)]
    if person.source_key:
        identities.append(("key", person.source_key))
    Erased.objects.bulk_create(
        [
            Erased(owner=person.owner, digest=erased_digest(person.owner, kind, form))
            for kind, form in identities
        ]
    )


def _forget_images(owner: Owner, person: Person) -> None:
    """Empty the journal of everything ever written about the person; the deeds stay as bare facts."""
    rows = Q(table=table_of(Person), row=person.pk)
    for model in apps.get_app_config("amity").get_models():
        if issubclass(model, OfPerson):
            ids = list(model.objects.filter(person=person).values_list("pk", flat=True))
            rows |= Q(table=table_of(model), row__in=ids)
    touches = Touch.objects.filter(owner=owner).filter(
        rows | Q(before__person_id=person.pk) | Q(after__person_id=person.pk)
    )
    Deed.objects.filter(pk__in=touches.values("deed")).update(sentence="About somebody erased.")
    touches.delete()

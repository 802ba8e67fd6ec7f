"""What is done to the book as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from amity.book import erasures
from amity.book.tables import columns
from amity.gatherings.models import Attendance
from amity.journal.actions import UNDO_DAYS, table_of
from amity.journal.models import Deed, Origin, Touch
from amity.letter.forgetting import forget
from amity.moments.models import Moment, Participation
from amity.owner.models import Owner
from amity.people.identity import erased_digest, identifies
from amity.people.models import Erased, Person, Way
from amity.search.cache import forgetting
from amity.storage.words import scrub


def purge_trash(owner: Owner, *, now: datetime) -> int:
    """Erase everybody whose thirty days in the trash are over; give how many."""
    over = Person.objects.of(owner).filter(trashed_at__lte=now - timedelta(days=UNDO_DAYS))
    people = list(over)
    if people:
        erase_all(people)
    return len(people)


def erase(person: Person) -> None:
    """Remove a person for ever: rows, before-images, photo, words to find, moments with nobody else in them.

    Mail that names them or waits for them is withdrawn. Only keyed hashes of their identities stay, so
    that imports pass them over. Nothing of it can be undone.
    """
    erase_all([person])


def erase_all(people: Iterable[Person]) -> None:
    """Erase several people, each as by ``erase``."""
    for person in people:
        _erase(person)
    scrub()


def _erase(person: Person) -> None:
    for one in Person.everything.filter(owner=person.owner, became=person.uid).select_related("owner"):
        _erase(one)
    owner = person.owner
    with transaction.atomic(), forgetting(person):
        _remember_hashes(person)
        alone = _moments_alone_with(person)
        _forget_images(person, alone)
        Moment.objects.filter(pk__in=alone).delete()
        _attendances(person).delete()
        Origin.objects.filter(owner=owner, table=table_of(Person), row=person.pk).delete()
        forget(person)
        person.delete()
        Deed.objects.create(owner=owner, verb="erase", sentence=_("Erased a person."))


def _attendances(person: Person) -> QuerySet[Attendance]:
    on_list = Q(person=person) | Q(email__in=_addresses(person))
    return Attendance.everything.filter(on_list, owner=person.owner)


def _moments_alone_with(person: Person) -> list[int]:
    shared = Participation.objects.filter(moment=OuterRef("pk")).exclude(person=person)
    mine = Moment.objects.filter(owner=person.owner, participations__person=person)
    return list(mine.filter(~Exists(shared)).values_list("pk", flat=True))


def _addresses(person: Person) -> list[str]:
    return list(Way.objects.filter(person=person, kind="email").values_list("value", flat=True))


def _remember_hashes(person: Person) -> None:
    ways = Way.objects.filter(person=person).values_list("kind", "normal")
    identities = [(kind, form) for kind, form in ways if identifies(kind, form)]
    called = Origin.objects.filter(owner=person.owner, table=table_of(Person), row=person.pk)
    keys = {person.source_key, *called.values_list("key", flat=True)} - {""}
    identities += [("key", key) for key in sorted(keys)]
    digests = [erased_digest(person.owner, kind, form) for kind, form in identities]
    Erased.objects.bulk_create([Erased(owner=person.owner, digest=digest) for digest in digests])
    uid = erased_digest(person.owner, "uid", person.uid)
    transaction.on_commit(partial(erasures.note, person.owner, [*digests, uid]))


def _keys_to_people(model: type[models.Model]) -> list[str]:
    return [field.name for field in columns(model) if field.related_model is Person]


def _forget_images(person: Person, moments: list[int]) -> None:
    """Empty the journal of everything ever written about the person; the deeds stay as bare facts."""
    rows = Q(table=table_of(Person), row=person.pk) | Q(table=table_of(Moment), row__in=moments)
    on_lists = list(_attendances(person).values_list("pk", flat=True))
    rows |= Q(table=table_of(Attendance), row__in=on_lists)
    for model in apps.get_app_config("amity").get_models():
        for name in _keys_to_people(model):
            found = model._base_manager.filter(**{name: person})  # noqa: SLF001  (Django's public name)
            rows |= Q(table=table_of(model), row__in=list(found.values_list("pk", flat=True)))
    for name in ("person_id", "a_id", "b_id"):  # rows that are gone; a and b are the two ends of a pair
        rows |= Q(**{f"before__{name}": person.pk}) | Q(**{f"after__{name}": person.pk})
    touches = Touch.objects.filter(rows, owner=person.owner)
    Deed.objects.filter(pk__in=touches.values("deed")).update(sentence=_("About somebody erased."))
    touches.delete()

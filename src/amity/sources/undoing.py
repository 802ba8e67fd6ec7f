"""Taking an import back, exactly where nothing happened in between and kindly where something did."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import record_import, table_of
from amity.journal.models import Import, ImportState, Origin, Sourced
from amity.journal.queries import touched_by_owner
from amity.moments.models import Moment, Participation
from amity.owner.models import OwnIdentity
from amity.people.actions import refold
from amity.people.models import OfPerson, Person, Way
from amity.sources.batch import ORDER
from amity.sources.report import Report

AT_ONCE = 2000


@dataclass(frozen=True)
class Stayed:
    """Who stays although the import that brought them is undone, by name."""

    people: list[str]


def undo(run: Import) -> Stayed:
    """Hide everything the import brought in one stroke, keep what must stay, then delete in batches."""
    if run.state != ImportState.LEAVING:
        with transaction.atomic():
            _rename_back(run)
            _hand_over_to_other_sources(run)
            stayed = _keep_what_the_owner_touched(run)
            run.state = ImportState.LEAVING
            names = [person.name for person in stayed]
            run.report = run.report | {"stayed": names, "refold": _told_more_about(run)}
            run.save(update_fields=["state", "report"])
    clear(run)
    return Stayed(list(run.report.get("stayed", [])))


def clear(run: Import) -> None:
    """Delete what is left of an import, children first, in short transactions; then it is undone."""
    for model in reversed(ORDER):
        rows = model._default_manager.filter(imported_by=run)  # noqa: SLF001  (Django's public name)
        while ids := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                model._default_manager.filter(pk__in=ids).delete()  # noqa: SLF001
    with transaction.atomic():
        for person in Person.objects.filter(pk__in=run.report.get("refold", [])):
            refold(person)
        OwnIdentity.objects.filter(owner=run.owner, said_by=run.uid).delete()
        run.state, run.finished_at = ImportState.UNDONE, timezone.now()
        run.save(update_fields=["state", "finished_at"])
        record_import(run, "undo import")


def _told_more_about(run: Import) -> list[int]:
    """People of other sources whom this import told something about: their search words change."""
    people: set[int] = set()
    for model in ORDER:
        if issubclass(model, OfPerson) and model is not Participation:
            rows = model.objects.filter(imported_by=run).exclude(person__imported_by=run)
            people.update(rows.values_list("person_id", flat=True))
    return sorted(people)


def _rename_back(run: Import) -> None:
    for person, (old, new) in Report.from_row(run.report).renames.items():
        Person.objects.filter(pk=int(person), name=new).update(name=old)


def _hand_over_to_other_sources(run: Import) -> None:
    """What another import says too is now that import's."""
    Origin.objects.filter(imported_by=run).delete()
    for table in Origin.objects.filter(owner=run.owner).values_list("table", flat=True).distinct():
        model = apps.get_model(table)
        origins = Origin.objects.filter(owner=run.owner, table=table).order_by("-id")
        heirs = dict(origins.values_list("row", "imported_by_id"))
        mine = model._default_manager.filter(imported_by=run, pk__in=heirs)  # noqa: SLF001
        for row in mine:
            row.imported_by_id = heirs[row.pk]
            row.save(update_fields=["imported_by"])
            Origin.objects.filter(table=table, row=row.pk, imported_by_id=heirs[row.pk]).delete()
            _hand_over_with(row)


def _hand_over_with(row: models.Model) -> None:
    """The people of a moment, and a person's ways, go where their row goes."""
    if isinstance(row, Moment):
        row.participations.update(imported_by_id=row.imported_by_id)


def _keep_what_the_owner_touched(run: Import) -> list[Person]:
    """Take rows out of the import that the owner, or another source, has built upon."""
    _keep_touched(run, Moment, Participation, "moment")
    _keep_touched(run, Gathering, Attendance, "gathering")
    needed = _needed_by_others(run)
    touched = set(Person.objects.filter(imported_by=run, pk__in=touched_by_owner(run.owner, table_of(Person))))
    for person in [*touched, *Person.objects.filter(imported_by=run, pk__in=needed)]:
        heir = None if person in touched else needed[person.pk]
        Way.objects.filter(imported_by=run, person=person).update(imported_by=heir)
        Person.objects.filter(pk=person.pk).update(imported_by=heir)
    return sorted(touched, key=lambda person: person.folded)


def _keep_touched(run: Import, model: type[Sourced], child: type[Sourced], key: str) -> None:
    touched = touched_by_owner(run.owner, table_of(model))
    kept = list(model.objects.filter(imported_by=run, pk__in=touched).values_list("pk", flat=True))
    model.objects.filter(pk__in=kept).update(imported_by=None)
    child.objects.filter(imported_by=run, **{f"{key}__in": kept}).update(imported_by=None)


def _needed_by_others(run: Import) -> dict[int, int | None]:
    """People of this import on whom something hangs from elsewhere: person -> the import that says it."""
    needed: dict[int, int | None] = {}
    for model in apps.get_app_config("amity").get_models():
        if issubclass(model, OfPerson | Attendance):
            rows = model.objects.filter(owner=run.owner, person__imported_by=run)
            elsewhere = rows.filter(~Q(imported_by=run) | Q(imported_by=None))
            needed.update(elsewhere.order_by("imported_by").values_list("person_id", "imported_by_id"))
    return needed

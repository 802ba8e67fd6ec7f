"""Taking an import back, exactly where nothing happened in between and kindly where something did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from amity.duplicates.actions import take_apart
from amity.duplicates.handing import surface
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import lock, record_import, table_of
from amity.journal.models import Import, ImportState, Origin, Sourced
from amity.journal.queries import touched_by_owner
from amity.moments.models import Moment, Participation
from amity.owner.models import OwnIdentity
from amity.people.finding import refold
from amity.people.models import Affiliation, Circle, Link, Membership, OfPerson, Organisation, Person, Way
from amity.sources.batch import ORDER
from amity.sources.report import Report
from amity.storage.together import tables_with

AT_ONCE = 500
UNDONE_SINCE = "That import was undone since. Bring the files in again if you want them back."
Heir = int | None  # the import whose rows these are from now on; None: the owner's


@dataclass(frozen=True)
class Stayed:
    """Who stays although the import that brought them is undone, by name."""

    people: list[str]


def undo(run: Import) -> Stayed:
    """Hide everything the import brought in one stroke, keep what must stay, then delete in batches."""
    if run.state != ImportState.LEAVING:
        with transaction.atomic():
            lock(run.owner)
            _leave(run)
    clear(run)
    return Stayed(Report.from_row(run.report).stayed)


def _leave(run: Import) -> None:
    take_apart(run)
    report = Report.from_row(run.report)
    for person, (old, new) in report.renames.items():
        Person.objects.filter(pk=int(person), name=new).update(name=old)
    Person.objects.filter(pk__in=report.died).update(remembered=False)
    people = set(Person.objects.filter(imported_by=run).values_list("pk", flat=True))
    _hand_over_to_other_sources(run)
    _keep_what_the_owner_touched(run)
    _keep_what_others_need(run)
    mine = Person.objects.filter(owner=run.owner, imported_by=None).order_by("folded", "pk")
    report.stayed = [name for pk, name in mine.values_list("pk", "name") if pk in people]
    report.refold = sorted({*told_more_about(run), *map(int, report.renames)})
    run.state, run.report = ImportState.LEAVING, report.to_row()
    run.save(update_fields=["state", "report"])


def clear(run: Import) -> None:
    """Delete what is left of an import, children first, in short transactions; then it is undone."""
    said_of = Report.from_row(run.report).refold or list(told_more_about(run))
    for model in reversed(ORDER):
        rows = model._base_manager.filter(imported_by=run)  # noqa: SLF001  (Django's public name)
        while ids := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                model._base_manager.filter(pk__in=ids).delete()  # noqa: SLF001
    for people in in_groups(said_of):
        with transaction.atomic():
            refold(people)
    with transaction.atomic():
        lock(run.owner)
        _forget_claims(run)
        surface(run.owner)
        _tell_its_repeats(run)
        run.state, run.finished_at = ImportState.UNDONE, timezone.now()
        run.save(update_fields=["state", "finished_at"])
        record_import(run, "undo import")


def _tell_its_repeats(run: Import) -> None:
    """Imports of the same files said nothing of their own; each is told that what it repeated is gone."""
    for one in Import.objects.filter(owner=run.owner, report__repeats=run.uid):
        report = Report.from_row(one.report)
        if UNDONE_SINCE not in report.notes:
            report.notes.append(UNDONE_SINCE)
            Import.objects.filter(pk=one.pk).update(report=report.to_row())


def in_groups(keys: Iterable[int], size: int = AT_ONCE) -> Iterator[list[int]]:
    """Give keys in lists short enough for one question."""
    left = iter(keys)
    while group := list(islice(left, size)):
        yield group


def brought_by(run: Import) -> list[type[models.Model]]:
    """Give the tables in which this import has rows, children after the rows they point to."""
    return [model for model, _ in tables_with([(model, ["imported_by"]) for model in ORDER], [run.pk])]


def told_more_about(run: Import) -> set[int]:
    """Give the people of other sources whom this import told something about, by key."""
    people: set[int] = set()
    for model in brought_by(run):
        if issubclass(model, OfPerson) and model is not Participation:
            rows = model.objects.filter(imported_by=run).exclude(person__imported_by=run)
            people.update(rows.values_list("person_id", flat=True))
    return people


def _hand_over_to_other_sources(run: Import) -> None:
    """What another import says too is now that import's."""
    Origin.objects.filter(imported_by=run).delete()
    for model in brought_by(run):
        said = Origin.objects.filter(owner=run.owner, table=table_of(model)).order_by("-id")
        mine = model._base_manager.filter(imported_by=run, pk__in=said.values("row"))  # noqa: SLF001
        for rows in in_groups(list(mine.values_list("pk", flat=True))):
            heirs: defaultdict[int, list[int]] = defaultdict(list)
            for row, heir in dict(said.filter(row__in=rows).values_list("row", "imported_by_id")).items():
                heirs[heir].append(row)
            for heir, theirs in heirs.items():
                _give(run, model, theirs, heir)
                Origin.objects.filter(table=table_of(model), row__in=theirs, imported_by=heir).delete()


def _give(run: Import, model: type[models.Model], rows: list[int], heir: Heir) -> None:
    """Make rows of this import somebody else's, with what belongs to them."""
    for some in in_groups(rows):
        mine = model._base_manager.filter(imported_by=run, pk__in=some)  # noqa: SLF001
        mine.update(imported_by=heir)
        if model is Person:
            Way.objects.filter(imported_by=run, person__in=some).update(imported_by=heir)
        elif model is Moment:
            Participation.everything.filter(imported_by=run, moment__in=some).update(imported_by=heir)
            _give_gatherings(run, Attendance.everything.filter(moment__in=some), heir)
        elif model is Gathering:
            there = Attendance.everything.filter(gathering__in=some)
            there.filter(imported_by=run).update(imported_by=heir)
            became = there.filter(moment__imported_by=run).values_list("moment_id", flat=True)
            _give(run, Moment, sorted({moment for moment in became if moment}), heir)


def _give_gatherings(run: Import, there: models.QuerySet[Attendance], heir: Heir) -> None:
    """A moment and the gathering it came of stay together."""
    came_of = there.filter(gathering__imported_by=run).values_list("gathering_id", flat=True)
    _give(run, Gathering, sorted(set(came_of)), heir)


def _keep_what_the_owner_touched(run: Import) -> None:
    for model in brought_by(run):
        if touched := touched_by_owner(run.owner, table_of(model)):
            mine = model._base_manager.filter(imported_by=run).values_list("pk", flat=True)  # noqa: SLF001
            _give(run, model, sorted(touched & set(mine)), None)


def _keep_what_others_need(run: Import) -> None:
    """Keep the people, circles and organisations of this import on which something hangs from elsewhere."""
    for target, hanging in _hanging_on():
        heirs: defaultdict[int, set[Heir]] = defaultdict(set)
        for model, column in hanging:
            rows = model._base_manager.filter(**{f"{column}__imported_by": run})  # noqa: SLF001
            elsewhere = rows.exclude(imported_by=run).values_list(f"{column}_id", "imported_by_id")
            for row, source in elsewhere.distinct():
                heirs[row].add(source)
        for row, sources in heirs.items():
            known = [source for source in sources if source is not None]
            _give(run, target, [row], None if None in sources else min(known))


def _hanging_on() -> Iterator[tuple[type[Sourced], list[tuple[type[Sourced], str]]]]:
    of_person = [model for model in apps.get_app_config("amity").get_models() if issubclass(model, OfPerson)]
    yield Person, [*((model, "person") for model in of_person), (Link, "a"), (Link, "b")]
    yield Organisation, [(Affiliation, "organisation")]
    yield Circle, [(Membership, "circle")]


def _forget_claims(run: Import) -> None:
    """What this import alone called the owner's own is so no longer; another one may say it too."""
    others = Import.objects.filter(owner=run.owner, state=ImportState.ARRIVED).exclude(pk=run.pk)
    heirs = {
        (kind, form): other.uid
        for other in others.order_by("-id")
        for kind, _, form in Report.from_row(other.report).claims
    }
    for identity in OwnIdentity.objects.filter(owner=run.owner, said_by=run.uid):
        heir = heirs.get((identity.kind, identity.normal))
        if heir:
            OwnIdentity.objects.filter(pk=identity.pk).update(said_by=heir)
        else:
            identity.delete()

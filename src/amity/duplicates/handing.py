"""What hangs on people changes hands: to whom somebody became, and back again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from amity.duplicates.models import Merge
from amity.journal.actions import Writing, at_once, table_of
from amity.moments.models import Participation
from amity.owner.models import Owned, Owner
from amity.people.models import Affiliation, Membership, Person, SetAside

Moved = list[str]  # table, uid, column
_NEEDED = {Participation: "moment", Membership: "circle", Affiliation: "organisation"}


def tables_of_people() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Give every table that points to people, with those columns; a tie is a cache, and not meant."""
    for model in apps.get_app_config("amity").get_models():
        fields = model._meta.concrete_fields  # noqa: SLF001  (Django's public name)
        columns = [field.name for field in fields if field.related_model is Person]
        if columns and issubclass(model, Owned) and model is not Merge:
            yield model, columns


def hand_over(writing: Writing, gone: Person, kept: Person) -> list[Moved]:
    """Let everything of one person hang on another, but for what that one has already; give what moved."""
    moved: list[Moved] = []
    for model, columns in tables_of_people():
        for column in columns:
            going, staying = _parted(model, column, gone, kept, pair=len(columns) > 1)
            moved += [[table_of(model), _name(row), column] for row in going]
            writing.move_all(going, **{column: kept})
            if issubclass(model, SetAside):
                writing.move_all(staying, aside=True)
    before = list(Person.everything.filter(owner=gone.owner, became=gone.uid))
    writing.move_all(before, became=kept.uid)
    return [*moved, *([table_of(Person), one.uid, "became"] for one in before)]


def _parted(
    model: type[models.Model], column: str, gone: Person, kept: Person, *, pair: bool
) -> tuple[list[Any], list[Any]]:
    """Part somebody's rows into those that go over, and those that stay with them."""
    rows = list(_shown(model).filter(**{column: gone}))
    if not rows:
        return [], []
    theirs = _shown(model).filter(Q(a=kept) | Q(b=kept) if pair else Q(**{column: kept}))
    rule = model.on_merge  # type: ignore[attr-defined]
    if rule == "keep_newest":
        newest = max(theirs.values_list("pk", flat=True), default=0)
        stays = [row.pk < newest for row in rows]
    elif rule == "move":
        stays = [False] * len(rows)
    else:
        said = {row.says() for row in theirs}
        stays = [_would_say(row, column, kept) in {*said, None} for row in rows]
    return (
        [row for row, stay in zip(rows, stays, strict=True) if not stay],
        [row for row, stay in zip(rows, stays, strict=True) if stay],
    )


def _shown(model: type[models.Model]) -> models.QuerySet[Any]:
    found = model._base_manager.order_by("pk")  # noqa: SLF001  (Django's public name)
    found = found.select_related(_NEEDED[model]) if model in _NEEDED else found
    return found.filter(aside=False) if issubclass(model, SetAside) else found


def _would_say(row: Any, column: str, kept: Person) -> Any:
    """Give what a row would say of somebody else; None for one between the two, which falls away."""
    whose = getattr(row, f"{column}_id")
    ends = {getattr(row, end, None) for end in ("a_id", "b_id")} - {None}
    if kept.pk in ends:
        return None
    setattr(row, f"{column}_id", kept.pk)
    said = row.says()
    setattr(row, f"{column}_id", whose)
    return said


def _name(row: Any) -> str:
    return str(row.moment.uid if isinstance(row, Participation) else row.uid)


def hand_back(writing: Writing, merge: Merge, chain: list[Person]) -> None:
    """Let what a merge moved hang on who was gone again, wherever it went since along the chain.

    A row that is no longer there, or that somebody gave to a third person, is left alone.
    """
    gone = merge.gone
    for (table, column), said in groupby(sorted(merge.moved), key=lambda one: (one[0], one[2])):
        keys = [one[1] for one in said]
        model: Any = apps.get_model(table)
        if model is Person:
            uids = [person.uid for person in chain]
            rows = list(Person.everything.filter(owner=gone.owner, uid__in=keys, became__in=uids))
            writing.move_all(rows, became=gone.uid)
        else:
            rows = _named(model, column, keys, chain)
            writing.move_all(rows, **{column: gone})
    for model, columns in tables_of_people():
        if issubclass(model, SetAside):
            writing.move_all(_set_aside_with(model, columns, gone), aside=False)


def _named(model: Any, column: str, keys: list[str], chain: list[Person]) -> list[Any]:
    """Give the rows that were moved, of each the one that hangs on the first of the chain."""
    place = {person.pk: at for at, person in enumerate(chain)}
    name = "moment__uid" if model is Participation else "uid"
    found: dict[str, Any] = {}
    for some in _in_portions(keys):
        rows = _all(model).filter(**{f"{name}__in": some, f"{column}__in": list(place)})
        for row in sorted(rows, key=lambda row: place[getattr(row, f"{column}_id")], reverse=True):
            found[_name(row)] = row
    return list(found.values())


def _all(model: type[models.Model]) -> models.QuerySet[Any]:
    found = model._base_manager.order_by("pk")  # noqa: SLF001  (Django's public name)
    return found.select_related(_NEEDED[model]) if model in _NEEDED else found


def _in_portions(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + 5000] for start in range(0, len(keys), 5000))


def _set_aside_with(model: type[models.Model], columns: list[str], gone: Person) -> list[Any]:
    """Give somebody's rows that were set aside; between two people, only where the other is there too."""
    rows = _all(model).filter(aside=True)
    if len(columns) == 1:
        return list(rows.filter(**{columns[0]: gone}))
    rows = rows.filter(Q(a=gone) | Q(b=gone)).select_related("a", "b")
    return [row for row in rows if {row.a.became, row.b.became} <= {"", gone.became}]


def surface(owner: Owner) -> None:
    """Let what was set aside be said of whom its person became, where nothing else says it any more.

    To be asked after an import was taken back: what another import says too has to be there still.
    """
    merges = {one.gone_id: one for one in Merge.objects.of(owner).select_related("gone")}
    uids = {one.gone.became for one in merges.values()}
    now = {one.uid: one for one in Person.objects.filter(owner=owner, uid__in=uids)}
    for model, columns in tables_of_people():
        if model.on_merge == "join" and merges:  # type: ignore[attr-defined]
            _surface(model, columns[0], merges, now)
    Merge.objects.bulk_update(list(merges.values()), ["moved"], batch_size=200)


def _surface(
    model: type[models.Model], column: str, merges: dict[int, Merge], now: dict[str, Person]
) -> None:
    said: defaultdict[int, set[Any]] = defaultdict(set)
    for row in _of(model, column, [one.pk for one in now.values()]):
        said[getattr(row, f"{column}_id")].add(row.says())
    for row in _of(model, column, list(merges)):
        merge = merges[getattr(row, f"{column}_id")]
        holder = now.get(merge.gone.became)
        if holder is not None and row.says() not in said[holder.pk]:
            said[holder.pk].add(row.says())
            merge.moved.append([table_of(model), _name(row), column])
            setattr(row, column, holder)
            if isinstance(row, SetAside):
                row.aside = False
            row.save()


def _of(model: type[models.Model], column: str, people: Collection[int]) -> Iterable[Any]:
    for some in at_once(list(people)):
        yield from _all(model).filter(**{f"{column}__in": some})

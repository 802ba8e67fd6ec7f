"""Writing deeds: every change of the book by its owner is made inside ``deed`` and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.journal.models import Deed, Import, Sent, Sourced, Touch
from amity.owner.models import Owner

Row = TypeVar("Row", bound=models.Model)

UNDO_DAYS = 30
SENT_AGAIN = timedelta(days=180)  # a phone may come back after a long while


class CannotUndo(Exception):
    """The deed cannot be taken back; carries the sentence that says why."""

    status = 409

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Writing:
    """A deed being written: rows are made, changed and removed through it, so that it knows them."""

    def __init__(self, deed: Deed) -> None:
        self.deed = deed
        self.touches: list[Touch] = []

    def make(self, row: Row) -> Row:
        """Save a new row."""
        row.save(force_insert=True)
        self._touch(Touch.Kind.MADE, row, after=image(row))
        return row

    def make_all(self, rows: Sequence[Row]) -> None:
        """Save many new rows of one table at once."""
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=500)  # noqa: SLF001  (Django's public name)
        for row in rows:
            self._touch(Touch.Kind.MADE, row, after=image(row))

    def change(self, row: Row, **values: object) -> Row:
        """Give a row new values; nothing is written where nothing differs."""
        before = image(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        after = image(row, values)
        if before != after:
            row.save(update_fields=list(values))
            self._touch(Touch.Kind.CHANGED, row, before, after)
        return row

    def change_all(self, rows: Sequence[Row], **values: object) -> None:
        """Give many rows of one table the same new values at once; those that have them already stay out."""
        self._change_all(Touch.Kind.CHANGED, rows, values)

    def move_all(self, rows: Sequence[models.Model], **values: object) -> None:
        """Let many rows of one table hang on somebody else, as when two people become one.

        An import that is taken back takes its rows along although they were moved.
        """
        self._change_all(Touch.Kind.MOVED, rows, values)

    def _change_all(self, kind: Touch.Kind, rows: Sequence[models.Model], values: dict[str, object]) -> None:
        changed = []
        for row in rows:
            before = image(row, values)
            for name, value in values.items():
                setattr(row, name, value)
            if before != (after := image(row, values)):
                changed.append(row.pk)
                self._touch(kind, row, before, after)
        for some in at_once(changed):
            type(rows[0])._base_manager.filter(pk__in=some).update(**values)  # noqa: SLF001

    def remove_all(self, rows: Sequence[models.Model]) -> None:
        """Delete many rows of one table on which nothing else hangs."""
        for row in rows:
            self._touch(Touch.Kind.REMOVED, row, before=image(row))
        for some in at_once([row.pk for row in rows]):
            type(rows[0])._base_manager.filter(pk__in=some).delete()  # noqa: SLF001

    def remove(self, row: models.Model) -> None:
        """Delete a row on which nothing else hangs."""
        self._touch(Touch.Kind.REMOVED, row, before=image(row))
        row.delete()

    def about(self, *rows: models.Model) -> None:
        """Say that the deed concerns these rows, though their columns stay as they are."""
        for row in rows:
            self._touch(Touch.Kind.ABOUT, row)

    def _touch(
        self, kind: Touch.Kind, row: models.Model, before: object = None, after: object = None
    ) -> None:
        touch = Touch(
            owner_id=self.deed.owner_id,
            kind=kind,
            table=table_of(row),
            row=row.pk,
            before=before,
            after=after,
        )
        self.touches.append(touch)


def at_once(keys: Sequence[int], size: int = 5000) -> Iterator[Sequence[int]]:
    """Give keys in portions that every database takes as the parameters of one question."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


_open: ContextVar[Writing | None] = ContextVar("deed", default=None)


@contextmanager
def deed(
    owner: Owner, verb: str, sentence: str = "", *, who: str = "owner", final: bool = False
) -> Iterator[Writing]:
    """Open one deed in one transaction; inside another deed of the same owner it joins that one.

    The owner's row is locked, so that deeds of one owner commit in the order of their ids and a
    cursor over them misses none. A deed that touched nothing leaves no trace. A `final` one reached
    somebody else, by mail or by their own answer, and is not undone.
    """
    outer = _open.get()
    if outer is not None and outer.deed.owner_id == owner.pk:
        yield outer
        return
    with transaction.atomic():
        lock(owner)
        writing = Writing(Deed(owner=owner, verb=verb, sentence=sentence[:300], who=who, final=final))
        token = _open.set(writing)
        try:
            yield writing
        finally:
            _open.reset(token)
        if writing.touches:
            close(writing)


def lock(owner: Owner) -> None:
    """Hold the owner's book until the transaction ends; SQLite's immediate transactions do so anyway."""
    Owner.objects.select_for_update().only("pk").get(pk=owner.pk)


def close(writing: Writing) -> None:
    """Write the deed and its touches."""
    writing.deed.save(force_insert=True)
    for touch in writing.touches:
        touch.deed = writing.deed
    Touch.objects.bulk_create(writing.touches)


def record_import(run: Import, verb: str) -> Deed:
    """Write the one deed that stands for a whole import arriving or leaving."""
    return Deed.objects.create(owner=run.owner, verb=verb, imported=run)


def record_whole_book(owner: Owner, verb: str) -> None:
    """Write the deed that stands for a book filled at once: whoever reads the journal begins anew."""
    with deed(owner, verb, who="clock") as writing:
        writing.about(owner)


def undo(owner: Owner, uid: str) -> Deed:
    """Take back one deed, newest row first; the taking back is a deed itself.

    Raises:
        CannotUndo: when it is unknown, already undone, an undo itself, an import's, final, older than thirty
            days, or when its rows have changed since.
    """
    with transaction.atomic():
        lock(owner)
        done = Deed.objects.of(owner).filter(uid=uid, imported=None, undoes=None).first()
        if done is None or done.undone_at is not None:
            raise CannotUndo(_("That is already undone, or was never done."))
        if done.final:
            raise CannotUndo(_("That has reached somebody else and cannot be called back."))
        if done.at < timezone.now() - timedelta(days=UNDO_DAYS):
            raise CannotUndo(_("That was more than thirty days ago."))
        touches = list(done.touches.order_by("-id"))
        _refuse_if_changed_since(done, touches)
        with deed(owner, "undo", f"Undone: {done.sentence}") as writing:
            writing.deed.undoes = done
            for (kind, table), run in groupby(touches, key=lambda touch: (touch.kind, touch.table)):
                _take_back(writing, kind, apps.get_model(table), list(run))
            _write_anew(touches)
        done.undone_at = timezone.now()
        done.save(update_fields=["undone_at"])
    return writing.deed


def _refuse_if_changed_since(done: Deed, touches: Iterable[Touch]) -> None:
    wrote = {(touch.table, touch.row): False for touch in touches if touch.kind != Touch.Kind.ABOUT}
    wrote |= {(touch.table, touch.row): True for touch in touches if touch.kind == Touch.Kind.MADE}
    later = Touch.objects.filter(
        owner=done.owner, deed__id__gt=done.pk, deed__undone_at=None, deed__undoes=None
    )
    for keys in at_once([key[1] for key in wrote]):
        for table, row, kind in later.filter(row__in=keys).values_list("table", "row", "kind"):
            made = wrote.get((table, row))
            if made or (made is False and kind != Touch.Kind.ABOUT):
                raise CannotUndo(_("Something newer stands on this; take that back first."))


def _take_back(writing: Writing, kind: str, model: type[models.Model], touches: list[Touch]) -> None:
    """Take back touches of one kind on one table, the newest first; those that are alike at once."""
    if kind == Touch.Kind.REMOVED:
        writing.make_all([row_from(model, touch.before) for touch in touches])
        return
    rows = _rows_of(model, touches)
    there = [rows[touch.row] for touch in touches if touch.row in rows]
    if kind == Touch.Kind.MADE:
        writing.remove_all(there)
    elif kind == Touch.Kind.ABOUT:
        writing.about(*there)
    else:
        for before, keys in _alike(touches):
            some = [rows[key] for key in keys if key in rows]
            writing.change_all(some, **values_from(model, before))


def _rows_of(model: type[models.Model], touches: list[Touch]) -> dict[int, Any]:
    rows: dict[int, Any] = {}
    for some in at_once([touch.row for touch in touches]):
        rows |= {row.pk: row for row in model._base_manager.filter(pk__in=some)}  # noqa: SLF001
    return rows


def _alike(touches: list[Touch]) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """Give what rows were before, with all rows that were so; one by one where a row was changed twice."""
    if len({touch.row for touch in touches}) < len(touches):
        yield from ((touch.before, [touch.row]) for touch in touches)
        return
    alike: dict[str, list[Touch]] = {}
    for touch in touches:
        alike.setdefault(json.dumps(touch.before, sort_keys=True), []).append(touch)
    yield from ((same[0].before, [touch.row for touch in same]) for same in alike.values())


def _write_anew(touches: Iterable[Touch]) -> None:
    """Let the rows that keep a cache of others write it anew."""
    tables: dict[str, set[int]] = {}
    for touch in touches:
        tables.setdefault(touch.table, set()).add(touch.row)
    for table, keys in tables.items():
        if issubclass(model := apps.get_model(table), Sourced):
            model.taken_back(keys)


def first_time(owner: Owner, token: str) -> bool:
    """Tell whether a form with this token comes for the first time; to be asked in its own transaction.

    Another request with the same token waits here until this one has been carried out, or has failed.
    """
    _row, made = Sent.objects.get_or_create(owner=owner, token=token[:40])
    return made


def forget_sent(owner: Owner, *, now: datetime) -> None:
    """Forget which forms were sent, once nobody will send them again."""
    Sent.objects.filter(owner=owner, at__lt=now - SENT_AGAIN).delete()


def table_of(row: models.Model | type[models.Model]) -> str:
    """Give the label a row's table has in the journal, such as ``amity.person``."""
    return row._meta.label_lower  # noqa: SLF001  (Django's public model API)


def image(row: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Give the row's columns (all, or those named) as JSON can hold them."""
    wanted = None if names is None else set(names)
    return {
        field.attname: _plain(field, row)
        for field in row._meta.concrete_fields  # noqa: SLF001
        if wanted is None or field.name in wanted or field.attname in wanted
    }


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, (str, int, float, bool, list, dict)):
        return value
    return field.value_to_string(row)


def values_from(model: type[models.Model], picture: dict[str, Any]) -> dict[str, Any]:
    """Turn a picture back into column values."""
    return {
        field.attname: field.to_python(picture[field.attname])
        for field in model._meta.concrete_fields  # noqa: SLF001
        if field.attname in picture
    }


def row_from(model: type[Row], picture: dict[str, Any]) -> Row:
    """Make the unsaved row that a picture shows."""
    return model(**values_from(model, picture))

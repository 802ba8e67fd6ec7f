"""An exported book, back into an empty one."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from amity.book.export import MANIFEST, SCHEMA, SETTINGS, tables
from amity.book.tables import columns, label
from amity.journal.actions import record_whole_book
from amity.journal.models import Import, Origin
from amity.moments.models import Moment, Participation
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Person, Photo
from amity.sources.report import with_people_named

_AT_ONCE = 2000


def is_export(path: Path) -> bool:
    """Tell whether a file is an exported book, by what is inside."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def bring_back(owner: Owner, path: Path) -> int:
    """Put an exported book into the owner's empty one; give the number of people.

    Raises:
        NotPossible: when the book is not empty, or the file is damaged or of a newer version.
    """
    if Person.objects.filter(owner=owner).exists() or Moment.objects.filter(owner=owner).exists():
        raise NotPossible(_("An exported book can only come back into an empty one."))
    try:
        with zipfile.ZipFile(path) as archive, transaction.atomic():
            _check(archive)
            _settings(owner, json.loads(archive.read("data/owner.json")))
            keys: dict[str, dict[str, int]] = {}
            for model in tables():
                _read_table(archive, owner, model, keys)
            _name_people_in_reports(owner, keys[label(Person)])
            record_whole_book(owner, "bring back")
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise NotPossible(
            _("%(name)s is an exported book, but a damaged one; nothing was changed.") % {"name": path.name}
        ) from error
    return Person.objects.filter(owner=owner).count()


def _check(archive: zipfile.ZipFile) -> None:
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["schema"] > SCHEMA:
        raise NotPossible(
            _("This book was exported by a newer Amity (%(version)s); update this one first.")
            % {"version": manifest["version"]}
        )


def _settings(owner: Owner, said: dict[str, Any]) -> None:
    fields = {field.name: field for field in columns(Owner)}
    for name in SETTINGS:
        value = base64.b64decode(said[name]) if name == "key" else fields[name].to_python(said[name])
        setattr(owner, name, value)
    owner.save(update_fields=list(SETTINGS))


def _read_table(
    archive: zipfile.ZipFile, owner: Owner, model: type[models.Model], keys: dict[str, dict[str, int]]
) -> None:
    known = keys.setdefault(label(model), {})
    # Of the bytes: in text, marks inside somebody's words (U+2028) would end a line as well.
    lines = archive.read(f"data/{label(model)}.jsonl").splitlines()
    for start in range(0, len(lines), _AT_ONCE):
        rows = [
            _row(archive, owner, model, json.loads(line), keys) for line in lines[start : start + _AT_ONCE]
        ]
        model._default_manager.bulk_create(rows)  # noqa: SLF001  (Django's public name)
        if model is not Participation:
            known.update({row.uid: row.pk for row in rows})


def _row(
    archive: zipfile.ZipFile,
    owner: Owner,
    model: type[models.Model],
    said: dict[str, Any],
    keys: dict[str, dict[str, int]],
) -> Any:
    row = model(owner=owner)
    for field in columns(model):
        if field.name not in said:
            continue
        value = said[field.name]
        if value is not None and field.is_relation:
            value = keys[label(field.related_model)][value]  # type: ignore[arg-type]
        elif isinstance(row, Origin) and field.name == "row":
            value = keys[said["table"].rpartition(".")[2]].get(value, 0)
        else:
            value = field.to_python(value)
        setattr(row, field.attname, value)
    if isinstance(row, Photo):
        row.jpeg = archive.read(f"photos/{row.uid}.jpg")
    return row


def _name_people_in_reports(owner: Owner, keys: dict[str, int]) -> None:
    """Let what imports say of people say it of those here.

    Older exports named them by their numbers in another book: those are nobody here.
    """
    runs = list(Import.objects.filter(owner=owner))
    for run in runs:
        run.report = with_people_named(run.report, keys)
    Import.objects.bulk_update(runs, ["report"], batch_size=200)

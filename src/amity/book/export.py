"""The whole book as one open ZIP that people and programs can read, and that comes back as the same book.

``amity.json`` names the schema; ``data/TABLE.jsonl`` holds every row by its stable uid (docs/export.md has
the columns), in the order in which the rows were made; ``people.vcf``, ``calendar.ics``, ``people/*.md``
and ``photos/*.jpg`` are for reading and for other programs. Two exports of one book are equal byte for byte.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from amity import __version__
from amity.book.pages import calendar, card, held, page
from amity.book.tables import columns, everything, in_order, label, plain
from amity.journal.models import Deed, Import, Origin
from amity.moments.models import Participation
from amity.nudges.models import Feed
from amity.owner.actions import NotPossible
from amity.owner.models import Owned, Owner
from amity.people.models import Person, Photo
from amity.sources.report import with_people_named
from amity.storage.moment import one_moment
from amity.storage.together import tables_with

SCHEMA = 1
MANIFEST = "amity.json"
_THEN = (1980, 1, 1, 0, 0, 0)  # one time for every member, so that equal books are equal files
_AT_ONCE = 2000

Uids = dict[str, dict[int, str]]  # by table, the name of each row by its number

# How the owner set things up; the address they sign in with and their password stay here.
SETTINGS = ("name", "zone", "energy_usual", "quiet_days", "theme", "key", "welcomed")


def export(owner: Owner, path: Path) -> int:
    """Write the owner's book; give the number of people. The file appears only when it is complete.

    Raises:
        NotPossible: when the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with (
            one_moment(),
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            count = _write(owner, archive)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise NotPossible(
            _("%(path)s could not be written: %(why)s.")
            % {"path": path, "why": (error.strerror or "unknown").lower()}
        ) from error
    return count


def _write(owner: Owner, archive: zipfile.ZipFile) -> int:
    manifest = {"amity": "book", "schema": SCHEMA, "version": __version__}
    _put(archive, MANIFEST, json.dumps(manifest, indent=1))
    fields = {field.name: field for field in columns(Owner)}
    settings = {name: plain(fields[name], owner) for name in SETTINGS}
    _put(archive, "data/owner.json", json.dumps(settings, ensure_ascii=False, indent=1))
    uids: Uids = {label(Person): dict(everything(Person).of(owner).values_list("pk", "uid"))}
    every = tables()
    filled = [model for model, _owner in tables_with([(model, ["owner"]) for model in every], [owner.pk])]
    for model in every:
        _write_table(archive, model, _rows(owner, model) if model in filled else (), uids)
    people = Person.objects.of(owner).filter(trashed_at=None).select_related("owner").order_by("pk")
    cards, count = [], 0
    for one in held(people.iterator(chunk_size=_AT_ONCE), whole=True):
        cards.append(card(one))
        _put(archive, f"people/{one.person.uid}.md", page(one))
        count += 1
    _put(archive, "people.vcf", "".join(cards))
    _put(archive, "calendar.ics", calendar(owner))
    return count


def tables() -> list[type[models.Model]]:
    """Give every table a book consists of.

    The journal of deeds and the secret address of the feed stay behind: they are about this copy.
    """
    return in_order(lambda model: issubclass(model, Owned) and model not in {Deed, Feed})


def _write_table(
    archive: zipfile.ZipFile, model: type[models.Model], rows: Iterable[Any], uids: Uids
) -> None:
    fields = [field for field in columns(model) if field.name not in {"id", "owner"}]
    keys = [field for field in fields if field.is_relation]
    known = uids.setdefault(label(model), {})
    lines = []
    for row in rows:
        if any(_hangs_on_nothing(field, row, uids) for field in keys):
            continue
        if model is not Participation:
            known[row.pk] = row.uid
        if isinstance(row, Photo):
            _put(archive, f"photos/{row.uid}.jpg", bytes(row.jpeg))
        values = {field.name: _portable(field, row, uids) for field in fields if field.name != "jpeg"}
        lines.append(json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    _put(archive, f"data/{label(model)}.jsonl", "".join(f"{line}\n" for line in lines))


def _rows(owner: Owner, model: type[models.Model]) -> Iterator[Any]:
    """Give the rows as they were made: that tells the first address and the newest employer."""
    yield from everything(model).of(owner).order_by("pk").iterator(chunk_size=_AT_ONCE)


def _hangs_on_nothing(field: Any, row: models.Model, uids: Uids) -> bool:
    """Tell whether a row would not be without one that stays behind, as of an import on its way in or out."""
    key = field.value_from_object(row)
    stays_behind = key is not None and key not in uids[label(field.related_model)]
    return stays_behind and field.remote_field.on_delete is not models.SET_NULL


def _portable(field: models.Field[Any, Any], row: models.Model, uids: Uids) -> Any:
    """Name other rows by their uid."""
    value = plain(field, row)
    if value is not None and field.is_relation:
        return uids[label(field.related_model)].get(value)  # type: ignore[arg-type]
    if isinstance(row, Origin) and field.name == "row":
        return uids[row.table.rpartition(".")[2]].get(row.row, "")
    if isinstance(row, Import) and field.name == "report":
        return with_people_named(value, uids[label(Person)])
    return value


def _put(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, content)

"""A backup is one file that restores alone, on either engine: every table as lines of JSON in a ZIP."""

from __future__ import annotations

import fcntl
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from amity import __version__
from amity.book.tables import columns, in_order, label, plain
from amity.owner.actions import NotPossible
from amity.storage.bulk import write_rows
from amity.storage.moment import one_moment

FORMAT = 1
MANIFEST = "amity-backup.json"
# They belong to this machine, not to the book; the last three are read out of it again.
_PASSED_OVER = {"job", "signinlink", "entry", "spelling", "reading"}
_AT_ONCE = 2000


def folder() -> Path:
    """Give where the backups of the nights lie."""
    found: Path = settings.AMITY_HOME / "backups"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


@contextmanager
def alone() -> Iterator[bool]:
    """Hold the file that whoever backs up or restores holds; False when another process has it."""
    with (folder() / ".at-it").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def backup(path: Path) -> int:
    """Write every owner's book into one file, which appears only when complete; give the number of rows."""
    part = path.with_name(f".{path.name}.part")
    try:
        rows = _write(part)
        part.chmod(0o600)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)  # a full disk is not left fuller
    return rows


def _write(part: Path) -> int:
    counts: dict[str, int] = {}
    made = (
        timezone.now().isoformat()
    )  # before the first row is read: whoever is erased from here on may be in it
    with one_moment(), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for model in _tables():
            counts[label(model)] = _write_table(archive, model)
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made": made,
            "rows": counts,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return sum(counts.values())


def verify(path: Path) -> int:
    """Open a backup and count its rows again; give their number.

    Raises:
        NotPossible: when it cannot be read, or lacks a row.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check(archive)
            wanted = json.loads(archive.read(MANIFEST))["rows"]
            found = {name: _count(archive, name) for name in wanted}
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, EOFError) as error:
        raise NotPossible(f"{path.name} is not a backup of Amity that can be read.") from error
    if found != wanted:
        raise NotPossible(f"{path.name} lacks rows.")
    return sum(found.values())


def _count(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(f"{name}.jsonl") as lines:
        return sum(1 for line in lines if json.loads(line))


def _tables() -> list[type[models.Model]]:
    return [*in_order(lambda model: label(model) not in _PASSED_OVER), apps.get_model("mfa", "Authenticator")]


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    count, fields = 0, columns(model)
    with archive.open(f"{label(model)}.jsonl", "w", force_zip64=True) as out:
        for row in model._base_manager.order_by("pk").iterator(chunk_size=_AT_ONCE):  # noqa: SLF001
            values = {field.attname: plain(field, row) for field in fields}
            out.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
    return count


def check(archive: zipfile.ZipFile) -> None:
    """See that this Amity can read an archive.

    Raises:
        KeyError: when it is no backup.
        NotPossible: when it is of a newer Amity.
    """
    if MANIFEST not in archive.namelist():
        raise KeyError(MANIFEST)
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] > FORMAT:
        raise NotPossible(
            _("This backup was made by a newer Amity (%(version)s); update this one first.")
            % {"version": manifest["version"]}
        )


def read_tables(archive: zipfile.ZipFile) -> int:
    """Read every table of an archive into the empty ones here; give the number of rows.

    An older Amity knew fewer tables and columns: what it did not know is as in a new row. A table that the
    archive says it has and has not is a KeyError.
    """
    there = json.loads(archive.read(MANIFEST))["rows"]
    return sum(_read_table(archive, model) for model in _tables() if label(model) in there)


def _read_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    """Read one table, without making objects of its rows: others wait for their turn to write meanwhile."""
    fields = {field.attname: field for field in columns(model)}
    count = 0
    with archive.open(f"{label(model)}.jsonl") as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8")
        while rows := [_as_row(fields, json.loads(line)) for line in islice(lines, _AT_ONCE)]:
            write_rows(model, list(fields), rows)
            count += len(rows)
    return count


def _as_row(fields: dict[str, models.Field[Any, Any]], told: dict[str, Any]) -> list[Any]:
    """Give a row as the database takes it. A column that nobody knows is a KeyError."""
    known = {name: fields[name].to_python(value) for name, value in told.items()}
    return [
        field.get_db_prep_save(known[name] if name in known else field.get_default(), connection)
        for name, field in fields.items()
    ]


def continue_numbers() -> None:
    """Let PostgreSQL's sequences go on after the highest number that was restored."""
    statements = connection.ops.sequence_reset_sql(no_style(), _tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""Is the database as this version of the code wants it? Asked at every start, so it has to be quick.

Where it is older, a copy is brought up to date and looked through before it takes the old one's place:
whatever goes wrong leaves the book as it was.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from amity.storage import words

_LOCK = 4_269_771_289  # any number that no other program takes for its advisory lock on PostgreSQL


class NotUpgraded(Exception):
    """The book could not be brought up to date, and is as it was."""

    status = 500

    def __init__(self, why: str) -> None:
        self.sentence = f"This book could not be brought up to date, and is as it was: {why}"
        super().__init__(self.sentence)


def is_current() -> bool:
    """Tell whether every migration in the code has been applied; one question, no migration graph."""
    folder = Path(__file__).parent.parent / "migrations"
    wanted = {path.stem for path in folder.glob("0*.py")}
    return wanted <= _applied()


def refresh_statistics(*tables: type[Model]) -> None:
    """Tell the database how the rows of these tables (of all, without any) lie, after much was written.

    Without it a plan is a guess. PostgreSQL is never asked about its own tables, which are as many again.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        elif not tables:
            tables = tuple(apps.get_models())
        for name in [connection.ops.quote_name(table._meta.db_table) for table in tables] or [""]:  # noqa: SLF001
            cursor.execute(f"ANALYZE {name}")


def bring_up_to_date() -> bool:
    """Apply what is missing, to all or nothing; tell whether anything was.

    Raises:
        NotUpgraded: when it cannot be done, or somebody else is at work in the book.
    """
    if is_current():
        return False
    if connection.vendor != "sqlite":
        return _in_one_transaction()
    with _one_at_a_time(Path(connection.settings_dict["NAME"]).resolve()) as path:
        connection.close()  # another process may have put a new file there while we waited
        if is_current():
            return False
        if _applied():
            _by_a_copy(path)
        else:
            _make()
    return True


def _applied() -> set[str]:
    try:
        with connection.cursor() as cursor:
            # Asked for first: on PostgreSQL a question to a table that is not there ends the transaction.
            if "django_migrations" not in connection.introspection.table_names(cursor):
                return set()
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'amity'")
            return {name for (name,) in cursor.fetchall()}
    except DatabaseError:
        return set()


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _make() -> None:
    """Make a new book's tables as the models are now, and note every migration as done; all or nothing.

    The road through every migration ends at the same tables, and takes seconds: Django draws all models anew
    after each step.
    """
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
        note_as_new()


def note_as_new() -> None:
    """Add to tables made from the models what no model says: the index of words, and what is done."""
    words.create(connection)
    call_command("migrate", fake=True, verbosity=0, interactive=False)


def _in_one_transaction() -> bool:
    """Let PostgreSQL take all or nothing: it can take back changes of tables, too."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            # A table with checks still to come cannot be changed.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if is_current():
                return False
            if _applied():
                _migrate()
            else:
                _make()
    except Exception as error:
        raise NotUpgraded(_in_short(error)) from error
    return True


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[Path]:
    with path.with_name(".upgrade").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def _by_a_copy(path: Path) -> None:
    """Bring a copy up to date, look through it, and put it in the old file's place."""
    copy = path.with_name(f"{path.name}.upgrade")
    _remove(copy)
    connection.close()
    old = _opened_alone(path)
    try:
        with closing(_raw(copy)) as target:
            old.backup(target)
        with _instead(copy):
            _migrate()
            _look_through()
        os.replace(copy, path)  # noqa: PTH105  (it says that the old file goes)
    except Exception as error:
        raise NotUpgraded(_in_short(error)) from error
    finally:
        old.close()
        _remove(copy)


def _opened_alone(path: Path) -> Any:
    """Open a book so that nobody else can, neither to write nor to read.

    Only who is alone can turn the write-ahead log off; then none is left that would belong to the old file.
    """
    old = _raw(path)
    try:
        mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        old.execute("PRAGMA locking_mode=EXCLUSIVE")
        old.executescript("BEGIN EXCLUSIVE; COMMIT")  # the lock stays when the transaction is over
    except Exception as busy:
        old.close()
        raise NotUpgraded("another Amity is at work in it; stop that one, then start again.") from busy
    if mode != "delete":
        old.close()
        raise NotUpgraded("another Amity is at work in it; stop that one, then start again.")
    return old


def _raw(path: Path) -> Any:
    from sqlcipher3 import dbapi2

    return dbapi2.connect(path, isolation_level=None, timeout=2)


@contextmanager
def _instead(copy: Path) -> Iterator[None]:
    """Let Django take the copy for the book; afterwards nothing of its log lies beside it."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = copy
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _look_through() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (answer,) = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        stray = cursor.fetchone()
    if answer != "ok" or stray:
        raise DatabaseError(f"the copy is damaged ({answer if answer != 'ok' else stray[0]}).")


def settle() -> None:
    """Bring what the write-ahead log holds into the book's own file, as far as nobody else is writing.

    Whoever copies that one file while Amity is not running has everything then.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _remove(copy: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            copy.with_name(f"{copy.name}{end}").unlink()


def _in_short(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__

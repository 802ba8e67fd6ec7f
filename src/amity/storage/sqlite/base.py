"""Django's SQLite backend, speaking through sqlcipher3 instead of Python's own sqlite3.

Why: the SQLite inside many Pythons (3.7.0 to 3.51.2) has the WAL-reset bug, which a web
thread and a worker thread can hit together; the sqlcipher3 wheel carries a current one with
FTS5, the same on every machine. No key is set here: see *Keys and backups* in
``docs/architecture.md``.
"""

from __future__ import annotations

import decimal
import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base as django_sqlite
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]
    register as register_functions,
)
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812  (Django's own name for the module)

PATIENCE, LOOKS_AGAIN = 5.0, 0.005  # seconds; the first is SQLite's own in Python


def _from_text(parse: Any) -> Any:
    return lambda raw: parse(raw.decode())


Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", _from_text(parse_date))
Database.register_converter("time", _from_text(parse_time))
Database.register_converter("datetime", _from_text(parse_datetime))
Database.register_converter("timestamp", _from_text(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(date, date.isoformat)
Database.register_adapter(datetime, lambda value: value.isoformat(" "))


class Cursor(Database.Cursor):  # type: ignore[misc]
    """A cursor that takes Django's ``%s`` and ``%(name)s`` and gives SQLite ``?`` and ``:name``."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(_to_sqlite(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for each set of parameters."""
        rows = list(param_list)
        if not rows:
            return self
        return super().executemany(_to_sqlite(query, rows[0]), rows)


def _to_sqlite(query: str, params: Any) -> str:
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    return django_sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """The connection; everything but the module spoken to is Django's."""

    Database = Database
    init_commands: list[str]

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file and set what every connection needs."""
        connection = Database.connect(**conn_params)
        register_functions(connection)
        for command in ("PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF", *self.init_commands):
            if command.strip():
                connection.execute(command)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        """Begin, looking again every few milliseconds whether nobody else is writing.

        SQLite itself looks again after up to a tenth of a second: by then whoever writes in short turns, as
        an import does, has begun the next one.
        """
        patience = float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE))
        until = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while not self._has_begun(last=time.monotonic() >= until):
                time.sleep(LOOKS_AGAIN)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def _has_begun(self, *, last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if last or "locked" not in str(error):
                raise
            return False
        return True

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002  (Django's signature)
        """Give a cursor that understands Django's parameter styles."""
        return self.connection.cursor(factory=Cursor)

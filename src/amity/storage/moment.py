"""Reading many tables as they are at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """See all tables as they are at one moment, and keep nobody waiting. Nothing is to be written inside.

    Within a transaction of the caller's it is that transaction's moment.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _taking_no_lock(), transaction.atomic():
            yield


@contextmanager
def _taking_no_lock() -> Iterator[None]:
    # Our transactions begin by taking the lock to write (settings.py); a long look would keep everybody else.
    sqlite: Any = connection
    usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual

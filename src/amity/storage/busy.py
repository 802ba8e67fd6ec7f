"""A book that somebody else is writing into for long: on SQLite one writes at a time."""

from __future__ import annotations

from django.db import OperationalError
from django.utils.translation import gettext as _


class Busy(Exception):
    """Another writer holds the book, such as a large backup that comes back; nothing was written."""

    status = 503

    def __init__(self) -> None:
        self.sentence = _(
            "Something long is being written into this book, so this was not. Do it again in a minute."
        )
        super().__init__(self.sentence)


def told(error: Exception) -> Exception:
    """Give ``Busy`` for a database's word that another writer holds the book; any other error as it is."""
    locked = isinstance(error, OperationalError) and "database is locked" in str(error)
    return Busy() if locked else error

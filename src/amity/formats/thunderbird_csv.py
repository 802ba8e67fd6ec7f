"""Thunderbird's address book as CSV or tab-separated text.

English headers; a localised one is read by the words in it, as any other table (``any_csv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from amity.formats.columns import fields
from amity.formats.columns.fields import NO_HINTS, Column, Hints
from amity.formats.columns.reading import is_table_of, read_known
from amity.formats.columns.shape import Shape
from amity.formats.records import Record

NEEDS = (frozenset({"first name", "last name", "display name", "primary email"}),)
_PLAIN = {
    "first name": Column(fields.FIRST),
    "last name": Column(fields.LAST),
    "display name": Column(fields.WHOLE),
    "nickname": Column(fields.OTHER_NAME),
    "primary email": Column(fields.EMAIL),
    "secondary email": Column(fields.EMAIL),
    "screen name": Column(fields.HANDLE, "chat"),
    "work phone": Column(fields.PHONE, "work"),
    "home phone": Column(fields.PHONE, "home"),
    "mobile number": Column(fields.PHONE, "mobile"),
    "fax number": Column(fields.PHONE, "fax"),
    "pager number": Column(fields.PHONE, "pager"),
    "job title": Column(fields.TITLE),
    "organization": Column(fields.COMPANY),
    "web page 1": Column(fields.URL),
    "web page 2": Column(fields.URL),
    "birth year": Column(fields.BIRTH_YEAR),
    "birth month": Column(fields.BIRTH_MONTH),
    "birth day": Column(fields.BIRTH_DAY),
}
_ADDRESS = re.compile(r"(home|work) (?:address(?: 2)?|city|state|zipcode|country)")


def recognise(head: bytes) -> bool:
    """Tell whether a file's first 64 KiB hold Thunderbird's header."""
    return is_table_of(head, NEEDS)


def read(file: BinaryIO, *, hints: Hints = NO_HINTS) -> Iterator[Record]:
    """Yield a Contact, Robot or Skipped for each row. Raises Refused for any other file that is not empty."""
    return read_known(file, NEEDS, plan, "a CSV of Thunderbird", hints)


def plan(shape: Shape) -> dict[str, Column]:
    """Say what each of Thunderbird's columns holds."""
    return {name: _column(name) for name in shape.spelled}


def _column(name: str) -> Column:
    if found := _ADDRESS.fullmatch(name):
        return Column(fields.ADDRESS, found[1], group=found[1])
    return _PLAIN.get(name, Column(fields.FACT))

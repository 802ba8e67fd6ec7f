"""Google Contacts' CSV, as it was until 2024 and as it is now.

Both repeat their groups of columns as often as the fullest contact needs (``E-mail 2 - Value``), join the
values of one cell with `` ::: `` and mark the preferred address, and Google's own labels, with ``* ``. Those
labels that hold everybody (*myContacts*, *Other Contacts*) are left; a picture is an address, and a fact.
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
from amity.formats.tabular import fold_column

NEEDS = tuple(
    map(
        frozenset,
        (
            ("first name", "labels", "file as"),
            ("given name", "family name", "group membership"),
            ("first name", "e-mail 1 - value"),
            ("name", "e-mail 1 - value"),
        ),
    )
)
_JOINT = ":::"
_PLAIN = {
    "first name": fields.FIRST,
    "given name": fields.FIRST,
    "middle name": fields.MIDDLE,
    "additional name": fields.MIDDLE,
    "last name": fields.LAST,
    "family name": fields.LAST,
    "name": fields.WHOLE,
    "name prefix": fields.PREFIX,
    "name suffix": fields.SUFFIX,
    "nickname": fields.OTHER_NAME,
    "maiden name": fields.OTHER_NAME,
    "file as": fields.OTHER_NAME,
    "organization name": fields.COMPANY,
    "organization title": fields.TITLE,
    "birthday": fields.BIRTHDAY,
    "labels": fields.CIRCLE,
    "group membership": fields.CIRCLE,
}
_GROUPED = re.compile(
    r"(e-mail|phone|im|address|organization|website|event|relation|custom field) (\d+) - (.+)"
)
_VALUES = {
    "e-mail": fields.EMAIL,
    "phone": fields.PHONE,
    "im": fields.HANDLE,
    "website": fields.URL,
    "event": fields.DAY,
    "relation": fields.CUSTOM,
    "custom field": fields.CUSTOM,
}
_FAMILY = {"spouse", "partner", "domestic partner", "child", "son", "daughter", "husband", "wife"}


def recognise(head: bytes) -> bool:
    """Tell whether a file's first 64 KiB hold Google's header."""
    return is_table_of(head, NEEDS)


def read(file: BinaryIO, *, hints: Hints = NO_HINTS) -> Iterator[Record]:
    """Yield a Contact, Robot or Skipped for each row. Raises Refused for any other file that is not empty."""
    return read_known(file, NEEDS, plan, "a CSV of Google Contacts", hints)


def plan(shape: Shape) -> dict[str, Column]:
    """Say what each of Google's columns holds."""
    return {name: _column(name, shape) for name in shape.spelled}


def _column(name: str, shape: Shape) -> Column:
    if found := _GROUPED.fullmatch(name):
        return _grouped(found[1], f"{found[1]} {found[2]}", found[3], shape)
    return Column(
        _PLAIN.get(name, fields.FACT), split=_JOINT if name in {"labels", "group membership"} else ""
    )


def _grouped(kind: str, group: str, part: str, shape: Shape) -> Column:
    by = next((f"{group} - {word}" for word in ("label", "type") if f"{group} - {word}" in shape.spelled), "")
    if part in {"label", "type", "service"}:
        return Column(fields.LEAVE_OUT)  # read together with its value
    if kind == "address":
        whole = part == "formatted"
        return Column(fields.WHOLE_ADDRESS if whole else fields.ADDRESS, labelled_by=by, group=group)
    if kind == "organization":
        named = {"name": fields.COMPANY, "title": fields.TITLE}
        return Column(named.get(part, fields.FACT), group=group)
    if part != "value":
        return Column(fields.FACT)
    if kind == "im" and f"{group} - service" in shape.spelled:
        by = f"{group} - service"
    labels = {fold_column(text) for text in shape.filled(by)} if kind == "relation" else set()
    field = fields.MENTIONED if labels and labels <= _FAMILY else _VALUES[kind]
    return Column(field, labelled_by=by, split=_JOINT)

"""Outlook's CSV: what the desktop writes, what outlook.com writes, and what Google calls *Outlook CSV*.

English headers; a localised one is read by the words in it, as any other table (``any_csv``). Days are the
writer's own, told by the file itself where it can be. ``Spouse`` and ``Children`` are only mentioned;
``Referred By`` is how the two met. What Outlook fills in for everybody (``Priority: Normal``) is left.
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

NEEDS = tuple(
    map(
        frozenset,
        (
            ("first name", "last name", "e-mail address", "mobile phone"),
            ("first name", "last name", "e-mail address", "business phone"),
            ("first name", "last name", "e-mail address", "home street"),
        ),
    )
)
_LIST = "[;,]"
_PLAIN = {
    "title": Column(fields.PREFIX),
    "first name": Column(fields.FIRST),
    "middle name": Column(fields.MIDDLE),
    "last name": Column(fields.LAST),
    "suffix": Column(fields.SUFFIX),
    "nickname": Column(fields.OTHER_NAME),
    "company": Column(fields.COMPANY),
    "job title": Column(fields.TITLE),
    "birthday": Column(fields.BIRTHDAY),
    "anniversary": Column(fields.DAY, "anniversary"),
    "web page": Column(fields.URL),
    "personal web page": Column(fields.URL),
    "referred by": Column(fields.HOW_MET),
    "spouse": Column(fields.MENTIONED, "spouse"),
    "children": Column(fields.MENTIONED, "child", split="[;,&]| and "),
    "categories": Column(fields.CIRCLE, split=_LIST),
    "im address": Column(fields.HANDLE),
}
_EMAIL = re.compile(r"e-?mail( \d)? address")
_PHONE = re.compile(r"(.+?) ?(?:phone|number)( \d)?|(.*(?:fax|pager|callback|isdn|telex)\b.*)")
_ADDRESS = re.compile(
    r"(home|business|other) "
    r"(address|street(?: \d)?|address po box|po box|city|state|postal code|country(?:/region)?)"
)
_OF_THE_PROGRAM = re.compile(r"e-?mail( \d)? (?:type|display name)|internet free busy|directory server")
_DEFAULTS = {"priority": "normal", "sensitivity": "normal", "private": "false", "gender": "unspecified"}


def recognise(head: bytes) -> bool:
    """Tell whether a file's first 64 KiB hold Outlook's header."""
    return is_table_of(head, NEEDS)


def read(file: BinaryIO, *, hints: Hints = NO_HINTS) -> Iterator[Record]:
    """Yield a Contact, Robot or Skipped for each row. Raises Refused for any other file that is not empty."""
    return read_known(file, NEEDS, plan, "a CSV of Outlook", hints)


def plan(shape: Shape) -> dict[str, Column]:
    """Say what each of Outlook's columns holds."""
    return {name: _column(name, shape) for name in shape.spelled}


def _column(name: str, shape: Shape) -> Column:
    if name in _PLAIN:
        return _PLAIN[name]
    if _EMAIL.fullmatch(name):
        return Column(fields.EMAIL)
    if found := _ADDRESS.fullmatch(name):
        whole = found[2] == "address"
        return Column(fields.WHOLE_ADDRESS if whole else fields.ADDRESS, found[1], group=found[1])
    if _OF_THE_PROGRAM.fullmatch(name) or _says_nothing(name, shape):
        return Column(fields.LEAVE_OUT)
    if name != "organizational id number" and (found := _PHONE.fullmatch(name)):
        return Column(fields.PHONE, (found[1] or found[3]).replace("business", "work"))
    return Column(fields.FACT)


def _says_nothing(name: str, shape: Shape) -> bool:
    return name in _DEFAULTS and {cell.casefold() for cell in shape.filled(name)} <= {_DEFAULTS[name]}

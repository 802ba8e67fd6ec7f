"""The book, or one person of it, in the files other programs read: vCard, CSV, iCalendar, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from amity.book.export import export
from amity.book.kept import rows_about
from amity.book.pages import calendar, contact, held
from amity.book.tables import columns, label, plain
from amity.formats.csv_writer import write_table
from amity.formats.vcard_writer import write_card
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Person
from amity.people.queries import NotFound

SCHEMA = 1


def vcards(whom: list[Person], version: str = "4.0") -> bytes:
    """Give people as vCards 4.0 (RFC 6350), or 3.0 (RFC 2426) for programs that know no other."""
    return "".join(
        write_card(contact(one), "3.0" if version == "3.0" else "4.0") for one in held(whom)
    ).encode()


def table(whom: list[Person]) -> bytes:
    """Give people as a CSV in Google's columns; with a mark, so that a spreadsheet reads it as UTF-8."""
    return write_table(contact(one) for one in held(whom)).encode("utf-8-sig")


def one_person(person: Person) -> bytes:
    """Give everything the book holds of one person as JSON, each table's rows by their stable uids."""
    said: dict[str, Any] = {"amity": "person", "schema": SCHEMA}
    for row in rows_about(person):
        said.setdefault(label(type(row)), []).append(_portable(row))
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _portable(row: Any) -> dict[str, Any]:
    fields = [field for field in columns(type(row)) if field.name not in {"id", "owner"}]
    return {
        field.name: getattr(getattr(row, field.name), "uid", None) if field.is_relation else plain(field, row)
        for field in fields
    }


WHOLE: dict[str, Callable[[Owner, list[Person]], bytes]] = {
    "vcf": lambda _owner, whom: vcards(whom),
    "vcf3": lambda _owner, whom: vcards(whom, "3.0"),
    "csv": lambda _owner, whom: table(whom),
    "ics": lambda owner, _whom: calendar(owner),
}
SINGLE: dict[str, Callable[[Person], bytes]] = {
    "json": one_person,
    "vcf": lambda who: vcards([who]),
    "vcf3": lambda who: vcards([who], "3.0"),
    "csv": lambda who: table([who]),
}
SUFFIX = {"vcf3": "vcf"}
TYPES = {
    "vcf": "text/vcard; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
}


def everybody(owner: Owner, form: str) -> bytes:
    """Give the whole book in one of the forms of ``WHOLE``.

    Raises:
        NotFound: for any other.
    """
    _check(WHOLE, form)
    return WHOLE[form](owner, list(people.of(owner).select_related("owner").order_by("pk")))


def single(person: Person, form: str) -> bytes:
    """Give one person in one of the forms of ``SINGLE``.

    Raises:
        NotFound: for any other.
    """
    _check(SINGLE, form)
    return SINGLE[form](person)


def _check(forms: Collection[str], form: str) -> None:
    if form not in forms:
        said = {"form": form[:20], "known": ", ".join(forms)}
        raise NotFound(_("%(form)r is no form to export in; these are: %(known)s.") % said)


def write(owner: Owner, path: Path, *, person: Person | None = None, old: bool = False) -> int:
    """Write the book, or one person, as the file's suffix says; give the number of people.

    Raises:
        NotFound: for a suffix that is no form.
        NotPossible: when the file cannot be written.
    """
    form = path.suffix.lower().removeprefix(".") or "zip"
    if form == "zip" and person is None:
        return export(owner, path)
    form = f"{form}3" if old and form == "vcf" else form
    content = everybody(owner, form) if person is None else single(person, form)
    try:
        path.write_bytes(content)
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise NotPossible(
            _("%(path)s could not be written: %(why)s.") % {"path": path, "why": why}
        ) from error
    return people.of(owner).count() if person is None else 1

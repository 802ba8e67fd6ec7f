"""What the columns of a table hold: proposed, with the first rows in view, and corrected by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amity.doors.web import reports
from amity.doors.web.answering import doing
from amity.doors.web.asking import Request, said
from amity.doors.web.words import partial_day
from amity.formats.columns import fields
from amity.formats.records import Contact
from amity.journal.models import Import
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.people.queries import one_of
from amity.sources import child, uploads
from amity.sources.actions import upload_folder
from amity.sources.columns import Table, forget, remember, table_of
from amity.sources.models import Mapping

CELLS_SHOWN, CELL_LENGTH = 3, 60
FIELDS = {
    fields.FIRST: gettext_lazy("first name"),
    fields.MIDDLE: gettext_lazy("middle name"),
    fields.LAST: gettext_lazy("last name"),
    fields.WHOLE: gettext_lazy("whole name"),
    fields.OTHER_NAME: gettext_lazy("other name"),
    fields.EMAIL: gettext_lazy("e-mail"),
    fields.PHONE: gettext_lazy("phone"),
    fields.URL: gettext_lazy("web page"),
    fields.HANDLE: gettext_lazy("handle"),
    fields.COMPANY: gettext_lazy("company"),
    fields.TITLE: gettext_lazy("job title"),
    fields.BIRTHDAY: gettext_lazy("birthday"),
    fields.DAY: gettext_lazy("other day"),
    fields.ADDRESS: gettext_lazy("city or address"),
    fields.HOW_MET: gettext_lazy("how you met"),
    fields.CIRCLE: gettext_lazy("circle"),
    fields.MENTIONED: gettext_lazy("partner or child"),
    fields.NOTE: gettext_lazy("note"),
    fields.FACT: gettext_lazy("fact"),
    fields.LEAVE_OUT: gettext_lazy("leave out"),
}


@dataclass(frozen=True)
class ColumnShown:
    """One column: its name, its first cells, and what it may hold, the present choice marked.

    ``below`` marks a column that only a further table below the first has.
    """

    place: int
    name: str
    below: bool
    cells: list[str]
    choices: list[dict[str, Any]]


@dataclass(frozen=True)
class PersonShown:
    """Somebody of the first rows as they would come in."""

    name: str
    lines: list[str]


@dataclass(frozen=True)
class TableShown:
    """One table of an import with all its columns. ``days`` is empty where nobody need be asked."""

    number: int
    name: str
    open: bool
    columns: list[ColumnShown]
    days: str
    day_first: bool
    people: list[PersonShown]
    remembered: bool


def tables(run: Import) -> list[Table]:
    """Give the tables among the files that wait in the browser's folder of this import."""
    folder = upload_folder(run)
    paths = [(number, Path(path)) for number, path in enumerate(run.paths)]
    found = (table_of(run, path, number) for number, path in paths if path.is_relative_to(folder))
    return [table for table in found if table is not None]


def table_shown(table: Table) -> TableShown:
    """Dress a table."""
    columns = enumerate(table.spelled.items())
    return TableShown(
        number=table.number,
        name=table.name,
        open=table.format == "csv" or table.asks,
        columns=[_column(table, place, name, spelled) for place, (name, spelled) in columns],
        days=_days(table) if table.asks else "",
        day_first=table.day_first,
        people=[_person(one) for one in table.people()],
        remembered=table.remembered,
    )


def _column(table: Table, place: int, name: str, spelled: str) -> ColumnShown:
    now = table.plan[name].field
    chosen = now if now in FIELDS else ""
    choices = [{"value": field, "label": label, "on": field == chosen} for field, label in FIELDS.items()]
    own = {"value": "", "label": _("as Amity reads it"), "on": True}
    cells = list(dict.fromkeys(table.shape.filled(name)))[:CELLS_SHOWN]
    return ColumnShown(
        place=place,
        name=spelled,
        below=name not in table.shape.spelled,
        cells=[cell[:CELL_LENGTH] for cell in cells],
        choices=choices if chosen else [own, *choices],
    )


def _days(table: Table) -> str:
    """Say why somebody is asked, and what is usual where they live."""
    asked = _("Days like 3/4/1980 can be read in two ways, and nothing in the file says which.")
    if table.hints.day_first_here:
        return asked + " " + _("Where you live the day usually comes first.")
    return asked + " " + _("Most programs write the month first.")


def _person(contact: Contact) -> PersonShown:
    ways = [way.value for way in contact.ways]
    work = ", ".join(filter(None, (contact.title, contact.organisation)))
    lines = [
        *([work] if work else []),
        *ways,
        *(f"{day.kind}: {partial_day(day.value)}" for day in contact.dates),
        *([_("how you met: %s") % contact.how_met] if contact.how_met else []),
        *(_("circle: %s") % circle for circle in contact.circles),
        *(f"{one.kind}: {one.name}" for one in contact.mentions),
        *(f"{one.label}: {one.text[:CELL_LENGTH]}" for one in contact.remarks),
    ]
    return PersonShown(contact.name or next(iter(ways), ""), lines)


@owners_only
@require_POST
def columns(request: Request, uid: str) -> HttpResponse:
    """Show the first people by the columns as said now; with ``do=take`` remember and look once more."""
    run: Import = one_of(request.owner, Import, uid)
    table = _said(request, run)
    if said(request, "do") != "take":
        return _shown(request, run, table)
    with doing(request, "columns") as outcome:
        remember(request.owner, table)
        uploads.look_again(run)
    if outcome.errors:
        return _shown(request, run, table, outcome.context(), outcome.status)
    child.start(run)
    return redirect("import_progress", uid)


@owners_only
@require_POST
def forget_columns(request: Request, uid: str) -> HttpResponse:
    """Forget what was said about tables of one shape."""
    mapping: Mapping = one_of(request.owner, Mapping, uid)
    forget(mapping)
    return redirect("import")


def _said(request: Request, run: Import) -> Table:
    """Give a table with its columns as the form has them."""
    number = said(request, "table")
    table = next((one for one in tables(run) if str(one.number) == number), None)
    if table is None:
        raise NotPossible(_("Those files are not here any more; drop them in once more."))
    chosen = {name: said(request, f"column-{place}") for place, name in enumerate(table.spelled)}
    days = {"day": True, "month": False}.get(said(request, "days"), table.hints.day_first)
    return table.said({name: field for name, field in chosen.items() if field in FIELDS}, days)


def _shown(
    request: Request, run: Import, table: Table, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    if request.htmx:
        return render(request, "sources/_people_of_table.html", {"table": table_shown(table)})
    every = [table_shown(table if one.number == table.number else one) for one in tables(run)]
    everything = {**reports.preview(request, run), "tables": every, **(context or {})}
    return render(request, "sources/preview.html", everything, status=status)

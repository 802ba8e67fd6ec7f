"""Bringing people in: drop files, look what is inside, let it happen, take it back."""

from __future__ import annotations

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amity.doors.web import columns, reports
from amity.doors.web.answering import doing
from amity.doors.web.asking import Request, said
from amity.doors.web.sameness import joined
from amity.duplicates.queries import joined_after, waits
from amity.journal import queries as journal
from amity.journal.models import Import
from amity.owner.access import owners_only
from amity.owner.actions import claim, set_welcomed
from amity.people.models import Person
from amity.people.queries import one_of
from amity.sources import actions, child, uploads
from amity.sources.columns import remembered


@owners_only
def bring(request: Request) -> HttpResponse:
    """Show where files are dropped, and what was brought in before."""
    zone = request.owner.tz
    imports = [reports.import_shown(run, request.today, zone) for run in journal.imports(request.owner)]
    context = {"imports": imports, "mappings": remembered(request.owner)}
    return render(request, "sources/import.html", context)


@owners_only
@require_POST
def begin(request: Request) -> HttpResponse:
    """Take the files in and begin to look inside."""
    files = cast("list[UploadedFile[bytes]]", request.FILES.getlist("files"))
    with doing(request, "files") as outcome:
        outcome.made = uploads.receive(request.owner, files)
    if outcome.errors:
        return render(
            request, "sources/import.html", {"imports": []} | outcome.context(), status=outcome.status
        )
    set_welcomed(request.owner)
    child.start(outcome.made)
    return redirect("import_progress", outcome.made.uid)


@owners_only
def progress(request: Request, uid: str) -> HttpResponse:
    """Say how far it is; once it is finished, go on."""
    far = reports.progress(one_of(request.owner, Import, uid))
    if far.finished:
        return redirect(far.next_url)
    page = "sources/_progress.html" if request.htmx else "sources/progress.html"
    return render(request, page, {"progress": far})


@owners_only
def look(request: Request, uid: str) -> HttpResponse:
    """Say what an import would do."""
    run: Import = one_of(request.owner, Import, uid)
    return render(request, "sources/preview.html", _preview(request, run))


def _preview(request: Request, run: Import) -> dict[str, Any]:
    tables = [columns.table_shown(table) for table in columns.tables(run)]
    return {**reports.preview(request, run), "tables": tables}


@owners_only
@require_POST
def look_again(request: Request, uid: str) -> HttpResponse:
    """Say an address or a name that is one's own, and read the files with that in mind."""
    run: Import = one_of(request.owner, Import, uid)
    field, kind = ("own_name", "name") if "own_name" in request.POST else ("address", "email")
    with doing(request, field) as outcome:
        claim(request.owner, kind, said(request, field))
        uploads.look_again(run)
    if outcome.errors:
        context = _preview(request, run) | outcome.context()
        return render(request, "sources/preview.html", context, status=outcome.status)
    child.start(run)
    return redirect("import_progress", uid)


@owners_only
@require_POST
def go(request: Request, uid: str) -> HttpResponse:
    """Say yes: it is carried out."""
    run = actions.confirm(one_of(request.owner, Import, uid), words=said(request, "words"))
    child.start(run)
    return redirect("import_progress", uid)


@owners_only
@require_POST
def leave(request: Request, uid: str) -> HttpResponse:
    """Say no: nothing of it stays."""
    actions.drop(one_of(request.owner, Import, uid))
    return redirect("import")


@owners_only
def report(request: Request, uid: str) -> HttpResponse:
    """Say what an import did."""
    run: Import = one_of(request.owner, Import, uid)
    shown = reports.import_shown(run, request.today, request.owner.tz)
    return render(request, "sources/report.html", {"report": shown, **_the_same(request, run)})


def _the_same(request: Request, run: Import) -> dict[str, Any]:
    """Give whom Amity joined by itself after an import, and whether there is anybody to ask about."""
    merges = list(joined_after(run))
    stay = Person.objects.of(request.owner).filter(uid__in=[one.gone.became for one in merges])
    names = dict(stay.values_list("uid", "name"))
    return {
        "joined": joined(merges, names, request.today),
        "asks": waits(request.owner, request.today),
    }


@owners_only
@require_POST
def undo(request: Request, uid: str) -> HttpResponse:
    """Take an import back."""
    actions.undo(one_of(request.owner, Import, uid))
    return redirect("import_report", uid)

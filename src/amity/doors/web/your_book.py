"""Your book as a whole: what came in, the backups, the export, and deleting it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from amity.book.leaving import backups, delete_book
from amity.doors.web import reports
from amity.doors.web.answering import UNPROCESSABLE
from amity.doors.web.asking import Request, said
from amity.doors.web.words import long_day
from amity.journal import queries as journal
from amity.owner.access import owners_only

IMPORTS_SHOWN = 20


@owners_only
def book(request: Request) -> HttpResponse:
    """Show what was brought in, the backups there are, and the ways out."""
    zone, runs = request.owner.tz, journal.imports(request.owner)[:IMPORTS_SHOWN]
    context = {
        "imports": [reports.import_shown(run, request.today, zone) for run in runs],
        "backups": _backups(request),
        "folder": settings.AMITY_HOME / "backups",
    }
    return render(request, "owner/book.html", context)


def _backups(request: Request) -> list[tuple[str, str, str]]:
    return [(one.name, long_day(one.day), filesizeformat(one.size)) for one in backups(request.owner.tz)]


@owners_only
def delete(request: Request) -> HttpResponse:
    """Say what goes and what stays; a POST with the words typed out deletes the book."""
    words, typed = _("delete my book"), said(request, "words")
    context = {"words": words, "backups": _backups(request), "folder": settings.AMITY_HOME / "backups"}
    if request.method == "POST" and typed.casefold() == words.casefold():
        delete_book(request.owner)
        logout(request)
        return render(request, "owner/gone.html", context)
    wrong = request.method == "POST"
    if wrong:
        context |= {"typed": typed, "errors": {"words": _("Type “%s” to delete it.") % words}}
    return render(request, "owner/delete.html", context, status=UNPROCESSABLE if wrong else 200)

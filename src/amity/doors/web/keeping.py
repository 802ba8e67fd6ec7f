"""What do I keep about this person? One page, one export, and erasing that really erases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amity.book import giving
from amity.book.actions import erase
from amity.book.kept import Source
from amity.book.kept import kept as everything_kept
from amity.doors.web import sameness, words
from amity.doors.web.answering import UNPROCESSABLE, doing, then
from amity.doors.web.asking import Request, said
from amity.duplicates import actions as duplicates
from amity.duplicates.queries import merged_into
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries
from amity.people.links import names_offered
from amity.people.models import Person

FIRST = 200  # lines of a source; twenty years of mail are a click away


@owners_only
def kept(request: Request, uid: str) -> HttpResponse:
    """Show everything the book holds of one person, by source."""
    return render(request, "people/kept.html", _page(request, queries.get(request.owner, uid)))


@owners_only
def kept_file(request: Request, uid: str, form: str) -> HttpResponse:
    """Give one person as a file."""
    person = queries.get(request.owner, uid)
    return _file(giving.single(person, form), person.uid, form)


@owners_only
def book_file(request: Request, form: str) -> HttpResponse:
    """Give the whole book in a form other programs read."""
    return _file(giving.everybody(request.owner, form), f"amity-{request.today.isoformat()}", form)


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    suffix = giving.SUFFIX.get(form, form)
    response = HttpResponse(content, content_type=giving.TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


@owners_only
@require_POST
def same(request: Request, uid: str) -> HttpResponse:
    """Say that somebody else of the book is this person too."""
    who = queries.get(request.owner, uid)
    with doing(request, "other") as outcome:
        duplicates.merge(who, _called(request.owner, said(request, "other")))
    if not outcome.errors:
        return then(request, outcome, "person", who.uid)
    return render(request, "people/kept.html", _page(request, who) | outcome.context(), status=outcome.status)


def _called(owner: Owner, name: str) -> Person:
    try:
        return queries.get(owner, name)
    except queries.NotFound as nobody:
        raise NotPossible(nobody.sentence) from None


@owners_only
@require_POST
def person_erase(request: Request, uid: str) -> HttpResponse:
    """Erase a person for ever, once their name was typed out."""
    person = queries.get(request.owner, uid)
    typed = said(request, "name")
    if typed.casefold() != person.name.casefold():
        errors = {"name": _("Type “%s” to erase them.") % person.name}
        context = _page(request, person) | {"errors": errors, "typed": {"name": typed}}
        return render(request, "people/kept.html", context, status=UNPROCESSABLE)
    erase(person)
    return redirect("people")


def _page(request: Request, person: Person) -> dict[str, Any]:
    found = everything_kept(person)
    most = None if request.GET.get("show") == "all" else FIRST
    return {
        "uid": person.uid,
        "name": person.name,
        "sources": [(_title(one), one.lines(most), _more(one, most)) for one in found.sources],
        "deeds": ngettext("One deed", "%(many)s deeds", found.deeds) % {"many": f"{found.deeds:,}"}
        if found.deeds
        else "",
        "letter": found.letter,
        "joined": sameness.joined(merged_into(person), {person.uid: person.name}, request.today),
        "names": names_offered(person),
    }


def _more(source: Source, most: int | None) -> str:
    """Say how many lines are not shown; "" when all are."""
    left = len(source.rows) - (most or len(source.rows))
    return ngettext("One more", "%(many)s more", left) % {"many": f"{left:,}"} if left > 0 else ""


def _title(source: Source) -> str:
    if source.day is None:
        return _("Written by you")
    said_so = {"files": ", ".join(source.files[:3]), "day": words.long_day(source.day)}
    return _("From %(files)s, brought in on %(day)s") % said_so

"""A person's page: who they are, why them, and where they are in the book."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, fragment, then
from amity.doors.web.asking import Request, file_said, said, seen
from amity.doors.web.faces import ORDER, SparkShown, face
from amity.doors.web.meeting_words import reading
from amity.doors.web.sections import head_form, head_words, sections
from amity.meet.brief import before
from amity.owner.access import owners_only
from amity.people import actions, edits, queries
from amity.people.links import introducer_name
from amity.people.models import Person
from amity.people.queries import NotFound
from amity.ties.story import listed

A_DAY = 60 * 60 * 24


@owners_only
def person(request: Request, uid: str) -> HttpResponse:
    """Show everything the book holds of one person."""
    who = queries.get(request.owner, uid)
    return render(request, "people/person.html", sections(request, who))


def sparks_said(request: Request, who: Person) -> dict[str, str]:
    """Give the sparks of a form: those that are ticked, and those of which something new is written."""
    ticked = request.POST.getlist("spark")
    known = {spark.kind: spark.line for spark in who.sparks.all()}
    lines = {kind: said(request, f"line-{kind}") for kind in dict.fromkeys([*ORDER, *ticked])}
    return {
        kind: line for kind, line in lines.items() if kind in ticked or (line and line != known.get(kind))
    }


def spark_rows_said(request: Request, who: Person) -> list[SparkShown]:
    """Give the four sparks as a form that was wrong says them."""
    sparks = sparks_said(request, who)
    return [SparkShown(kind, said(request, f"line-{kind}"), on=kind in sparks) for kind in ORDER]


def section(request: Request, who: Person, name: str, outcome: Outcome) -> HttpResponse:
    """Answer a deed on a person's page: that section for htmx, else the page, with what was wrong kept."""
    if not request.htmx and not outcome.failed:
        return then(request, outcome, "person", who.uid)
    context = sections(request, who)
    if "why" in outcome.errors:
        context["spark_rows"] = spark_rows_said(request, who)
    if request.htmx:
        return fragment(request, name, context, outcome)
    return render(request, "people/person.html", context | outcome.context(), status=outcome.status)


@owners_only
@require_POST
def keep(request: Request, uid: str) -> HttpResponse:
    """Keep a person; the whole form also says why and how much care, and takes out what it no longer says."""
    who = queries.get(request.owner, uid)
    sparks = sparks_said(request, who)
    with doing(request, "why") as outcome:
        if said(request, "care"):
            edits.keep_with(who, day=request.today, sparks=sparks, care=said(request, "care"))
        else:
            actions.keep(who, day=request.today, sparks=sparks)
    if said(request, "row"):
        return _row(request, who, outcome)
    return section(request, who, "people/_why.html", outcome)


@owners_only
@require_POST
def shelf(request: Request, uid: str) -> HttpResponse:
    """Let a person rest on the shelf."""
    who = queries.get(request.owner, uid)
    with doing(request) as outcome:
        actions.shelve(who)
    return _row(request, who, outcome) if said(request, "row") else then(request, outcome, "person", uid)


@owners_only
@require_POST
def unshelf(request: Request, uid: str) -> HttpResponse:
    """Take a person from the shelf."""
    with doing(request) as outcome:
        actions.unshelve(queries.get(request.owner, uid))
    return then(request, outcome, "person", uid)


@owners_only
@require_POST
def trash(request: Request, uid: str) -> HttpResponse:
    """Put a person into the trash."""
    with doing(request) as outcome:
        actions.trash(queries.get(request.owner, uid))
    return then(request, outcome, "people")


@owners_only
@require_POST
def me(request: Request, uid: str) -> HttpResponse:
    """Say that this person is the owner."""
    with doing(request) as outcome:
        edits.that_is_me(queries.get(request.owner, uid))
    return then(request, outcome, "people")


@owners_only
@require_POST
def untrash(request: Request, uid: str) -> HttpResponse:
    """Take a person out of the trash."""
    with doing(request) as outcome:
        actions.untrash(queries.get(request.owner, uid))
    return then(request, outcome, "person", uid)


def _row(request: Request, who: Person, outcome: Outcome) -> HttpResponse:
    if not request.htmx:
        return then(request, outcome, "people")
    (one,) = listed(request.owner, [who], request.today)
    return fragment(request, "people/_row.html", {"person": face(one.row, one.tie, request.today)}, outcome)


@owners_only
def edit(request: Request, uid: str) -> HttpResponse:
    """Change name, work, how we met, circles, photo."""
    who = queries.get(request.owner, uid)
    outcome = _save(request, who) if request.method == "POST" else Outcome()
    if request.method == "POST" and not outcome.failed:
        return section(request, who, "people/_head.html", outcome)
    context = head_form(request, who) | outcome.context()
    context["form"] = outcome.typed if outcome.failed else context["head"]
    page = "people/_edit.html" if request.htmx else "people/edit.html"
    return render(request, page, context, status=outcome.status)


def _save(request: Request, who: Person) -> Outcome:
    photo = file_said(request, "photo")
    with doing(request, "photo" if photo else "name") as outcome:
        (row,) = queries.rows(request.owner, [who])
        seen(request, *head_words(who, row, introducer_name(who)))
        edits.set_head(
            who,
            name=said(request, "name"),
            how_met=said(request, "met"),
            remembered=bool(said(request, "remembered")),
            title=said(request, "title"),
            organisation=said(request, "organisation"),
            circles=said(request, "circles").split(","),
            through=said(request, "through") if "through" in request.POST else None,
            photo=photo,
        )
    return outcome


@owners_only
def brief(request: Request, uid: str) -> HttpResponse:
    """Show what to read before meeting one person, as it is printed."""
    page = before(queries.get(request.owner, uid), request.today)
    context = {
        "one": reading(page.known, chosen=False, today=request.today),
        "questions": page.questions,
        "exit": page.exit,
    }
    return render(request, "people/brief.html", context)


@owners_only
def photo(request: Request, uid: str) -> HttpResponse:
    """Give a person's face."""
    jpeg = queries.photo(queries.get(request.owner, uid))
    if jpeg is None:
        raise NotFound("There is no photo of them here.")
    response = HttpResponse(jpeg, content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=A_DAY)
    return response

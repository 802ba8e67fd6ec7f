"""Find anything: one box on every page, and a page that does the same without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from amity.doors.web.asking import Request
from amity.doors.web.words import sentence, when
from amity.owner.access import owners_only
from amity.search import queries
from amity.search.queries import Found, Hit, find
from amity.search.wording import LONGEST_LINE

HEADINGS = {
    queries.PERSON: gettext_lazy("People"),
    queries.MOMENT: gettext_lazy("Moments"),
    queries.HOPE: gettext_lazy("Hopes"),
    queries.FACT: gettext_lazy("Facts"),
    queries.PROMISE: gettext_lazy("Promises"),
    queries.GATHERING: gettext_lazy("Gatherings"),
}
# The filters in words, each with an example that works in any book.
HINTS = (
    ("spark:curious", gettext_lazy("why somebody: like, admire, curious, rooting")),
    ("circle:friends", gettext_lazy("in a circle of yours")),
    ("standing:steady", gettext_lazy('how the tie stands; standing:"new spark" too')),
    ("care:warm", gettext_lazy("light, warm or close")),
    ("is:kept", gettext_lazy("kept, new, shelf or remembered")),
    (
        "met:dinner",
        gettext_lazy("where: coffee, video, bar, dinner, festival, breakout, crowd, office, online"),
    ),
    ("in:Lisbon", gettext_lazy('where they live, or where it was; in:"San Sebastián" too')),
    ("since:2025", gettext_lazy("from a year, month or day on: since:2025-03")),
    ("before:2026-03", gettext_lazy("until then")),
)


@owners_only
def search(request: Request) -> HttpResponse:
    """Show what the words find; while the owner types, only that."""
    line = request.GET.get("q", "").strip()[:LONGEST_LINE]
    found = find(request.owner, line, today=request.today)
    context = {"q": line, "hints": HINTS, **_shown(found, request)}
    if request.htmx:
        return render(request, "search/_found.html", context)
    return render(request, "search/search.html", context)


def _shown(found: Found, request: Request) -> dict[str, Any]:
    groups = [
        {
            "kind": kind,
            "heading": HEADINGS[kind],
            "hits": [_dressed(hit, request) for hit in found.groups[kind]],
        }
        for kind in queries.GROUPS
        if kind in found.groups
    ]
    return {
        "groups": groups,
        "asked": bool(found.asked.words or found.asked.filters),
        "unknown": _unknown(found.asked.unknown),
        "complete": found.complete,
        "count_words": ngettext("%d found", "%d found", len(found.hits)) % len(found.hits),
    }


def _dressed(hit: Hit, request: Request) -> dict[str, Any]:
    return {
        "href": _address(hit),
        "title": hit.title,
        "text": hit.text,
        "when": sentence(when(hit.day, request.today)) if hit.day and hit.kind != queries.FACT else "",
    }


def _address(hit: Hit) -> str:
    """Give the page a hit is on; a moment with nobody in it has none."""
    if not hit.page:
        return ""
    return reverse("gathering" if hit.kind == queries.GATHERING else "person", args=[hit.page])


def _unknown(words: tuple[str, ...]) -> str:
    """Say in one sentence which words look like filters and are none."""
    if not words:
        return ""
    sentence_said = ngettext(
        "“%s” is no filter here, so it was looked for as a word.",
        "“%s” are no filters here, so they were looked for as words.",
        len(words),
    )
    return sentence_said % "”, “".join(words)

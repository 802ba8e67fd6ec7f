"""The constellation: people as stars around the owner, drawn here, or by the browser where they are many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from amity.doors.web import narrowing, words
from amity.doors.web.asking import Request
from amity.owner.access import owners_only
from amity.people import queries
from amity.ties.constellation import MOST, ROOMY, Sky, Star, Two, sky
from amity.ties.roster import Wanted

KEPT, EVERYBODY = "kept", "everybody"
UID = "UID"  # stands in an address for a person's own
AIR = 44  # around the outermost star, for its name

STAR = (
    '<a href="{}" class="{}" data-name="{}" data-short="{}" aria-label="{}">'
    '<circle cx="{}" cy="{}" r="{}"/><text {}{}>{}</text></a>'
)
HIDDEN, ENDS = mark_safe('visibility="hidden"'), mark_safe(' text-anchor="end"')


@dataclass(frozen=True)
class Drawn:
    """One star and how the page draws it."""

    star: Star
    drawing: SafeString


@owners_only
def constellation(request: Request) -> HttpResponse:
    """Show the sky: the whole of a small one, else those nearest to the owner until more are painted."""
    wish = _wanted(request)
    seen = sky(request.owner, wish, day=request.today, most=ROOMY)
    listed = replace(wish, place="" if wish.place == EVERYBODY else wish.place)
    context = {
        **_drawing(seen, request.today),
        "filters": _filters(request, wish),
        "narrowed": narrowing.is_narrowed(wish),
        "chips": narrowing.chips(request, wish, "constellation"),
        "q": wish.line,
        "list_url": narrowing.address("people", listed),
        "data_url": narrowing.address("constellation_data", wish) if seen.found > len(seen.stars) else "",
        "found_words": _found(seen.found, len(seen.stars)),
        "painted_words": _found(seen.found, MOST),
        "empty_book": not seen.found and queries.is_empty(request.owner),
    }
    return render(request, "people/constellation.html", context)


@owners_only
def constellation_data(request: Request) -> JsonResponse:
    """Give every star and line as columns of numbers, for the browser to draw."""
    seen = sky(request.owner, _wanted(request), day=request.today)
    say = cache(lambda standing, last: _said(standing, last, request.today))
    said = [say(star.standing, star.last) for star in seen.stars]
    phrases = list(dict.fromkeys(said))
    place = {phrase: at for at, phrase in enumerate(phrases)}
    columns = {
        "uid": [star.uid for star in seen.stars],
        "name": [star.name for star in seen.stars],
        "short": [star.short for star in seen.stars],
        "x": [round(star.x) for star in seen.stars],
        "y": [round(star.y) for star in seen.stars],
        "size": [star.size for star in seen.stars],
        "fade": [star.fade for star in seen.stars],
        "spark": [int(star.spark) for star in seen.stars],
        "said": [place[phrase] for phrase in said],
    }
    lines = {"known": _flat(seen.known), "maybe": _flat(seen.maybe)}
    rings = [round(ring) for ring in seen.rings]
    return JsonResponse(columns | lines | {"phrases": phrases, "rings": rings, "edge": _edge(seen)})


def _flat(lines: list[Two]) -> list[int]:
    return [end for line in lines for end in line]


def _wanted(request: Request) -> Wanted:
    """Give the wish; where it says nothing of places, the sky holds those whom the owner keeps."""
    wish = narrowing.wanted(request)
    return wish if wish.place else replace(wish, place=KEPT)


def _filters(request: Request, wish: Wanted) -> list[dict[str, Any]]:
    first, *rest = narrowing.filters(request, wish)
    for choice in first["choices"]:
        if not choice["value"]:
            choice |= {"value": EVERYBODY, "on": wish.place == EVERYBODY}
    return [first, *rest]


def _drawing(seen: Sky, today: date) -> dict[str, Any]:
    edge, page = _edge(seen), reverse("person", args=[UID])
    say = cache(lambda standing, last: _said(standing, last, today))
    return {
        "stars": [_drawn(star, page, say(star.standing, star.last)) for star in seen.stars],
        "known": _path(seen.known, seen.stars),
        "maybe": _path(seen.maybe, seen.stars),
        "rings": [round(ring) for ring in seen.rings],
        "edge": edge,
        "wide": 2 * edge,
    }


def _edge(seen: Sky) -> int:
    return round(seen.radius + AIR)


def _drawn(star: Star, page: str, said: str) -> Drawn:
    """Draw a star as a link that reads who it is; here, for in a template three hundred take long."""
    label = star.label
    placed = format_html('x="{}" y="{}"', round(label.x), round(label.y)) if label else HIDDEN
    drawing = format_html(
        STAR,
        page.replace(UID, star.uid),
        f"f{star.fade}{' spark' if star.spark else ''}",
        star.name,
        star.short,
        f"{star.name}, {said}",
        *(round(star.x), round(star.y), star.size),
        placed,
        ENDS if label and label.ends else "",
        star.short,
    )
    return Drawn(star, drawing)


def _path(lines: list[Two], stars: list[Star]) -> str:
    """Give lines as one path."""
    drawn = ((stars[a], stars[b]) for a, b in lines)
    return "".join(f"M{a.x:.0f} {a.y:.0f}L{b.x:.0f} {b.y:.0f}" for a, b in drawn)


def _said(standing: str, last: date | None, today: date) -> str:
    stands = str(dict(words.STANDINGS)[standing])
    return f"{stands}, {words.when(last, today)}" if last else stands


def _found(count: int, drawn: int) -> str:
    """Say how many were found, and how many of them are drawn where that is not all."""
    found = words.people(count)
    if count <= drawn:
        return found
    nearest = words.people(drawn).lower()
    return _("%(found)s; the %(drawn)s nearest to you are drawn") % {"found": found, "drawn": nearest}

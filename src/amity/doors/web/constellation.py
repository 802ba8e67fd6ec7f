"""The constellation: people as stars around the owner, drawn here, or by the browser where they are many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amity.doors.web import narrowing, words
from amity.doors.web.asking import Request
from amity.owner.access import owners_only
from amity.people import queries
from amity.ties.constellation import ROOMY, Sky, Star, Two, sky
from amity.ties.roster import Wanted

KEPT, EVERYBODY = "kept", "everybody"
AIR = 44  # around the outermost star, for its name


@dataclass(frozen=True)
class Drawn:
    """One star as the page draws it; `words` is what pointing at it reads."""

    star: Star
    words: str


@owners_only
def constellation(request: Request) -> HttpResponse:
    """Show the sky: the whole of a small one, else those nearest to the owner until the browser draws all."""
    wish = _wanted(request)
    seen = sky(request.owner, wish, day=request.today)
    listed = replace(wish, place="" if wish.place == EVERYBODY else wish.place)
    context = {
        **_drawing(seen, request.today),
        "filters": _filters(request, wish),
        "narrowed": narrowing.is_narrowed(wish),
        "chips": narrowing.chips(request, wish, "constellation"),
        "q": wish.line,
        "list_url": narrowing.address("people", listed),
        "data_url": narrowing.address("constellation_data", wish) if len(seen.stars) > ROOMY else "",
        "found_words": _found(seen),
        "empty_book": not seen.found and queries.is_empty(request.owner),
    }
    return render(request, "people/constellation.html", context)


@owners_only
def constellation_data(request: Request) -> JsonResponse:
    """Give every star and line as columns of numbers, for the browser to draw."""
    seen = sky(request.owner, _wanted(request), day=request.today)
    said = [_said(star, request.today) for star in seen.stars]
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
    return JsonResponse(columns | lines | {"phrases": phrases, "rings": rings, "radius": round(seen.radius)})


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
    stars = seen.stars[:ROOMY]
    edge = round(seen.radius + AIR)
    return {
        "stars": [Drawn(star, f"{star.name}, {_said(star, today)}") for star in stars],
        "known": _path(seen.known, stars),
        "maybe": _path(seen.maybe, stars),
        "rings": [round(ring) for ring in seen.rings],
        "edge": edge,
        "wide": 2 * edge,
    }


def _path(lines: list[Two], stars: list[Star]) -> str:
    """Give lines as one path, those whose two ends are drawn."""
    drawn = [(stars[a], stars[b]) for a, b in lines if max(a, b) < len(stars)]
    return "".join(f"M{a.x:.0f} {a.y:.0f}L{b.x:.0f} {b.y:.0f}" for a, b in drawn)


def _said(star: Star, today: date) -> str:
    stands = str(dict(words.STANDINGS)[star.standing])
    return f"{stands}, {words.when(star.last, today)}" if star.last else stands


def _found(seen: Sky) -> str:
    found = words.people(seen.found)
    if seen.found > len(seen.stars):
        drawn = words.people(len(seen.stars)).lower()
        return _("%(found)s; the %(drawn)s nearest to you are drawn") % {"found": found, "drawn": drawn}
    return found

"""Whom the owner looks for, as an address says it: the list and the constellation share every filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from amity.doors.web import words
from amity.doors.web.asking import Request
from amity.people import places, queries
from amity.search.queries import people_left, read
from amity.search.wording import LONGEST_LINE
from amity.ties.roster import TRASH, Wanted

QUERY_LENGTH, MOST_SAID = 200, 20
CITIES, INTRODUCERS = 12, 12  # offered to choose from; an address may say any other
# What an address calls each filter of which several may be chosen, and what `Wanted` calls it.
SEVERAL = {
    "standing": "standings",
    "spark": "sparks",
    "circle": "circles",
    "city": "cities",
    "setting": "settings",
    "through": "through",
}


@dataclass(frozen=True)
class Chip:
    """One filter that is on, with the address of the page without it."""

    label: str
    url: str


def wanted(request: Request) -> Wanted:
    """Read the wish from the address, or from the form that carries it on."""
    asked = request.GET or request.POST
    several = {
        column: tuple(said for value in asked.getlist(name)[:MOST_SAID] if (said := _plain(value)))
        for name, column in SEVERAL.items()
    }
    line = asked.get("q", "").strip()[:LONGEST_LINE]
    understood = read(request.owner, line)
    return Wanted(
        words=" ".join(understood.words),
        place=_plain(asked.get("place", "")),
        among=people_left(request.owner, understood, today=request.today) if understood.filters else None,
        line=line,
        **several,
    )


def _plain(text: str) -> str:
    return text.strip()[:QUERY_LENGTH]


def is_narrowed(wish: Wanted) -> bool:
    """Tell whether any filter is on beside the words and the place."""
    return any(getattr(wish, column) for column in SEVERAL.values())


def said(wish: Wanted) -> list[tuple[str, str]]:
    """Give the wish as names and values of an address or a form."""
    pairs = [("q", wish.line), ("place", wish.place)]
    pairs += [(name, value) for name, column in SEVERAL.items() for value in getattr(wish, column)]
    return [(name, value) for name, value in pairs if value]


def address(route: str, wish: Wanted, page: int = 1) -> str:
    """Give the address of a page of ours for this wish."""
    query = urlencode(said(wish) + ([("page", str(page))] if page > 1 else []))
    return f"{reverse(route)}?{query}" if query else reverse(route)


def filters(request: Request, wish: Wanted) -> list[dict[str, Any]]:
    """Give every filter with its choices; the first is where people are in the book."""
    owner = request.owner
    stand = [("", _("everybody")), ("kept", _("kept")), ("new", _("new")), ("shelf", _("on the shelf"))]
    if wish.place == TRASH or queries.has_trash(owner):
        stand.append((TRASH, _("in the trash")))
    cities = dict.fromkeys([*wish.cities, *places.offered(owner)[:CITIES]])
    through = queries.introducers(owner, INTRODUCERS)
    found = [
        _filter("place", _("Where they are"), stand, (wish.place,), many=False),
        _filter("spark", _("What draws you"), words.SPARKS, wish.sparks),
        _filter("standing", _("How the tie stands"), words.STANDINGS, wish.standings),
        _filter("circle", _("Circle"), [(name, name) for name in queries.circles(owner)], wish.circles),
        _filter("city", _("City"), [(name, name) for name in cities], wish.cities),
        _filter("setting", _("Where you have met"), words.settings_offered(owner), wish.settings),
        _filter("through", _("Met through"), list(through.items()), wish.through),
    ]
    return [one for one in found if one["choices"]]


def _filter(name: str, label: str, choices: Any, on: Any, *, many: bool = True) -> dict[str, Any]:
    chosen = [{"value": value, "label": said_so, "on": value in on} for value, said_so in choices]
    return {"name": name, "label": label, "many": many, "choices": chosen}


def chips(request: Request, wish: Wanted, route: str) -> list[Chip]:
    """Give the filters that are on, each with the way to take it off again."""
    called = {value: str(label) for value, label in [*words.STANDINGS, *words.SPARKS]}
    if wish.through:
        named = queries.of(request.owner).filter(uid__in=list(wish.through))
        called |= {uid: _("through %s") % name for uid, name in named.values_list("uid", "name")}
    return [
        Chip(called.get(value, value), address(route, _without(wish, column, value)))
        for column in SEVERAL.values()
        for value in getattr(wish, column)
    ]


def _without(wish: Wanted, column: str, value: str) -> Wanted:
    rest: Any = {column: tuple(one for one in getattr(wish, column) if one != value)}
    return replace(wish, **rest)

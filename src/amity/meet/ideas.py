"""Where to go next: conferences of the shipped list, in friends' cities, the owner's, or on their topics."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from amity.gatherings import conferences
from amity.gatherings.conferences import Conference
from amity.gatherings.models import Gathering
from amity.owner.models import Owner
from amity.people import places
from amity.people import queries as people
from amity.people.models import Circle, Person, Place
from amity.storage.folded import fold

SHOWN = 5
NAMES_SHOWN = 3


@dataclass(frozen=True)
class Idea:
    """One conference with why it may be worth the way. `again` says that only its last edition is known."""

    conference: Conference
    why: str
    again: bool = False


def ideas(owner: Owner, day: date) -> list[Idea]:
    """Give a few ideas, soonest first; those in friends' cities before those that only fit by topic."""
    cities = friends_cities(owner, day)
    home = owner.zone.rpartition("/")[2].replace("_", " ")
    planned = {fold(title) for title in Gathering.objects.of(owner).values_list("title", flat=True)}
    sure = [one for one in conferences.coming_up(day) if fold(one.name) not in planned]
    again = [one for one in conferences.about_now_last_time(day) if fold(one.name) not in planned]
    found = [
        Idea(one, _friends_there(one, cities[city])) for one, city in conferences.in_cities(sure, cities)
    ]
    found += [
        Idea(one, f"It is in {city}, where you are.") for one, city in conferences.in_cities(sure, [home])
    ]
    found += [Idea(one, f"It is about {topic}.") for one, topic in _on_topics(owner, sure)]
    found += [
        Idea(one, _friends_there(one, cities[city], again=True), again=True)
        for one, city in conferences.in_cities(again, cities)
    ]
    return _each_once(found)[:SHOWN]


def _each_once(found: list[Idea]) -> list[Idea]:
    return list({idea.conference: idea for idea in reversed(found)}.values())[::-1]


def friends_cities(owner: Owner, day: date) -> dict[str, list[str]]:
    """Give city -> names of the kept people who live there, as far as their addresses and facts say."""
    kept = people.reachable(owner, day).filter(place=Place.KEPT)
    known = {fold(one.city.split(",")[0]): one.city.split(",")[0] for one in conferences.every() if one.city}
    there: defaultdict[str, set[int]] = defaultdict(set)
    for person, texts in places.where(owner, kept).items():
        for part in {part for text in texts for part in places.parts(text)} & known.keys():
            there[known[part]].add(person)
    names = dict(
        Person.objects.of(owner).filter(pk__in=set().union(*there.values())).values_list("id", "name")
    )
    return {city: sorted(names[person] for person in keys) for city, keys in there.items()}


def _friends_there(one: Conference, names: list[str], *, again: bool = False) -> str:
    more = len(names) - NAMES_SHOWN
    said = ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
    lives = "lives" if len(names) == 1 else "live"
    if again:
        last = f"Last time it was in {one.starts:%B %Y}; look whether it comes again."
        return f"{said} {lives} in {one.city}. {last}"
    return f"{said} {lives} in {one.city}."


def _on_topics(owner: Owner, found: list[Conference]) -> list[tuple[Conference, str]]:
    """Give the conferences whose topics are the owner's circles."""
    circles = {fold(name) for name in Circle.objects.of(owner).values_list("name", flat=True)}
    return [(one, topic) for one in found for topic in one.topics if topic in circles]

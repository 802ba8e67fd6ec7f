"""Keep or let go: who is dealt next, and what the history says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import F, Q, QuerySet

from amity.gatherings.models import Attendance, Gathering
from amity.moments.models import TOGETHER, Moment, Participation
from amity.moments.queries import last_with
from amity.owner.models import Owner
from amity.people.models import Person, Place
from amity.people.queries import PersonRow, reachable, rows
from amity.storage.wording import any_once
from amity.ties.queries import Album, Portrait, album

AGAIN_AFTER = 60  # days until somebody of whom the owner said not now is dealt again
VERBS = ("keep", "shelf", "not now")  # what can be said of a card, as the journal calls it


@dataclass(frozen=True)
class Card:
    """One person of the deck; `last` is the newest moment with them, `seen_at` the newest gathering."""

    person: Person
    row: PersonRow
    tie: Portrait
    last: Moment | None
    seen_at: Gathering | None


def waiting(owner: Owner, day: date) -> QuerySet[Person]:
    """Everybody the owner has no answer for, or not for a while; only those who may be suggested."""
    unanswered = Q(answered_on=None) | Q(answered_on__lte=day - timedelta(days=AGAIN_AFTER))
    return reachable(owner, day).filter(unanswered, place=Place.NEW)


waits = any_once(waiting)


def deal(owner: Owner, day: date) -> Card | None:
    """Give the next card, None when the deck is empty; the same book and day deal the same one.

    First come those with mutual days, the most of them first; then whoever was met in person, the latest
    first; then those who were at one gathering; then everybody else, the newest in the book first.
    """
    ties, deck = album(owner, day), waiting(owner, day)
    key = _in_touch(ties, deck) or _met(owner, deck, day) or _first(deck)
    if key is None:
        return None
    person = Person.objects.select_related("owner").get(pk=key)
    last = last_with(owner, [key], upto=day).get(key)
    seen = _seen(owner, day).filter(person=key).select_related("gathering").first()
    return Card(person, rows(owner, [person])[0], ties.portrait(key), last, seen.gathering if seen else None)


def _in_touch(ties: Album, deck: QuerySet[Person]) -> int | None:
    keys = np.fromiter(deck.values_list("pk", flat=True), np.int64)
    at = np.flatnonzero(np.isin(ties.people, keys))
    if not len(at):
        return None
    first = np.lexsort((-ties.people[at], ties.states.last[at], ties.states.n[at]))[-1]
    return int(ties.people[at[first]])


def _met(owner: Owner, deck: QuerySet[Person], day: date) -> int | None:
    met = Participation.objects.of(owner).filter(person__in=deck, moment__kind__in=TOGETHER)
    latest = met.filter(moment__day__lte=day).order_by("-moment__day", "person_id")
    seen = _seen(owner, day).filter(person__in=deck)
    return next(
        (key for each in (latest, seen) for key in each.values_list("person_id", flat=True)[:1]), None
    )


def _seen(owner: Owner, day: date) -> QuerySet[Attendance]:
    past = Attendance.objects.of(owner).filter(gathering__cancelled=False, gathering__day__lte=day)
    return past.order_by("-gathering__day", "person_id")


def _first(deck: QuerySet[Person]) -> int | None:
    newest = deck.order_by(F("met_on").desc(nulls_last=True), "id")
    return newest.values_list("pk", flat=True).first()

"""The day's choice: who comes first, who is worth the most, and what today's energy can hold."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from amity.nudges import scene
from amity.nudges.best_set import choose
from amity.nudges.candidate import Candidate, Offer
from amity.nudges.models import Energy
from amity.nudges.reasons.after_gathering import after_gathering
from amity.nudges.reasons.birthday import birthday
from amity.nudges.reasons.dormant import DAYS_BETWEEN, dormant
from amity.nudges.reasons.new_tie import new_tie
from amity.nudges.reasons.overdue import overdue
from amity.owner.models import LOW_ENERGY, Owner

AT_MOST = 3
# Of the people one more week would cost most, so many are looked at closely each day.
SHORTLIST = 24


@dataclass(frozen=True)
class Weighed:
    """An offer with what it is worth today."""

    offer: Offer
    worth: float


def budget(owner: Owner, energy: str) -> int:
    """Give what a day of this energy can hold: rest 0, low 3, usual the owner's own figure."""
    return {Energy.REST: 0, Energy.LOW: min(LOW_ENERGY, owner.energy_usual)}.get(
        Energy(energy), owner.energy_usual
    )


def propose(owner: Owner, day: date, energy: str) -> list[Offer]:
    """Give today's nudges, at most three; the same book, day and energy give the same. Writes nothing."""
    left = budget(owner, energy)
    if left <= 0:
        return []
    view = scene.of(owner, day)
    best, drawn = dict(view.worth_most(SHORTLIST)), _drawn(owner, view, day)
    first = view.birthdays(), view.just_met()
    view.candidates({person for people in (*first, drawn, best) for person in people})  # read at once
    chosen = _first_of_all(view, first, day, left)
    left -= sum(offer.cost for offer in chosen)
    chosen += _dormant_seat(view, drawn, day, left, chosen)
    left = budget(owner, energy) - sum(offer.cost for offer in chosen)
    taken = {offer.person for offer in chosen}
    weighed = [one for one in _weighed(view, best, day) if one.offer.person not in taken]
    return chosen + _best(weighed, left, AT_MOST - len(chosen), force=not chosen)


def _first_of_all(view: scene.Scene, first: tuple[list[int], list[int]], day: date, left: int) -> list[Offer]:
    """A birthday and somebody just met come before everything else, at most one each."""
    chosen: list[Offer] = []
    for reason, people in zip((birthday, after_gathering), first, strict=True):
        offers = (reason(candidate, today=day) for candidate in view.candidates(people))
        free = left - sum(offer.cost for offer in chosen)
        fits = (o for o in offers if o and o.cost <= free and o.person not in {c.person for c in chosen})
        chosen += [offer for offer in [next(fits, None)] if offer]
    return chosen


def _drawn(owner: Owner, view: scene.Scene, day: date) -> list[int]:
    """Draw dormant ties the owner trusts for their seat, at most once a fortnight."""
    if view.last_dormant_seat(day) > day - timedelta(days=DAYS_BETWEEN):
        return []
    people = view.dormant()
    random.Random(seed(owner, day)).shuffle(people)  # noqa: S311  (a draw, not a secret)
    return people[: 2 * AT_MOST]  # some may be chosen already


def _dormant_seat(
    view: scene.Scene, drawn: list[int], day: date, left: int, chosen: list[Offer]
) -> list[Offer]:
    """Give the first of those drawn who fits and is not chosen already."""
    if len(chosen) >= AT_MOST:
        return []
    people = [person for person in drawn if person not in {offer.person for offer in chosen}]
    offers = (dormant(candidate, today=day) for candidate in view.candidates(people))
    return [offer for offer in offers if offer and offer.cost <= left][:1]


def _weighed(view: scene.Scene, best: dict[int, float], day: date) -> list[Weighed]:
    offers = (_offer(candidate, day) for candidate in view.candidates(best))
    return [Weighed(offer, best[offer.person]) for offer in offers if offer is not None]


def _offer(candidate: Candidate, day: date) -> Offer | None:
    return new_tie(candidate, today=day) or overdue(candidate, today=day)


def _best(weighed: list[Weighed], left: int, seats: int, *, force: bool) -> list[Offer]:
    """Give the set worth most that fits; a day always offers one if anybody is due, as a lighter message."""
    if not weighed or seats <= 0:
        return []
    if force and all(one.offer.cost > left for one in weighed):
        weighed = [replace(one, offer=replace(one.offer, medium="message")) for one in weighed]
    worth = np.array([one.worth for one in weighed])
    costs = np.array([one.offer.cost for one in weighed], np.int64)
    rows = choose(worth, costs, left, np.zeros(len(weighed), bool), at_most=seats)
    return [weighed[row].offer for row in rows.tolist()]


def seed(owner: Owner, day: date) -> int:
    """Give the number a day's draw begins with: one for each owner and day."""
    return int.from_bytes(hashlib.sha256(bytes(owner.key) + day.isoformat().encode()).digest()[:8])

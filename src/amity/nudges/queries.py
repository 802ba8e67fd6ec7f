"""Questions about Today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amity.gatherings.queries import GatheringRow
from amity.gatherings.queries import on as gatherings_on
from amity.moments.models import Moment, Promise
from amity.moments.queries import last_with, open_promises
from amity.nudges.actions import nudge_uid
from amity.nudges.birthdays import Birthday, birthdays
from amity.nudges.choosing import propose
from amity.nudges.models import Energy, Nudge, NudgeState, Plan
from amity.owner.models import Owner
from amity.people.models import Person
from amity.people.queries import NotFound, reachable

COMING = timedelta(days=7)  # so far ahead Today names birthdays


@dataclass(frozen=True)
class NudgeLetter:
    """One nudge as Today shows it; `last` are the newest words between the two, with their day."""

    uid: str
    person: str
    name: str
    reason: str
    why: str
    opener: str
    medium: str
    cost: int
    state: str = NudgeState.OFFERED
    last_words: str = ""
    last_day: date | None = None


@dataclass(frozen=True)
class Day:
    """One page of the diary; the birthdays are its own and the coming week's, the people those suggested."""

    date: date
    energy: str
    nudges: list[NudgeLetter]
    gatherings: list[GatheringRow]
    promises: list[Promise]
    birthdays: list[Birthday]
    people: list[Person]
    planned: bool = True


def today(owner: Owner, day: date) -> Day:
    """Give the page of a day that was planned; an unplanned one has no nudges."""
    planned = Plan.objects.of(owner).filter(day=day).first()
    nudges = list(planned.nudges.select_related("person").order_by("position", "id")) if planned else []
    page = _page(owner, day, planned.energy if planned else Energy.USUAL, nudges)
    return replace(page, planned=planned is not None)


def preview(owner: Owner, day: date, energy: str) -> Day:
    """Plan a day in memory and write nothing."""
    energy = energy or (Energy.REST if day.weekday() in owner.quiet_days else Energy.USUAL)
    nudges = []
    for offer in propose(owner, day, energy):
        person = Person.objects.get(pk=offer.person)
        columns = {name: getattr(offer, name) for name in ("reason", "why", "opener", "medium", "cost")}
        nudges.append(Nudge(owner=owner, person=person, uid=nudge_uid(owner, day, person.uid), **columns))
    return _page(owner, day, energy, nudges)


def offered(owner: Owner, day: date) -> QuerySet[Nudge]:
    """Give what was planned for a day and waits for an answer, in its order, of people still reachable."""
    waiting = Nudge.objects.of(owner).filter(plan__day=day, state=NudgeState.OFFERED)
    reachable_ones = waiting.filter(person__in=reachable(owner, day))
    return reachable_ones.select_related("person").order_by("position", "id")


def _page(owner: Owner, day: date, energy: str, nudges: list[Nudge]) -> Day:
    return Day(
        day,
        energy,
        _letters(owner, nudges, day),
        gatherings_on(owner, day),
        list(open_promises(owner)),
        birthdays(owner, day, day + COMING),
        [nudge.person for nudge in nudges],
    )


def _letters(owner: Owner, nudges: list[Nudge], day: date) -> list[NudgeLetter]:
    people = [nudge.person_id for nudge in nudges]
    last = last_with(owner, people, upto=day)
    return [_letter(one, last.get(one.person_id)) for one in nudges]


def _letter(nudge: Nudge, last: Moment | None) -> NudgeLetter:
    return NudgeLetter(
        uid=nudge.uid,
        person=nudge.person.uid,
        name=nudge.person.name,
        reason=nudge.reason,
        why=nudge.why,
        opener=nudge.opener,
        medium=nudge.medium,
        cost=nudge.cost,
        state=nudge.state,
        last_words=last.text[:280] if last else "",
        last_day=last.day if last else None,
    )


def get(owner: Owner, uid: str) -> Nudge:
    """Give one nudge.

    Raises:
        NotFound: when it is not there.
    """
    nudge = Nudge.objects.of(owner).filter(uid=uid).select_related("person", "owner").first()
    if nudge is None:
        raise NotFound(_("There is no such nudge."))
    return nudge

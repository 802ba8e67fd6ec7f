"""A year of Todays in the sample world, with the very rules, rows and ties an owner would have.

Every day is planned; each nudge is done and answered, which makes a mutual day. Half of the people also get
in touch by themselves, each in their own rhythm; the other half wait for the owner. The acceptance lines are
those of rhythm.md: everybody is thought of between one and three rhythms of silence, and nobody too often.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from amity.book.sample import make
from amity.journal.actions import deed
from amity.moments.actions import Told, record
from amity.moments.models import WRITTEN
from amity.nudges.actions import done, plan
from amity.nudges.models import Nudge
from amity.owner.queries import sample_owner
from amity.people.actions import add, keep
from amity.people.models import Person, Place
from amity.people.queries import reachable
from amity.ties.queries import Album, album

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 12)
SLOWEST = 400  # days: nobody with a longer rhythm is promised a thought within a year


class Year:
    """One year of Maya's: who was suggested, and whose silence outgrew three rhythms unseen."""

    def __init__(self) -> None:
        make(today=TODAY)
        self.owner = sample_owner()
        self.draw = random.Random(1)
        kept = reachable(self.owner, TODAY).filter(place=Place.KEPT).select_related("owner").order_by("pk")
        self.people = {person.pk: person for person in kept}
        ties = album(self.owner, TODAY)
        met = [person for person in self.people if person in ties.place]
        self.rhythm = {person: float(ties.r[ties.place[person]]) for person in met}
        self.waits_for_maya = met[::2]
        self.next_by_themselves = {person: self.own_time(person, TODAY) for person in met[1::2]}
        self.nudges: Counter[int] = Counter()
        self.reasons: Counter[str] = Counter()
        # Whose silence is past two rhythms already had most of their time before this year began.
        self.thought_of = {
            person: True for person in met if ties.portrait(person).silence > 2 * self.rhythm[person]
        }
        self.forgotten: list[tuple[date, str]] = []

    def own_time(self, person: int, after: date) -> date:
        """When they will next be in touch by themselves: lognormal around their own rhythm."""
        days = self.rhythm[person] * self.draw.lognormvariate(0, 0.4)
        return after + timedelta(days=max(1, round(days)))

    def live(self) -> Year:
        for ahead in range(1, 366):
            self.a_day(TODAY + timedelta(days=ahead))
        return self

    def a_day(self, day: date) -> None:
        nudges = list(plan(self.owner, day).nudges.select_related("owner", "person__owner"))
        self.look_back(day, album(self.owner, day), {nudge.person_id for nudge in nudges})
        with deed(self.owner, "a day"):
            for nudge in nudges:
                self.answered(nudge, day)
            for person in [person for person, when in self.next_by_themselves.items() if when == day]:
                record(self.owner, [self.people[person]], day=day, told=Told())
                self.next_by_themselves[person] = self.own_time(person, day)

    def answered(self, nudge: Nudge, day: date) -> None:
        self.nudges[nudge.person_id] += 1
        self.reasons[nudge.reason] += 1
        done(nudge, today=day)
        if nudge.medium in WRITTEN:
            record(self.owner, [nudge.person], day=day, told=Told(kind=nudge.medium, direction="in"))
        if nudge.person_id in self.next_by_themselves:
            self.next_by_themselves[nudge.person_id] = self.own_time(nudge.person_id, day)

    def look_back(self, day: date, ties: Album, suggested: set[int]) -> None:
        """See whose silence is between one and three rhythms, and whose has outgrown three."""
        for person, at in ties.place.items():
            rhythm = float(ties.r[at])
            silence = float(ties.seen.silence[at]) / rhythm
            if person not in self.people or rhythm > SLOWEST or silence < 1:
                self.thought_of.pop(person, None)
            elif silence <= 3:
                self.thought_of[person] = self.thought_of.get(person, False) or person in suggested
            elif not self.thought_of.pop(person, True):
                self.forgotten.append((day, self.people[person].name))


@pytest.mark.once
def test_everybody_is_thought_of_in_time_and_nobody_too_often():
    year = Year().live()

    assert year.forgotten == []
    assert [year.people[person].name for person in year.waits_for_maya if not year.nudges[person]] == []
    assert max(year.nudges.values()) <= sum(year.nudges.values()) / 5
    assert set(year.reasons) == {"overdue", "birthday", "after a gathering", "new tie", "dormant"}


def test_a_friend_met_every_ninety_days_eight_times_is_steady_the_day_after():
    make(today=TODAY)
    maya = sample_owner()
    ada = keep(add(maya, "Ada Byron"), day=TODAY, sparks={"like": ""})
    for times in range(8):
        record(maya, [ada], day=TODAY - timedelta(days=1 + 90 * times), told=Told())

    tie = album(maya, TODAY).portrait(ada.pk)

    assert (tie.standing, tie.days, tie.silence) == ("steady", 8, 1)


def test_nobody_on_the_shelf_or_in_peace_or_gone_is_suggested_in_a_fortnight_of_todays():
    make(today=TODAY)
    maya = sample_owner()
    days = [TODAY + timedelta(days=ahead) for ahead in range(14)]

    suggested = {nudge.person_id for day in days for nudge in plan(maya, day).nudges.all()}

    may = {person for day in days for person in reachable(maya, day).values_list("pk", flat=True)}
    assert len(suggested) > 14
    assert suggested <= may & set(
        Person.objects.filter(owner=maya, place=Place.KEPT).values_list("pk", flat=True)
    )

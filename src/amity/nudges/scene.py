"""The book as the day's choice sees it: arrays for everybody, words only for the few who are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from amity.gatherings.models import Attendance
from amity.nudges.birthdays import born_on
from amity.nudges.candidate import Candidate
from amity.nudges.looking import candidates, is_trusted
from amity.nudges.models import Nudge, NudgeState
from amity.nudges.reasons.new_tie import WEEKS
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import CARE_WEIGHT, Care, Place
from amity.rhythm.days import Reals
from amity.rhythm.need import need, rest
from amity.ties.queries import FRIENDS_FROM, Album, album, suggestions

NEW_SPARK_WORTH = 0.014  # more than the need of five steady ties in six, less than of most who drift
NEVER = float("inf")
SHORTEST_WAIT, LONGEST_WAIT = 7, 90  # days of peace after the owner reached out


@dataclass
class Scene:
    """Everybody who may be suggested on a day. ``care`` maps a person's key to the owner's care's weight.

    ``lately`` are the keys of those whom the owner kept within a new tie's first weeks.
    """

    owner: Owner
    day: date
    album: Album
    care: dict[int, float]
    kept: bool
    lately: frozenset[int] = frozenset()
    _candidates: dict[int, Candidate] = field(default_factory=dict)

    @cached_property
    def suggested(self) -> dict[int, list[date]]:
        """Give the days before this one on which each was suggested, by key."""
        return suggestions(self.owner, before=self.day)

    def worth_most(self, count: int) -> list[tuple[int, float]]:
        """Give the people one more stretch of silence would cost most, best first, with its cost."""
        keys = np.fromiter(self.care, np.int64, len(self.care))
        worth = self._need(keys) + self._newness(keys)
        worth *= np.fromiter(self.care.values(), np.float64, len(self.care)) * self._rest(keys)
        worth[self._awaited(keys)] = 0
        best = np.argsort(-worth, kind="stable")[:count]
        return [(int(keys[at]), float(worth[at])) for at in best if worth[at] > 0]

    def _need(self, keys: np.ndarray) -> Reals:
        one = self.album
        needs = need(one.states, one.clock, one.lg, one.r, one.pace, one.learned.coefficients)
        return self._of(keys, np.where(self._is_dormant(), 0.0, needs), 0.0)

    def _is_dormant(self) -> np.ndarray:
        dormant = np.zeros(len(self.album.people), bool)
        dormant[np.isin(self.album.people, self.album.with_standing("dormant"))] = True
        return dormant

    def _newness(self, keys: np.ndarray) -> Reals:
        days = self._of(keys, self.album.states.n.astype(np.float64), 0.0)
        sparked = np.isin(keys, np.fromiter(self.album.sparked, np.int64, len(self.album.sparked)))
        lately = np.isin(keys, np.fromiter(self.lately, np.int64, len(self.lately)))
        return np.where(lately & ((days == 0) | sparked & (days < FRIENDS_FROM)), NEW_SPARK_WORTH, 0.0)

    def _rest(self, keys: np.ndarray) -> Reals:
        """Give the peace of each since they were last suggested; what led to nothing lengthens it."""
        log = self.suggested
        since, skips = np.full(len(keys), NEVER), np.zeros(len(keys), np.int64)
        last = self._of(keys, self.album.states.last.astype(np.float64), 0.0)
        for at, key in enumerate(keys.tolist()):
            if days := log.get(key):
                since[at] = self.day.toordinal() - days[-1].toordinal()
                skips[at] = sum(day.toordinal() > last[at] for day in days)
        return rest(since, self._of(keys, self.album.r, 0.0), skips)

    def _awaited(self, keys: np.ndarray) -> np.ndarray:
        """Tell to whom the owner has reached out: it is their turn for half a rhythm, a week at least."""
        told = Nudge.objects.of(self.owner).filter(state=NudgeState.DONE, plan__day__lt=self.day)
        told = told.filter(plan__day__gte=self.day - timedelta(days=LONGEST_WAIT)).order_by("plan__day")
        reached_out = dict(told.values_list("person_id", "plan__day"))
        days = [(self.day - reached_out.get(key, date.min)).days for key in keys.tolist()]
        return np.array(days) < np.clip(self._of(keys, self.album.r, 0.0) / 2, SHORTEST_WAIT, LONGEST_WAIT)

    def _of(self, keys: np.ndarray, values: Reals, missing: float) -> Reals:
        """Give a value of each person's tie, or the missing one for people without any day."""
        at = np.fromiter((self.album.place.get(key, -1) for key in keys.tolist()), np.int64, len(keys))
        return np.where(at >= 0, values[at] if len(values) else missing, missing)

    def birthdays(self) -> list[int]:
        """Give the people of the day, those the owner cares most for first."""
        return self._by_care(born_on(self.owner, self.day))

    def just_met(self) -> list[int]:
        """Give the people who were at a gathering with the owner yesterday or the day before."""
        recent = Attendance.objects.of(self.owner).filter(
            gathering__last_day__gte=self.day - timedelta(days=2),
            gathering__last_day__lt=self.day,
            gathering__cancelled=False,
            moment__isnull=False,
        )
        already, since = self.suggested, self.day - timedelta(days=2)
        people = set(recent.values_list("person_id", flat=True))
        return self._by_care({person for person in people if already.get(person, [date.min])[-1] < since})

    def dormant(self) -> list[int]:
        """Give the people the owner trusts whose tie has gone quiet."""
        days = self.album.states.n
        return [
            person
            for person in self.album.with_standing("dormant")
            if person in self.care and is_trusted(self.care[person], int(days[self.album.place[person]]))
        ]

    def _by_care(self, found: set[int]) -> list[int]:
        return sorted((person for person in found if person in self.care), key=lambda p: (-self.care[p], p))

    def last_dormant_seat(self, day: date) -> date:
        """Give the last day before this one on which somebody dormant was suggested."""
        seats = Nudge.objects.of(self.owner).filter(reason="dormant", plan__day__lt=day)
        return seats.order_by("-plan__day").values_list("plan__day", flat=True).first() or date.min

    def candidate(self, person: int) -> Candidate:
        """Give everything a sentence about this person may need."""
        return self.candidates([person])[0]

    def candidates(self, people: Iterable[int]) -> list[Candidate]:
        """Give the same for several people, read at once."""
        people = list(people)
        unknown = [person for person in people if person not in self._candidates]
        if unknown:
            self._candidates |= candidates(self.owner, self.album, self.care, unknown)
        return [self._candidates[person] for person in people]


def of(owner: Owner, day: date) -> Scene:
    """Give the scene of a day: those the owner keeps; before any choice, those often in touch."""
    ties = album(owner, day)
    may = people.reachable(owner, day)
    # By key: of people worth the same, the one who was written down first comes first, on either engine.
    chosen = may.filter(place=Place.KEPT).order_by("id").values_list("id", "care", "kept_on")
    care = {person: CARE_WEIGHT[Care(word or Care.LIGHT)] for person, word, _kept_on in chosen}
    has_chosen = bool(chosen) or people.of(owner).filter(place=Place.KEPT).exists()
    if not has_chosen:
        friends = set(ties.friends())
        care = {
            person: CARE_WEIGHT[Care.LIGHT]
            for person in may.order_by("id").values_list("id", flat=True)
            if person in friends
        }
    since = day - timedelta(weeks=WEEKS)
    lately = frozenset(person for person, _care, kept_on in chosen if kept_on and kept_on >= since)
    return Scene(owner, day, ties, care, has_chosen, lately)

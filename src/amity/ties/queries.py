"""Questions about ties: how each one is doing on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan, sqrt

import numpy as np
from django.utils.translation import gettext as _

from amity.owner.models import Owner
from amity.people.models import Spark
from amity.rhythm.chance import chance, curve
from amity.rhythm.days import FAR, Flags, Ints, Reals
from amity.rhythm.own import band, own_rhythm, owner_mean, pace
from amity.rhythm.standing import NAMES, standing
from amity.rhythm.state import Seen, States, read
from amity.ties import history
from amity.ties.absences import left_out
from amity.ties.cache import fresh
from amity.ties.history import Histories
from amity.ties.learning import Learned, learned
from amity.ties.models import Suggestion
from amity.ties.words import THREE_MONTHS, every, likelihood, since

FRIENDS_FROM = 3  # mutual days
SPARKED, PLAIN = "new spark", "single-serving"


@dataclass(frozen=True)
class Portrait:
    """One tie on one day. `rhythm` is the median of the two's own gaps in days, None below two gaps.

    `natural` with `low` and `high` is the shrunk rhythm that arithmetic uses; `p30` and `p90` are chances
    of contact within that many days if nobody does anything; not `sure` until they held for this owner.
    """

    standing: str
    last: date | None
    days: int
    silence: int | None = None
    rhythm: float | None = None
    natural: float | None = None
    low: float | None = None
    high: float | None = None
    p30: float | None = None
    p90: float | None = None
    sure: bool = True

    @property
    def due_after(self) -> float | None:
        """The days of silence after which the tie is due: nobody is due before the two's own median gap."""
        return None if self.natural is None else max(self.natural, self.rhythm or 0.0)

    @property
    def around(self) -> tuple[float, float] | None:
        """The days between which the two's own rhythm may as well lie; None where none is claimed.

        `low` and `high` lie a factor exp(-+width) about the shrunk rhythm (`amity.rhythm.own.band`), which
        for a slow tie may be far from the median that sentences state. So the same factor is taken about
        the median: as sure, about the number that is said.
        """
        if self.rhythm is None or self.low is None or self.high is None:
            return None
        times = sqrt(self.high / self.low)
        return self.rhythm / times, self.rhythm * times

    @property
    def words(self) -> str:
        """Say the rhythm and the chance in words; below two gaps no rhythm is claimed."""
        if self.silence is None or self.p90 is None:
            return _("You have not been in touch yet, as far as this book knows.")
        hope = _("Contact within three months, if nobody does anything: %(likelihood)s.") % {
            "likelihood": likelihood(self.p90)
        }
        if not self.sure:
            hope = _("%(hope)s Amity is still getting to know your pace.") % {"hope": hope}
        if self.rhythm is None:
            return _("You have not been in touch often enough to tell a rhythm. %(hope)s") % {"hope": hope}
        if not self.silence:
            return _("You are usually in touch %(every)s; you were in touch today. %(hope)s") % {
                "every": every(self.rhythm),
                "hope": hope,
            }
        silence = since(self.silence, self.rhythm)
        return _("You are usually in touch %(every)s; it has been %(silence)s. %(hope)s") % {
            "every": every(self.rhythm),
            "silence": silence,
            "hope": hope,
        }


@dataclass(frozen=True)
class Album:
    """All ties of a book on one day, as arrays; (ties,) unless said otherwise.

    ``r`` is the rhythm in days that silence is held against: exp(lg), or the longer own median gap.
    """

    day: date
    people: Ints
    states: States
    seen: Seen
    lg: Reals
    r: Reals
    pace: Reals
    median_gap: Reals
    standing: Ints
    place: dict[int, int]
    clock: Ints  # the day on each tie's own calendar: without seasons, and absences that are over
    learned: Learned
    sparked: frozenset[int]

    def portrait(self, person: int) -> Portrait:
        """Give the portrait of one person's tie, by the person's key."""
        return self.portraits([person])[0]

    def portraits(self, people: Sequence[int]) -> list[Portrait]:
        """Give the portraits of these people's ties, by the people's keys: one reckoning for all."""
        places = [self.place.get(person) for person in people]
        at = np.array([place for place in places if place is not None], np.int64)
        told = iter(self._told(at))
        return [
            Portrait(SPARKED if person in self.sparked else PLAIN, None, 0) if place is None else next(told)
            for person, place in zip(people, places, strict=True)
        ]

    def _told(self, at: Ints) -> list[Portrait]:
        """Give the portraits of the ties at these places."""
        last = self.states.last[at]
        columns = zip(
            self.standing[at].tolist(),
            last.tolist(),
            self.states.n[at].tolist(),
            np.maximum(self.day.toordinal() - last, 0).tolist(),
            self.median_gap[at].tolist(),
            np.exp(self.lg[at]).tolist(),
            *(bound.tolist() for bound in band(self.lg[at], self.states.n[at])),
            *(self.chance(horizon, at).tolist() for horizon in (30, THREE_MONTHS)),
            strict=True,
        )
        return [
            Portrait(
                standing=NAMES[standing],
                last=date.fromordinal(last),
                days=days,
                silence=silence,
                rhythm=None if isnan(gap) else gap,
                natural=natural,
                low=low,
                high=high,
                p30=p30,
                p90=p90,
                sure=self.learned.is_enough,
            )
            for standing, last, days, silence, gap, natural, low, high, p30, p90 in columns
        ]

    def chance(self, horizon: float, which: slice | Ints = slice(None)) -> Reals:
        """Give the chance of contact within so many days, for all ties or those at some places."""
        s = self.seen
        seen = Seen(s.silence[which], s.age[which], s.n[which], s.s1[which], s.counters[:, which])
        by = curve(seen, self.lg[which], self.pace[which], self.learned.coefficients)
        return chance(by, seen.silence, horizon)

    def with_standing(self, name: str) -> list[int]:
        """Give the keys of the people whose tie stands so; those without any day are not among them."""
        keys: list[int] = self.people[self.standing == NAMES.index(name)].tolist()
        return keys

    def standings(self, people: Iterable[int]) -> list[str]:
        """Give the standing of each of these people, by their keys."""
        names = [NAMES[one] for one in self.standing.tolist()]
        alone = {True: SPARKED, False: PLAIN}
        return [
            alone[person in self.sparked] if (at := self.place.get(person)) is None else names[at]
            for person in people
        ]

    def friends(self) -> list[int]:
        """Give the keys of the people with at least three mutual days."""
        keys: list[int] = self.people[self.states.n >= FRIENDS_FROM].tolist()
        return keys


# The album this process opened last, by owner: true for as long as it has the same ties before it.
_open: dict[int, tuple[Histories, Album]] = {}


def album(owner: Owner, day: date) -> Album:
    """Give all ties as they stand on a day; for a past day, as they stood then."""
    ties = fresh(owner)
    before, opened = _open.get(owner.pk, (None, None))
    if opened is None or before is not ties or opened.day != day:
        then = _as_then(owner, day, ties)
        opened = _album(owner, day, _met(then), learned(owner, day, then))
        _open[owner.pk] = (ties, opened)
    return opened


def _as_then(owner: Owner, day: date, ties: Histories) -> Histories:
    late = len(ties.people) and int(ties.states.last.max()) > day.toordinal()
    return history.read(owner, upto=day) if late else ties


def _met(ties: Histories) -> Histories:
    some = ties.states.n > 0
    s = ties.states
    states = States(s.first[some], s.last[some], s.n[some], s.s1[some], s.counters[:, some])
    return Histories(ties.people[some], states, ties.median_gap[some])


def _album(owner: Owner, day: date, ties: Histories, taught: Learned) -> Album:
    today = day.toordinal()
    clock = today - left_out(ties.people, ties.states.last, today, taught.away, taught.seasons)
    over = [one for one in taught.away if one[1] < today]  # whoever is away still may have come back unsaid
    seen = read(ties.states, clock)
    lg = own_rhythm(ties.states, owner_mean(ties.states))
    r = np.fmax(np.exp(lg), ties.median_gap)
    met = dict(Spark.objects.of(owner).values_list("person_id", "person__met_on"))
    return Album(
        day=day,
        people=ties.people,
        states=ties.states,
        seen=seen,
        lg=lg,
        r=r,
        pace=pace(seen),
        median_gap=ties.median_gap,
        standing=standing(seen, r, _fresh(ties, met)),
        place=ties.index(),
        clock=today - left_out(ties.people, ties.states.last, today, over, taught.seasons),
        learned=taught,
        sparked=frozenset(met),
    )


def _fresh(ties: Histories, met: dict[int, date | None]) -> Flags:
    """Tell whose spark may be a new one: not who was met before the first day that the book knows of."""
    begins = int(ties.states.first.min(initial=FAR))
    fresh = [person for person, on in met.items() if on is None or on.toordinal() >= begins]
    return np.isin(ties.people, np.array(fresh, np.int64))


def suggestions(owner: Owner, *, before: date) -> dict[int, list[date]]:
    """Give, for each person ever suggested before a day, the days on which they were, oldest first."""
    log: dict[int, list[date]] = {}
    rows = Suggestion.objects.of(owner).filter(day__lt=before).order_by("day")
    for person, day in rows.values_list("person_id", "day"):
        log.setdefault(person, []).append(day)
    return log

"""What an owner's own past teaches: forecasts made as of then, held against what happened.

A window is a past day and the thirty after it. Each tie is forecast from the moments known on that day alone,
and with what windows that had closed by then had taught. One closes when no answer can change any more what
happened in it: after its month, or a month later where something written in it still waited for an answer.

A tie suggested during a window, or in the week before it, is left out: what happened then may be Amity's
doing. So is one that had its season then, and everybody while the owner was away: that silence is nobody's.
Of whoever has died, is in the trash or only mentioned, nothing is forecast. The shelf is no reason: it often
is decided by what happened. The same holds for the three months after the day, of which a person's page
speaks; they teach nothing, and show how well Amity knows its owner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from amity.owner.models import Owner
from amity.people import queries as people
from amity.rhythm.chance import SHIPPED, curve, exponent
from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.fit import leanings
from amity.rhythm.own import own_rhythm, owner_mean, pace
from amity.rhythm.state import build, read
from amity.ties import history
from amity.ties.absences import (
    LOOKED_BACK,
    InPeace,
    Stretch,
    absences,
    active_days,
    left_out,
    seasons_of,
    stretches,
    uncounted,
)
from amity.ties.history import Histories
from amity.ties.models import Pace, Suggestion
from amity.ties.words import THREE_MONTHS

Days = tuple[Ints, Ints]  # (tie, day) of some days

HORIZONS = np.array([7.0, 14.0, 30.0])
MONTH, WINDOWS, BEFORE, EARLIER = 30, 12, 7, 2  # days; windows; days after a nudge; days in touch
FADING, ENOUGH = 60.0, 2  # days after which a window weighs 1/e; resolved windows before Amity is sure


@dataclass(frozen=True)
class Learned:
    """An owner's own two numbers, how many windows with somebody in them taught them, and days left out.

    Of what is shipped, z, an owner's own is e^offset z^(e^bend).
    """

    offset: float
    bend: float
    windows: int
    away: list[Stretch] = field(default_factory=list)
    seasons: list[InPeace] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Whether probabilities have been held against enough of this owner's own past."""
        return self.windows >= ENOUGH

    @property
    def coefficients(self) -> Reals:
        """Give the shipped coefficients with this owner's two numbers."""
        own = SHIPPED.copy()
        own[0] += self.offset * np.exp(-self.bend)
        own[-1] += self.bend
        return own


@dataclass(frozen=True)
class Forecasts:
    """What a person's page could say on a past day, of contact within three months; all (ties,).

    ``touched`` is what happened; from the day ``closed`` on it was known for good.
    """

    people: Ints
    z: Reals
    touched: Flags
    closed: int


@dataclass(frozen=True)
class Window:
    """The ties of one past day: ``z`` their exponents, ``touched`` what happened, both (horizons, ties).

    From the day ``closed`` on, what happened was known for good.
    """

    day: int
    z: Reals
    touched: Flags
    closed: int
    said: Forecasts


# What this process has asked for, by owner and day: true as long as the ties it stands beside are.
_held: dict[int, tuple[Histories, dict[date, Learned]]] = {}


def learned(owner: Owner, day: date, ties: Histories) -> Learned:
    """Give what the weeks before a day have taught, learned weekly, and the days that do not count.

    For a day to come it is what is known today.
    """
    held, known = _held.get(owner.pk, (None, {}))
    if held is not ties:
        known = {}
        _held[owner.pk] = (ties, known)
    if day not in known:
        known[day] = _read(owner, day)
    return known[day]


def _read(owner: Owner, day: date) -> Learned:
    kept = Pace.objects.filter(owner=owner).first()
    if kept is None or kept.day != day:
        now = _learn(owner, day, kept)
    elif kept.seasons is None:
        kept.seasons = seasons_of(owner)
        kept.save(update_fields=["seasons"])
        now = kept
    else:
        now = kept
    away = [(starts, ends) for starts, ends in now.away]
    return Learned(now.offset, now.bend, now.windows, away, [tuple(one) for one in now.seasons])


def _learn(owner: Owner, day: date, kept: Pace | None) -> Pace:
    """Learn for a day; kept for the newest that has come: looking back or ahead costs today nothing."""
    today = owner.today()
    week = monday(min(day, today))
    now = Pace(owner=owner, day=day, week=week, away=absences(owner, day), seasons=seasons_of(owner))
    if kept is not None and kept.week == week:
        now.offset, now.bend, now.windows, now.said = kept.offset, kept.bend, kept.windows, kept.said
    else:
        found = windows(owner, week)
        now.offset, now.bend = leaning(found, week.toordinal())
        now.windows = sum(one.z.size > 0 for one in found)
    if day <= today and (kept is None or (kept.day < day and kept.week <= week)):
        names = ("day", "week", "away", "seasons", "offset", "bend", "windows", "said")
        Pace.objects.update_or_create(owner=owner, defaults={name: getattr(now, name) for name in names})
    return now


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def leaning(found: Iterable[Window], day: int) -> tuple[float, float]:
    """Learn an owner's offset and bend from the windows that had closed by a day; 0 and 0 without any."""
    closed = [one for one in found if one.closed <= day and one.z.size]
    if not closed:
        return 0.0, 0.0
    z, touched = (
        np.concatenate(rows, axis=1) for rows in zip(*((w.z, w.touched) for w in closed), strict=True)
    )
    weights = np.concatenate([np.full(w.z.shape[1], np.exp((w.day - day) / FADING)) for w in closed])
    offset, bend = leanings(z, touched, weights, np.zeros(len(weights), np.int64))[:, 0]
    return float(offset), float(bend)


def windows(owner: Owner, until: date, months: int = WINDOWS) -> list[Window]:
    """Give the windows that had closed by a day, latest first, from a month after the first moment on."""
    moments = history.moments(owner, upto=until)
    if not len(moments.ties):
        return []
    first, last = int(moments.columns[0].min()), until.toordinal()
    cuts = range(last - MONTH, max(first + MONTH, last - MONTH * months) - 1, -MONTH)
    past = _Past(owner, until, months)
    happened = moments.mutual_days()
    known = [happened] * (THREE_MONTHS // MONTH)  # a month after a cut, two, three, as far as that is past
    found = []
    for cut in cuts:
        known = [moments.mutual_days(cut), *known]
        found.append(_window(moments, known, happened, cut, past))
        known.pop()
    return [one for one in found if one.closed <= last]


class _Past:
    """What keeps ties out of windows: suggestions, seasons, the owner's absences as known now, and death."""

    def __init__(self, owner: Owner, until: date, months: int) -> None:
        back = until - timedelta(days=LOOKED_BACK + MONTH * months)
        self.active = active_days(owner, back, until)
        self.away = uncounted(stretches(self.active, until.toordinal()), until.toordinal())
        for ago in range(MONTH * WINDOWS, MONTH * months, MONTH * WINDOWS):  # further than it looks back
            then = until.toordinal() - ago
            self.away += [one for one in stretches(self.active, then) if one[1] < then]
        self.seasons = seasons_of(owner)
        there = people.of(owner).filter(remembered=False)
        self.there = np.array(there.values_list("pk", flat=True), np.int64)
        nudged = Suggestion.objects.of(owner).filter(day__lte=until)
        self.nudged = [(person, day.toordinal()) for person, day in nudged.values_list("person_id", "day")]

    def kept_out(self, whom: Ints, cut: int, days: int = MONTH) -> Flags:
        """Tell whose window of so many days after a day says nothing of the tie, (ties,)."""
        if any(starts < cut + days and ends > cut for starts, ends in self.away):
            return np.ones(len(whom), np.bool_)
        lately = {person for person, day in self.nudged if cut - BEFORE <= day <= cut + days}
        lately |= {person for person, first, end in self.seasons if first <= cut + days and end > cut}
        nobody = ~np.isin(whom, self.there)
        return np.asarray(nobody | np.isin(whom, np.fromiter(lately, np.int64, len(lately))))


def _window(moments: history.Moments, known: list[Days], happened: Days, cut: int, past: _Past) -> Window:
    """Forecast at a cut; the mutual days as known then and each of three months later, and now."""
    size = len(moments.people)
    states = build(*known[0], size)
    uncounted = left_out(moments.people, states.last, cut, stretches(past.active, cut), past.seasons)
    seen, lg = read(states, cut - uncounted), own_rhythm(states, owner_mean(states))
    by, twice = curve(seen, lg, pace(seen)), seen.n >= EARLIER
    after = _first_after(cut, size, happened)

    def known_for_good(which: Flags, horizons: Reals, months: int) -> int:
        """Give the day from which no answer still to come could change who was in touch within these days."""
        end, so_far = cut + MONTH * months, _first_after(cut, size, known[months])[which]
        answered = _first_after(cut, size, known[months], moments.waiting(end))[which]
        return end + MONTH * bool((_within(so_far, horizons) != _within(answered, horizons)).any())

    shown = twice & ~past.kept_out(moments.people, cut)
    told = twice & ~past.kept_out(moments.people, cut, THREE_MONTHS)
    far = np.array([float(THREE_MONTHS)])
    said = Forecasts(
        moments.people[told],
        exponent(by, seen.silence, THREE_MONTHS)[told],
        after[told] <= THREE_MONTHS,
        known_for_good(told, far, THREE_MONTHS // MONTH),
    )
    z = exponent(by, seen.silence, HORIZONS[:, None])[:, shown]
    return Window(cut, z, _within(after[shown], HORIZONS), known_for_good(shown, HORIZONS, 1), said)


def _within(after: Reals, horizons: Reals) -> Flags:
    """Tell who is in touch within each horizon, (horizons, ties)."""
    return np.asarray(after <= horizons[:, None])


def _first_after(cut: int, size: int, *days: Days) -> Reals:
    """Count the days from a cut to the first of these days of each tie after it, (ties,); inf for none."""
    after = np.full(size, np.inf)
    for ties, on in days:
        later = on > cut
        np.minimum.at(after, ties[later], (on[later] - cut).astype(np.float64))
    return after

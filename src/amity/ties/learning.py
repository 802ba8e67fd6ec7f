"""What an owner's own past teaches: forecasts made as of then, held against what happened.

A window is a past day and the thirty after it. Each tie is forecast from the moments known on that day alone,
and with what windows that had closed by then had taught. A tie suggested during a window, or in the week
before it, is left out: what happened then may be Amity's doing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from amity.owner.models import Owner
from amity.rhythm.chance import SHIPPED, curve, survival
from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.fit import offsets
from amity.rhythm.own import own_rhythm, owner_mean, pace
from amity.rhythm.state import build, read
from amity.ties import history
from amity.ties.absences import InPeace, Stretch, absences, seasons_of
from amity.ties.history import Histories
from amity.ties.models import Pace, Suggestion

HORIZONS = np.array([7.0, 14.0, 30.0])
MONTH, WINDOWS, BEFORE, EARLIER = 30, 12, 7, 2  # days; windows; days after a nudge; days in touch
FADING, ENOUGH = 60.0, 2  # days after which a window weighs 1/e; resolved windows before Amity is sure


@dataclass(frozen=True)
class Learned:
    """An owner's offset of log a, how many resolved windows taught it, and the days that do not count."""

    offset: float
    windows: int
    away: list[Stretch] = field(default_factory=list)
    seasons: list[InPeace] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Whether probabilities have been held against enough of this owner's own past."""
        return self.windows >= ENOUGH

    @property
    def coefficients(self) -> Reals:
        """Give the shipped coefficients with this owner's offset."""
        return np.asarray(SHIPPED + self.offset * (np.arange(len(SHIPPED)) == 0))


@dataclass(frozen=True)
class Window:
    """The ties of one past day: ``z`` their exponents, ``touched`` what happened, both (horizons, ties)."""

    day: int
    z: Reals
    touched: Flags


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
    return Learned(now.offset, now.windows, away, [tuple(one) for one in now.seasons])


def _learn(owner: Owner, day: date, kept: Pace | None) -> Pace:
    """Learn for a day; kept for the newest that has come: looking back or ahead costs today nothing."""
    today = owner.today()
    week = monday(min(day, today))
    now = Pace(owner=owner, day=day, week=week, away=absences(owner, day), seasons=seasons_of(owner))
    if kept is not None and kept.week == week:
        now.offset, now.windows, now.said = kept.offset, kept.windows, kept.said
    else:
        found = windows(owner, week)
        now.offset, now.windows = offset(found, week.toordinal()), len(found)
    if day <= today and (kept is None or kept.day < day):
        names = ("day", "week", "away", "seasons", "offset", "windows", "said")
        Pace.objects.update_or_create(owner=owner, defaults={name: getattr(now, name) for name in names})
    return now


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def offset(found: Iterable[Window], day: int) -> float:
    """Learn from the windows that had closed by a day; 0 without any."""
    closed = [one for one in found if one.day + MONTH <= day and one.z.size]
    if not closed:
        return 0.0
    z, touched = (
        np.concatenate(rows, axis=1) for rows in zip(*((w.z, w.touched) for w in closed), strict=True)
    )
    weights = np.concatenate([np.full(w.z.shape[1], np.exp((w.day - day) / FADING)) for w in closed])
    return float(offsets(z, touched, weights, np.zeros(len(weights), np.int64))[0])


def windows(owner: Owner, until: date) -> list[Window]:
    """Give the windows that had closed by a day, latest first, from a month after the first moment on."""
    moments = history.moments(owner, upto=until)
    if not len(moments.ties):
        return []
    first, last = int(moments.columns[0].min()), until.toordinal()
    nudged = list(Suggestion.objects.of(owner).filter(day__lte=until).values_list("person_id", "day"))
    cuts = range(last - MONTH, max(first + MONTH, last - MONTH * (WINDOWS + 1)) - 1, -MONTH)
    happened = moments.mutual_days()
    return [_window(moments, happened, cut, nudged) for cut in cuts]


def _window(
    moments: history.Moments, happened: tuple[Ints, Ints], cut: int, nudged: list[tuple[int, date]]
) -> Window:
    size = len(moments.people)
    states = build(*moments.mutual_days(cut), size)
    seen, lg = read(states, cut), own_rhythm(states, owner_mean(states))
    z = -np.log(survival(*curve(seen, lg, pace(seen)), seen.silence, HORIZONS[:, None]))
    after = np.full(size, np.inf)
    ties, days = happened
    later = days > cut
    np.minimum.at(after, ties[later], (days[later] - cut).astype(np.float64))
    lately = {person for person, day in nudged if cut - BEFORE <= day.toordinal() <= cut + MONTH}
    shown = (seen.n >= EARLIER) & ~np.isin(moments.people, np.fromiter(lately, np.int64, len(lately)))
    return Window(cut, z[:, shown], after[shown] <= HORIZONS[:, None])

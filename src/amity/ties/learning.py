"""What an owner's own past teaches: forecasts made as of then, held against what happened.

A window is a past day and the thirty after it. Each tie is forecast from the moments known on that day alone,
and with what windows that had closed by then had taught. A tie suggested during a window, or in the week
before it, is left out: what happened then may be Amity's doing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from amity.owner.models import Owner
from amity.rhythm.chance import SHIPPED, curve, survival
from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.fit import offsets
from amity.rhythm.own import own_rhythm, owner_mean, pace
from amity.rhythm.state import build, read
from amity.ties import history
from amity.ties.models import Pace, Suggestion

HORIZONS = np.array([7.0, 14.0, 30.0])
MONTH, WINDOWS, BEFORE, EARLIER = 30, 12, 7, 2  # days; windows; days after a nudge; days in touch
FADING, ENOUGH = 60.0, 2  # days after which a window weighs 1/e; resolved windows before Amity is sure


@dataclass(frozen=True)
class Learned:
    """An owner's offset of log a, and how many resolved windows taught it."""

    offset: float
    windows: int

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


def learned(owner: Owner, day: date) -> Learned:
    """Give what the weeks before a day have taught; learned once a week, and kept."""
    week = monday(day)
    kept = Pace.objects.filter(owner=owner).first()
    if kept is not None and kept.week == week:
        return Learned(kept.offset, kept.windows)
    found = windows(owner, week)
    fresh = Learned(offset(found, week.toordinal()), len(found))
    if kept is None or kept.week < week:
        Pace.objects.update_or_create(
            owner=owner, defaults={"week": week, "offset": fresh.offset, "windows": fresh.windows}
        )
    return fresh


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

"""How well Amity knows its owner: what it would have said, in its three words, beside what happened.

Once a week, and after whatever changes the whole book, past forecasts are made again, each from what the book
holds until that day and what windows that had closed by then had taught: a moment written down later is in
it, nothing that happened later is. Only how often each word came true is kept, until the next week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from amity.owner.models import Owner
from amity.rhythm.days import Flags, Reals
from amity.ties import history
from amity.ties.cache import fresh
from amity.ties.learning import ENOUGH, MONTH, Window, learned, monday, offset, windows
from amity.ties.models import Pace
from amity.ties.words import LIKELY, MAYBE, likelihood

TELLING = 10  # forecasts in one word, below which a share means little
WEEK = 7
WORDS = ((LIKELY, 1.0), (MAYBE, LIKELY), (0.0, MAYBE))  # from the likeliest: the chances that each stands for


@dataclass(frozen=True)
class Said:
    """One of the three words: the chances it stands for, how often it was said and came true."""

    word: str
    low: float
    high: float
    times: int
    in_touch: int

    @property
    def is_telling(self) -> bool:
        """Whether it was said often enough to judge."""
        return self.times >= TELLING

    @property
    def share(self) -> float:
        """Give the share in touch, 0 where the word was never said."""
        return self.in_touch / self.times if self.times else 0.0

    @property
    def error(self) -> float:
        """Give the standard error of the share, leaning on one half where it was said seldom."""
        share = (self.in_touch + 1) / (self.times + 2)
        return float(np.sqrt(share * (1 - share) / (self.times + 2)))

    @property
    def holds(self) -> bool:
        """Whether what happened is within what the word means, give or take chance."""
        return self.low - 2 * self.error <= self.share <= self.high + 2 * self.error


@dataclass(frozen=True)
class Knowing:
    """The three words, likely first; the weeks until Amity may trust itself, 0 when it may."""

    said: list[Said]
    weeks: int


def knowing(owner: Owner, day: date) -> Knowing:
    """Hold a year of forecasts for thirty days against what happened; suggested people are left out."""
    taught = learned(owner, day, fresh(owner))
    kept = Pace.objects.filter(owner=owner, week=monday(day)).first()
    counts = kept.said if kept else None
    if counts is None:
        counts = _counts(windows(owner, monday(day)))
        Pace.objects.filter(owner=owner, week=monday(day)).update(said=counts)
    said = [Said(likelihood(low), low, high, *of) for (low, high), of in zip(WORDS, counts, strict=True)]
    return Knowing(said, _weeks(owner, taught.windows, day))


def _counts(found: list[Window]) -> list[tuple[int, int]]:
    """Give for each word how often it was said, and how often it came true."""
    chances, touched = _forecasts(found)
    there = [(chances >= low) & (chances < high + (high == 1.0)) for low, high in WORDS]
    return [(int(some.sum()), int(touched[some].sum())) for some in there]


def _forecasts(found: list[Window]) -> tuple[Reals, Flags]:
    chances = [-np.expm1(-one.z[-1] * np.exp(offset(found, one.day))) for one in found]
    touched = [one.touched[-1] for one in found]
    nothing = np.zeros(0)
    return np.concatenate([nothing, *chances]), np.concatenate([nothing > 0, *touched])


def _weeks(owner: Owner, closed: int, day: date) -> int:
    """Count the weeks until enough windows may have closed, each with somebody who had been in touch twice.

    At least one: where an absence or a suggestion kept everybody out, nobody can tell how many more.
    """
    if closed >= ENOUGH:
        return 0
    moments = history.moments(owner, upto=day)
    ties, days = moments.mutual_days()
    today = day.toordinal()
    first = int(moments.columns[0].min(initial=today))
    again = int(days[1:][ties[1:] == ties[:-1]].min(initial=today))
    return max(1, ceil((max(first + MONTH, again) + MONTH * ENOUGH - today) / WEEK))

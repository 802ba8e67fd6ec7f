"""What became of the three words: forecasts for three months beside what happened; functions of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from amity.rhythm.days import Flags, Reals
from amity.rhythm.fit import lean
from amity.ties.learning import MONTH, WINDOWS, Window, leaning
from amity.ties.words import LIKELY, MAYBE, THREE_MONTHS, likelihood

TELLING = 10  # forecasts in one word, below which what became of them means little
WORDS = ((LIKELY, 1.0), (MAYBE, LIKELY), (0.0, MAYBE))  # from the likeliest: the chances that each stands for


@dataclass(frozen=True)
class Word:
    """What became of one word: how often it was said and came true, and the mean chance forecast with it.

    ``error`` is the standard error of the share that came true, see `_error`.
    """

    word: str
    times: int
    in_touch: int
    forecast: float
    error: float

    @property
    def is_telling(self) -> bool:
        """Whether it was said often enough to judge."""
        return self.times >= TELLING

    @property
    def share(self) -> float:
        """Give the share in touch, 0 where the word was never said."""
        return self.in_touch / self.times if self.times else 0.0

    @property
    def least(self) -> float:
        """Give the lower end of the interval in which the truth is, nineteen times in twenty."""
        return max(0.0, self.share - 2 * self.error)

    @property
    def most(self) -> float:
        """Give its upper end."""
        return min(1.0, self.share + 2 * self.error)

    @property
    def holds(self) -> bool:
        """Whether what happened is what was forecast, give or take chance."""
        return self.least <= self.forecast <= self.most


@dataclass(frozen=True)
class Forecasts:
    """A year of forecasts a month apart, whether each was made, and what happened; all (months, ties)."""

    made: Flags
    chances: Reals
    touched: Flags


def forecasts(found: list[Window], day: int) -> Forecasts:
    """Give a year of forecasts whose three months were over by a day, each as it was to be made on its own.

    ``found`` are windows a month apart, latest first; each teaches the forecasts made after it had closed.
    """
    closed = [one for one in found if one.said.closed <= day][:WINDOWS]
    people = np.unique(np.concatenate([np.zeros(0, np.int64), *(one.said.people for one in closed)]))
    made, touched = np.zeros((2, len(closed), len(people)), np.bool_)
    chances = np.zeros(made.shape)
    for month, one in enumerate(closed):
        at = np.searchsorted(people, one.said.people)
        made[month, at], touched[month, at] = True, one.said.touched
        chances[month, at] = -np.expm1(-lean(one.said.z, *leaning(found, one.day)))
    return Forecasts(made, chances, touched)


def became(found: Forecasts) -> list[Word]:
    """Say what became of each word, the likeliest first."""
    return [_became(found, low, high) for low, high in WORDS]


def stands_for(chances: Reals, low: float, high: float) -> Flags:
    """Tell which chances a word stands for: from low up to high; 1 belongs to the highest."""
    return np.asarray((chances >= low) & ((chances < high) | (high == 1.0)))


def _became(found: Forecasts, low: float, high: float) -> Word:
    said = found.made & stands_for(found.chances, low, high)
    times = int(said.sum())
    if not times:
        return Word(likelihood(low), 0, 0, 0.0, 0.0)
    error = _error(said, found.chances, found.touched)
    forecast = float(found.chances[said].mean())
    return Word(likelihood(low), times, int(found.touched[said].sum()), forecast, error)


def _error(said: Flags, chances: Reals, touched: Flags) -> float:
    """Give the standard error of the share in touch among what was said; all (months, ties).

    Three months that begin a month apart share most of their days, and a tie is like itself. So each tie
    counts once, by its sum of (touched - chance) about the mean (clusters; Liang & Zeger 1986). How much sums
    differ, a few ties hardly tell: it is no less than what chance alone brings where forecasts are right.
    """
    times, ties = int(said.sum()), int(said.any(axis=0).sum())
    apart = np.where(said, touched - chances, 0.0)
    sums = (apart - np.where(said, apart.sum() / times, 0.0)).sum(axis=0)
    between = float(sums @ sums) * ties / max(ties - 1, 1)
    return float(np.sqrt(max(between, _by_chance(said, chances)))) / times


def _by_chance(said: Flags, chances: Reals) -> float:
    """Give the variance of the number of hits where every chance is right; all (months, ties).

    Two outcomes of one tie hang together as far as their three months overlap.
    """
    spread: Any = np.where(said, np.sqrt(chances * (1 - chances)), 0.0)
    found, months = float((spread * spread).sum()), THREE_MONTHS // MONTH
    for lag in range(1, months):
        found += 2 * (1 - lag / months) * float((spread[lag:] * spread[:-lag]).sum())
    return found

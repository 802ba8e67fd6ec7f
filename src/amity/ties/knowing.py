"""How well Amity knows its owner: what it would have said, in its three words, beside what happened.

Once a week, and after whatever changes the whole book, a year of forecasts for the three months of which a
person's page speaks is made again, a month apart: each from what the book held until that day and what
windows that had closed by then had taught. A moment written down later is in it, nothing that happened later
is. Only what became of each word is kept, until the next week.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from datetime import date
from math import ceil
from typing import Any

import numpy as np

from amity.owner.models import Owner
from amity.rhythm.days import Ints
from amity.ties import history
from amity.ties.cache import fresh
from amity.ties.learning import EARLIER, MONTH, WINDOWS, learned, monday, windows
from amity.ties.models import Pace
from amity.ties.queries import album
from amity.ties.words import THREE_MONTHS, likelihood
from amity.ties.words_kept import TELLING, WORDS, Word, became, forecasts, stands_for

TAUGHT_BY = 6  # months before the oldest forecast: those still older would weigh less than a twentieth
WEEK = 7


@dataclass(frozen=True)
class Knowing:
    """The three words, likely first; where none can be judged yet, the weeks until one may be.

    ``weeks`` is None where time alone may not bring it; ``met_twice``: was anybody in touch on two days.
    """

    words: list[Word]
    weeks: int | None = None
    met_twice: bool = True

    @property
    def telling(self) -> list[Word]:
        """Give the words that were said often enough to judge."""
        return [one for one in self.words if one.is_telling]


def knowing(owner: Owner, day: date) -> Knowing:
    """Hold a year of forecasts for three months against what happened; suggested people are left out."""
    learned(owner, day, fresh(owner))
    kept = Pace.objects.filter(owner=owner, week=monday(day)).first()
    said: Any = kept.said if kept else None
    if not _is_whole(said):
        said = _look_back(owner, monday(day))
        Pace.objects.filter(owner=owner, week=monday(day)).update(said=said)
    words = [Word(likelihood(low), *of) for (low, _), of in zip(WORDS, said, strict=True)]
    if any(one.is_telling for one in words):
        return Knowing(words)
    return Knowing(words, *_waiting(owner, day))


def _is_whole(said: Any) -> bool:
    """Tell whether what is kept says all of each word: a version before this one kept less."""
    return said is not None and all(len(of) == len(fields(Word)) - 1 for of in said)


def _look_back(owner: Owner, until: date) -> list[tuple[Any, ...]]:
    found = windows(owner, until, THREE_MONTHS // MONTH + WINDOWS + TAUGHT_BY)
    return [astuple(one)[1:] for one in became(forecasts(found, until.toordinal()))]


def _waiting(owner: Owner, day: date) -> tuple[int | None, bool]:
    """Give the weeks until a word may be told of if each tie goes on as it is, and whether anybody met twice.

    No weeks where they should be over already: then absences, suggestions, seasons, or words that change
    have left too few of one word, and time alone may not bring more.
    """
    ties = album(owner, day)
    twice = np.flatnonzero(ties.states.n >= EARLIER)
    if not len(twice):
        return None, False
    begins = np.maximum(_second_days(owner, day, ties.people[twice]), ties.states.first.min() + MONTH)
    chances = ties.chance(THREE_MONTHS, twice)
    tenth = min(_tenth(begins[stands_for(chances, low, high)]) for low, high in WORDS)
    weeks = ceil((tenth - monday(day).toordinal()) / WEEK)
    return (weeks if weeks > 0 else None), True


def _second_days(owner: Owner, day: date, people: Ints) -> Ints:
    """Give the second day in touch of ties that have two, (ties,)."""
    ties, days = history.moments(owner, people.tolist(), upto=day).mutual_days()
    return days[np.searchsorted(ties, np.arange(len(people))) + 1]


def _tenth(begins: Ints) -> float:
    """Give the day on which the tenth forecast is over, of ties forecast each month from these days on."""
    ends = np.sort((begins[:, None] + THREE_MONTHS + MONTH * np.arange(TELLING)).ravel())
    return float(ends[TELLING - 1]) if len(ends) else np.inf

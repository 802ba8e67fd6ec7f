"""Days: on which two people really were in touch, and the gaps between them."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

TOGETHER, FROM_THEM, FROM_OWNER, OTHER = range(4)  # met, call or video; written by either; the rest
ANSWER_WITHIN, COMPANY = 30, 8  # days; people
FAR = np.iinfo(np.int64).max


def mutual_days(ties: Ints, days: Ints, channels: Ints, people: Ints, confirmed: Flags) -> tuple[Ints, Ints]:
    """Distinct (tie, day) pairs, sorted, on which owner and person really were in touch.

    One row per moment and person: tie >= 0, day ordinal (any sign), channel, people taking part (the owner
    among them), whether the owner said the two talked. A TOGETHER moment counts, and a written one that the
    other side answers in writing 0 to 30 days on; the answering day only if it is answered in turn. More than
    eight people count for nothing, not even as an answer, unless confirmed.
    """
    close = (people <= COMPANY) | confirmed
    keys, span, low = _keys(ties, days)
    theirs, ours = (np.unique(keys[close & (channels == side)]) for side in (FROM_THEM, FROM_OWNER))
    spoken = keys[close & (channels == TOGETHER)]
    mutual = np.unique(np.concatenate((spoken, _answered(theirs, ours), _answered(ours, theirs))))
    return mutual // span, mutual % span + low


def distinct(ties: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Sort (tie, day) pairs by tie, then day, and drop the repeated ones."""
    keys, span, low = _keys(ties, days)
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return keys // span, keys % span + low


def gaps(ties: Ints, days: Ints) -> tuple[Ints, Ints]:
    """(tie, days since that tie's day before) for every distinct day but each tie's first; gaps are >= 1."""
    ties, days = distinct(ties, days)
    same = ties[1:] == ties[:-1]
    return ties[1:][same], np.diff(days)[same]


def median_gap(ties: Ints, days: Ints, size: int) -> Reals:
    """The median of each tie's own gaps, (size,); NaN below two gaps, where no rhythm is claimed."""
    ties, gap = gaps(ties, days)
    gap = gap[np.lexsort((gap, ties))]
    count = np.bincount(ties, minlength=size)
    start, median = np.cumsum(count) - count, np.full(size, np.nan)
    known = count > 1
    low, high = (gap[(start + half // 2)[known]] for half in (count - 1, count))
    median[known] = (low + high) / 2
    return median


def per_tie(ties: Ints, values: Reals, size: int = 0) -> Reals:
    """Sum of the values of each tie, (size,)."""
    return np.bincount(ties, values, size).astype(np.float64, copy=False)


def _keys(ties: Ints, days: Ints) -> tuple[Ints, int, int]:
    """One number per (tie, day), ordered alike; ties lie so far apart that none answers the next."""
    low = int(days.min(initial=FAR))
    span = int(days.max(initial=low)) - low + ANSWER_WITHIN + 1
    return ties * span + (days - low), span, low


def _answered(asked: Ints, answers: Ints) -> Ints:
    """Those of the sorted keys `asked` that one of the sorted keys `answers` follows within 0 to 30 days."""
    following = np.append(answers, FAR)[np.searchsorted(answers, asked)]
    return asked[following - asked <= ANSWER_WITHIN]

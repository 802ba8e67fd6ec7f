"""Mutual days, on which two people really were in touch, and the usual gap between; functions of arrays."""

import numpy as np

from amity.rhythm.days import FAR, Flags, Ints, Reals, gaps, keys

TOGETHER, FROM_THEM, FROM_OWNER, OTHER = range(4)  # met, call or video; written by either; the rest
ANSWER_WITHIN, COMPANY = 30, 8  # days; people


def mutual_days(ties: Ints, days: Ints, channels: Ints, people: Ints, confirmed: Flags) -> tuple[Ints, Ints]:
    """Distinct (tie, day) pairs, sorted, on which owner and person really were in touch.

    One row per moment and person: tie >= 0, day ordinal (any sign), channel, people taking part (the owner
    among them), whether the owner said the two talked. A TOGETHER moment counts, and a written one that the
    other side answers in writing 0 to 30 days on; the answering day only if it is answered in turn. More than
    eight people count for nothing, not even as an answer, unless confirmed.
    """
    close = (people <= COMPANY) | confirmed
    at, span, low = keys(ties, days, apart=ANSWER_WITHIN)  # no tie answers the next
    theirs, ours = (np.unique(at[close & (channels == side)]) for side in (FROM_THEM, FROM_OWNER))
    spoken = at[close & (channels == TOGETHER)]
    mutual = np.unique(np.concatenate((spoken, _answered(theirs, ours), _answered(ours, theirs))))
    return mutual // span, mutual % span + low


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


def _answered(asked: Ints, answers: Ints) -> Ints:
    """Those of the sorted keys `asked` that one of the sorted keys `answers` follows within 0 to 30 days."""
    following = np.append(answers, FAR)[np.searchsorted(answers, asked)]
    return asked[following - asked <= ANSWER_WITHIN]

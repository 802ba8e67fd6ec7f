"""Days: those on which two were in touch, one each, and the gaps between them."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

FAR = np.iinfo(np.int64).max


def distinct(ties: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Sort (tie, day) pairs by tie, then day, and drop the repeated ones."""
    found, span, low = keys(ties, days)
    found.sort()
    found = found[np.diff(found, prepend=-1) > 0]
    return found // span, found % span + low


def gaps(ties: Ints, days: Ints) -> tuple[Ints, Ints]:
    """(tie, days since that tie's day before) for every distinct day but each tie's first; gaps are >= 1."""
    ties, days = distinct(ties, days)
    same = ties[1:] == ties[:-1]
    return ties[1:][same], np.diff(days)[same]


def per_tie(ties: Ints, values: Reals, size: int = 0) -> Reals:
    """Sum of the values of each tie, (size,)."""
    return np.bincount(ties, values, size).astype(np.float64, copy=False)


def keys(ties: Ints, days: Ints, apart: int = 0) -> tuple[Ints, int, int]:
    """One number per (tie, day), ordered alike; how far ties lie apart (`apart` at least); the first day."""
    low = int(days.min(initial=FAR))
    span = int(days.max(initial=low)) - low + apart + 1
    return ties * span + (days - low), span, low

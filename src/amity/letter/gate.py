"""How often one place may ask for a letter: kept in memory, for it protects a minute and not a record."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

FROM_ONE_PLACE, SECONDS = 10, 600.0
ALTOGETHER, HOUR = 300, 3600.0
MOST_PLACES = 10_000


class Gate:
    """So many sign-ups in ten minutes from one place, and so many in an hour altogether."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()
        self._lock = threading.Lock()

    def lets_in(self, place: str, now: float) -> bool:
        """Tell whether one more may come from a place; `now` is in seconds."""
        with self._lock:
            came = self._places.setdefault(place, deque())
            self._places.move_to_end(place)
            if len(self._places) > MOST_PLACES:
                self._places.popitem(last=False)
            _forget(came, now - SECONDS)
            _forget(self._all, now - HOUR)
            if len(came) >= FROM_ONE_PLACE or len(self._all) >= ALTOGETHER:
                return False
            came.append(now)
            self._all.append(now)
            return True


def _forget(came: deque[float], before: float) -> None:
    while came and came[0] <= before:
        came.popleft()

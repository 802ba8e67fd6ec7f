"""The thread that looks at the clock."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from django.db import close_old_connections
from django.utils import timezone

from amity.clock.actions import Recurring, enrol, run_due

SECONDS_BETWEEN_LOOKS = 20.0
LAST_JOB = 75.0  # a mail server may think about the mail in hand for a minute


class Clock:
    """Looks every twenty seconds for jobs that are due, in a thread of its own."""

    def __init__(self, jobs: Sequence[Recurring]) -> None:
        self._jobs = jobs
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="amity-clock", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job at hand and end."""
        self._stop.set()
        self._thread.join(timeout=LAST_JOB)

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            close_old_connections()
            now = timezone.now()
            enrol(self._jobs, now=now)
            run_due(self._jobs, now=now, is_over=self._stop.is_set)
            close_old_connections()
            self._stop.wait(SECONDS_BETWEEN_LOOKS)

"""Which senders are at work: each holds a locked file, which the system frees however its process ends."""

from __future__ import annotations

import fcntl
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from amity.owner.models import new_uid

_closing = threading.Event()


def close_for_the_night() -> None:
    """Ask every sender of this process to finish the mails in hand and to begin no other."""
    _closing.set()


def is_closing(within: float = 0.0) -> bool:
    """Tell whether this process is about to end, waiting so many seconds for the word."""
    return _closing.wait(within)


def _folder() -> Path:
    folder: Path = settings.AMITY_HOME / "senders"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def at_work() -> Iterator[str]:
    """Be a worker until the block ends or the process dies; gives the worker's name."""
    uid = new_uid()
    path = _folder() / uid
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield f"{platform.node()[:60]}:{uid}"
        finally:
            path.unlink(missing_ok=True)


def is_at_work(worker: str) -> bool | None:
    """Tell whether a worker still lives; None when it belongs to another machine and nobody here can know."""
    node, _, uid = worker.rpartition(":")
    if node != platform.node()[:60]:
        return None
    try:
        with (_folder() / uid).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    (_folder() / uid).unlink(missing_ok=True)
    return False

"""The work of an import in a process of its own: a thread beside the pages would make them wait."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from amity.journal.models import Import, ImportState

OVER = (ImportState.ARRIVED, ImportState.UNDONE, ImportState.FAILED)

_children: dict[str, subprocess.Popen[bytes]] = {}


def start(run: Import) -> None:
    """Begin the work and return at once. The child outlives the server and steps back for everybody else."""
    _children[run.uid] = subprocess.Popen(  # noqa: S603  (our own program, and a uid of our own)
        [*_gently(), sys.executable, "-m", "amity", "work", run.uid],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _gently() -> list[str]:
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


def is_at_work(run: Import) -> bool:
    """Tell whether the child is still there: after the last row it looks for doubles and plans the day."""
    child = _children.get(run.uid)
    return child is not None and child.poll() is None


def has_died(run: Import) -> bool:
    """Tell whether the child that this server started for an import ended before its work did."""
    child = _children.get(run.uid)
    return not run.waits and run.state not in OVER and child is not None and child.poll() not in {None, 0}

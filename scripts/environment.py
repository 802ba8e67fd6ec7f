"""The project's virtual environment: made once from a lock file, left alone until that changes."""

from __future__ import annotations

import hashlib
import platform
import sys
from pathlib import Path

from machine import need_venv, need_writable
from packages import FIRST, do, install

ROOT = Path(__file__).resolve().parent.parent


def program(name: str, root: Path = ROOT) -> str:
    """Give the path of a program of the environment."""
    return str(root / ".venv" / "bin" / name)


def prepare(lock: str, root: Path = ROOT) -> None:
    """Bring the environment to what the lock file says; costs a few milliseconds when it is there already."""
    stamp = root / ".venv" / f"{lock}.stamp"
    wanted = fingerprint(lock, root)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    need_writable(root)
    print("Setting up (once; some ten seconds, and what the downloads take).", flush=True)
    if not _usable(root):
        need_venv()
        do("make a virtual environment", [sys.executable, "-m", "venv", "--clear", str(root / ".venv")])
    install(root / lock, root)
    stamp.write_text(wanted)  # last: a set-up that was cut off starts again


def fingerprint(lock: str, root: Path = ROOT) -> str:
    """Hash all that decides what belongs in the environment: locks, project, Python and the folder itself."""
    parts = [
        (root / FIRST).read_bytes(),
        (root / lock).read_bytes(),
        (root / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        bytes(root),
    ]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _usable(root: Path) -> bool:
    """Tell whether the environment is of this Python and was made in this folder, which its programs name."""
    notes = root / ".venv" / "pyvenv.cfg"
    if not notes.exists() or not Path(program("python", root)).exists():
        return False
    facts = dict(line.split(" = ", 1) for line in notes.read_text().splitlines() if " = " in line)
    same_place = facts.get("command", "").endswith(f" {root / '.venv'}")
    return same_place and facts.get("version") == platform.python_version()

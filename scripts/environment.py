"""The project's virtual environment: made once from a lock file, left alone until that changes."""

from __future__ import annotations

import hashlib
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import Missing, need_venv, need_writable

ROOT = Path(__file__).resolve().parent.parent
BUILD_TOOL = "setuptools"
BUILT_HERE = ("dkimpy",)  # published as source only; plain Python, so it is quick


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
    print("Setting up (once; about half a minute).", flush=True)
    if not _usable(root):
        need_venv()
        _do("make a virtual environment", [sys.executable, "-m", "venv", "--clear", str(root / ".venv")])
    install(lock, root)
    stamp.write_text(wanted)  # last: a set-up that was cut off starts again


def fingerprint(lock: str, root: Path = ROOT) -> str:
    """Hash all that decides what belongs in the environment: lock, project, Python and the folder itself."""
    parts = [
        (root / lock).read_bytes(),
        (root / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        bytes(root),
    ]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def install(lock: str, root: Path = ROOT) -> None:
    """Install the locked packages, each checked against its hash, and then Amity itself from this folder.

    Wheels, and no build isolation: a package built from source would fetch build tools that no hash
    pins. Amity's own build tool is therefore in the lock, and comes first, for BUILT_HERE.
    """
    pip = [
        program("python", root),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    wheels = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as tool:
        tool.write(pinned(BUILD_TOOL, (root / lock).read_text()))
        tool.flush()
        _do("install the build tool", [*pip, *wheels, tool.name])
    here = ["--no-binary", ",".join(BUILT_HERE), "--no-build-isolation"]
    _do("install the locked packages", [*pip, *wheels, str(root / lock), *here])
    _do("install Amity from this folder", [*pip, "--no-deps", "--no-build-isolation", "-e", str(root)])


def pinned(name: str, lock: str) -> str:
    """Give one package's lines of a lock: its version and its hashes."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n    .*)*", lock, re.MULTILINE)
    if found is None:
        raise Missing(f"The lock does not pin {name}.")
    return found[0] + "\n"


def _usable(root: Path) -> bool:
    """Tell whether the environment is of this Python and was made in this folder, which its programs name."""
    notes = root / ".venv" / "pyvenv.cfg"
    if not notes.exists() or not Path(program("python", root)).exists():
        return False
    facts = dict(line.split(" = ", 1) for line in notes.read_text().splitlines() if " = " in line)
    same_place = facts.get("command", "").endswith(f" {root / '.venv'}")
    return same_place and facts.get("version") == platform.python_version()


def _do(what: str, command: list[str]) -> None:
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Missing(f"Could not {what}; the lines above say why.")

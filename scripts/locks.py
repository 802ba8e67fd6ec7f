"""The lock files: every package with its version and hashes, and no word about where it is fetched from."""

from __future__ import annotations

import os
import subprocess
import tomllib

from environment import ROOT, prepare, program
from machine import Missing
from packages import FIRST

# Each lock is bound to the versions of the one before, so that one environment serves them all.
LOCKS = {
    "requirements.lock": [],
    "requirements-test.lock": ["--extra", "test", "--constraints", "requirements.lock"],
    "requirements-bench.lock": [
        "--extra",
        "test",
        "--extra",
        "bench",
        "--constraints",
        "requirements-test.lock",
    ],
}


def lock(arguments: list[str]) -> int:
    """Choose the versions again from pyproject.toml and write every file; ``--upgrade`` takes the newest."""
    prepare("requirements-test.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    compile_lock(FIRST, ["-", *arguments], "\n".join([*project["build-system"]["requires"], "uv"]))
    for name, more in LOCKS.items():
        compile_lock(name, ["pyproject.toml", *more, *arguments])
    return 0


def compile_lock(name: str, more: list[str], told: str = "") -> None:
    """Write one lock file for every platform; ``told`` is what uv reads where it is to read ``-``."""
    fixed = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-annotate",
        "--no-config",
        "--quiet",
    ]
    nowhere = ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
    command = [program("uv"), "pip", "compile", *fixed, *nowhere, *more, "-o", name]
    # A folder of local wheels would bring hashes that exist on one machine only.
    surroundings = {key: value for key, value in os.environ.items() if key != "UV_FIND_LINKS"}
    done = subprocess.run(command, input=told, cwd=ROOT, env=surroundings, text=True, check=False)
    if done.returncode != 0:
        raise Missing(f"{name} could not be written; the lines above say why.")
    refuse_addresses(name, (ROOT / name).read_text())


def refuse_addresses(name: str, text: str) -> None:
    """Refuse a lock that names a host or a path: it would only work where it was written."""
    bad = [line for line in text.splitlines() if "://" in line or line.startswith(("-", "/", "."))]
    if bad:
        raise Missing(f"{name} names a place to fetch from: {bad[0]}")

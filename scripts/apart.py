"""The long runs apart from ``make test``; each leaves its last results, with date and commit, in docs/."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
from datetime import UTC, datetime

from environment import ROOT, prepare
from machine import Missing
from steps import PYTEST, clean_environment, tee

# Benchmarks whose claims are about both engines, and files that only serve the others.
ON_BOTH, SERVE_OTHERS = ["book", "letters", "pages"], ["big_book"]


def bench(_arguments: list[str]) -> int:
    """Run every benchmark, one process after the other; each prints our figures beside a peer's."""
    files = [*(ROOT / "benchmarks").glob("[a-z]*.py"), *(ROOT / "benchmarks").glob("[a-z]*/__main__.py")]
    names = sorted(path.parent.name if path.stem == "__main__" else path.stem for path in files)
    commands = [["python", "-m", f"benchmarks.{name}"] for name in names if name not in SERVE_OTHERS]
    commands += [["python", "tests/servers.py", "python", "-m", f"benchmarks.{name}"] for name in ON_BOTH]
    return _record("Benchmarks", "bench", "benchmarks.md", commands, lock="requirements-bench.lock")


def fuzz(arguments: list[str]) -> int:
    """Read damaged files, 100,000 of each format or as many as asked for; then try the property tests hard.

    How hard is said by the profiles of tests/conftest.py: a book for each example takes its time.
    """
    damaged = ["python", "scripts/fuzz.py", *arguments]
    pure = [*PYTEST, "-m", "hypothesis and not django_db", "--hypothesis-profile=fuzz"]
    books = [*PYTEST, "-m", "hypothesis and django_db", "--hypothesis-profile=fuzz-books"]
    return _record("Fuzzing", "fuzz", "fuzz.md", [damaged, pure, books])


def faults(_arguments: list[str]) -> int:
    """Run the tests marked ``faults``, which ``make test`` leaves out."""
    return _record("Faults", "faults", "faults.md", [[*PYTEST, "-m", "faults"]])


def fresh(arguments: list[str]) -> int:
    """Build a minimal Debian in a folder and type the README's commands in it."""
    return _record("A fresh machine", "fresh", "fresh.md", [["python", "scripts/fresh.py", *arguments]])


def gallery(_arguments: list[str]) -> int:
    """Photograph every page of the sample world."""
    return _record("Gallery", "gallery", "gallery.md", [["python", "scripts/gallery.py"]])


def _record(
    title: str, target: str, page: str, commands: list[list[str]], lock: str = "requirements-test.lock"
) -> int:
    if not commands:
        raise Missing(f"There is nothing for `make {target}` to run.")
    prepare(lock)
    parts, codes = [], []
    with tempfile.TemporaryDirectory(prefix="amity-home-") as home:
        surroundings = {
            **clean_environment(home),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)]),
        }
        for command in commands:
            code, lines = tee(command, surroundings)
            codes.append(code)
            said = "\n".join(lines).strip() + (f"\n(failed with exit code {code})" if code else "")
            parts.append(f"$ {' '.join(command)}\n\n{said}")
    (ROOT / "docs" / page).write_text(page_text(title, target, parts, when=datetime.now(UTC)))
    return 1 if any(codes) else 0


def page_text(title: str, target: str, parts: list[str], *, when: datetime) -> str:
    """Give the page: what it is, when and on what it was measured, and each run's output as printed."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"
    head = (
        f"# {title}\n\nWritten by `make {target}` on {when:%Y-%m-%d} at commit {_commit()}, on {machine}.\n"
    )
    return head + "".join(f"\n```text\n{part}\n```\n" for part in parts)


def _commit() -> str:
    words = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"

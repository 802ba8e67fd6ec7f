"""What each target does; the list of targets with their sentences is in setup.py."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from apart import bench, faults, fresh, fuzz, gallery
from environment import ROOT, prepare, program
from locks import lock
from machine import Missing, install, need_venv
from steps import PYTEST, Step, run_all

sys.path.append(str(ROOT / "tests"))  # the one place that knows where a server or a browser is found
import servers

LINT = [
    Step("style", ["ruff", "check", "."]),
    Step("format", ["ruff", "format", "--check", "."]),
    Step("types", ["mypy"], beside=True),  # on one core, and half a minute at least
    Step("arrows", ["lint-imports", "--no-logo"]),
    Step("templates", ["djlint", "--lint", "--profile=django", "--quiet", "src/amity/templates"]),
    Step(
        "migrations", ["django-admin", "makemigrations", "--check", "--dry-run", "--settings=amity.settings"]
    ),
]
DEBIANS_CHROMIUM = "/usr/bin/chromium"
OF_PLAYWRIGHT = "libatomic.so.1"  # what drives the browser is a Node, and wants it; a minimal Debian has none


def run(arguments: list[str]) -> int:
    """Set up, then become ``amity run``."""
    prepare("requirements.lock")
    sys.stdout.flush()
    os.execv(program("amity"), ["amity", "run", *arguments])


def lint(_arguments: list[str]) -> int:
    """Set up, then everything that reads the code without running it."""
    prepare("requirements-test.lock")
    return run_all(LINT)


def test(_arguments: list[str]) -> int:
    """Set up, system packages included where this user may, then every check on both databases.

    The system's packages come while the environment is set up and the code is read, which need none of them.
    """
    need_venv()  # it may want apt-get for itself
    with ThreadPoolExecutor(1) as beside:
        fetched = beside.submit(fetch_packages)
        prepare("requirements-test.lock")
        return run_all(_every_step(fetched))


def _every_step(fetched: Future[list[str]]) -> Iterator[Step]:
    yield from LINT
    lacking = fetched.result()
    if lacking and os.environ.get("CI"):
        raise Missing(f"These packages are missing, and CI runs every test: {' '.join(lacking)}.")
    yield Step("tests on SQLite", PYTEST)
    postgresql = ["python", "tests/servers.py", *PYTEST]
    yield Step("tests on PostgreSQL", postgresql, lacking="PostgreSQL" if "postgresql" in lacking else "")


def fetch_packages() -> list[str]:
    """Install what the tests need of the system where this user may; name what is missing still."""
    lacking = missing_packages()
    if lacking and install(*lacking):
        lacking = missing_packages()
    if servers.windowless_chromium() == DEBIANS_CHROMIUM:  # as good, but it takes half as much time again
        install("chromium", "chromium-headless-shell")  # both, for they must be of one version
    return lacking


def missing_packages() -> list[str]:
    """Name the Debian packages whose programs the tests need and this machine has not got."""
    found = {"postgresql": servers.postgresql_programs(), "chromium": servers.chromium()}
    found |= {"caddy": system_program("caddy")}
    if os.geteuid() == 0:  # Postfix can be started by root only; without it the mail chain is skipped by name
        found |= {"postfix": system_program("postfix"), "dovecot-imapd": system_program("dovecot")}
        found |= {"dovecot-lmtpd": Path("/usr/lib/dovecot/lmtp"), "openssl": system_program("openssl")}
    missing = [package for package, program in found.items() if program is None or not Path(program).exists()]
    return missing + ([] if has_library(OF_PLAYWRIGHT) else ["libatomic1"])


def has_library(name: str) -> bool:
    """Tell whether the machine's loader finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def system_program(name: str) -> str | None:
    """Find a program where servers are kept, too."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


FUNCTIONS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "lock": lock,
    "bench": bench,
    "fuzz": fuzz,
    "faults": faults,
    "fresh": fresh,
    "gallery": gallery,
}

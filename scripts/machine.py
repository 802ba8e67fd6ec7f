"""What the machine itself must have; Debian's apt-get fetches it, as root or by a sudo that asks nothing."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

SYSTEMS_PYTHON = Path("/usr/bin/python3")
SERVES = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"


class Missing(Exception):
    """Something the machine lacks or refuses; the text is the sentence for the person at the keyboard."""


def faster_python() -> Path | None:
    """Give the system's Python where ours was built without optimisation, as pyenv's are: half as fast.

    None where ours is fine or was chosen (``make run PYTHON=...``), or where the system's would not serve.
    """
    told_to_be = sysconfig.get_config_var("CONFIG_ARGS")  # None on Windows
    fine = told_to_be is None or "--enable-optimizations" in told_to_be or "PYTHON" in os.environ
    systems = Path(sys.base_prefix) == SYSTEMS_PYTHON.parents[1]  # optimised in each distribution's own way
    # A Mac's is a stub that may open a window.
    if fine or systems or sys.platform != "linux" or not SYSTEMS_PYTHON.exists():
        return None
    asked = subprocess.run([SYSTEMS_PYTHON, "-c", SERVES], capture_output=True, check=False)
    return SYSTEMS_PYTHON if asked.returncode == 0 else None


def installer() -> list[str] | None:
    """Give the words before ``apt-get``: none as root, ``sudo -n`` where it works; None if we may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install(*packages: str) -> bool:
    """Install Debian packages if this user may; tell whether that worked."""
    before = installer()
    if before is None:
        return False
    print(f"Installing {' '.join(packages)} with apt-get.", flush=True)
    if "postfix" in packages:
        _keep_postfix_quiet(before)
    # A machine that has just started may be busy upgrading itself: wait for its lock instead of failing.
    apt = [
        *before,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=400",
    ]
    subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, check=False)  # stale lists may still do
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _keep_postfix_quiet(before: list[str]) -> None:
    """Answer Debian's question beforehand: the tests start a Postfix of their own, the machine needs none."""
    answer = "postfix postfix/main_mailer_type select No configuration\n"
    subprocess.run([*before, "debconf-set-selections"], input=answer, text=True, check=False)


def need_venv() -> None:
    """Make sure that Python can make virtual environments; Debian keeps that in a package of its own."""
    if _has_venv():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not (install(package) and _has_venv()):
        raise Missing(
            "Python cannot make virtual environments here. On Debian and Ubuntu type this, then try again:\n"
            f"    sudo apt-get install {package}"
        )


def _has_venv() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def need_writable(folder: Path) -> None:
    """Make sure that the environment can be written into the project's folder."""
    if not os.access(folder, os.W_OK):
        raise Missing(f"Amity sets itself up inside its own folder, and {folder} cannot be written to.")

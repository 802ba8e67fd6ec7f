"""A fresh machine, really: a minimal Debian in a folder, and in it the README's two commands.

Run as root by ``make fresh`` (``ARGS=--quick`` leaves the tests out); the commands are typed by an ordinary
user. What this machine needs to reach its package mirrors (apt's sources, pip's settings, certificates) is
copied into the folder, for packages that are installed there may rewrite it; folders in which pip looks are
shown to it, for reading only. That happens in a mount namespace of its own, which is gone before the folder
is deleted: so neither a package nor a deletion can ever reach this machine's own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from environment import ROOT
from machine import Missing, install

SUITE = "bookworm"
# What a machine has before anybody thinks of Amity; python3-venv, which set-up fetches itself, is not there.
BARE = "make,python3,git,sudo,ca-certificates,procps"
COPIED = ["/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d", "/usr/share/keyrings"]
# Certificates of this machine's own too: Debian writes /etc/ssl/certs anew when ca-certificates is updated.
COPIED += ["/etc/ssl/certs", "/usr/local/share/ca-certificates", "/etc/resolv.conf", "/etc/hosts"]
SHOWN = ["/proc", "/dev", "/dev/shm", "/dev/pts"]
LENT_VARIABLES = re.compile(r"(?i)^(pip_.*|.*_proxy|ssl_cert_.*|requests_ca_bundle|curl_ca_bundle)$")
USER = "ada"
HOME = f"/home/{USER}"
PORT = "8791"
LAST = 5000  # signs of what a command printed before it failed
TOLD = re.compile(r"^global\.((?:extra-)?index-url|find-links|trusted-host|cert)='(.*)'$", re.MULTILINE)
OF_PIP = re.compile(r"^(WARNING|DEPRECATION|Looking in|\[notice\]).*\n?", re.MULTILINE)  # name places of ours
Said = TypeVar("Said")
LINK = re.compile(r"http://\S+/sign-in/\S+")
INSIDE = "--inside"
IN_IMAGE = "env AMITY_HOME=$HOME/in-image /opt/amity/bin/amity run"


def main(words: Sequence[str]) -> int:
    """Build the machine, use it, and print one line for each thing done: minutes and megabytes."""
    if os.geteuid() != 0:
        raise Missing("A machine in a folder needs root: sudo make fresh.")
    if shutil.which("debootstrap") is None and not install("debootstrap"):
        raise Missing("debootstrap is missing; on Debian: apt-get install debootstrap")
    with tempfile.TemporaryDirectory(prefix="amity-fresh-") as folder:
        again = [sys.executable, __file__, INSIDE, folder, *words]
        return subprocess.run(["unshare", "--mount", *again], check=False).returncode


def inside(folder: str, words: Sequence[str]) -> int:
    """Do the work, in a mount namespace of its own."""
    machine = Path(folder) / "machine"
    _timed("a minimal Debian", machine, lambda: _build(machine))
    _lend(machine)
    _use(machine, quick="--quick" in words)
    return 0


def _use(machine: Path, *, quick: bool) -> None:
    _timed("a clone", machine, lambda: _clone(machine))
    _timed("make run, the first time", machine, lambda: _until_it_answers(machine, "cd amity && make run"))
    _timed("make run, again", machine, lambda: _until_it_answers(machine, "cd amity && make run"))
    _timed("pipx install .", machine, lambda: _by_pipx(machine))
    _timed(
        "amity run, by pipx", machine, lambda: _until_it_answers(machine, ".local/bin/amity run", make=False)
    )
    _timed("the Dockerfile's commands", machine, lambda: _as_the_dockerfile_does(machine))
    _timed("amity run, as installed so", machine, lambda: _until_it_answers(machine, IN_IMAGE, make=False))
    if not quick:
        said = _timed("make test", machine, lambda: _as_user(machine, "cd amity && CI=true make test"))
        print(f"\n{said.rsplit(chr(10) * 2, 2)[-2]}")  # the table that closes it


def _as_the_dockerfile_does(machine: Path) -> None:
    """Run every RUN line of the Dockerfile in the clone, as root: Docker itself cannot run everywhere."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    for words in (line.removeprefix("RUN ") for line in lines if line.startswith("RUN ")):
        _as_user(machine, f"cd amity && sudo -E env HOME=$HOME sh -ec {shlex.quote(words)}")


def _timed(what: str, machine: Path, work: Callable[[], Said]) -> Said:
    start, before = time.monotonic(), _megabytes(machine)
    said = work()
    grown = _megabytes(machine) - before
    print(f"{what:<26} {(time.monotonic() - start) / 60:5.1f} min  {grown:+6.0f} MB", flush=True)
    return said


def _megabytes(machine: Path) -> float:
    if not machine.exists():
        return 0.0
    done = subprocess.run(["du", "-smx", str(machine)], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[0])


def _build(machine: Path) -> None:
    command = ["debootstrap", "--variant=minbase", f"--include={BARE}", SUITE, str(machine), _mirror()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Missing(f"debootstrap failed: {done.stdout.strip().splitlines()[-1]}")
    may = f"{USER} ALL=(ALL) NOPASSWD: ALL"
    words = f"useradd --create-home --shell /bin/bash {USER} && echo '{may}' >/etc/sudoers.d/{USER}"
    subprocess.run(["chroot", str(machine), "sh", "-c", words], check=True)


def _clone(machine: Path) -> None:
    place = machine / HOME.lstrip("/") / "amity"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], check=True)
    subprocess.run(["chroot", str(machine), "chown", "-R", f"{USER}:", HOME], check=True)


def _mirror() -> str:
    """Give the mirror this machine's own apt uses."""
    words = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    sites = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()
    if not sites:
        raise Missing("This machine's apt names no mirror to build a Debian from.")
    return sites[0]


def _lend(machine: Path) -> None:
    """Give it what every machine has (processes, devices) and what this one needs to reach its mirrors."""
    (machine / "etc/apt/sources.list").unlink(missing_ok=True)  # debootstrap's own, beside what is copied
    for path in (Path(one) for one in COPIED if Path(one).exists()):
        _copy(path, machine / str(path).lstrip("/"))
    for name in SHOWN:
        _show(Path(name), machine)
    told = _told_to_pip()
    (machine / "etc/pip.conf").write_text("\n".join(["[global]", *told, ""]))
    for path in _places_in(" ".join([*told, os.environ.get("PIP_FIND_LINKS", "")])):
        _show(path, machine, "remount,bind,ro")


def _copy(path: Path, at: Path) -> None:
    """Put a file or a folder, with what links in it lead to, in place of what is there.

    What is there goes first: its links lead from the top, which seen from here is this machine's own.
    """
    at.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(path, at, ignore_dangling_symlinks=True)
    else:
        at.unlink(missing_ok=True)
        shutil.copy(path, at)


def _show(path: Path, machine: Path, *then: str) -> None:
    at = machine / str(path).lstrip("/")
    at.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "--bind", str(path), str(at)], check=True)
    for options in then:
        subprocess.run(["mount", "-o", options, str(at)], check=True)


def _told_to_pip() -> list[str]:
    """Give where pip looks on this machine, for every user of the other: root installs there, too."""
    words = [sys.executable, "-m", "pip", "config", "list"]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return [f"{name} = {value}" for name, value in TOLD.findall(said)]


def _places_in(told: str) -> set[Path]:
    """Give the folders of this machine in which pip is told to look; an index lies beside its files."""
    found = [Path(one) for one in re.findall(r"(?:file://|(?<=\s))(/[\w./-]+)", told)]
    return {Path(*one.parts[:3]) for one in found if one.is_dir() and len(one.parts) > 2}  # noqa: PLR2004


def _command(machine: Path, words: str) -> list[str]:
    """Give what runs words in the machine as its ordinary user, with a clean environment."""
    lent = [f"{name}={value}" for name, value in os.environ.items() if LENT_VARIABLES.match(name)]
    clean = ["env", "-i", f"HOME={HOME}", f"USER={USER}", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"]
    inside = ["setpriv", "--reuid", USER, "--regid", USER, "--init-groups", *clean, *lent]
    return ["chroot", str(machine), *inside, "sh", "-c", f"cd {HOME} && {words}"]


def _as_user(machine: Path, words: str) -> str:
    """Run words as the ordinary user, and give what they print; a reader sees it only when they fail."""
    done = subprocess.run(
        _command(machine, words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    said = OF_PIP.sub("", done.stdout).strip()
    if done.returncode != 0:
        raise Missing(f"{said[-LAST:]}\nThis failed on the fresh machine: {words}")
    return said


def _by_pipx(machine: Path) -> None:
    _as_user(machine, "sudo apt-get -qq update && sudo apt-get -qq install -y pipx >/dev/null")
    _as_user(machine, "pipx install ./amity")


def _until_it_answers(machine: Path, words: str, *, make: bool = True) -> None:
    """Start Amity, wait for its link, see its page, and stop it as a terminal would."""
    told = f"{words} ARGS='--port {PORT} --no-browser'" if make else f"{words} --port {PORT} --no-browser"
    process = subprocess.Popen(
        _command(machine, f"exec {told}" if not make else told),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # pip's warnings name places of this machine
        text=True,
        start_new_session=True,
    )
    try:
        link = next((found[0] for line in process.stdout or () if (found := LINK.search(line))), None)
        if link is None:
            raise Missing(f"Amity printed no link on the fresh machine: {words}")
        with urllib.request.urlopen(link, timeout=20) as page:
            if b"Amity" not in page.read():
                raise Missing("The page that answers on the fresh machine is not Amity's.")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    try:
        if sys.argv[1:2] == [INSIDE]:
            raise SystemExit(inside(sys.argv[2], sys.argv[3:]))
        raise SystemExit(main(sys.argv[1:]))
    except Missing as missing:
        print(missing, file=sys.stderr)
        raise SystemExit(1) from missing

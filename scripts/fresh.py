"""A fresh machine, really: a minimal Debian in a folder, and in it the README's two commands.

Run as root by ``make fresh`` (``ARGS=--quick`` leaves the tests out); the commands are typed by an ordinary
user. What this machine needs to reach its package mirrors (apt's sources, pip's settings, certificates)
is lent to the folder while it runs, and nothing else. That happens in a mount namespace of its own, which is
gone before the folder is deleted: so no deletion can ever reach what was lent.
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

from environment import ROOT
from machine import Missing, install

SUITE = "bookworm"
# What a machine has before anybody thinks of Amity; python3-venv, which set-up fetches itself, is not there.
BARE = "make,python3,git,sudo,ca-certificates,procps"
LENT = ["/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d", "/etc/pip.conf"]
LENT += ["/etc/ssl/certs", "/etc/resolv.conf", "/etc/hosts", "/usr/share/keyrings"]
LENT_VARIABLES = re.compile(r"(?i)^(pip_.*|.*_proxy|ssl_cert_.*|requests_ca_bundle|curl_ca_bundle)$")
USER = "ada"
HOME = f"/home/{USER}"
PORT = "8791"
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
    if not quick:
        _timed("make test", machine, lambda: _as_user(machine, "cd amity && CI=true make test"))
    _timed("pipx install .", machine, lambda: _by_pipx(machine))
    _timed(
        "amity run, by pipx", machine, lambda: _until_it_answers(machine, ".local/bin/amity run", make=False)
    )
    _timed("the Dockerfile's commands", machine, lambda: _as_the_dockerfile_does(machine))
    _timed("amity run, as installed so", machine, lambda: _until_it_answers(machine, IN_IMAGE, make=False))


def _as_the_dockerfile_does(machine: Path) -> None:
    """Run every RUN line of the Dockerfile in the clone, as root: Docker itself cannot run everywhere."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    for words in (line.removeprefix("RUN ") for line in lines if line.startswith("RUN ")):
        _as_user(machine, f"cd amity && sudo -E env HOME=$HOME sh -ec {shlex.quote(words)}")


def _timed(what: str, machine: Path, work: Callable[[], object]) -> None:
    start, before = time.monotonic(), _megabytes(machine)
    work()
    grown = _megabytes(machine) - before
    print(f"{what:<26} {(time.monotonic() - start) / 60:5.1f} min  {grown:+6.0f} MB", flush=True)


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
    """Lend what every machine has (processes, devices) and what this one needs to reach its mirrors."""
    (machine / "etc/apt/sources.list").unlink(missing_ok=True)  # debootstrap's own, beside what is lent
    lent = [Path(one) for one in ("/proc", "/dev", "/dev/shm", "/dev/pts", *LENT) if Path(one).exists()]
    for path in [*lent, *_places_of_pip()]:
        _bind(path, machine / str(path).lstrip("/"))
    own = Path("~/.config/pip/pip.conf").expanduser()
    if own.exists():
        theirs = machine / HOME.lstrip("/") / ".config/pip/pip.conf"
        theirs.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(own, theirs)


def _places_of_pip() -> set[Path]:
    """Give the folders of this machine in which pip has been told to look, from the top."""
    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found = re.findall(
        r"(?:file://|(?<=['\s]))(/[\w./-]+)", f"{said.stdout} {os.environ.get('PIP_FIND_LINKS', '')}"
    )
    return {Path(*path.parts[:2]) for one in found if (path := Path(one)).is_dir() and len(path.parts) > 2}  # noqa: PLR2004


def _bind(path: Path, at: Path) -> None:
    if path.is_dir():
        at.mkdir(parents=True, exist_ok=True)
    else:
        at.parent.mkdir(parents=True, exist_ok=True)
        at.touch()
    subprocess.run(["mount", "--bind", str(path), str(at)], check=True)


def _command(machine: Path, words: str) -> list[str]:
    """Give what runs words in the machine as its ordinary user, with a clean environment."""
    lent = [f"{name}={value}" for name, value in os.environ.items() if LENT_VARIABLES.match(name)]
    clean = ["env", "-i", f"HOME={HOME}", f"USER={USER}", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"]
    inside = ["setpriv", "--reuid", USER, "--regid", USER, "--init-groups", *clean, *lent]
    return ["chroot", str(machine), *inside, "sh", "-c", f"cd {HOME} && {words}"]


def _as_user(machine: Path, words: str) -> None:
    done = subprocess.run(_command(machine, words), stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Missing(f"This failed on the fresh machine: {words}")


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

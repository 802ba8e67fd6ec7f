"""What the tests borrow from the machine: a PostgreSQL of their own, and the browser.

``python tests/servers.py COMMAND...`` starts an empty PostgreSQL on a free local port, runs the command with
``AMITY_DATABASE`` pointing at it, then stops the server and deletes its data, whatever happened. Its exit
code is the command's. Standard library only: the set-up asks it what is missing before anything is installed.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Nothing here outlives the run, so nothing needs to reach the disk; and no table is so large that a question
# repays being compiled first, which one of many parts is thought to.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"


def chromium() -> str | None:
    """Give the path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)


def windowless_chromium() -> str | None:
    """Give the path of the Chromium that draws no window, which costs a third less; else of the whole one."""
    return shutil.which("chromium-headless-shell") or chromium()


def postgresql_programs(debian: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """Give the folder of PostgreSQL's programs: Debian's newest (kept off the PATH), else the PATH's."""
    installed = [path.parent for path in debian.glob("*/bin/initdb")]
    if installed:
        return max(
            installed, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)]
        )
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL with one empty database and yield its address; stop it and delete it afterwards."""
    programs = postgresql_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is missing; on Debian and Ubuntu: sudo apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="amity-postgresql-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(programs, Path(folder), _free_port(), secrets.token_hex(16))
        cluster.make()
        process = cluster.start()
        try:
            cluster.create_database(process)
            yield f"postgresql://amity:{cluster.password}@127.0.0.1:{cluster.port}/amity"
        finally:
            _stop(process)


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder of our own, and how to reach its server: by password, from this machine."""

    programs: Path
    folder: Path
    port: int
    password: str

    def make(self) -> None:
        """Make the data folder, as Debian's user for it where we are root, which PostgreSQL refuses to be."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)  # the folder around it is closed to everybody else
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        flags = "-D data -U amity -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 --no-sync"
        if self._spawn("initdb", flags).wait() != 0:
            raise RuntimeError(f"PostgreSQL could not make its data folder:\n{self.log()}")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, on the loopback address and without a socket file."""
        return self._spawn("postgres", f"-D data -h 127.0.0.1 -p {self.port} -k '' {CARELESS}")

    def create_database(self, process: subprocess.Popen[bytes], patience: float = 60) -> None:
        """Create the database, trying until the server is ready for it."""
        flags = f"-h 127.0.0.1 -p {self.port} -U amity --no-password amity"
        deadline = time.monotonic() + patience
        while process.poll() is None and time.monotonic() < deadline:
            if self._spawn("createdb", flags).wait() == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")

    def log(self) -> str:
        """Give what its programs have said."""
        return (self.folder / "log").read_text(errors="replace")

    def _spawn(self, program: str, flags: str) -> subprocess.Popen[bytes]:
        # Its output goes to a file: a server that held our pipe would keep whoever reads that waiting. It
        # has a session of its own: Ctrl-C then reaches only the tests, and the server is stopped after them.
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, *shlex.split(flags)],
                cwd=self.folder,
                env={**os.environ, "PGPASSWORD": self.password},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user="postgres" if os.geteuid() == 0 else None,
            )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: it ends open connections
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # at once, and its children too, whom SIGKILL would orphan
        process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _leave(*_signal: object) -> None:
    raise SystemExit(143)


def main(command: list[str]) -> int:
    """Run a command beside a PostgreSQL of its own."""
    signal.signal(signal.SIGTERM, _leave)  # an exception, so that the server is stopped on the way out
    with postgresql() as address:
        return subprocess.call(command, env={**os.environ, "AMITY_DATABASE": address})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

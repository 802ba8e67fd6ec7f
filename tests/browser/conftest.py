"""A real server for a real browser: ``amity run`` in a home of its own, on a free port."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

import proxies
from engines import on_postgresql
from servers import windowless_chromium
from visiting import CHROMIUM_WORDS, Complaints, House, ReachableHouse

# A real server, a real browser and another test beside them share two cores; the default is five seconds.
expect.set_options(timeout=30_000)

AMITY, TESTS = ["-m", "amity"], Path(__file__).parent.parent
EMAIL, PASSWORD = "maya@looms.example", "weaving looms at night"
LINK = re.compile(r"http://\S+/sign-in/\S+")


@dataclass(frozen=True)
class Empty:
    """A home whose book is made already, and on PostgreSQL the database that book is in."""

    home: Path
    database: str = ""

    def copied(self, home: Path) -> dict[str, str]:
        """Make another home like it, and give what tells Amity of its database; SQLite's lies in the home."""
        shutil.copytree(self.home, home)
        return _found_at(_database_of(self.database)) if self.database else {}


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Empty:
    """Make an empty book on the engine under test; each house begins with a copy of it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    database = _database_of("template1") if on_postgresql() else ""
    made = _amity("me", "--json", home=home, more=_found_at(database) if database else None)
    if made.wait(timeout=120):
        raise AssertionError("Amity could not make an empty book.")
    return Empty(home, database)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with a sample world that is made already; each file's house begins with a copy of it."""
    home = tmp_path_factory.mktemp("sample") / "home"
    _amity("demo", home=home).wait(timeout=60)
    return home


@pytest.fixture
def house(tmp_path: Path, empty: Empty) -> Iterator[House]:
    """Start Amity on an empty book, in a database of its own on the engine under test."""
    yield from _running(tmp_path / "home", empty.copied(tmp_path / "home"))


@pytest.fixture(scope="module")
def sample_house(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[House]:
    """Start Amity beside a sample world, once for all tests of a file."""
    yield from _running(_copied(sample_home, tmp_path_factory))


@pytest.fixture(scope="module")
def pseudo_house(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[House]:
    """Start Amity beside a sample world, in the language nobody speaks (``tests/pseudo.py``)."""
    home, found_at = _copied(sample_home, tmp_path_factory), {"PYTHONPATH": str(TESTS)}
    yield from _running(home, program=["-m", "pseudo"], more=found_at)


def _copied(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("copy") / "home"))


@pytest.fixture
def reachable_house(tmp_path: Path, empty: Empty, browser: Browser) -> Iterator[ReachableHouse]:
    """Start Amity behind Caddy on a book that opens by a password; skipped without Caddy, fails under CI."""
    if proxies.lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Caddy is missing here")
    home = tmp_path / "home"
    empty.copied(home)
    inside, outside = proxies.free_port(), proxies.free_port()
    with proxies.a_proxy(tmp_path, port=outside, to=inside) as proxy:
        told = {"AMITY_URL": proxy.address, "AMITY_PROXY": "127.0.0.1"}
        setting = _amity("password", "--address", EMAIL, home=home, more=told, stdin=PASSWORD)
        assert setting.wait(timeout=60) == 0
        process = _amity("run", "--port", str(inside), "--no-browser", home=home, more=told)
        own = browser.browser_type.launch(
            executable_path=windowless_chromium(), args=[*CHROMIUM_WORDS, *proxy.chromium_words]
        )
        try:
            said = next(line for line in process.stdout or () if proxy.address in line)
            yield ReachableHouse(said.strip(), own, EMAIL, PASSWORD)
        finally:
            own.close()
            process.terminate()
            process.wait(timeout=20)


def _database_of(template: str) -> str:
    """Make a database like another one, beside that under test, and give its name."""
    name = f"house_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ["AMITY_DATABASE"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _found_at(database: str) -> dict[str, str]:
    return {"AMITY_DATABASE": f"{os.environ['AMITY_DATABASE'].rpartition('/')[0]}/{database}"}


def _running(home: Path, more: dict[str, str] | None = None, program: list[str] = AMITY) -> Iterator[House]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = _amity("run", "--port", str(port), "--no-browser", home=home, more=more, program=program)
    try:
        link = _link(process)
        yield House(link.rsplit("/sign-in/", 1)[0], link, home)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _link(process: subprocess.Popen[str]) -> str:
    """Read what Amity says until it names the one-time link."""
    for line in process.stdout or ():
        if found := LINK.search(line):
            return found[0]
    raise AssertionError("Amity printed no link to sign in with.")


def _amity(
    *words: str,
    home: Path,
    more: dict[str, str] | None = None,
    program: list[str] = AMITY,
    stdin: str = "",
) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMITY_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, *program, *words],
        env={**kept, "AMITY_HOME": str(home), "PYTHONUNBUFFERED": "1", **(more or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdin:
        process.stdin.write(stdin)
        process.stdin.close()
    return process


@pytest.fixture
def complaints(page: Page) -> Complaints:
    """Listen to a page's console."""
    heard = Complaints()
    heard.listen(page)
    return heard

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
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

from engines import on_postgresql
from visiting import Complaints, House

# A real server, a real browser and another test beside them share two cores; the default is five seconds.
expect.set_options(timeout=20_000)

AMITY, TESTS = ["-m", "amity"], Path(__file__).parent.parent
LINK = re.compile(r"http://\S+/sign-in/\S+")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home whose empty book is made already; each house begins with a copy of it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    if _amity("me", "--json", home=home).wait(timeout=120):
        raise AssertionError("Amity could not make an empty book.")
    return home


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with a sample world that is made already; each file's house begins with a copy of it."""
    home = tmp_path_factory.mktemp("sample") / "home"
    _amity("demo", home=home).wait(timeout=60)
    return home


@pytest.fixture
def house(tmp_path: Path, empty_home: Path) -> Iterator[House]:
    """Start Amity on an empty book, in a database of its own on the engine under test."""
    shutil.copytree(empty_home, tmp_path / "home")
    yield from _running(tmp_path / "home", _new_database())


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


def _new_database() -> dict[str, str]:
    """Give what tells Amity of a new database beside the one under test; SQLite's lies in the home."""
    if not on_postgresql():
        return {}
    address, name = os.environ["AMITY_DATABASE"], f"house_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return {"AMITY_DATABASE": f"{address.rpartition('/')[0]}/{name}"}


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
    *words: str, home: Path, more: dict[str, str] | None = None, program: list[str] = AMITY
) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMITY_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, *program, *words],
        env={**kept, "AMITY_HOME": str(home), "PYTHONUNBUFFERED": "1", **(more or {})},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def complaints(page: Page) -> Complaints:
    """Listen to a page's console."""
    heard = Complaints()
    heard.listen(page)
    return heard

"""docs/security.md names tests that exist, and nothing in Amity fetches what a stranger named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
FETCHING = {"urllib.request", "http.client", "urllib3", "requests", "httpx", "aiohttp", "pycurl"}


def written_tests() -> set[str]:
    """Give the name of every test of ours."""
    files = (ROOT / "tests").rglob("test_*.py")
    texts = [file.read_text("utf-8") for file in files]
    return {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}


def imported(file: Path) -> set[str]:
    """Give what a file imports, wherever in it."""
    found = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    froms = [one for one in found if isinstance(one, ast.ImportFrom)]
    plain = {alias.name for one in found if isinstance(one, ast.Import) for alias in one.names}
    below = {f"{one.module}.{alias.name}" for one in froms for alias in one.names}
    return plain | below | {one.module or "" for one in froms}


def test_each_test_that_the_page_names_is_there():
    assert set(re.findall(r"`(test_\w+)`", PAGE)) - written_tests() == set()


def test_every_chapter_of_the_standard_has_its_place():
    assert [int(one) for one in re.findall(r"^## V(\d+) ", PAGE, re.MULTILINE)] == list(range(1, 18))


def test_each_requirement_stands_there_once_and_says_how_it_is_met():
    rows = re.findall(r"^\| (\d+\.\d+\.\d+)[^|]* \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    numbers = [number for number, _short, _shown in rows]

    assert numbers == sorted(numbers, key=lambda one: [int(part) for part in one.split(".")])
    assert len(set(numbers)) == len(numbers) > 120
    assert len(re.findall(r"^\| \d", PAGE, re.MULTILINE)) == len(rows)


def test_nothing_fetches_what_somebody_else_named():
    files = list((ROOT / "src" / "amity").rglob("*.py"))

    fetching = {file.name for file in files if imported(file) & FETCHING}

    assert len(files) > 300
    assert fetching == set()

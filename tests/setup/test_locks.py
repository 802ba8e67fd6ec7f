"""The lock files pin everything and tell nothing about where it comes from."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import locks
import packages
from machine import Missing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [packages.FIRST, *locks.LOCKS])
def test_the_locks_pin_every_package_by_hash_and_name_no_place(name):
    text = (ROOT / name).read_text()

    locks.refuse_addresses(name, text)

    entries = re.split(
        r"\n(?=[a-z])", "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    )
    assert [
        entry for entry in entries if not re.search(r"^[\w.-]+==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", entry)
    ] == []


def test_each_lock_holds_the_one_before_it_whole_so_that_one_environment_serves_them_all():
    pins = [
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in locks.LOCKS
    ]

    assert [before - after for before, after in pairwise(pins)] == [set()] * (len(pins) - 1)


def test_what_installs_the_rest_is_pinned_apart():
    text = (ROOT / packages.FIRST).read_text()

    assert re.findall(r"^([\w.-]+)==", text, re.MULTILINE) == ["setuptools", "uv"]


@pytest.mark.parametrize(
    "line",
    ["--index-url https://packages.example.org", "ada @ file:///home/ada", "-e .", "--find-links /wheels"],
)
def test_a_lock_that_names_a_place_is_refused(line):
    with pytest.raises(Missing, match="names a place to fetch from"):
        locks.refuse_addresses("some.lock", f"# made by hand\ndjango==5.2\n{line}\n")

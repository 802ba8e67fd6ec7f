"""The command as it is really typed: a process of its own, its streams and its exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sources.samples import a_card, ics, vcf

SOURCE = Path(__file__).parents[3] / "src"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def told(home, **more):
    """Give the environment of a person who has Amity at home."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("AMITY_", "DJANGO_"))}
    return theirs | {"AMITY_HOME": str(home), "PYTHONPATH": str(SOURCE)} | more


def typed(home, *words, **more):
    """Type a command as a person does, into a process of its own."""
    command = [sys.executable, "-m", "amity", *map(str, words)]
    return subprocess.run(
        command, env=told(home, **more), capture_output=True, text=True, timeout=120, check=False
    )


def test_in_a_process_of_its_own_stdout_is_json_and_nothing_else(home, tmp_path):
    cards = vcf(tmp_path / "cards", a_card("Zoë Müller", email="zoe@loom.example"))
    calendar = ics(tmp_path / "cal")

    brought = typed(home, "import", cards, calendar, tmp_path / "missing", "--json")
    listed = typed(home, "people", "--json", PYTHONIOENCODING="latin-1")
    refused = typed(home, "import", tmp_path / "missing", "--json")
    wrong = typed(home, "people", "--json", AMITY_URL="ftp://nowhere")

    assert (brought.returncode, json.loads(brought.stdout)["people"]["new"], brought.stderr) == (0, 1, "")
    assert (listed.returncode, json.loads(listed.stdout)[0]["name"]) == (0, "Zoë Müller")
    assert (refused.returncode, json.loads(refused.stdout)["people"]["new"]) == (2, 0)
    assert (wrong.returncode, list(json.loads(wrong.stdout))) == (1, ["error"])


def test_a_reader_that_stops_early_ends_the_command_quietly(home):
    with subprocess.Popen(
        [sys.executable, "-m", "amity", "--help"],
        env=told(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""

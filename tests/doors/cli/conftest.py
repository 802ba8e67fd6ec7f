"""The terminal, spoken to inside the tests' own process and database."""

import json

import pytest

from amity.doors.cli import main
from amity.owner.actions import local_owner


@pytest.fixture
def amity(db, capsys, monkeypatch):
    """Run a command: with ``--json`` it gives (exit code, what was printed), else (exit code, words)."""
    monkeypatch.setattr("amity.doors.cli.home.bring_up_to_date", lambda: None)

    def run(*words):
        code = main(lambda **_told: None, [str(word) for word in words])
        said = capsys.readouterr()
        return (code, json.loads(said.out)) if "--json" in words else (code, said.out + said.err)

    return run


@pytest.fixture
def owner(db):
    """Whose book the commands are about."""
    return local_owner()

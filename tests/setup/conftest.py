"""A machine and a command line that only remember what they were asked."""

import os
import subprocess

import pytest


class Commands:
    """Stands in for subprocess.run: remembers what was asked for, and fails what it is told to fail."""

    def __init__(self):
        self.asked, self.failing = [], ""

    def __call__(self, command, **_how):
        self.asked.append(" ".join(str(word) for word in command))
        failed = bool(self.failing) and self.failing in self.asked[-1]
        return subprocess.CompletedProcess(command, returncode=1 if failed else 0)


@pytest.fixture
def commands(monkeypatch):
    fake = Commands()
    monkeypatch.setattr(subprocess, "run", fake)
    return fake


@pytest.fixture
def a_debian(monkeypatch):
    """Give a machine with the named programs, used by the given user."""

    def make(*programs, uid=1000):
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in programs else None)
        monkeypatch.setattr(os, "geteuid", lambda: uid)

    return make

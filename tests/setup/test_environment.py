"""The environment is made once, from the lock alone, and then left in peace."""

import platform

import pytest

import environment
import packages
from machine import Missing


@pytest.fixture
def a_project(tmp_path):
    """Give a folder with a lock, a project file and an environment that was made in it."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "some.lock").write_text("django==5.2\n")
    (tmp_path / packages.FIRST).write_text("uv==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    an_environment_made_in(tmp_path, noted_place=tmp_path)
    return tmp_path


def an_environment_made_in(folder, *, noted_place, version=None):
    facts = [
        f"version = {version or platform.python_version()}",
        f"command = python3 -m venv {noted_place}/.venv",
    ]
    (folder / ".venv" / "pyvenv.cfg").write_text("\n".join(facts))


def test_a_first_start_installs_the_lock_by_hash_and_then_amity_without_fetching(commands, a_project):
    environment.prepare("some.lock", a_project)

    tools, _settings, locked, amity = commands.asked
    assert "-m pip install" in tools
    assert f"--no-deps --only-binary :all: --require-hashes -r {a_project}/{packages.FIRST}" in tools
    assert locked.startswith(f"{a_project}/.venv/bin/uv pip install")
    assert f"--no-deps --only-binary :all: --require-hashes -r {a_project}/some.lock" in locked
    assert locked.endswith("--no-binary dkimpy --no-build-isolation")
    assert amity.endswith(f"--no-deps --no-build-isolation -e {a_project}")


def test_a_later_start_does_nothing(commands, a_project):
    environment.prepare("some.lock", a_project)
    commands.asked.clear()

    environment.prepare("some.lock", a_project)

    assert commands.asked == []


@pytest.mark.parametrize("changed", ["some.lock", packages.FIRST, "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_into_the_same_environment(commands, a_project, changed):
    environment.prepare("some.lock", a_project)
    commands.asked.clear()

    (a_project / changed).write_text("# something new\n")
    environment.prepare("some.lock", a_project)

    assert ["-m venv" in line for line in commands.asked] == [False] * 4


@pytest.mark.parametrize("difference", [{"noted_place": "/elsewhere"}, {"version": "3.10.1"}])
def test_an_environment_of_another_place_or_python_is_made_again(commands, a_project, difference):
    an_environment_made_in(a_project, **{"noted_place": a_project, **difference})

    environment.prepare("some.lock", a_project)

    assert commands.asked[0].endswith(f"-m venv --clear {a_project}/.venv")


def test_a_set_up_that_failed_says_so_and_is_tried_again(commands, a_project):
    commands.failing = "some.lock"
    with pytest.raises(Missing, match="Could not install the locked packages"):
        environment.prepare("some.lock", a_project)

    commands.failing = ""
    environment.prepare("some.lock", a_project)

    assert len(commands.asked) == 8

"""The set-up installs what it may, and says in one line what it may not."""

import platform
import re

import pytest

import machine
from machine import Missing


def test_root_installs_with_apt_after_refreshing_its_lists_and_waits_for_its_lock(commands, a_debian):
    a_debian("apt-get", uid=0)

    assert machine.install("chromium") is True

    apt = "env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=400"
    assert commands.asked == [f"{apt} update", f"{apt} install -y --no-install-recommends chromium"]


def test_a_user_installs_through_a_sudo_that_asks_nothing(commands, a_debian):
    a_debian("apt-get", "sudo")

    machine.install("chromium")

    assert [line.split(" env ")[0] for line in commands.asked] == ["sudo -n true", "sudo -n", "sudo -n"]


def test_a_sudo_that_would_ask_for_a_password_is_not_used(commands, a_debian):
    a_debian("apt-get", "sudo")
    commands.failing = "sudo -n true"

    assert machine.install("chromium") is False

    assert commands.asked == ["sudo -n true"]


def test_nothing_is_installed_on_a_machine_without_apt(commands, a_debian):
    a_debian("sudo", uid=0)

    assert machine.install("chromium") is False

    assert commands.asked == []


def test_a_bare_debian_gets_the_venv_package_of_this_very_python(commands, a_debian, monkeypatch):
    a_debian("apt-get", uid=0)
    monkeypatch.setattr(machine, "_has_venv", lambda: bool(commands.asked))

    machine.need_venv()

    version = ".".join(platform.python_version_tuple()[:2])
    assert commands.asked[-1].endswith(f" python{version}-venv")


def test_who_may_not_install_reads_the_one_line_to_type(commands, a_debian, monkeypatch):
    a_debian("apt-get")
    monkeypatch.setattr(machine, "_has_venv", lambda: False)

    with pytest.raises(Missing) as missing:
        machine.need_venv()

    last_line = str(missing.value).splitlines()[-1].strip()
    assert re.fullmatch(r"sudo apt-get install python3\.\d+-venv", last_line)
    assert commands.asked == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    gone = tmp_path / "read-only"

    with pytest.raises(Missing, match=re.escape(f"{gone} cannot be written to")):
        machine.need_writable(gone)


@pytest.fixture
def built(monkeypatch, tmp_path):
    """Give how this Python was built and where, and the system's Python beside it."""
    systems = tmp_path / "usr" / "bin" / "python3"
    systems.parent.mkdir(parents=True)
    systems.touch()
    monkeypatch.setattr(machine, "SYSTEMS_PYTHON", systems)
    monkeypatch.delenv("PYTHON", raising=False)

    def as_(words, prefix="/home/ada/.pyenv/versions/3.11.7"):
        monkeypatch.setattr("sysconfig.get_config_var", lambda _name: words)
        monkeypatch.setattr("sys.base_prefix", prefix)
        return systems

    return as_


def test_a_python_built_without_optimisation_gives_way_to_the_systems(commands, built):
    systems = built("'--prefix=/home/ada'")

    assert machine.faster_python() == systems
    assert commands.asked == [f"{systems} -c {machine.SERVES}"]


def test_the_systems_python_must_be_new_enough_and_make_environments(commands, built):
    built("'--prefix=/home/ada'")
    commands.failing = machine.SERVES

    assert machine.faster_python() is None


def test_an_optimised_a_chosen_and_the_systems_own_python_stay(commands, built, monkeypatch):
    systems = built("'--enable-optimizations' '--with-lto'")
    assert machine.faster_python() is None
    built(None)
    assert machine.faster_python() is None
    built("", prefix=str(systems.parents[1]))
    assert machine.faster_python() is None
    built("")
    monkeypatch.setenv("PYTHON", "python3.13")
    assert machine.faster_python() is None

    assert commands.asked == []

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

"""uv installs what the lock says, from where pip was told to look; pip does it where uv cannot."""

import pytest

import packages
from machine import Missing

SETTINGS = """\
:env:.cert='/etc/ours.pem'
global.extra-index-url='https://one.example/simple https://two.example/simple'
global.index-url='https://packages.example/simple'
:env:.find-links='/wheels /more wheels'
global.cert='/etc/theirs.pem'
"""


@pytest.fixture
def a_lock(tmp_path):
    lock = tmp_path / "some.lock"
    lock.touch()
    return lock


def test_uv_looks_where_pip_was_told_to(monkeypatch):
    monkeypatch.setattr("os.environ", {"PATH": "/bin"})

    assert packages.uv_surroundings(SETTINGS) == {
        "PATH": "/bin",
        "UV_DEFAULT_INDEX": "https://packages.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more,wheels",
        "SSL_CERT_FILE": "/etc/ours.pem",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_the_caller_told_uv_itself_counts_more(monkeypatch):
    monkeypatch.setattr("os.environ", {"UV_DEFAULT_INDEX": "https://mine.example"})

    assert packages.uv_surroundings(SETTINGS)["UV_DEFAULT_INDEX"] == "https://mine.example"


def test_what_uv_cannot_install_pip_does_by_the_same_hashes(commands, a_lock, capsys):
    commands.failing = "bin/uv pip install"

    packages.install(a_lock, a_lock.parent)

    by_uv, by_pip = [line for line in commands.asked if f"-r {a_lock}" in line]
    words = "--no-deps --only-binary :all: --require-hashes"
    assert [words in line for line in (by_uv, by_pip)] == [True, True]
    assert "-m pip install" in by_pip
    assert "pip tries" in capsys.readouterr().out


def test_what_neither_can_install_ends_the_set_up(commands, a_lock):
    commands.failing = f"-r {a_lock}"

    with pytest.raises(Missing, match="Could not install the locked packages"):
        packages.install(a_lock, a_lock.parent)

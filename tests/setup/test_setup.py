"""The set-up understands its targets, and a check says at its end what failed."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import apart
import servers
import setup
import steps
import targets
from machine import Missing
from steps import Outcome, Step

ROOT = Path(__file__).resolve().parents[2]


def test_no_words_list_every_target(capsys):
    assert setup.main([]) == 0

    listed = re.findall(r"^  make (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert listed == list(setup.TARGETS)


def test_every_target_has_its_function_and_its_place_in_the_makefile():
    makefile = re.search(r"^(run .*):$", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert makefile[1].split() == list(setup.TARGETS) == list(targets.FUNCTIONS)


def test_an_unknown_target_is_named_on_the_error_stream(capsys):
    assert setup.main(["tset"]) == 2

    assert capsys.readouterr().err.startswith("There is no target 'tset'.")


def test_an_old_python_is_told_which_one_is_needed(capsys, monkeypatch):
    monkeypatch.setattr("sys.version_info", (3, 9, 2))

    assert setup.main(["run"]) == 1

    assert capsys.readouterr().err == "Amity needs Python 3.11 or newer; this is 3.9.\n"


def test_what_the_machine_lacks_is_a_sentence_and_no_traceback(capsys, monkeypatch):
    def lacking(_arguments):
        raise Missing("The moon is missing.")

    monkeypatch.setitem(targets.FUNCTIONS, "run", lacking)

    assert setup.main(["run"]) == 1

    assert capsys.readouterr().err == "\nThe moon is missing.\n"


@pytest.fixture
def no_servers(monkeypatch):
    """Give a machine that has and gets no PostgreSQL; collect the steps instead of running them."""
    taken = []
    monkeypatch.setattr(servers, "postgresql_programs", lambda: None)
    monkeypatch.setattr(servers, "chromium", lambda: "/bin/sh")
    monkeypatch.setattr(targets.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(targets, "install", lambda *_packages: False)
    monkeypatch.setattr(targets, "prepare", lambda _lock: None)
    monkeypatch.setattr(
        targets, "run_all", lambda all_steps: [taken.append(step) for step in all_steps] and 0
    )
    return taken


def test_without_postgresql_its_tests_are_skipped_by_name_at_home(no_servers, monkeypatch):
    monkeypatch.delenv("CI", raising=False)

    targets.test([])

    assert [step.name for step in no_servers if step.lacking == "PostgreSQL"] == ["tests on PostgreSQL"]


def test_without_postgresql_ci_fails_before_its_first_test(no_servers, monkeypatch):
    monkeypatch.setenv("CI", "true")

    with pytest.raises(Missing, match="missing, and CI runs every test: postgresql"):
        targets.test([])

    assert not [step.name for step in no_servers if step.name.startswith("tests")]


def test_what_drives_the_browser_gets_the_library_it_wants(no_servers, monkeypatch):
    assert "libatomic1" not in targets.missing_packages()

    monkeypatch.setattr(targets, "OF_PLAYWRIGHT", "libnothing.so.1")

    assert "libatomic1" in targets.missing_packages()


def test_debians_chromium_gets_the_one_that_draws_no_window_of_the_same_version(no_servers, monkeypatch):
    fetched = []
    monkeypatch.setattr(targets, "missing_packages", list)
    monkeypatch.setattr(targets, "install", lambda *packages: fetched.append(packages))
    for found in ["/usr/bin/chromium-headless-shell", "/opt/google/chrome", targets.DEBIANS_CHROMIUM]:
        monkeypatch.setattr(servers, "windowless_chromium", lambda found=found: found)
        targets.fetch_packages()

    assert fetched == [("chromium", "chromium-headless-shell")]


def test_a_failed_step_fails_the_check_but_the_others_still_run(capfd):
    code = steps.run_all(
        [
            Step("first", ["sh", "-c", "echo 2 wrong; exit 3"]),
            Step("second", ["sh", "-c", "echo; echo 5 passed; echo"]),
            Step("third", ["false"], lacking="PostgreSQL"),
        ]
    )

    assert code == 1
    lines = re.sub(r" +[\d.]+ s +", " / ", capfd.readouterr().out).splitlines()
    assert lines[-5:] == [
        "first                FAILED / 2 wrong",
        "second               ok / 5 passed",
        "third                skipped / PostgreSQL is missing here",
        "",
        "Failed: first.",
    ]


def test_a_step_beside_the_others_is_heard_whole_when_it_is_done_and_keeps_its_place(capfd, tmp_path):
    there = tmp_path / "there"
    code = steps.run_all(
        [
            Step(
                "beside",
                ["sh", "-c", f"until [ -e {there} ]; do sleep .01; done; echo a; exit 3"],
                beside=True,
            ),
            Step("after it", ["sh", "-c", f"echo b; touch {there}"]),
        ]
    )

    said = re.sub(r" +[\d.]+ s +", " / ", capfd.readouterr().out)
    assert code == 1
    assert "\n--- beside\na\n" in said
    assert said.endswith("beside               FAILED / a\nafter it             ok / b\n\nFailed: beside.\n")


def test_a_step_never_sees_the_book_of_whoever_runs_it(monkeypatch):
    monkeypatch.setenv("AMITY_HOME", "/home/ada/book")
    monkeypatch.setenv("AMITY_DATABASE", "postgresql://ada@db/book")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "elsewhere")

    surroundings = steps.clean_environment("/tmp/empty")

    ours = {name: value for name, value in surroundings.items() if name.startswith(("AMITY", "DJANGO"))}
    assert ours == {"AMITY_HOME": "/tmp/empty"}
    assert surroundings["PATH"].split(os.pathsep)[0] == str(ROOT / ".venv" / "bin")


def test_a_table_shows_each_tools_own_last_word():
    outcomes = [Outcome(Step("types", ["mypy"]), "ok", 61.25, "Success: no issues found")]

    assert steps.table(outcomes) == "types                ok         61.2 s  Success: no issues found"


def test_a_page_of_results_says_when_and_at_which_commit(monkeypatch):
    monkeypatch.setattr(apart, "_commit", lambda: "abc123")

    page = apart.page_text("Faults", "faults", ["3 passed"], when=datetime(2026, 3, 4, tzinfo=UTC))

    assert page.startswith("# Faults\n\nWritten by `make faults` on 2026-03-04 at commit abc123, on ")
    assert page.endswith("\n\n```text\n3 passed\n```\n")

"""gather, brief, debrief and checkin in the terminal, with the JSON a program reads."""

import json

import pytest

from amity.doors.cli import main
from amity.gatherings.models import Gathering

pytestmark = pytest.mark.django_db


@pytest.fixture
def amity(capsys, monkeypatch):
    monkeypatch.setattr("amity.doors.cli.home.bring_up_to_date", lambda: None)

    def run(*words):
        code = main(lambda: None, list(words))
        said = capsys.readouterr()
        return (code, json.loads(said.out)) if "--json" in words else (code, said.out + said.err)

    return run


def test_a_gathering_is_written_down_with_its_list(amity, tmp_path):
    (tmp_path / "list.csv").write_text("Name,Email\nAda Byron,ada@loom.example\n")

    code, made = amity(
        "gather", "Loom Fair", "--on", "2030-05-12", "--list", str(tmp_path / "list.csv"), "--json"
    )

    assert (code, made["title"], made["day"], made["list"]) == (
        0, "Loom Fair", "2030-05-12", {"added": 1, "known": 0, "maybe": 0, "same": 0, "skipped": []},
    )  # fmt: skip


def test_a_list_that_names_nobody_leaves_no_gathering_behind(amity, tmp_path):
    (tmp_path / "list.csv").write_text("sku,price\nloom,3\n")

    code, said = amity("gather", "Loom Fair", "--list", str(tmp_path / "list.csv"), "--json")

    assert (code, list(said), Gathering.objects.count()) == (1, ["error"], 0)


def test_the_brief_is_of_the_next_gathering(amity):
    amity("gather", "Loom Fair", "--on", "2030-05-12", "--setting", "crowded room")

    code, said = amity("brief", "--json")

    assert (code, said["gathering"]["title"], len(said["questions"]), said["people"]) == (
        0,
        "Loom Fair",
        2,
        [],
    )


def test_a_debrief_keeps_the_yes_and_says_whom(amity, tmp_path):
    (tmp_path / "list.txt").write_text("Ada Byron\nKofi Novak\n")
    amity("gather", "Loom Fair", "--on", "2026-05-12", "--list", str(tmp_path / "list.txt"))

    code, said = amity("debrief", "Loom Fair", "--yes", "Ada Byron", "--there", "Kofi Novak", "--json")

    assert (code, [one["name"] for one in said["enjoyed"]]) == (0, ["Ada Byron"])


def test_a_word_is_kept(amity):
    code, said = amity("checkin", "lighter", "--felt", "gave energy", "--json")

    assert (code, [(one["word"], one["felt"]) for one in said["words"]], said["due"]) == (
        0, [("lighter", "gave energy")], False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["gather", "Fair", "--at", "99"], "'99' is not an hour; write it like 19:30."),
        (["brief"], "Nothing is in the calendar. Try: amity gather TITLE --on YYYY-MM-DD"),
        (["debrief", "nothing"], "There is no gathering called 'nothing' here."),
        (["checkin", "odd", "--felt", "blue"], "'blue' is not a feeling."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(amity, words, sentence):
    code, said = amity(*words, "--json")

    assert (code, said) == (1, {"error": sentence})

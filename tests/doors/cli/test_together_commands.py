"""introduce and table in the terminal, with the JSON a program reads."""

from __future__ import annotations

import json

import pytest

from amity.doors.cli import main
from amity.gatherings.models import Gathering
from amity.introductions.models import Apart
from amity.owner.actions import local_owner
from bringing_together import ada, charles
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db
LINES = ("--to-a", "Looms.", "--to-b", "Looms.")


@pytest.fixture
def amity(capsys, monkeypatch):
    monkeypatch.setattr("amity.doors.cli.home.bring_up_to_date", lambda: None)

    def run(*words):
        code = main(lambda: None, list(words))
        said = capsys.readouterr()
        return (code, json.loads(said.out)) if "--json" in words else (code, said.out + said.err)

    assert local_owner() == an_owner()  # Maya is the only owner, so this machine's book is hers
    return run


@pytest.fixture(autouse=True)
def _maya(db):
    an_owner()


def test_an_introduction_goes_from_suggestion_to_the_last_mail(amity):
    one, other = ada().person, charles().person
    listed = amity("introduce", "--json")[1]
    written = amity(
        "introduce", "write", one.uid, other.name, "--to-a", "Looms.", "--to-b", "Looms.", "--json"
    )[1]
    asked = amity("introduce", "ask", written["id"], "--json")[1]
    amity("introduce", "tick", written["id"], "a", "yes")
    agreed = amity("introduce", "tick", written["id"], "b", "yes", "--json")[1]

    code, done = amity("introduce", "sent", written["id"], "--json")

    assert [(pair["a"]["name"], pair["b"]["name"]) for pair in listed["suggestions"]] == [
        ("Ada Byron", "Charles Cog")
    ]
    assert (written["state"], asked["state"], asked["by"], len(asked["drafts"])) == (
        "writing",
        "asked",
        "drafts",
        2,
    )
    assert (agreed["state"], len(agreed["drafts"])) == ("agreed", 1)
    assert (code, done["state"], done["a"]["answer"], done["b"]["answer"]) == (0, "introduced", "yes", "yes")


def test_a_step_that_cannot_be_is_one_sentence(amity):
    one, other = ada().person, charles().person
    uid = amity("introduce", "write", one.uid, other.uid, "--to-a", "Looms.", "--to-b", "Looms.", "--json")[
        1
    ]["id"]

    assert amity("introduce", "sent", uid, "--json") == (1, {"error": "Nobody was asked yet."})
    assert amity("introduce", "withdraw", uid) == (0, "Let go.\n")


def test_a_table_is_composed_and_set(amity):
    for name in ("Ada", "Bo", "Cleo", "Dov", "Edith"):
        a_person(name).kept()

    words = ("table", "--size", "4", "--on", "2026-05-22", "--keep-apart", "Ada", "Bo", "--set", "--json")
    code, made = amity(*words)

    names = {seat["name"] for seat in made["seats"]}
    assert (code, len(names), {"Ada", "Bo"} <= names, made["day"]) == (0, 4, False, "2026-05-22")
    assert (Gathering.objects.get().uid, Apart.objects.count()) == (made["gathering"], 1)


def test_too_few_people_are_said_in_one_sentence(amity):
    assert amity("table", "--json") == (1, {"error": "For a table of six there is nobody you keep."})

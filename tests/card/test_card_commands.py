"""amity card and amity waiting, as a person types them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from amity.card.queries import Reached
from amity.card.visiting import Left, leave
from amity.doors.cli import home, main
from amity.people.models import Person


@pytest.fixture
def amity(card, monkeypatch, capsys):
    """Give the terminal of Maya's book; it answers with what it printed."""
    monkeypatch.setattr(home, "owner", lambda: card.owner)

    def run(*words: str) -> object:
        code = main(lambda: None, [*words, "--json"])
        return {"code": code, "said": json.loads(capsys.readouterr().out)}

    return run


def test_a_card_says_what_stands_on_it_and_for_whom(amity, card):
    (one,) = amity("card")["said"]

    assert (one["handle"], one["url"], one["up"], one["expires"], one["links"]) == (
        "maya",
        "",
        True,
        None,
        [],
    )
    assert [(way["value"], way["after"]) for way in one["ways"]] == [
        ("maya@loom.example", False),
        ("https://loom.example/maya", False),
        ("+49 30 1234567", True),
    ]


def test_a_card_is_written_and_saved_to_a_file(amity, tmp_path):
    made = amity(
        "card", "--new", "maya-home", "--label", "private", "--way", "@maya", "--after", "maya@home.example"
    )

    assert made["said"]["label"] == "private"
    amity("card", "maya-home", "--vcf", str(tmp_path / "m.vcf"))
    assert (tmp_path / "m.vcf").read_bytes().startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert b"home.example" not in (tmp_path / "m.vcf").read_bytes()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["card", "--new", "admin"], "@admin is kept free for the house; please choose another."),
        (["card", "nobody"], "There is no card called 'nobody' here."),
        (["waiting", "nobody"], "That is not here."),
    ],
)
def test_what_cannot_be_is_one_sentence(amity, words, sentence):
    assert amity(*words) == {"code": 1, "said": {"error": sentence}}


def test_who_waits_is_listed_and_answered(amity, card):
    ada = Left("Ada Byron", "ada@looms.example", "", "yes")
    leave(Reached(card), ada)
    leave(Reached(card), replace(ada, way="@mary", name="Mary Venn"))

    first, second = amity("waiting")["said"]
    amity("waiting", first["id"], "--accept")
    amity("waiting", second["id"], "--reject")

    assert [person.name for person in Person.objects.all()] == ["Ada Byron"]
    assert amity("waiting")["said"] == []


def test_a_person_reads_cards_codes_and_who_waits(card, monkeypatch, capsys):
    monkeypatch.setattr(home, "owner", lambda: card.owner)
    leave(Reached(card), Left("Ada [red]Byron", "ada@looms.example", "", "yes"))

    codes = [main(lambda: None, list(words)) for words in (["card"], ["card", "maya"], ["waiting"])]

    printed = capsys.readouterr().out
    assert codes == [0, 0, 0]
    assert "work  @maya" in printed
    assert "this code holds your details themselves" in printed
    assert "Ada [red]Byron  ada@looms.example" in printed

"""The letter in the terminal."""

from __future__ import annotations

import json

import pytest

from amity.doors import cli
from amity.letter.models import Edition
from amity.letter.setting_up import head_of, set_up
from amity.owner.actions import local_owner
from amity.post import actions as post
from amity.post.address import digest_of
from amity.post.queries import box
from letter_cast import a_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def amity(capsys, monkeypatch):
    """Run a command of the terminal; give its exit code and what it printed, read where it is JSON."""
    from amity.doors.cli import home

    monkeypatch.setattr(home, "bring_up_to_date", lambda: None)

    def run(*words):
        capsys.readouterr()
        code = cli.main(lambda **_: None, ["letter", *words])
        out = capsys.readouterr().out
        return code, json.loads(out) if "--json" in words else out

    return run


def test_a_letter_is_drafted_looked_at_and_sent(amity, sink, tmp_path):
    head = set_up(head_of(local_owner()), title="Small tables")
    post.set_pace(head.owner, 0)
    a_reader(head)
    words = tmp_path / "words.md"
    words.write_text("Hello *you*.")

    _, made = amity("draft", "Two weeks", "--file", str(words), "--json")
    _, seen = amity("preview", made["id"], "--json")
    _, sent = amity("send", made["id"], "--json")

    assert (made["state"], seen["subject"]) == ("draft", "Two weeks")
    assert "Hello you." in seen["text"]
    assert sent["counts"] == {"sent": 1, "waiting": 0, "failed": 0, "left": 0, "unknown": 0}
    assert sink.to() == ["ada@a.example"]


def test_the_private_letter_is_shown_and_nothing_is_written(amity):
    local_owner()

    code, said = amity("preview", "--json")

    assert code == 0
    assert said["subject"].startswith("Your fortnight, ")
    assert "[[" not in said["text"]


def test_a_letter_is_scheduled_for_an_hour_where_the_owner_is(amity):
    owner = local_owner()
    owner.zone = "Europe/Berlin"
    owner.save()
    _, made = amity("draft", "Two weeks", "--json")
    Edition.objects.update(words="Hello.")

    _, scheduled = amity("schedule", made["id"], "--at", "2026-12-01T18:00", "--json")
    code, wrong = amity("schedule", made["id"], "--at", "soon", "--json")

    assert (scheduled["state"], scheduled["at"]) == ("ready", "2026-12-01T17:00:00+00:00")
    assert (code, wrong["error"]) == (1, "'soon' is no day and hour; write it like 2026-05-03T18:00.")


def test_an_empty_fortnight_is_said(amity):
    local_owner()

    code, said = amity("draft", "--json")

    assert code == 1
    assert "left nothing in the book" in said["error"]


def test_pause_resume_and_unknowns(amity, sink):
    head = head_of(local_owner())
    a_reader(head, "cut@a.example")

    amity("pause")
    paused = box(head.owner).paused
    amity("resume")
    _, made = amity("draft", "Two weeks", "--json")
    Edition.objects.update(words="Hello.")
    amity("send", made["id"])
    _, (unknown,) = amity("unknown", "--json")
    _, after = amity("unknown", "--leave", unknown["id"], "--json")

    assert (paused, box(head.owner).paused) == ("owner", "")
    assert (unknown["to"], after) == ("cut@a.example", [])


def test_a_list_of_readers_comes_in_and_goes_out(amity, tmp_path):
    owner = local_owner()
    post.suppress(owner, digest_of(owner, "left@a.example"), "left")
    (tmp_path / "in.csv").write_text("E-Mail\nada@a.example\nleft@a.example\nnobody\n")

    _, said = amity(
        "readers", "--import", str(tmp_path / "in.csv"), "--column", "address=E-Mail", "--source", "a dinner",
        "--export", str(tmp_path / "out.csv"), "--json",
    )  # fmt: skip

    assert (said["new"], said["left_before"]) == (1, 1)
    assert said["refused"] == [{"line": 4, "why": "no e-mail address"}]
    assert "ada@a.example" in (tmp_path / "out.csv").read_text()


def test_the_doctor_says_what_is_missing(amity, settings):
    settings.AMITY_SMTP = ""
    local_owner()

    code, (found,) = amity("doctor", "--json")

    assert (code, found["what"], found["well"]) == (1, "mail server", False)

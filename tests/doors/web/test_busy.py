"""Somebody else writes into the book for long, such as a backup that comes back."""

import pytest
from django.db import connection
from sqlcipher3 import dbapi2

from amity.doors import cli
from amity.people.models import Hope
from browsing import Browser, words_of
from cast import a_person, an_owner

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
SENTENCE = "Something long is being written into this book, so this was not. Do it again in a minute."


@pytest.fixture
def somebody_else(monkeypatch):
    """Give a second writer, and a first one who waits for a twentieth of a second only."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = dbapi2.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    yield other
    other.close()
    connection.close()


def test_a_form_is_told_so_and_works_when_they_have_finished(somebody_else):
    maya = an_owner(welcomed=True)
    hopes = f"/people/{a_person('Ada Byron').person.uid}/hopes"
    by_hand, by_script = Browser(maya), Browser(maya, htmx=True)
    somebody_else.execute("BEGIN IMMEDIATE")

    page = by_hand.post(hopes, {"text": "A loom for every school"})
    part = by_script.post(hopes, {"text": "A loom for every school"})
    somebody_else.execute("ROLLBACK")
    before = Hope.objects.count()
    by_hand.post(hopes, {"text": "A loom for every school"})

    assert (page.status_code, SENTENCE in words_of(page)) == (503, True)
    assert (part.headers["HX-Retarget"], SENTENCE in words_of(part)) == ("#status", True)
    assert (before, Hope.objects.count()) == (0, 1)


def test_so_is_the_terminal(somebody_else, capsys):
    an_owner()
    ada = a_person("Ada Byron").person.uid
    somebody_else.execute("BEGIN IMMEDIATE")

    code = cli.main(lambda: None, ["shelf", ada])

    assert (code, capsys.readouterr().err) == (1, f"{SENTENCE}\n")

"""A backup is one file that restores alone, whichever engine wrote it."""

import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command

from amity.book.backup import MANIFEST, backup
from amity.book.comeback import restore
from amity.owner.actions import NotPossible
from amity.people.models import Person
from amity.people.queries import get
from amity.ties.queries import album
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db(transaction=True)


def every_row():
    passed_over = {"job", "signinlink", "outbox"}  # the last is closed by a restore
    models = [
        model
        for model in apps.get_app_config("amity").get_models()
        if model._meta.model_name not in passed_over
    ] + [Authenticator]
    return {model._meta.model_name: list(model._default_manager.order_by("pk").values()) for model in models}


def a_full_book():
    ada = (
        a_person("Ada Byron")
        .met_on("2026-01-05", "2026-02-04")
        .kept(care="warm", spark="curious", words="looms")
    )
    ada.born("--12-10").hopes("launch").reached_by("email", "ada@example.org").rests(
        "2026-03-01", "2026-03-05"
    )
    a_person("Zoë 山田").of(an_owner("Jonas")).remembered()
    Authenticator.objects.create(user=an_owner(), type="totp", data={"secret": "ABCDEFGH"})


def test_a_restored_book_is_the_book_that_was_backed_up(tmp_path):
    a_full_book()
    before = every_row()
    rows = backup(tmp_path / "book.zip")
    call_command("flush", verbosity=0, interactive=False)

    restored = restore(tmp_path / "book.zip")

    assert restored.rows == rows
    assert every_row() == before


def test_a_restored_book_goes_on_where_it_was(tmp_path):
    a_full_book()
    backup(tmp_path / "book.zip")
    call_command("flush", verbosity=0, interactive=False)
    restore(tmp_path / "book.zip")

    a_person("Mary").met_on("2026-02-04")

    assert album(an_owner(), day("2026-02-05")).portrait(get(an_owner(), "Mary").pk).days == 1


def test_a_backup_is_never_restored_over_a_book(tmp_path):
    a_full_book()
    backup(tmp_path / "book.zip")

    with pytest.raises(NotPossible, match="There is a book here already"):
        restore(tmp_path / "book.zip")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 half a zip"])
def test_what_is_no_backup_is_refused_and_leaves_nothing(tmp_path, content):
    (tmp_path / "book.zip").write_bytes(content)

    with pytest.raises(NotPossible, match="is not a backup of Amity"):
        restore(tmp_path / "book.zip")

    assert not Person.objects.exists()


def test_half_a_backup_is_refused_and_leaves_nothing(tmp_path):
    a_full_book()
    backup(tmp_path / "whole.zip")
    call_command("flush", verbosity=0, interactive=False)
    with (
        zipfile.ZipFile(tmp_path / "whole.zip") as whole,
        zipfile.ZipFile(tmp_path / "half.zip", "w") as half,
    ):
        for name in whole.namelist():
            if name != "way.jsonl":
                half.writestr(name, whole.read(name))

    with pytest.raises(NotPossible):
        restore(tmp_path / "half.zip")

    assert not Person.objects.exists()


def test_a_backup_from_a_newer_amity_is_refused_by_name(tmp_path):
    manifest = {"format": 99, "version": "9.1", "rows": {}}
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))

    with pytest.raises(NotPossible, match=r"newer Amity \(9\.1\)"):
        restore(tmp_path / "book.zip")

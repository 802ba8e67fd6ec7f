"""A backup in place of the book that is here: what comes, what is kept, and what must not come back."""

from __future__ import annotations

import json
import zipfile

import pytest
from django.utils import timezone

from amity.book.actions import erase
from amity.book.backup import MANIFEST, backup, folder
from amity.book.comeback import holds, replace, restore
from amity.book.export import export
from amity.moments.models import Moment
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Person, Way
from amity.post.queries import box
from cast import a_person, an_owner
from other_process import told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.AMITY_HOME = tmp_path
    return tmp_path


def names():
    return sorted(Person.objects.values_list("name", flat=True))


def in_its_place(path):
    return replace(path, now=timezone.now())


def changed(path, change):
    """Give a backup whose members were changed on the way."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(other, "w") as made:
        for name in whole.namelist():
            made.writestr(name, change(name, whole.read(name)))
    return other


def test_a_backup_takes_the_place_of_the_book_which_is_kept_as_one_itself(home):
    a_person("Ada").met_on("2026-01-05").reached_by("email", "ada@a.example")
    backup(home / "monday.zip")
    a_person("Bo")

    back = in_its_place(home / "monday.zip")
    after = names()
    again = in_its_place(folder() / back.before)

    assert (back.people, back.moments, back.erased, after) == (1, 1, 0, ["Ada"])
    assert (again.people, names()) == (2, ["Ada", "Bo"])
    assert box(an_owner()).paused == "restored"


def test_whoever_was_erased_since_is_erased_once_more_and_nobody_else(home):
    shared = ("phone", "+4930901820")
    a_person("Ada").met_on("2026-01-05").reached_by("email", "ada@a.example").reached_by(*shared)
    a_person("Bo").reached_by(*shared)
    cy = a_person("Cy")
    erase(a_person("Di").reached_by("email", "di@d.example").person)
    a_person("Di").reached_by("email", "di@d.example")
    backup(home / "monday.zip")
    erase(Person.objects.get(name="Ada"))
    erase(cy.person)

    back = in_its_place(home / "monday.zip")

    assert (back.erased, names(), Moment.objects.count()) == (2, ["Bo", "Di"], 0)


def test_into_an_empty_home_with_the_old_files_the_erased_stay_away_too(home):
    ada = a_person("Ada").reached_by("email", "ada@a.example")
    backup(home / "monday.zip")
    erase(ada.person)
    Owner.objects.all().delete()

    back = restore(home / "monday.zip")

    assert (back.erased, names()) == (1, [])


def test_two_who_were_one_when_erased_are_both_erased(home):
    ada, augusta = a_person("Ada"), a_person("Augusta").reached_by("email", "augusta@a.example")
    backup(home / "monday.zip")
    Way.objects.update(person=ada.person)
    augusta.person.delete()
    erase(ada.person)

    assert (in_its_place(home / "monday.zip").erased, names()) == (2, [])


def test_a_damaged_backup_changes_nothing(home):
    a_person("Ada")
    backup(home / "monday.zip")
    damaged = changed(home / "monday.zip", lambda name, all_: b"" if name == "person.jsonl" else all_)
    a_person("Bo")

    with pytest.raises(NotPossible, match="lacks rows"):
        in_its_place(damaged)

    assert (names(), list(folder().glob("*.zip"))) == (["Ada", "Bo"], [])


def test_what_breaks_half_way_leaves_the_book_as_it_was(home):
    a_person("Ada")
    backup(home / "monday.zip")
    odd = changed(
        home / "monday.zip",
        lambda name, all_: all_.replace(b'"owner_id":', b'"whose":') if name == "person.jsonl" else all_,
    )
    a_person("Bo")

    with pytest.raises(NotPossible, match="not a backup"):
        in_its_place(odd)

    assert names() == ["Ada", "Bo"]


def test_a_backup_of_an_older_amity_has_what_that_one_knew(home):
    a_person("Ada").kept(care="warm")
    backup(home / "new.zip")
    old = home / "old.zip"
    with zipfile.ZipFile(home / "new.zip") as new, zipfile.ZipFile(old, "w") as made:
        manifest = json.loads(new.read(MANIFEST))
        del manifest["rows"]["device"], manifest["made"]
        made.writestr(MANIFEST, json.dumps(manifest))
        for name in set(new.namelist()) - {MANIFEST, "device.jsonl"}:
            rows = [json.loads(line) for line in new.read(name).splitlines()]
            later = {"answered_on"}
            told = [{column: row[column] for column in row if column not in later} for row in rows]
            made.writestr(name, "".join(f"{json.dumps(row)}\n" for row in told))

    back = in_its_place(old)

    assert (back.people, names(), holds(old).made) == (1, ["Ada"], None)


def test_a_restored_book_exports_as_the_book_it_was(home):
    ada = a_person("Ada").met_on("2026-01-05").kept(care="warm", spark="curious", words="looms")
    ada.hopes("launch")
    export(an_owner(), home / "before.zip")
    backup(home / "monday.zip")
    a_person("Bo")

    in_its_place(home / "monday.zip")
    export(an_owner(), home / "after.zip")

    assert told(home / "after.zip") == told(home / "before.zip")

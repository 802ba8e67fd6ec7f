"""Deleting a book: nothing of its owner is left in any table or file, and nobody else loses anything."""

from __future__ import annotations

from datetime import time

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from amity.book.leaving import backups, delete_book
from amity.clock.actions import Recurring, enrol
from amity.journal.models import Import
from amity.letter.daily import set_daily
from amity.letter.models import Evening, Morning
from amity.letter.setting_up import head_of
from amity.moments.actions import promise
from amity.nudges import feed
from amity.nudges.actions import plan
from amity.owner.actions import NotPossible, make_sample_owner, new_link
from amity.owner.models import Owner
from amity.people.edits import set_photo, set_work
from amity.post import actions as post
from amity.search.cache import catch_up
from amity.search.models import Entry
from amity.sources import staging
from amity.sources.actions import upload_folder
from browsing import Browser
from cast import a_gathering, a_person, a_picture, an_owner, day, instant

pytestmark = pytest.mark.django_db(transaction=True)
NOW = instant("2026-05-10 12:00")
TABLES = [model for model in apps.get_app_config("amity").get_models() if model is not Owner]


def a_whole_book(owner):
    """Plant something in as many tables as a book fills by itself, and in each folder."""
    ada = a_person("Ada").of(owner).met_on("2026-01-05", "2026-02-04", "2026-03-06", text="Looms.")
    ada.kept(spark="like", care="close").born("--05-10").hopes("weave").reached_by("email", "ada@x.example")
    set_work(ada.person, "Weaver", "Looms")
    set_photo(ada.person, a_picture("red"))
    promise(ada.person, "send the paper", day=day("2026-05-10"))
    a_gathering("Tea", "2026-05-10", ada, owner=owner)
    plan(owner, day("2026-05-10"))
    catch_up(owner)
    head_of(owner)
    feed.renew(owner)
    for mail in (Morning, Evening):
        set_daily(owner, mail, on=True, at=time(8), address="")
    content = post.Content("Hello", "<p>Hello</p>", "Hello")
    post.queue(owner, post.OWN, content, [post.Recipient("ada@x.example")])
    post.suppress(owner, "ab" * 16, "left")
    new_link(owner)
    enrol([Recurring("nothing", work=lambda _owner, _now: None, every_minutes=1)], now=NOW)
    run = Import.objects.create(owner=owner)
    upload_folder(run).mkdir(parents=True)
    (upload_folder(run) / "ada.vcf").write_text("BEGIN:VCARD")
    staging.staging_path(run).write_bytes(b"")
    Browser(owner)
    return owner


def rows_of(owner):
    """Give how many rows each table has of an owner's, those without any left out."""
    counted = {model.__name__: model._base_manager.filter(owner=owner).count() for model in TABLES}
    return {name: count for name, count in counted.items() if count}


def test_nothing_of_the_owner_is_left_and_the_other_book_is_whole(settings, tmp_path):
    settings.AMITY_HOME = tmp_path
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "amity-2026-05-09.zip").write_bytes(b"12345")
    maya, jonas = a_whole_book(an_owner("Maya")), a_whole_book(an_owner("Jonas"))
    before, key, lines = rows_of(jonas), maya.pk, (tmp_path / "left.txt").read_text().splitlines()

    delete_book(maya)

    assert len(before) > 25
    assert rows_of(Owner(pk=key)) == {}
    assert list(Owner.objects.all()) == [jonas]
    assert rows_of(jonas) == before
    assert [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()] == [str(jonas.pk)]
    assert (tmp_path / "left.txt").read_text().splitlines() == lines[1:]
    (run,) = Import.objects.all()
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        "amity-2026-05-09.zip",
        "left.txt",
        f"{run.uid}.records",
        "ada.vcf",
    }
    assert [(one.name, one.size) for one in backups(jonas.tz)] == [("amity-2026-05-09.zip", 5)]


def test_no_word_of_a_deleted_book_is_left_in_the_index(settings, tmp_path):
    settings.AMITY_HOME = tmp_path
    maya = a_whole_book(an_owner("Maya"))
    before = Entry.objects.filter(words__contains="loom").exists()

    delete_book(maya)

    assert (before, Entry.objects.exists()) == (True, False)


def test_a_book_into_which_something_is_being_brought_waits_and_the_sample_world_stays(settings, tmp_path):
    settings.AMITY_HOME = tmp_path
    maya, sample = an_owner("Maya"), make_sample_owner()

    with staging.alone(maya, wait=False), pytest.raises(NotPossible, match="Another import"):
        delete_book(maya)
    with pytest.raises(NotPossible, match="sample world"):
        delete_book(sample)

    assert Owner.objects.count() == 2

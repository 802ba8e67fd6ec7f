"""Erasing is for ever: rows, images, moments alone with them; only hashes stay."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from sqlcipher3 import dbapi2

from amity.book.actions import erase, purge_trash
from amity.journal.actions import CannotUndo, undo
from amity.journal.models import Deed
from amity.letter.models import PrivateLetter, Subscriber
from amity.letter.own import Line, Material
from amity.moments.actions import Told, record
from amity.moments.models import Moment
from amity.people.actions import add_fact, edit, trash
from amity.people.identity import Directory
from amity.people.models import Person
from amity.post import actions as post
from amity.post.actions import Content, Recipient
from amity.post.address import digest_of
from amity.post.models import Delivery, Mailing
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db


def everything_written_down():
    rows = []
    for model in apps.get_app_config("amity").get_models():
        rows += [repr(values) for values in model._default_manager.values()]
    return "\n".join(rows)


def test_no_word_of_an_erased_person_is_left_anywhere():
    ada = (
        a_person("Ada Zweigelt")
        .met_on("2026-01-05", text="spoke of Blaufraenkisch")
        .reached_by("email", "zweigelt@example.org")
    )
    add_fact(ada.person, "allergic to Muskateller")
    edit(ada.person, how_met="through Riesling")

    erase(ada.person)

    left = everything_written_down()
    assert [
        word for word in ("Zweigelt", "Blaufraenkisch", "zweigelt", "Muskateller", "Riesling") if word in left
    ] == []


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_no_word_of_an_erased_person_is_left_in_the_books_files_while_others_have_them_open():
    book = Path(connection.settings_dict["NAME"])
    with closing(dbapi2.connect(str(book))) as other:
        other.execute(
            "SELECT count(*) FROM amity_person"
        ).fetchone()  # who is the last to close empties the log
        ada = a_person("Ada Zweigelt").met_on("2026-01-05", text="spoke of Blaufraenkisch")
        log = book.with_name(f"{book.name}-wal")
        assert b"Blaufraenkisch" in book.read_bytes() + log.read_bytes()

        erase(ada.person)

        left = book.read_bytes() + log.read_bytes()
    assert [word for word in (b"Zweigelt", b"Blaufraenkisch") if word in left] == []


def test_mail_that_names_the_erased_or_waits_for_them_is_withdrawn_and_blanked():
    ada = a_person("Ada Zweigelt").reached_by("email", "zweigelt@example.org")
    owner = ada.person.owner
    ines = Recipient("ines@example.org")
    hello = Content("Two weeks", "<p>Hello</p>", "Hello\n")
    sent = post.queue(owner, post.LETTER, hello, [Recipient("zweigelt@example.org", "Ada Zweigelt"), ines])
    Delivery.objects.update(state="sent")
    post.queue(owner, post.LETTER, hello, [Recipient("zweigelt@example.org", "Ada Zweigelt"), ines])
    naming = Content("Meet Ada Zweigelt", "<p>Ada Zweigelt</p>", "Would you like to meet Ada Zweigelt?\n")
    post.queue(owner, post.ASKED, naming, [ines])
    written = Material(
        day("2026-01-04"), day("2026-01-17"), seen=[Line(ada.person.uid, "Ada Zweigelt", "coffee")]
    )
    PrivateLetter.objects.create(owner=owner, day=day("2026-01-18"), content=written.to_json())
    Subscriber.objects.create(
        owner=owner, address="zweigelt@example.org", digest=digest_of(owner, "zweigelt@example.org")
    )

    erase(ada.person)

    left = everything_written_down()
    assert [word for word in ("Zweigelt", "zweigelt") if word in left] == []
    assert list(Delivery.objects.order_by("id").values_list("address", "state")) == [
        ("", "sent"),
        ("ines@example.org", "sent"),
        ("", "left"),
        ("ines@example.org", "pending"),
        ("ines@example.org", "left"),
    ]
    assert Mailing.objects.get(pk=sent.pk).subject == "Two weeks"


def test_a_moment_with_somebody_else_in_it_stays():
    ada, mary = a_person("Ada"), a_person("Mary")
    record(an_owner(), [ada.person, mary.person], day=day("2026-01-05"), told=Told(text="dinner"))

    erase(ada.person)

    assert Moment.objects.get().participations.get().person == mary.person


def test_an_erased_person_is_known_again_only_to_be_passed_over():
    ada = a_person("Ada").reached_by("email", "Ada.Byron@example.org")

    erase(ada.person)

    directory = Directory.load(an_owner())
    assert directory.is_erased([("email", "ada.byron@example.org")])
    assert not directory.is_erased([("email", "mary@example.org")])


def test_erasing_ends_every_undo():
    ada = a_person("Ada").kept(spark="like")
    deeds = list(Deed.objects.of(an_owner()).values_list("uid", flat=True))

    erase(ada.person)

    for uid in deeds:
        try:
            undo(an_owner(), uid)
        except CannotUndo:
            continue
    assert not Person.objects.exists()


def test_the_trash_is_emptied_of_those_who_lay_there_for_thirty_days():
    for name, days in (("Old", 31), ("Young", 29)):
        person = a_person(name).person
        trash(person)
        Person.objects.filter(pk=person.pk).update(trashed_at=timezone.now() - timedelta(days=days))

    erased = purge_trash(an_owner(), now=timezone.now())

    assert (erased, [person.name for person in Person.objects.all()]) == (1, ["Young"])

"""Chats, ZIPs of several things, and whose a file is."""

from __future__ import annotations

import json
import zipfile

import pytest

from amity.book.export import SCHEMA
from amity.journal.models import ImportState
from amity.moments.models import Moment
from amity.owner.actions import claim
from amity.people.models import Person
from amity.sources import staging
from amity.sources.actions import undo
from amity.sources.bundles import BOOK_SCHEMA
from amity.sources.whose import ASK_NAME, NOT_YOURS
from cast import an_owner
from formats.mail_sample import a_mailbox
from formats.monica_sample import a_block, a_contact, monica
from sources.book import moments, names, rows
from sources.samples import ADA, ME, a_card, a_letter, a_meeting, bring_in, ics, linkedin, mbox, vcf

pytestmark = pytest.mark.django_db
CHAT = "05/02/2023, 09:13 - Ilse: Open?\n13/02/2023, 09:15 - Maya Lind: From ten\n"


@pytest.fixture
def maya():
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    claim(owner, "name", "Maya Lind")
    return owner


def chat(path, text=CHAT):
    path.write_text(text, encoding="utf-8")
    return path


def a_zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refusals(report):
    return [file.refused for file in report.files if file.refused]


def test_a_chat_becomes_messages_on_the_owners_own_days_and_grows(maya, tmp_path):
    bring_in(maya, chat(tmp_path / "chat.txt"))
    once = rows(maya)
    longer, report = bring_in(maya, chat(tmp_path / "again.txt", CHAT + "14/02/2023, 00:05 - Ilse: Good\n"))

    grown = moments(maya)
    undo(longer)

    assert grown == [
        ("2023-02-05", "message", "in", "Ilse"),
        ("2023-02-13", "message", "out", "Ilse"),
        ("2023-02-14", "message", "in", "Ilse"),
    ]
    assert (report.people_new, report.moments_new, report.moments_same) == (0, 1, 2)
    assert rows(maya) == once


def test_a_number_in_a_chat_is_whoever_has_that_number_and_a_name_alone_is_somebody_new(maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "cards", a_card("Bo Venn", tel="+44 7700 900123"), a_card("Ilse")))

    text = CHAT + "14/02/2023, 09:15 - +44 7700 900123: Me too\n"
    bring_in(maya, chat(tmp_path / "chat.txt", text))

    assert names(maya) == ["Bo Venn", "Ilse", "Ilse"]
    assert Moment.objects.filter(participations__person__name="Bo Venn", direction="in").count() == 1


def test_whose_a_chat_is_is_told_by_its_name_or_by_several_chats_or_asked(tmp_path):
    jonas = an_owner("Jonas")
    odd = chat(tmp_path / "chat.txt", CHAT.replace("Maya Lind", "Jonas F"))
    other = chat(tmp_path / "other.txt", odd.read_text("utf-8").replace("Ilse", "Bo"))

    _, asked = bring_in(jonas, odd)
    _, common = bring_in(jonas, odd, other)

    assert refusals(asked) == [ASK_NAME.format(name="chat.txt")]
    assert (names(jonas), common.notes) == (["Bo", "Ilse"], ["Amity takes Jonas F for your own name."])


def test_a_takeout_is_read_member_by_member_and_the_rest_is_named(maya, tmp_path):
    meeting = a_meeting("m", "20200106T100000Z", "20200106T110000Z", ME, ADA)
    path = a_zip(
        tmp_path / "takeout.zip",
        **{
            "Takeout/Mail/All mail.mbox": a_mailbox(a_letter(1, ADA, ME)),
            "Takeout/Contacts/All/All.vcf": a_card("Ada Byron", email=ADA, title="Weaver"),
            "Takeout/Calendar/Maya.ics": ics(tmp_path / "one.ics", meeting).read_bytes(),
            "Takeout/Photos/one.png": b"\x89PNG\r\n\x1a\n",
        },
    )

    run, report = bring_in(maya, path)

    assert (names(maya), len(moments(maya))) == (["Ada Byron"], 2)
    told = {file.path.removeprefix(f"{path}/"): (file.format, file.records) for file in report.files}
    assert told == {
        "Takeout/Mail/All mail.mbox": ("mbox", 1),
        "Takeout/Contacts/All/All.vcf": ("vcard", 1),
        "Takeout/Calendar/Maya.ics": ("ics", 1),
        str(path): ("zip", 0),
    }
    assert [(one["where"], one["why"]) for file in report.files for one in file.skipped] == [
        ("Takeout/Photos/one.png", "This looks like a PNG picture; it was left.")
    ]
    assert not staging.unpacked_path(run).exists()


def test_a_chat_in_the_zip_of_an_iphone_is_whose_the_zip_says(tmp_path):
    jonas = an_owner("Jonas")
    path = a_zip(tmp_path / "WhatsApp Chat - Ilse.zip", **{"_chat.txt": CHAT, "1.jpg": b"\xff\xd8\xff\xe0"})

    bring_in(jonas, path)

    assert names(jonas) == ["Ilse"]


def test_a_folder_of_mixed_files_and_zips_comes_in_whole(maya, tmp_path):
    folder = tmp_path / "all"
    (folder / "deep").mkdir(parents=True)
    mbox(folder / "box", a_letter(1, ADA, ME))
    chat(folder / "deep" / "chat.txt")
    a_zip(folder / "cards.zip", **{"cards.vcf": a_card("Bo Venn", email="bo@venn.example")})

    bring_in(maya, folder)

    assert names(maya) == ["Ada Byron", "Bo Venn", "Ilse"]


@pytest.mark.parametrize(("manifest", "by"), [({"version": "9.0"}, "Amity 9.0"), ({}, "Amity")])
def test_a_book_exported_by_amity_is_refused_and_named(maya, tmp_path, manifest, by):
    path = a_zip(tmp_path / "book.zip", **{"amity.json": json.dumps(manifest), "people.vcf": a_card("Ada")})

    run, report = bring_in(maya, path)

    run.refresh_from_db()
    assert (run.state, refusals(report)) == (
        ImportState.FAILED,
        [f"book.zip is a whole book exported by {by}; bring it back into an empty book with: amity restore"],
    )
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("manifest", "by"),
    [
        ({"schema": BOOK_SCHEMA + 1, "version": "9.0"}, "a newer Amity (9.0)"),
        ({"schema": BOOK_SCHEMA + 1}, "a newer Amity"),
    ],
)
def test_a_book_of_a_newer_amity_is_said_to_be_one_at_once(maya, tmp_path, manifest, by):
    path = a_zip(tmp_path / "book.zip", **{"amity.json": json.dumps(manifest), "people.vcf": a_card("Ada")})

    _, report = bring_in(maya, path)

    assert refusals(report) == [
        f"book.zip is a whole book exported by {by}; update this one to bring it back."
    ]
    assert not Person.objects.exists()


@pytest.mark.parametrize("manifest", ["[]", "null", "{", "[" * 60_000, '{"schema": "2"}', '{"schema": null}'])
def test_a_book_whose_first_page_cannot_be_read_is_refused_too(maya, tmp_path, manifest):
    _, report = bring_in(maya, a_zip(tmp_path / "book.zip", **{"amity.json": manifest}))

    (refused,) = refusals(report)
    assert refused.startswith("book.zip is a whole book exported by Amity;")


def test_the_newest_book_is_the_one_this_amity_writes():
    assert BOOK_SCHEMA == SCHEMA


def test_two_owners_files_do_not_mix(maya, tmp_path):
    contacts = a_block("contact", [a_contact("c-1", "Ada")])
    theirs = monica(tmp_path / "his.json", contacts, name=("Jonas", "Field"), email="jonas@field.example")

    _, report = bring_in(maya, linkedin(tmp_path / "linkedin.zip", ["Ben Okafor"]), theirs)

    assert (names(maya), refusals(report)) == (
        ["Ben Okafor"],
        [NOT_YOURS.format(name="his.json", theirs="Jonas Field", yours="Maya Lind")],
    )

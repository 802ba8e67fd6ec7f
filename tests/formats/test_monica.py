"""Monica's JSON export: golden pairs, and what they cannot show."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from amity.formats import monica
from amity.formats.monica.values import KINDS, PARTS, SHARED, kind_of
from amity.formats.records import Contact, Happening, Link, OwnerHint, Promise, Remark, Skipped, Way
from formats.monica_sample import NOON, a_block, a_contact, a_part, a_photo, a_relationship, an_export
from formats_golden import assert_golden

SAMPLES = sorted((Path(__file__).parent / "monica").glob("*.monica"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_an_export_becomes_these_records(sample):
    assert_golden(sample, monica.read)


def read(*blocks, **more):
    """Read an export of these blocks; whose book it is says nothing here."""
    export = json.dumps(an_export(*blocks, **more)).encode()
    return [one for one in monica.read(io.BytesIO(export)) if not isinstance(one, OwnerHint)]


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


# What each thing a contact may hold says, and that it came through.
HELD = {
    "call": ({"called_at": NOON, "content": "Hello"}, lambda told: of(Happening, told)[0].kind == "call"),
    "contact_field": ({"data": "ada@loom.example"}, lambda told: told[0].ways[0].kind == "email"),
    "debt": ({"amount": 3}, lambda told: told[0].remarks[0].label == "Debt"),
    "gift": ({"name": "Tea"}, lambda told: told[0].remarks[0].text == "Tea"),
    "note": ({"body": "Weaves"}, lambda told: of(Happening, told)[0].kind == "note"),
    "reminder": ({"title": "Ask"}, lambda told: told[0].remarks[0].label == "Reminder"),
    "task": ({"title": "Lend"}, lambda told: of(Promise, told)[0].text == "Lend"),
    "address": ({"city": "Weir"}, lambda told: told[0].ways == (Way("address", "Weir"),)),
    "pet": ({"name": "Button"}, lambda told: told[0].remarks == (Remark("Pet", "Button"),)),
    "conversation": (
        {"happened_at": NOON, "messages": [{"properties": {"content": "Hello"}}]},
        lambda told: of(Happening, told)[0].kind == "message",
    ),
    "life_event": ({"name": "Moved"}, lambda told: told[0].remarks[0].text == "Moved"),
}
PLURALS = {kind: f"{kind}s" for kind in KINDS} | {
    "address": "addresses",
    "activity": "activities",
    "journal_entry": "journal_entries",
    "activity_type_category": "activity_type_categories",
    "life_event_category": "life_event_categories",
}


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("spelled", [lambda kind: kind, PLURALS.get], ids=["one", "many"])
def test_whatever_a_contact_holds_is_read_as_one_or_as_many(kind, spelled):
    said, came_through = HELD[kind]

    told = read(a_block("contact", [a_contact("c-1", "Ada", holds={spelled(kind): [a_part("p-1", **said)]})]))

    assert of(Skipped, told) == []
    assert came_through(told)


@pytest.mark.parametrize("spelled", [lambda kind: kind, PLURALS.get], ids=["one", "many"])
def test_whatever_stands_beside_the_contacts_is_read_as_one_or_as_many(spelled):
    ada = a_contact(
        "c-1",
        "Ada",
        holds={spelled(kind): [kind] for kind in SHARED}
        | {
            "life_event": [a_part("l", type="life-type")],
            "contact_field": [a_part("f", data="ada", type="t")],
        },
    )
    beside = {
        "contact": [ada, a_contact("c-2", "Ben")],
        "relationship": [a_relationship("friend", "c-1", "c-2")],
        "photo": [a_photo("photo", b"face")],
        "document": [a_part("document", original_filename="lease.pdf")],
        "activity": [a_part("activity", summary="A walk", happened_at=NOON, type="a")],
        "address_book": [a_part("b", name="Home")],
        "address_book_subscription": [a_part("s", name="Home")],
    }
    types = {
        spelled("contact_field_type"): [a_part("t", name="Telegram")],
        spelled("activity_type"): [a_part("a", name="Strolled")],
        spelled("life_event_type"): [a_part("life-type", name="Got a loom")],
        **{
            spelled(kind): [a_part(kind)]
            for kind in ("gender", "activity_type_category", "life_event_category")
        },
    }

    told = read(*(a_block(spelled(kind), held) for kind, held in beside.items()), instance=types)

    assert [(one.name, one.ways, one.remarks) for one in of(Contact, told)[:1]] == [
        ("Ada", (Way("handle", "ada", "Telegram"),), (Remark("Got a loom", "Got a loom"),))
    ]
    assert [one.kind for one in of(Link, told)] == ["friend"]
    assert [one.text for one in of(Happening, told)] == ["A walk\nStrolled"]
    assert [one.photo for one in of(Contact, told) if one.photo] == [b"face"]
    assert [(one.where, one.text) for one in of(Skipped, told)] == [("document 1", "lease.pdf")]


def test_every_kind_of_monica_has_its_plural():
    assert set(PARTS) == set(HELD)
    assert {kind: kind_of(spelled) for kind, spelled in PLURALS.items()} == dict(
        zip(KINDS, KINDS, strict=True)
    )
    assert {kind_of(kind) for kind in KINDS} == set(KINDS)


def test_a_kind_that_nobody_knows_is_reported_wherever_it_stands():
    ada = a_contact("c-1", "Ada", holds={"horoscope": [a_part("h")], "seances": []})

    told = read(
        a_block("contact", [ada]), a_block("planets", [a_part("p")]), instance={"moon_types": [a_part("m")]}
    )

    assert [(one.where, one.text) for one in of(Skipped, told)] == [
        ("contact 1", "horoscope"),
        ("planets", "planets"),
        ("moon_types", "moon_types"),
    ]
    assert [one.name for one in of(Contact, told)] == ["Ada"]


def test_a_part_that_is_none_is_reported():
    ada = a_contact("c-1", "Ada", holds={"calls": ["call-gone"], "photos": [7]})

    told = read(a_block("contact", [ada]))

    assert [(one.where, one.text) for one in of(Skipped, told)] == [
        ("contact 1", "call: call-gone"),
        ("contact 1", "photo: 7"),
    ]


def a_face(*photos, chosen=""):
    avatar = {"avatar_source": "photo", "avatar_photo": chosen}
    return a_contact("c-1", "Ada", holds={"photo": list(photos)}, avatar=avatar)


@pytest.mark.parametrize(
    ("ada", "face", "reported"),
    [
        (a_face("one", "two", chosen="two"), [b"two"], ["one.png"]),
        (a_face("one", "two"), [b"one"], ["two.png"]),
        (a_face("one", chosen="gone"), [b"one"], ["gone", "two.png"]),
        (a_face("gone", "two"), [b"two"], ["photo gone", "one.png"]),
        (a_face("gone"), [], ["photo gone", "one.png", "two.png"]),
    ],
)
def test_a_face_that_is_not_in_the_file_is_reported_and_another_photo_serves(ada, face, reported):
    photos = a_block("photo", [a_photo("one", b"one"), a_photo("two", b"two")])

    told = read(a_block("contact", [ada]), photos)

    assert [one.photo for one in of(Contact, told) if one.photo] == face
    assert [one.text for one in of(Skipped, told)] == reported


def test_a_gift_says_whom_it_is_for_and_where_its_pictures_are():
    gift = a_part("g", name="A kite", status="given", recipient="c-2", photos=["kite", "gone"])
    people = [a_contact("c-1", "Ada", holds={"gift": [gift]}), a_contact("c-2", "Pia", "Loom")]

    told = read(a_block("contact", people), a_block("photo", [a_photo("kite", b"kite")]))

    assert told[0].remarks == (Remark("Gift given", "A kite\nFor Pia Loom"),)
    assert [(one.where, one.why, one.text) for one in of(Skipped, told)] == [
        ("contact 1", "A picture of this gift is not in the file.", "A kite"),
        ("photo 1", "The picture of a gift stays in the file.", "A kite: kite.png"),
    ]

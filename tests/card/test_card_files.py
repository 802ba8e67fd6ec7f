from __future__ import annotations

import io
import zipfile

from amity.card.actions import set_photo
from amity.card.files import file_name, static_zip, vcard
from amity.card.queries import Reached, photo, shown
from amity.formats import vcard as vcards


def test_a_saved_card_comes_back_as_the_same_contact(card, a_picture):
    set_photo(card.owner, a_picture)
    jpeg = photo(card)

    (contact,) = vcards.read(io.BytesIO(vcard(shown(Reached(card)), jpeg).encode()))

    assert (contact.name, contact.title, contact.organisation) == ("Maya Lind", "Weaver", "Loom & Co")
    assert [(way.kind, way.value, way.label) for way in contact.ways] == [
        ("email", "maya@loom.example", "work"),
        ("url", "https://loom.example/maya", "my page"),
    ]
    assert contact.photo == jpeg
    assert len(jpeg) <= 36 * 1024


def test_a_number_for_later_is_in_no_file_for_everybody(card):
    assert "1234567" not in vcard(shown(Reached(card)), None)
    assert "+49 30 1234567" in vcard(shown(Reached(card), everything=True), None)


def test_the_newest_photo_is_the_only_one(card, a_picture):
    set_photo(card.owner, a_picture)

    newest = set_photo(card.owner, a_picture)

    assert photo(card) == bytes(newest.picture)


def test_a_card_may_go_without_the_photo(card, a_picture):
    set_photo(card.owner, a_picture)
    card.with_photo = False
    card.save()

    assert (photo(card), shown(Reached(card)).has_photo) == (None, False)


def test_a_file_is_named_in_plain_letters(card):
    card.name = 'Zoë "../Ångström\r\n'

    assert file_name(shown(Reached(card))) == "Zoe-Angstrom"


def test_a_name_without_plain_letters_is_a_card(card):
    card.name = "世界"

    assert file_name(shown(Reached(card))) == "card"


def test_a_folder_is_one_page_one_card_and_one_code_and_always_the_same():
    folder = static_zip("<p>Maya", "BEGIN:VCARD", b"<svg", "Maya")

    assert folder == static_zip("<p>Maya", "BEGIN:VCARD", b"<svg", "Maya")
    with zipfile.ZipFile(io.BytesIO(folder)) as archive:
        assert archive.namelist() == ["Maya/index.html", "Maya/Maya.vcf", "Maya/code.svg"]

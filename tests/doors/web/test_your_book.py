from __future__ import annotations

import io

import pytest

from amity.book.backup import backup
from amity.owner.models import Owner
from amity.people.models import Person
from browsing import Browser, words_of
from cast import a_person, an_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.AMITY_HOME = tmp_path
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "amity-2026-05-09.zip").write_bytes(b"12345")
    return tmp_path


def test_your_book_lists_its_backups_and_how_to_make_one(browser_of_maya):
    page = browser_of_maya.reads("/you/book")

    assert "amity-2026-05-09.zip" in page
    assert "5\xa0bytes" in page or "5 bytes" in page
    assert "amity backup amity.zip" in page


def test_the_book_goes_only_when_the_words_are_typed_out(browser_of_maya, maya):
    an_owner("Jonas")
    a_person("Ada")

    looked = words_of(browser_of_maya.get("/you/delete"))
    wrong = browser_of_maya.post("/you/delete", {"words": "yes"})
    still = Owner.objects.filter(pk=maya.pk).exists()
    gone = words_of(browser_of_maya.post("/you/delete", {"words": " Delete my book "}))

    assert "Export the whole book" in looked
    assert "amity-2026-05-09.zip" in looked
    assert (wrong.status_code, still) == (422, True)
    assert "Type “delete my book” to delete it." in words_of(wrong)
    assert "Your book is gone" in gone
    assert "amity-2026-05-09.zip" in gone
    assert [one.name for one in Owner.objects.all()] == ["Jonas"]
    assert browser_of_maya.get("/you").headers["Location"].startswith("/sign-in")


def test_a_backup_says_what_it_holds_and_comes_back_by_a_second_button(browser_of_maya, maya, home):
    a_person("Ada")
    backup(home / "backups" / "monday.zip")
    a_person("Bo")
    other = Browser(maya)

    listed = browser_of_maya.reads("/you/restore")
    held = words_of(browser_of_maya.post("/you/restore", {"backup": "monday.zip"}))
    between = Person.objects.count()
    back = words_of(browser_of_maya.post("/you/restore", {"backup": "monday.zip", "do": "restore"}))

    assert "monday.zip" in listed
    assert "was made on" in held
    assert "1 person" in held
    assert (between, [one.name for one in Person.objects.all()]) == (2, ["Ada"])
    assert "One person came" in back
    assert "No mail leaves until you say so." in back
    assert browser_of_maya.get("/people").status_code == 200
    assert other.get("/people").headers["Location"].startswith("/sign-in")


def test_a_file_from_elsewhere_is_opened_first_and_what_is_no_backup_is_not_kept(browser_of_maya, home):
    a_person("Ada")
    backup(home / "elsewhere.zip")
    whole = (home / "elsewhere.zip").read_bytes()

    held = words_of(browser_of_maya.post("/you/restore", {"file": io.BytesIO(whole)}))
    wrong = browser_of_maya.post("/you/restore", {"file": io.BytesIO(b"not a zip")})
    sly = browser_of_maya.post("/you/restore", {"backup": "../elsewhere.zip"})

    kept = [path.name for path in (home / "backups").glob("dropped-in-*.zip")]
    assert len(kept) == 1
    assert kept[0] in held
    assert (wrong.status_code, sly.status_code) == (422, 422)
    assert "That is not a backup of Amity that can be read." in words_of(wrong)
    assert "Choose one of the backups, or a file." in words_of(sly)


def test_where_others_have_books_too_no_owner_restores_for_all(browser_of_maya, home):
    backup(home / "backups" / "monday.zip")
    an_owner("Jonas")

    tried = words_of(browser_of_maya.post("/you/restore", {"backup": "monday.zip", "do": "restore"}))

    assert "only whoever runs the machine restores one" in tried
    assert "monday.zip" not in tried
    assert Owner.objects.count() == 2

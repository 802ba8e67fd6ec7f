from __future__ import annotations

import pytest

from amity.owner.models import Owner
from browsing import words_of
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

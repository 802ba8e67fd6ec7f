"""People in the files of other programs, and back again from those."""

import pytest

from amity.book.giving import vcards
from amity.people.actions import set_date
from amity.people.models import Person
from amity.sources.actions import undo
from cast import a_person, an_owner
from sources.samples import bring_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("died", ["", "1852-11-27", "1852"])
def test_whoever_is_remembered_comes_back_remembered_by_a_vcard(tmp_path, version, died):
    ada, ben = a_person("Ada Byron").remembered().person, a_person("Ben Okafor").person
    if died:
        set_date(ada, "died", died)
    cards = tmp_path / "cards"
    cards.write_bytes(vcards([ada, ben], version))
    jonas = an_owner("Jonas")

    bring_in(jonas, cards)

    came = Person.objects.of(jonas).order_by("name").values_list("name", "remembered")
    assert list(came) == [("Ada Byron", True), ("Ben Okafor", False)]


def test_a_card_that_says_so_later_lets_somebody_known_be_remembered_until_it_is_undone(tmp_path):
    ada = a_person("Ada Byron").reached_by("email", "ada@loom.example").person
    cards = tmp_path / "cards"
    cards.write_text("BEGIN:VCARD\nFN:Ada Byron\nEMAIL:ada@loom.example\nDEATHDATE:18521127\nEND:VCARD\n")

    run, _ = bring_in(an_owner(), cards)
    ada.refresh_from_db()
    told = ada.remembered
    undo(run)
    ada.refresh_from_db()

    assert (told, ada.remembered) == (True, False)

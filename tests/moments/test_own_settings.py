from __future__ import annotations

import pytest

from amity.book.export import export
from amity.book.reimport import bring_back
from amity.meet.actions import capture, read_line
from amity.meet.suiting import settings
from amity.moments.actions import Told, record
from amity.moments.models import Moment
from amity.moments.own_settings import name_setting, own_settings
from amity.owner.actions import NotPossible
from amity.ties.queries import album
from cast import a_gathering, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def test_a_setting_of_ones_own_is_understood_kept_and_part_of_the_picture():
    name_setting(an_owner(), "Choir practice")

    capture(an_owner(), "Met Ada Byron at choir practice, energised", today=TODAY)

    assert list(Moment.objects.values_list("setting", "felt")) == [("Choir practice", "gave energy")]
    assert [
        (one.setting, one.felt["gave energy"]) for one in settings(an_owner(), album(an_owner(), TODAY))
    ] == [("Choir practice", 1)]


def test_a_gathering_may_be_in_it_and_a_setting_of_somebody_elses_is_none():
    name_setting(an_owner("Jonas"), "Choir")

    with pytest.raises(NotPossible):
        record(an_owner(), [], day=TODAY, told=Told(setting="Choir"))

    assert read_line(an_owner(), "Met Ada at choir", today=TODAY).setting == ""
    assert a_gathering("Song", "2026-05-12", owner=an_owner("Jonas"), setting="Choir").setting == "Choir"


@pytest.mark.parametrize("name", ["", " , ", "x" * 27, "Coffee Shop"])
def test_what_is_no_new_setting_is_refused_in_a_sentence(name):
    with pytest.raises(NotPossible) as refused:
        name_setting(an_owner(), name)

    assert refused.value.sentence.endswith(".")


def test_named_twice_it_is_one_and_there_is_an_end_to_them():
    for name in ("Choir", "choir", *(f"place {number}" for number in range(29))):
        name_setting(an_owner(), name)

    with pytest.raises(NotPossible):
        name_setting(an_owner(), "one more")

    assert len(own_settings(an_owner())) == 30


def test_they_travel_with_the_book(tmp_path):
    name_setting(an_owner(), "Choir")

    export(an_owner(), tmp_path / "book.zip")
    bring_back(an_owner("Jonas"), tmp_path / "book.zip")

    assert own_settings(an_owner("Jonas")) == ["Choir"]

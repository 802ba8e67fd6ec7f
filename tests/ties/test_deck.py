from __future__ import annotations

import pytest
import time_machine

from amity.journal.actions import undo
from amity.journal.queries import last_deed
from amity.moments.models import Moment
from amity.nudges.choosing import propose
from amity.people.actions import edit, put_off, shelve
from amity.ties.deck import AGAIN_AFTER, deal, waiting
from amity.ties.roster import Wanted, rested_long, roster
from cast import Somebody, a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel("2026-05-10T09:00:00+00:00", tick=False):
        yield


def dealt(on=TODAY) -> str | None:
    card = deal(an_owner(), on)
    return card.person.name if card else None


def order() -> list[str]:
    names = []
    while name := dealt():
        names.append(name)
        put_off(deal(an_owner(), TODAY).person)
    return names


def test_the_history_says_who_comes_first():
    a_person("Nobody yet")
    edit(a_person("Known since 2019").person, met_on=day("2019-06-01"))
    a_gathering("Loom fair", "2026-03-01", a_person("Seen at the fair"))
    a_person("Wrote once").wrote_on("2026-05-01", by="them")
    a_person("Met twice").met_on("2026-01-05", "2026-02-05")
    a_person("Met nine times").met_on(*[f"2025-0{month}-05" for month in range(1, 10)])
    crowd = a_person("In a crowd").met_on("2026-04-01")
    Moment.objects.filter(participations__person=crowd.person).update(size=40, confirmed=False)

    assert order() == [
        "Met nine times",
        "Met twice",
        "In a crowd",
        "Seen at the fair",
        "Known since 2019",
        "Nobody yet",
        "Wrote once",
    ]


def test_only_those_who_may_be_suggested_and_have_no_answer_are_dealt():
    a_person("Kept").kept()
    shelve(a_person("On the shelf").person)
    a_person("Remembered").remembered()
    a_person("Resting").rests("2026-05-01", "2026-06-01")
    a_person("Mentioned").mentioned()
    a_person("Of Ines").of(an_owner("Ines"))

    assert dealt() is None


def test_not_now_is_remembered_for_a_while_and_can_be_taken_back():
    ada = a_person("Ada").person

    put_off(ada)
    after = [dealt(), dealt(day("2026-07-08")), dealt(day("2026-07-09"))]
    undo(an_owner(), last_deed(an_owner()).uid)

    assert (day("2026-07-09") - TODAY).days == AGAIN_AFTER
    assert after == [None, None, "Ada"]
    assert dealt() == "Ada"


def test_whoever_lies_on_the_shelf_is_found_but_never_suggested():
    ada = a_person("Ada").kept(care="close", spark="like").met_on("2025-01-01", "2025-02-01", "2025-03-01")
    before = [offer.person for offer in propose(an_owner(), TODAY, "usual")]

    shelve(ada.person)

    assert before == [ada.person.pk]
    assert propose(an_owner(), TODAY, "usual") == []
    assert [one.row.name for one in roster(an_owner(), Wanted(words="ada"), day=TODAY).people] == ["Ada"]
    assert not waiting(an_owner(), TODAY).exists()


def test_who_has_rested_long_is_whoever_nothing_happened_with_since():
    for name in ("Quiet", "Wrote lately", "Shelved lately"):
        a_person(name)
    people = {one.name: one for one in waiting(an_owner(), TODAY)}
    with time_machine.travel("2025-01-10T09:00:00+00:00", tick=False):
        shelve(people["Quiet"])
        shelve(people["Wrote lately"])
    shelve(people["Shelved lately"])
    Somebody(people["Wrote lately"]).wrote_on("2026-04-01", by="them")

    assert [one.name for one in rested_long(an_owner(), TODAY)] == ["Quiet"]

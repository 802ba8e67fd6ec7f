from __future__ import annotations

import pytest

from amity.moments.actions import TEXT_LENGTH, Told, forget, record
from amity.moments.edits import reword
from amity.moments.models import Moment, Participation
from amity.moments.queries import companions, last_with, of, with_person
from amity.owner.actions import NotPossible
from cast import a_person, an_owner, day, instant

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


def days(moments) -> list[str]:
    return [str(moment.day) for moment in moments]


def test_a_moment_keeps_what_the_owner_told():
    ada, bo = a_person("Ada").person, a_person("Bo").person
    told = Told(kind="met", setting="coffee shop", text=" Looms.\n", felt="gave energy")

    moment = record(ada.owner, [ada, bo], day=TODAY, told=told)

    kept = Moment.objects.values(
        "day", "kind", "setting", "direction", "text", "felt", "size", "confirmed", "at", "zone"
    )
    assert kept.get() == {
        "day": TODAY,
        "kind": "met",
        "setting": "coffee shop",
        "direction": "",
        "text": "Looms.",
        "felt": "gave energy",
        "size": 3,
        "confirmed": True,
        "at": None,
        "zone": "",
    }
    assert sorted(one.person.name for one in moment.participations.all()) == ["Ada", "Bo"]


def test_an_instant_is_kept_with_the_zone_it_was_told_in_and_no_past_day_moves():
    maya = an_owner(zone="Asia/Tokyo")
    told = Told(at=instant("2026-05-10 23:30", "Asia/Tokyo"))
    moment = record(maya, [], day=TODAY, told=told)

    an_owner(zone="America/Lima")

    moment.refresh_from_db()
    assert (str(moment.day), moment.zone, moment.at.isoformat()) == (
        "2026-05-10",
        "Asia/Tokyo",
        "2026-05-10T14:30:00+00:00",
    )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Told(kind="poke"), "'poke' is not a kind of moment."),
        (Told(setting="moon"), "'moon' is not a setting."),
        (Told(direction="sideways"), "'sideways' is not a direction."),
        (Told(felt="great"), "'great' is not a feeling."),
        (Told(kind="note", text=" "), "A note needs words."),
    ],
)
def test_only_the_products_words_are_taken(told, sentence):
    ada = a_person("Ada").person

    with pytest.raises(NotPossible) as refusal:
        record(ada.owner, [ada], day=TODAY, told=told)

    assert (refusal.value.sentence, Moment.objects.count()) == (sentence, 0)


def test_somebody_named_twice_was_there_once():
    ada = a_person("Ada").person

    moment = record(ada.owner, [ada, ada], day=TODAY, told=Told())

    assert (moment.size, moment.participations.count()) == (2, 1)


def test_words_of_any_length_and_sign_are_taken():
    moment = record(an_owner(), [], day=TODAY, told=Told(kind="note", text="a\x00b" + "c" * TEXT_LENGTH))

    moment.refresh_from_db()
    assert (moment.text[:3], len(moment.text)) == ("abc", TEXT_LENGTH)


def test_a_moment_can_be_told_in_other_words():
    a_person("Ada").met_on("2026-05-10", text="Looms.")

    reword(Moment.objects.get(), " Looms and lace. ")

    assert Moment.objects.get().text == "Looms and lace."


def test_a_forgotten_moment_leaves_its_people():
    ada = a_person("Ada").met_on("2026-05-10", "2026-05-11").person

    forget(Moment.objects.get(day=TODAY))

    assert days(with_person(ada)) == ["2026-05-11"]
    assert Participation.objects.count() == 1


def test_moments_are_told_newest_first():
    ada = a_person("Ada").met_on("2026-05-10", "2026-03-01", "2026-05-11").person
    a_person("Bo").met_on("2026-05-12")

    assert days(of(ada.owner)) == ["2026-05-12", "2026-05-11", "2026-05-10", "2026-03-01"]
    assert days(with_person(ada)) == ["2026-05-11", "2026-05-10", "2026-03-01"]


def test_the_last_moment_until_a_day_is_not_one_after_it():
    ada, bo = a_person("Ada").met_on("2026-05-10", "2026-05-12"), a_person("Bo")

    last = last_with(ada.owner, [ada.person.pk, bo.person.pk], upto=day("2026-05-11"))

    assert {person: str(moment.day) for person, moment in last.items()} == {ada.person.pk: "2026-05-10"}


def test_of_one_day_the_later_instant_is_last():
    ada = a_person("Ada").person
    for hour in ("18:00", "09:00"):
        record(ada.owner, [ada], day=TODAY, told=Told(at=instant(f"2026-05-10 {hour}"), text=hour))
    record(ada.owner, [ada], day=TODAY, told=Told(text="some time"))

    assert last_with(ada.owner, [ada.pk], upto=TODAY)[ada.pk].text == "18:00"


def test_whoever_else_was_there_is_named():
    ada, bo = a_person("Ada").person, a_person("Bo").person
    together = record(ada.owner, [ada, bo], day=TODAY, told=Told())
    alone = record(ada.owner, [ada], day=TODAY, told=Told())

    assert dict(companions(ada, [together, alone])) == {together.pk: ["Bo"]}

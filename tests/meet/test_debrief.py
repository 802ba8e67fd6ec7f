"""The debrief: only a yes becomes anything; the two other answers cannot be told apart afterwards."""

from datetime import timedelta

import pytest
from django.apps import apps

from amity.gatherings.actions import settle_past
from amity.journal.actions import undo
from amity.journal.models import Deed
from amity.meet.after import next_steps
from amity.meet.debrief import DIDNT_TALK, NOT_REALLY, YES, Said, debrief, of_gathering
from amity.moments.models import Moment, Participation
from amity.owner.actions import NotPossible
from amity.people.models import Person, Spark
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-06-02")


def guest_of(gathering, somebody):
    return gathering.attendances.get(person=somebody.person)


def everything_in_the_book(owner):
    """Every row of the owner's, journal included, without keys, uids and instants."""
    book = {}
    for model in apps.get_app_config("amity").get_models():
        if any(field.name == "owner" for field in model._meta.concrete_fields):
            book[model.__name__] = sorted(
                str(_plain(row)) for row in model._default_manager.filter(owner=owner)
            )
    return book


def _plain(row):
    return {
        field.name: _without_names(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if not field.is_relation and field.name not in {"id", "uid", "at", "row", "since", "key"}
    }


def _without_names(value):
    if isinstance(value, dict):
        return sorted(k for k, v in value.items() if v not in (None, ""))
    return value


def test_not_really_and_didnt_talk_leave_the_same_book_behind():
    books = []
    for name, answer in (("Maya", NOT_REALLY), ("Jonas", DIDNT_TALK)):
        owner = an_owner(name)
        ada, mary = a_person("Ada Byron").of(owner), a_person("Mary Weaver").of(owner)
        fair = a_gathering("Loom Fair", "2026-06-01", ada, mary, owner=owner, size=40)
        answers = {guest_of(fair, ada).uid: answer, guest_of(fair, mary).uid: YES}
        debrief(fair, Said(answers, felt="gave energy", line="Looms everywhere"), today=TODAY)
        books.append(everything_in_the_book(owner))

    assert books[0] == books[1]


def test_after_not_really_the_person_was_there_and_nothing_else():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, size=40)
    said = Said({guest_of(fair, ada).uid: NOT_REALLY}, {guest_of(fair, ada).uid: {"like": "planted"}})

    enjoyed = debrief(fair, said, today=TODAY)

    guest = guest_of(fair, ada)
    assert (enjoyed, guest.there, guest.moment) == ([], True, None)
    assert (Moment.objects.count(), Spark.objects.count(), next_steps(fair)) == (0, 0, [])


def test_a_yes_is_a_confirmed_moment_with_feeling_line_and_spark():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, size=40, setting="crowded room")
    uid = guest_of(fair, ada).uid
    said = Said(
        {uid: YES}, {uid: {"curious": "her loom"}}, felt="gave energy", line="She laughed at the loom"
    )

    debrief(fair, said, today=TODAY)

    moment = guest_of(fair, ada).moment
    assert (moment.confirmed, moment.felt, moment.text, moment.setting, moment.day, moment.size) == (
        True, "gave energy", "She laughed at the loom", "crowded room", day("2026-06-01"), 40,
    )  # fmt: skip
    assert [(spark.kind, spark.line) for spark in Spark.objects.filter(person=ada.person)] == [
        ("curious", "her loom")
    ]
    assert ada.portrait(TODAY).days == 1


def test_only_those_enjoyed_are_offered_a_next_step():
    ada, mary = a_person("Ada Byron"), a_person("Mary Weaver").reached_by("email", "mary@loom.example")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, mary, size=40)

    debrief(fair, Said({guest_of(fair, ada).uid: DIDNT_TALK, guest_of(fair, mary).uid: YES}), today=TODAY)

    steps = next_steps(fair)
    assert [(step.name, step.email, step.opener) for step in steps] == [
        ("Mary Weaver", "mary@loom.example", "Hi Mary, I enjoyed talking with you at Loom Fair.")
    ]


def test_the_same_form_sent_twice_changes_nothing():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, "Kofi Novak", size=40)
    kofi = fair.attendances.get(name="Kofi Novak")
    said = Said({guest_of(fair, ada).uid: YES, kofi.uid: YES}, also=["Tala Dahl"], felt="neutral")
    debrief(fair, said, today=TODAY)
    once = (
        Moment.objects.count(),
        Participation.objects.count(),
        Person.objects.count(),
        fair.attendances.count(),
    )

    debrief(fair, said, today=TODAY)

    twice = (
        Moment.objects.count(),
        Participation.objects.count(),
        Person.objects.count(),
        fair.attendances.count(),
    )
    assert once == twice == (1, 3, 3, 3)


def test_a_yes_that_is_taken_back_leaves_only_attendance():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, size=40)
    debrief(fair, Said({guest_of(fair, ada).uid: YES}), today=TODAY)

    debrief(fair, Said({guest_of(fair, ada).uid: NOT_REALLY}), today=TODAY)

    assert (of_gathering(fair), guest_of(fair, ada).moment, guest_of(fair, ada).there) == (None, None, True)
    assert ada.portrait(TODAY).days == 0


@pytest.mark.parametrize("settled_first", [True, False])
def test_at_a_small_dinner_those_not_spoken_of_were_in_touch_and_those_not_enjoyed_were_not(settled_first):
    ada, mary, rosa = a_person("Ada Byron"), a_person("Mary Weaver"), a_person("Rosa Keita")
    dinner = a_gathering("Dinner", "2026-06-01", ada, mary, rosa)
    now = _noon_after()
    if settled_first:
        settle_past(dinner.owner, now=now)

    debrief(
        dinner, Said({guest_of(dinner, ada).uid: YES, guest_of(dinner, mary).uid: DIDNT_TALK}), today=TODAY
    )
    settle_past(dinner.owner, now=now)

    assert [one.portrait(TODAY).days for one in (ada, mary, rosa)] == [1, 0, 1]


def _noon_after():
    from cast import instant

    return instant("2026-06-02 12:00")


def test_a_guest_who_was_only_a_name_becomes_a_person_with_a_yes_alone():
    fair = a_gathering("Loom Fair", "2026-06-01", "kofi@loom.example", "Otto Moreau", size=40)
    kofi, otto = fair.attendances.order_by("id")

    debrief(fair, Said({kofi.uid: YES, otto.uid: NOT_REALLY}), today=TODAY)

    assert [(one.name, one.how_met, one.met_on) for one in Person.objects.all()] == [
        ("kofi", "At Loom Fair", day("2026-06-01"))
    ]


def test_a_debrief_is_complete_with_nothing_said():
    fair = a_gathering("Loom Fair", "2026-06-01", "Kofi Novak", size=40)

    enjoyed = debrief(fair, Said(), today=TODAY)

    fair.refresh_from_db()
    assert (enjoyed, fair.debriefed_on, Moment.objects.count()) == ([], TODAY, 0)


def test_a_debrief_can_be_taken_back_whole():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, size=40)
    before = everything_in_the_book(fair.owner)
    uid = guest_of(fair, ada).uid
    debrief(fair, Said({uid: YES}, {uid: {"like": ""}}, also=["Tala Dahl"]), today=TODAY)

    undo(fair.owner, Deed.objects.filter(verb="debrief").get().uid)

    after = everything_in_the_book(fair.owner)
    journal = {"Deed", "Touch", "Cursor", "Tie"}
    assert {name: rows for name, rows in after.items() if name not in journal} == {
        name: rows for name, rows in before.items() if name not in journal
    }


def test_an_answer_that_is_none_changes_nothing():
    ada = a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01", ada, size=40)

    with pytest.raises(NotPossible, match="is not an answer"):
        debrief(fair, Said({guest_of(fair, ada).uid: "ugh"}), today=TODAY)

    fair.refresh_from_db()
    assert fair.debriefed_on is None


def test_nobody_debriefs_somebody_elses_guests():
    ada = a_person("Ada Byron")
    mine = a_gathering("Loom Fair", "2026-06-01", ada, size=40)
    other = a_gathering("Ball", "2026-06-01", "Otto Moreau", owner=an_owner("Jonas"))

    enjoyed = debrief(other, Said({guest_of(mine, ada).uid: YES}), today=TODAY)

    assert (enjoyed, guest_of(mine, ada).there) == ([], False)


def test_today_asks_how_it_was(client):
    maya = an_owner("Maya", welcomed=True)
    yesterday = maya.today() - timedelta(days=1)
    a_gathering("Loom fair", yesterday.isoformat(), a_person("Ada").of(maya), owner=maya)
    client.force_login(maya)

    page = client.get("/").content.decode()

    assert "How was it?" in page
    assert "Look back" in page

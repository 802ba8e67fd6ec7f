from __future__ import annotations

import pytest

from amity.nudges.actions import done, let_rest, plan
from amity.nudges.models import Nudge, Plan
from amity.nudges.queries import preview, today
from amity.owner.actions import NotPossible
from amity.people.queries import rows
from amity.ties.models import Suggestion
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")  # a Sunday
MONTHLY = ("2026-01-05", "2026-02-04", "2026-03-06")


def friends(count: int) -> None:
    for number in range(count):
        a_person(f"Friend {number}").met_on(*MONTHLY).kept()


def written() -> list[tuple[str, str]]:
    return list(Nudge.objects.order_by("position").values_list("uid", "why"))


def test_a_day_is_planned_once():
    friends(5)
    first = plan(an_owner(), TODAY)
    before = written()

    again = plan(an_owner(), TODAY)

    assert (again, written()) == (first, before)
    assert len(before) == 3


def test_a_friend_who_comes_later_does_not_change_the_day():
    friends(3)
    plan(an_owner(), TODAY)
    before = written()
    a_person("Close").met_on(*MONTHLY).kept(care="close")

    plan(an_owner(), TODAY)

    assert written() == before


def test_a_day_that_had_nobody_is_looked_at_again():
    plan(an_owner(), TODAY)
    friends(1)

    plan(an_owner(), TODAY)

    assert [nudge.person.name for nudge in Nudge.objects.all()] == ["Friend 0"]


def test_who_was_suggested_is_remembered():
    friends(5)

    plan(an_owner(), TODAY)

    suggested = set(Suggestion.objects.values_list("person", "day"))
    assert suggested == {(nudge.person_id, TODAY) for nudge in Nudge.objects.all()}


@pytest.mark.parametrize(
    ("quiet", "energy", "nudges"), [([6], "rest", 0), ([0, 5], "usual", 3), ([], "usual", 3)]
)
def test_on_quiet_days_nobody_is_suggested(quiet, energy, nudges):
    an_owner(quiet_days=quiet)
    friends(5)

    made = plan(an_owner(), TODAY)

    assert (made.energy, Nudge.objects.count()) == (energy, nudges)


def test_the_owners_word_goes_before_a_quiet_day():
    an_owner(quiet_days=[6])
    friends(5)

    plan(an_owner(), TODAY, "low")

    assert (Plan.objects.get().energy, Nudge.objects.count()) == ("low", 3)


def test_another_energy_chooses_anew_and_back_again_gives_the_same():
    for number in range(5):
        a_person(f"Friend {number}").wrote_on(*MONTHLY, kind="mail").kept()
    plan(an_owner(), TODAY)
    usual = written()

    plan(an_owner(), TODAY, "low")
    low = written()
    plan(an_owner(), TODAY, "usual")

    assert (len(usual), len(low), written()) == (3, 1, usual)


def test_what_was_answered_stays_whatever_the_energy():
    friends(6)
    plan(an_owner(), TODAY)
    answered = Nudge.objects.order_by("position")[1]
    done(answered, today=TODAY)

    plan(an_owner(), TODAY, "rest")
    resting = list(Nudge.objects.all())
    plan(an_owner(), TODAY, "usual")

    assert resting == [answered]
    assert Nudge.objects.get(state="done") == answered


def test_with_what_was_answered_there_are_still_at_most_three():
    friends(9)
    plan(an_owner(), TODAY)
    let_rest(Nudge.objects.first(), today=TODAY)

    plan(an_owner(), TODAY, "low")

    assert sorted(Nudge.objects.values_list("state", flat=True)) == ["let rest", "offered", "offered"]


def test_an_energy_that_is_not_one_is_refused():
    with pytest.raises(NotPossible) as refusal:
        plan(an_owner(), TODAY, "furious")

    assert (refusal.value.sentence, Plan.objects.count()) == (
        "'furious' is not an energy; it is one of rest, low, usual.",
        0,
    )


def test_a_preview_shows_what_a_plan_would_and_writes_nothing():
    friends(5)

    shown = preview(an_owner(), TODAY, "")
    written_by_preview = (Plan.objects.count(), Nudge.objects.count(), Suggestion.objects.count())
    plan(an_owner(), TODAY)

    assert written_by_preview == (0, 0, 0)
    assert shown == today(an_owner(), TODAY)


def test_an_unplanned_day_has_gatherings_and_promises_but_no_nudges():
    friends(3)
    a_gathering("Tea", "2026-05-10", a_person("Ada"))

    page = today(an_owner(), TODAY)

    assert (page.energy, page.nudges, [row.title for row in page.gatherings]) == ("usual", [], ["Tea"])


def test_a_nudge_brings_the_last_words_and_an_address():
    ada = a_person("Ada").met_on(*MONTHLY, text="Looms.").reached_by("email", "ada@x.org").kept()
    plan(ada.owner, TODAY)

    page = today(ada.owner, TODAY)

    (letter,), (row,) = page.nudges, rows(ada.owner, page.people)
    assert (letter.name, letter.person, letter.reason, letter.state) == (
        "Ada",
        ada.person.uid,
        "overdue",
        "offered",
    )
    assert (letter.last_words, letter.last_day) == ("Looms.", day("2026-03-06"))
    assert (row.uid, [way.value for way in row.ways]) == (ada.person.uid, ["ada@x.org"])


def test_three_nudges_ask_no_more_than_one(django_assert_max_num_queries):
    friends(3)
    maya = an_owner()
    plan(maya, TODAY)

    with django_assert_max_num_queries(8):
        page = today(maya, TODAY)

    assert len(page.nudges) == 3

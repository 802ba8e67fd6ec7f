"""The brief: what is in it, what never is, and whom it suggests one looks forward to."""

import pytest

from amity.gatherings.by_hand import wonder
from amity.journal.models import Deed
from amity.meet.brief import brief, next_one, prepare
from amity.meet.models import Brief
from amity.moments.actions import promise
from amity.people.actions import add_fact, shelve
from amity.people.models import Link
from amity.ties.models import Suggestion
from cast import a_gathering, a_person, an_owner, day, instant, invite

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")
EVENING = instant("2026-05-10 18:00")


def test_a_brief_tells_of_each_person_what_one_would_like_to_know():
    ada = (
        a_person("Ada Byron").met_on("2026-04-01", text="We took the loom apart.").hopes("publish the notes")
    )
    mary = a_person("Mary Weaver")
    promise(ada.person, "send the paper", day=day("2026-04-01"))
    add_fact(ada.person, "plays the cello", label="music")
    Link.objects.create(owner=ada.owner, a=mary.person, b=ada.person, kind="colleague")
    tea = a_gathering("Tea", "2026-05-11", ada)

    known = brief(tea, TODAY).known[0]

    assert (known.row.name, known.last.text, known.question) == (
        "Ada Byron", "We took the loom apart.", "How is “publish the notes” going?",
    )  # fmt: skip
    assert ([one.text for one in known.hopes], [one.text for one in known.promises]) == (
        ["publish the notes"], ["send the paper"],
    )  # fmt: skip
    assert ([one.text for one in known.facts], known.known_by) == (["plays the cello"], ["Mary Weaver"])


def test_a_brief_never_holds_a_sensitive_fact():
    ada = a_person("Ada Byron")
    add_fact(ada.person, "planted secret", sensitive=True)
    tea = a_gathering("Tea", "2026-05-11", ada)

    assert "planted secret" not in str([vars(known) for known in brief(tea, TODAY).known])


def test_people_at_rest_on_the_shelf_or_remembered_are_names_only():
    ada = a_person("Ada Byron").kept(spark="curious").rests("2026-05-01", "2026-06-01")
    mary, rosa = (
        a_person("Mary Weaver").kept(spark="like"),
        a_person("Rosa Keita").kept(spark="like").remembered(),
    )
    shelve(mary.person)
    tea = a_gathering("Tea", "2026-05-11", ada, mary, rosa)

    page = brief(tea, TODAY)

    assert (page.known, len(page.also), page.look_forward) == ([], 3, None)


def test_one_looks_forward_to_somebody_one_is_curious_about_and_has_hardly_met():
    ada = (
        a_person("Ada Byron")
        .met_on("2026-01-05", "2026-02-04", "2026-03-06")
        .kept(spark="curious", words="looms")
    )
    kofi = a_person("Kofi Novak").kept(spark="curious", words="the sea")
    fair = a_gathering("Loom Fair", "2026-05-11", ada, kofi, "Otto Moreau", size=40)

    chosen = brief(fair, TODAY).look_forward

    assert (chosen.name, chosen.why) == (
        "Kofi Novak",
        "You wrote that you are curious about them: “the sea”, and the two of you have never talked yet.",
    )


def test_without_anybody_known_one_looks_forward_to_one_new_face():
    fair = a_gathering("Loom Fair", "2026-05-11", size=40)
    guest = invite(fair, "Otto Moreau")
    guest.about = "Weaver, Loom House"
    guest.save()

    chosen = brief(fair, TODAY).look_forward

    assert (chosen.name, chosen.why) == (
        "Otto Moreau",
        "Somebody new, and the list says: Weaver, Loom House.",
    )


def test_a_friend_of_a_year_ago_is_a_reason_too():
    emil = a_person("Emil Dahl").met_on("2023-01-05", "2023-02-04", "2023-03-06", "2023-04-06")
    fair = a_gathering("Loom Fair", "2026-05-11", emil, size=40)

    assert brief(fair, TODAY).look_forward.why == (
        "You have not been in touch for three years, and here you will be in one room."
    )


def test_there_are_two_questions_and_the_owners_own_come_first():
    fair = a_gathering("Loom Fair", "2026-05-11", a_person("Ada Byron").hopes("weave paper"), size=40)
    before = brief(fair, TODAY).questions

    wonder(fair, ["Why looms?"])

    assert (len(before), before[0]) == (2, "Ada, what has surprised you most about “weave paper”?")
    assert brief(fair, TODAY).questions == ["Why looms?", before[0]]


def test_one_is_allowed_to_leave_and_told_with_which_words():
    dinner = a_gathering("Dinner", "2026-05-11", setting="dinner party")

    assert brief(dinner, TODAY).exit.startswith("You may leave after the main course.")


def test_the_evening_before_the_brief_is_made_once_and_the_day_is_logged_as_suggested():
    kofi = a_person("Kofi Novak").kept(spark="curious", words="why he left the sea")
    fair = a_gathering("Loom Fair", "2026-05-11", kofi, size=40)
    a_gathering("Ball", "2026-05-12", kofi, size=40)

    made, again = prepare(fair.owner, now=EVENING), prepare(fair.owner, now=EVENING)

    assert (made, again, Brief.objects.get().gathering) == (1, 0, fair)
    assert list(Suggestion.objects.values_list("person", "day")) == [(kofi.person.pk, day("2026-05-11"))]


def test_what_was_chosen_in_the_evening_is_what_one_reads_in_the_taxi():
    kofi = a_person("Kofi Novak").kept(spark="curious", words="the sea")
    fair = a_gathering("Loom Fair", "2026-05-11", kofi, size=40)
    prepare(fair.owner, now=EVENING)
    invite(fair, a_person("Tala Dahl").kept(spark="curious", words="the hills"))

    page = brief(fair, day("2026-05-11"))

    assert (page.look_forward.name, page.made_on) == ("Kofi Novak", TODAY)


def test_opening_a_brief_writes_nothing():
    fair = a_gathering("Loom Fair", "2026-05-11", a_person("Kofi Novak").kept(spark="curious"), size=40)
    before = Deed.objects.count()

    first, second = brief(fair, TODAY), brief(fair, TODAY)

    assert (Brief.objects.count(), Deed.objects.count() - before) == (0, 0)
    assert first.look_forward == second.look_forward


def test_the_next_one_is_the_one_that_is_not_over():
    jonas = an_owner("Jonas")
    a_gathering("Breakfast", "2026-05-10", owner=jonas, ends_at=instant("2026-05-10 09:00"))
    tea = a_gathering("Tea", "2026-05-10", owner=jonas, ends_at=instant("2026-05-10 17:00"))

    assert next_one(jonas, now=instant("2026-05-10 12:00")) == tea


@pytest.mark.parametrize("guests", [1, 3, 30])
def test_a_brief_asks_the_database_as_often_for_many_as_for_one(guests, django_assert_max_num_queries):
    people = [
        a_person(f"Guest Number{chr(97 + n)}").met_on("2026-04-01").hopes("weave").kept(spark="like")
        for n in range(guests)
    ]
    fair = a_gathering("Loom Fair", "2026-05-11", *people)
    brief(fair, TODAY)

    with django_assert_max_num_queries(20):
        page = brief(fair, TODAY)

    assert page.guests == guests

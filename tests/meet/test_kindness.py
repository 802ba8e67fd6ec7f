"""Being glad with somebody, and thanks: offered for a month, recorded, never owed."""

import pytest

from amity.meet.kindness import cheer, thank, waiting, words_for_gift, words_for_hope
from amity.moments.actions import give
from amity.moments.models import Moment
from amity.owner.actions import NotPossible
from amity.people.actions import end_hope
from amity.people.models import Hope
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def a_hope_that_happened(on="2026-05-01"):
    a_person("Ada Byron").hopes("publish the notes")
    return end_hope(Hope.objects.get(), "happened", day=day(on))


def test_a_hope_that_happened_may_be_cheered_and_is_then_done():
    hope = a_hope_that_happened()

    cheer(hope, day=TODAY)

    moment = Moment.objects.get()
    assert (moment.kind, moment.direction, moment.text) == (
        "message",
        "out",
        "Glad with them: publish the notes",
    )
    assert waiting(an_owner(), TODAY).hopes == []


def test_an_open_hope_cannot_be_cheered():
    a_person("Ada Byron").hopes("publish the notes")

    with pytest.raises(NotPossible, match="has not happened yet"):
        cheer(Hope.objects.get(), day=TODAY)


def test_a_gift_is_thanked_for_and_the_thanks_are_a_moment():
    gift = give(a_person("Ada Byron").person, "idea", day=TODAY, received=True, text="weave with paper")

    thank(gift, day=TODAY, text="Thank you for the paper.", kind="met")

    gift.refresh_from_db()
    moment = Moment.objects.get()
    assert (gift.thanked_on, moment.kind, moment.direction, moment.text) == (
        TODAY, "met", "", "Thank you for the paper.",
    )  # fmt: skip


def test_what_one_gave_needs_no_thanks():
    given = give(a_person("Ada Byron").person, "time", day=TODAY, received=False)

    with pytest.raises(NotPossible, match="You gave that"):
        thank(given, day=TODAY)

    assert waiting(an_owner(), TODAY).gifts == []


def test_after_a_month_nothing_waits_any_more():
    a_hope_that_happened(on="2026-04-01")
    give(a_person("Kofi Novak").person, "idea", day=day("2026-04-01"), received=True)

    assert (waiting(an_owner(), TODAY).hopes, waiting(an_owner(), TODAY).gifts) == ([], [])


def test_nobody_is_glad_with_the_dead():
    hope = a_hope_that_happened()
    hope.person.remembered = True
    hope.person.save()

    assert waiting(an_owner(), TODAY).hopes == []


def test_the_words_hold_no_ask():
    hope = a_hope_that_happened()
    gift = give(hope.person, "idea", day=TODAY, received=True, text="paper")

    assert words_for_hope(hope) == "Hi Ada, I heard it happened: publish the notes. I am so glad for you."
    assert words_for_gift(gift) == "Hi Ada, thank you for the idea (paper). It stayed with me."

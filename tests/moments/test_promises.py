from __future__ import annotations

import pytest

from amity.moments.actions import end_promise, give, promise
from amity.moments.edits import reword_promise
from amity.moments.models import Gift, Promise
from amity.moments.queries import gifts_of, open_promises, promises_to
from amity.owner.actions import NotPossible
from amity.people.actions import trash
from cast import a_person, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


@pytest.fixture
def ada():
    return a_person("Ada").person


def texts(found) -> list[str]:
    return [one.text for one in found]


def test_a_promise_is_open_and_may_have_a_day(ada):
    promise(ada, " send the\npaper ", day=TODAY, due=day("2026-05-15"))

    kept = Promise.objects.values_list("text", "day", "due", "state", "ended_on").get()
    assert kept == ("send the paper", TODAY, day("2026-05-15"), "open", None)


def test_a_promise_needs_words(ada):
    with pytest.raises(NotPossible) as refusal:
        promise(ada, " ", day=TODAY)

    assert (refusal.value.sentence, Promise.objects.count()) == ("A promise needs words.", 0)


def test_open_promises_stand_with_the_soonest_first_and_those_without_a_day_last(ada):
    promise(ada, "some day", day=day("2026-01-01"))
    promise(ada, "later", day=TODAY, due=day("2026-06-01"))
    promise(ada, "soon", day=TODAY, due=day("2026-05-11"))

    assert texts(open_promises(ada.owner)) == ["soon", "later", "some day"]


@pytest.mark.parametrize("state", ["kept", "let go"])
def test_an_ended_promise_is_no_longer_open_but_still_told(ada, state):
    made = promise(ada, "send the paper", day=TODAY)

    end_promise(made, state, day=day("2026-05-12"))

    assert texts(open_promises(ada.owner)) == []
    assert [(one.state, str(one.ended_on)) for one in promises_to(ada)] == [(state, "2026-05-12")]


def test_a_promise_can_be_opened_again(ada):
    made = promise(ada, "send the paper", day=TODAY)
    end_promise(made, "kept", day=TODAY)

    end_promise(made, "open", day=TODAY)

    assert [(one.text, one.ended_on) for one in open_promises(ada.owner)] == [("send the paper", None)]


def test_a_promise_is_never_broken(ada):
    made = promise(ada, "send the paper", day=TODAY)

    with pytest.raises(NotPossible) as refusal:
        end_promise(made, "broken", day=TODAY)

    assert refusal.value.sentence == "'broken' is not what becomes of a promise."
    assert texts(open_promises(ada.owner)) == ["send the paper"]


def test_a_promise_can_be_reworded(ada):
    made = promise(ada, "send the paper", day=TODAY)

    reword_promise(made, "post the paper", due=day("2026-05-20"))

    assert Promise.objects.values_list("text", "due").get() == ("post the paper", day("2026-05-20"))


def test_a_promise_to_somebody_in_the_trash_waits_with_them(ada):
    promise(ada, "send the paper", day=TODAY)

    trash(ada)

    assert texts(open_promises(ada.owner)) == []


def test_gifts_are_told_newest_first_and_never_summed(ada):
    give(ada, "idea", day=day("2026-05-01"), received=True, text="punched cards")
    give(ada, "help", day=TODAY, received=False)

    assert [(one.kind, one.received, one.text) for one in gifts_of(ada)] == [
        ("help", False, ""),
        ("idea", True, "punched cards"),
    ]


def test_money_is_no_gift(ada):
    with pytest.raises(NotPossible) as refusal:
        give(ada, "money", day=TODAY, received=True)

    assert (refusal.value.sentence, Gift.objects.count()) == (
        "'money' is not a kind of gift; it is one of kind word, idea, introduction, time, help.",
        0,
    )

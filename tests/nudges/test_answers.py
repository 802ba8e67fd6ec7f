from __future__ import annotations

import pytest

from amity.journal.actions import undo
from amity.journal.models import Deed, Touch
from amity.moments.models import Moment
from amity.nudges.actions import done, let_rest, plan, skip
from amity.nudges.models import Nudge
from amity.nudges.queries import get
from amity.owner.actions import NotPossible
from amity.people.models import Season
from amity.people.queries import NotFound, reachable
from amity.ties.models import Suggestion
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")
MONTHLY = ("2026-01-05", "2026-02-04", "2026-03-06")


@pytest.fixture
def nudge():
    a_person("Ada").met_on(*MONTHLY).kept()
    plan(an_owner(), TODAY)
    return Nudge.objects.get()


def state() -> str:
    return Nudge.objects.get().state


def test_done_writes_the_moment_that_the_message_will_join(nudge):
    done(nudge, today=TODAY)

    moment = Moment.objects.get(day=TODAY)
    assert state() == "done"
    assert (moment.kind, moment.direction, moment.key) == ("message", "out", f"nudge:{nudge.uid}")
    assert [one.person.name for one in moment.participations.all()] == ["Ada"]


def test_skip_writes_nothing_but_the_log(nudge):
    before = (Moment.objects.count(), Season.objects.count(), Suggestion.objects.count())

    skip(nudge)

    assert (Moment.objects.count(), Season.objects.count(), Suggestion.objects.count()) == before
    assert state() == "not today"
    assert list(Touch.objects.filter(deed__verb="nudge skip").values_list("table", "after")) == [
        ("amity.nudge", {"state": "not today"})
    ]


def test_let_rest_makes_a_season_in_which_nobody_asks(nudge):
    let_rest(nudge, today=TODAY)

    assert list(Season.objects.values_list("starts", "ends")) == [(TODAY, day("2026-08-08"))]
    assert state() == "let rest"
    assert [len(reachable(an_owner(), day(one))) for one in ("2026-08-08", "2026-08-09")] == [0, 1]


@pytest.mark.parametrize("first", [lambda n: done(n, today=TODAY), skip, lambda n: let_rest(n, today=TODAY)])
@pytest.mark.parametrize("then", [lambda n: done(n, today=TODAY), skip, lambda n: let_rest(n, today=TODAY)])
def test_a_second_tap_changes_nothing(nudge, first, then):
    seen_by_the_other_tab = Nudge.objects.select_related("person", "owner").get()
    first(nudge)
    before = (state(), Moment.objects.count(), Season.objects.count())

    with pytest.raises(NotPossible) as refusal:
        then(seen_by_the_other_tab)

    assert refusal.value.sentence == "That nudge has been answered already; it can be undone instead."
    assert (state(), Moment.objects.count(), Season.objects.count()) == before


@pytest.mark.parametrize("answer", [lambda n: done(n, today=TODAY), skip, lambda n: let_rest(n, today=TODAY)])
def test_an_answer_can_be_taken_back_and_given_again(nudge, answer):
    before = (Moment.objects.count(), Season.objects.count())
    answer(nudge)

    undo(nudge.owner, Deed.objects.latest("id").uid)
    taken_back = (state(), Moment.objects.count(), Season.objects.count())
    answer(Nudge.objects.get())

    assert taken_back == ("offered", *before)
    assert state() != "offered"


def test_a_call_that_was_made_ends_the_silence():
    ada = (
        a_person("Ada")
        .met_on("2025-08-05", "2025-09-04", "2025-10-06")
        .kept()
        .reached_by("phone", "+442079460018")
    )
    plan(an_owner(), TODAY)
    call = Nudge.objects.get()

    done(call, today=TODAY)

    assert (call.medium, Moment.objects.get(day=TODAY).direction) == ("call", "")
    assert ada.portrait(TODAY).silence == 0


def test_a_nudge_is_got_by_its_id(nudge):
    assert get(nudge.owner, nudge.uid) == nudge


@pytest.mark.parametrize("name", ["Maya", "Jonas"])
def test_a_nudge_that_is_not_here_or_not_mine_is_not_found(nudge, name):
    uid = nudge.uid if name == "Jonas" else "nothing"

    with pytest.raises(NotFound) as refusal:
        get(an_owner(name), uid)

    assert refusal.value.sentence == "There is no such nudge."

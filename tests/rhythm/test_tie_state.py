"""What is remembered of a tie, and how it grows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.rhythm.state import NEVER, build, merge, read, update
from rhythm_cast import FIELDS, assert_same, every, forecast, pairs, ties_met_on

days_of_a_tie = st.lists(st.integers(-1000, 1000), max_size=25)
book = st.lists(days_of_a_tie, min_size=1, max_size=6)


def test_a_tie_of_one_day_remembers_that_day():
    ada = ties_met_on([100])

    assert (ada.first[0], ada.last[0], ada.n[0], ada.s1[0]) == (100, 100, 1, 0.0)
    assert ada.counters[:, 0].tolist() == [1.0, 1.0, 1.0]


def test_meeting_twice_on_one_day_is_meeting_once():
    assert_same(ties_met_on([100, 100, 130]), ties_met_on([100, 130]))


def test_two_who_never_met_have_been_silent_longer_than_anybody():
    seen = read(ties_met_on([5], []), 10)

    assert seen.silence.tolist() == [5.0, NEVER]


def test_a_read_after_some_silence_fades_each_counter_by_its_own_memory():
    seen = read(ties_met_on([0]), 20)

    np.testing.assert_allclose(seen.counters[:, 0], np.exp([-2, -20 / 45, -0.1]))


def test_a_day_before_the_last_is_read_as_the_last():
    assert read(ties_met_on([0, 50]), 20).silence.tolist() == [0.0]


@given(book)
def test_adding_day_by_day_equals_building_at_once(histories):
    longest = max(len(set(history)) for history in histories)
    grown = ties_met_on(*([] for _ in histories))

    for i in range(longest):
        known = [sorted(set(h))[: i + 1] for h in histories]
        todays = np.array([h[-1] if h else 0 for h in known], np.int64)
        some = np.array([bool(h) for h in known])
        after = update(grown, np.where(some, todays, 10**4))
        grown = type(grown)(*(np.where(some, getattr(after, f), getattr(grown, f)) for f in FIELDS))

    assert_same(grown, ties_met_on(*histories))


def test_adding_the_same_day_again_changes_nothing():
    ada = ties_met_on([0, 30])

    assert_same(update(ada, 30), ada)


def test_adding_a_day_before_the_last_is_refused():
    with pytest.raises(ValueError, match="interleave"):
        update(ties_met_on([0, 30]), 20)


@given(book, st.integers(-1000, 1000))
def test_merging_a_past_and_a_future_equals_building_from_the_union(histories, cut):
    before = ties_met_on(*([d for d in h if d <= cut] for h in histories))
    after = ties_met_on(*([d for d in h if d >= cut] for h in histories))

    assert_same(merge(before, after), ties_met_on(*histories))


def test_merging_interleaved_channels_is_refused_and_their_union_is_built_instead():
    mail, calls = [0, 20, 40], [20, 30]
    with pytest.raises(ValueError, match="build them again from the union"):
        merge(ties_met_on(mail), ties_met_on(calls))

    union = build(*(np.concatenate(both) for both in zip(pairs(mail), pairs(calls), strict=True)))

    assert_same(union, ties_met_on([0, 20, 30, 40]))


@given(book, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(histories, random):
    ties, days = pairs(*histories)
    order = list(range(len(days)))
    random.shuffle(order)

    shuffled = build(ties[order], days[order], len(histories))

    assert_same(shuffled, build(ties, days, len(histories)))


@given(book, st.permutations(range(6)))
def test_the_order_of_the_ties_does_not_matter(histories, permutation):
    order = [i for i in permutation if i < len(histories)]
    today = 1001

    shuffled = forecast(ties_met_on(*(histories[i] for i in order)), today, 30)

    np.testing.assert_allclose(shuffled, forecast(ties_met_on(*histories), today, 30)[order], rtol=1e-12)


@given(book, st.integers(-800_000, 800_000))
def test_only_time_passed_matters_not_the_calendar(histories, shift):
    moved = ties_met_on(*([d + shift for d in h] for h in histories))

    later = forecast(moved, 1001 + shift, 90)

    np.testing.assert_array_equal(later, forecast(ties_met_on(*histories), 1001, 90))


def test_an_empty_book_builds_ties_without_a_day():
    assert ties_met_on([], []).n.tolist() == [0, 0]


def test_a_long_friendship_keeps_counters_of_a_size():
    ada = ties_met_on(every(1, 5000))

    np.testing.assert_allclose(ada.counters[:, 0], 1 / -np.expm1([-1 / 10, -1 / 45, -1 / 200]), rtol=1e-9)

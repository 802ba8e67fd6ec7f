"""Which days two people really were in touch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.rhythm.days import distinct, gaps
from amity.ties.mutual import FROM_OWNER, FROM_THEM, OTHER, TOGETHER, median_gap, mutual_days
from rhythm_cast import pairs


def mutual(*moments):
    """(tie, day) pairs from moments of (tie, day, channel[, people[, confirmed]]); two people unless said."""
    rows = [(*moment, *(2, False)[len(moment) - 3 :]) for moment in moments]
    *numbers, confirmed = (np.array([row[i] for row in rows], np.int64) for i in range(5))
    ties, days = mutual_days(*numbers, confirmed.astype(bool))
    return list(zip(ties.tolist(), days.tolist(), strict=True))


def test_a_coffee_is_a_mutual_day():
    assert mutual((0, 5, TOGETHER)) == [(0, 5)]


def test_a_note_to_oneself_is_not():
    assert mutual((0, 5, OTHER, 1, True)) == []


def test_a_mail_nobody_answered_is_not():
    assert mutual((0, 5, FROM_OWNER), (0, 9, FROM_OWNER)) == []


@pytest.mark.parametrize(("first", "second"), [(FROM_OWNER, FROM_THEM), (FROM_THEM, FROM_OWNER)])
def test_the_day_of_an_answered_mail_counts_and_the_day_of_the_answer_does_not(first, second):
    assert mutual((0, 5, first), (0, 9, second)) == [(0, 5)]


def test_an_answer_that_is_answered_in_turn_counts_too():
    assert mutual((0, 5, FROM_OWNER), (0, 9, FROM_THEM), (0, 12, FROM_OWNER)) == [(0, 5), (0, 9)]


def test_a_mail_and_its_answer_on_one_day_are_one_mutual_day():
    assert mutual((0, 5, FROM_OWNER), (0, 5, FROM_THEM)) == [(0, 5)]


def test_an_answer_counts_after_thirty_days_and_no_longer_after_thirty_one():
    moments = [(0, 0, FROM_OWNER), (0, 30, FROM_THEM), (1, 0, FROM_OWNER), (1, 31, FROM_THEM)]

    assert mutual(*moments) == [(0, 0)]


def test_another_persons_mail_answers_nothing():
    assert mutual((0, 40, FROM_OWNER), (1, 0, FROM_THEM), (1, 41, FROM_THEM)) == []


def test_nine_people_are_a_crowd_until_the_owner_says_the_two_talked():
    eight, nine, told = (0, 1, TOGETHER, 8), (0, 2, TOGETHER, 9), (0, 3, TOGETHER, 400, True)

    assert mutual(eight, nine, told) == [(0, 1), (0, 3)]


def test_a_mail_to_a_crowd_is_neither_question_nor_answer():
    assert mutual((0, 1, FROM_OWNER, 9), (0, 2, FROM_THEM), (1, 1, FROM_OWNER), (1, 2, FROM_THEM, 9)) == []


def test_an_empty_book_has_no_mutual_days():
    none = np.array([], np.int64)

    ties, days = mutual_days(none, none, none, none, none.astype(bool))

    assert (ties.tolist(), days.tolist()) == ([], [])


def slowly(moments):
    """The rule again, word for word, one moment at a time."""
    near = [m for m in moments if m[3] <= 8 or m[4]]
    found = set()
    for tie, day, channel, *_ in near:
        other = {FROM_OWNER: FROM_THEM, FROM_THEM: FROM_OWNER}.get(channel)
        answered = any(t == tie and c == other and 0 <= d - day <= 30 for t, d, c, *_ in near)
        if channel == TOGETHER or answered:
            found.add((tie, day))
    return sorted(found)


moment = st.tuples(
    st.integers(0, 3), st.integers(-60, 60), st.sampled_from(range(4)), st.integers(1, 12), st.booleans()
)


@given(st.lists(moment, max_size=30))
def test_all_persons_at_once_gives_what_one_moment_at_a_time_gives(moments):
    assert mutual(*moments) == slowly(moments)


def test_repeated_days_are_one_day_and_gaps_keep_to_their_tie():
    ties, days = pairs([9, -3, 9], [100, 90])

    assert [x.tolist() for x in distinct(ties, days)] == [[0, 0, 1, 1], [-3, 9, 90, 100]]
    assert [x.tolist() for x in gaps(ties, days)] == [[0, 1], [12, 10]]


def test_the_median_gap_is_stated_from_two_gaps_up():
    median = median_gap(*pairs([0, 10, 40], [0, 10], [], [7], [0, 1, 3, 6, 106], [0, 0, 5]), 6)

    np.testing.assert_array_equal(median, [20.0, np.nan, np.nan, np.nan, 2.5, np.nan])

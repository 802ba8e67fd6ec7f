from __future__ import annotations

from datetime import timedelta

import pytest

from amity.doors.web.thread_words import words_of
from amity.ties.queries import Portrait
from cast import day

TODAY = day("2026-05-10")
NOBODY = Portrait("single-serving", None, 0)


def a_tie(silence: int, rhythm: float | None = None, times: float = 1.0) -> Portrait:
    """Give a tie so many days silent, whose shrunk rhythm lies elsewhere, as sure as this factor."""
    last = TODAY - timedelta(days=silence)
    return Portrait(
        "steady", last, 3, silence=silence, rhythm=rhythm, natural=50.0, low=50 / times, high=50 * times
    )


def said(tie: Portrait, *, cut: bool = False, since: int = 700) -> str:
    newest = tie.last or TODAY
    return words_of([TODAY - timedelta(days=since), newest], tie, TODAY, cut=cut)


def test_from_the_first_day_to_the_last():
    assert said(NOBODY) == "From 9 June 2024; the last one was today."


def test_one_that_was_cut_does_not_call_the_cut_the_beginning():
    assert said(NOBODY, cut=True) == "The newest two, since 9 June 2024; the last one was today."


def test_a_single_day_has_no_first_and_last():
    assert words_of([TODAY], NOBODY, TODAY, cut=False) == "So far on one day, 10 May 2026."


def test_the_silence_is_said_unless_it_is_none():
    assert (
        said(a_tie(14))
        == "From 9 June 2024; the last one was two weeks ago. It has been quiet for two weeks."
    )
    assert said(a_tie(0)) == "From 9 June 2024; the last one was today."


def test_a_mail_nobody_answered_does_not_end_the_silence():
    words = words_of([day("2026-01-01"), TODAY], a_tie(28), TODAY, cut=False)

    assert words.endswith("the last one was today. The two of you were last in touch four weeks ago.")


@pytest.mark.parametrize(
    ("rhythm", "times", "words"),
    [
        (14, 1.0, "every two weeks."),
        (14, 1.4, "every two weeks (it may as well be every week or every three weeks)."),
        (14, 1.3, "every two weeks (it may as well be every three weeks)."),
        (14, 1.2, "every two weeks."),
        (7, 1.14, "every week (it may as well be every six days)."),
        (30, 1.0, "every month."),
        (71, 1.24, "every ten weeks (it may as well be every eight weeks or every three months)."),
        (371, 1.36, "every year (it may as well be every nine months or every year and a half)."),
        (371, 1.2, "every year (it may as well be every ten months)."),
    ],
)
def test_what_is_said_like_the_rhythm_itself_is_no_alternative(rhythm, times, words):
    assert f"Your rhythm is {words}" in said(a_tie(1, rhythm, times))


@pytest.mark.parametrize(
    ("silence", "rhythm", "times", "words"),
    [
        (5, 30, 1.5, "would be in touch again about 4 June 2026 (25 May to 19 June 2026)."),
        (20, 30, 1.5, "would be in touch again about now (10 May to 4 June 2026)."),
        (45, 30, 1.5, "would be in touch again about now (15 April to 10 May 2026)."),
        (46, 30, 1.5, "would have been in touch again about 24 April 2026 (14 April to 9 May 2026)."),
        (0, 371, 1.36, "would be in touch again about 16 May 2027 (7 February to 27 September 2027)."),
        (300, 371, 1.36, "would be in touch again about now (13 April to 1 December 2026)."),
        (200, 371, 1.36, "would be in touch again about 28 October 2026 (22 July 2026 to 11 March 2027)."),
        (0, 1, 1.06, "would be in touch again about 11 May 2026."),
        (1, 1, 1.06, "would be in touch again today."),
        (3, 1, 1.06, "would have been in touch again about 8 May 2026."),
    ],
)
def test_the_next_time_by_the_rhythm_is_said_with_its_days(silence, rhythm, times, words):
    assert said(a_tie(silence, rhythm, times)).endswith(f"By that rhythm you {words}")

"""Days as people say them, counted from Tuesday 12 May 2026 unless a story says otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.moments.dates_in_words import day_at

TUESDAY = date(2026, 5, 12)


def said(phrase, *, ahead, today=TUESDAY):
    """The day a whole phrase means, or None when it means none or only a part of it does."""
    words = phrase.lower().split()
    found = day_at(words, 0, today, ahead=ahead)
    return found.day.isoformat() if found and found.end == len(words) else None


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("today", "2026-05-12"),
        ("this morning", "2026-05-12"),
        ("tonight", "2026-05-12"),
        ("yesterday", "2026-05-11"),
        ("yesterday evening", "2026-05-11"),
        ("last night", "2026-05-11"),
        ("the day before yesterday", "2026-05-10"),
        ("on Monday", "2026-05-11"),
        ("Monday afternoon", "2026-05-11"),
        ("on Tuesday", "2026-05-05"),
        ("last Thursday", "2026-05-07"),
        ("on Thu", "2026-05-07"),
        ("on Friday 8 May", "2026-05-08"),
        ("last week", "2026-05-05"),
        ("last weekend", "2026-05-10"),
        ("last month", "2026-04-12"),
        ("two weeks ago", "2026-04-28"),
        ("a couple of days ago", "2026-05-10"),
        ("10 days ago", "2026-05-02"),
        ("a fortnight ago", "2026-04-28"),
        ("a year ago", "2025-05-12"),
        ("3 May", "2026-05-03"),
        ("on the 3rd of May", "2026-05-03"),
        ("May 3rd", "2026-05-03"),
        ("May 3 2025", "2025-05-03"),
        ("on 20 May", "2025-05-20"),
        ("29 February", "2024-02-29"),
        ("2026-05-03", "2026-05-03"),
        ("on 3.5.2026", "2026-05-03"),
        ("3 May 1850", "1850-05-03"),
    ],
)
def test_what_happened_lies_behind_us(phrase, day):
    assert said(phrase, ahead=False) == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("today", "2026-05-12"),
        ("by the end of day", "2026-05-12"),
        ("tomorrow morning", "2026-05-13"),
        ("the day after tomorrow", "2026-05-14"),
        ("by Friday", "2026-05-15"),
        ("before Fri", "2026-05-15"),
        ("by Tuesday", "2026-05-19"),
        ("this Friday", "2026-05-15"),
        ("next Friday", "2026-05-22"),
        ("by Friday 29 May", "2026-05-29"),
        ("this week", "2026-05-15"),
        ("next week", "2026-05-22"),
        ("by the end of the week", "2026-05-15"),
        ("in two weeks", "2026-05-26"),
        ("in a couple of weeks", "2026-05-26"),
        ("within a month", "2026-06-12"),
        ("two days from now", "2026-05-14"),
        ("end of month", "2026-05-31"),
        ("by the end of next month", "2026-06-30"),
        ("end of the year", "2026-12-31"),
        ("by 3 May", "2027-05-03"),
        ("by May 20th", "2026-05-20"),
        ("until 2026-06-01", "2026-06-01"),
    ],
)
def test_what_is_promised_lies_before_us(phrase, day):
    assert said(phrase, ahead=True) == day


@pytest.mark.parametrize(
    "phrase",
    [
        *("tomorrow", "next Friday", "next week", "in two weeks", "before Monday", "2026-05-13"),
        *("03/05/2026", "31 June", "3 May 1700", "3 May 2101", "0000-01-01", "2026-13-01", "9999 years ago"),
        *("sat", "sun", "may", "a loom", "two looms ago", "a couple of looms ago", "the", "²", ""),
    ],
)
def test_what_is_not_a_day_behind_us_is_not_understood(phrase):
    assert (
        said(f"{phrase} ", ahead=False) is None if phrase else day_at([""], 0, TUESDAY, ahead=False) is None
    )


@pytest.mark.parametrize("phrase", ["yesterday", "last Friday", "two weeks ago", "31 June", "3 May 2101"])
def test_a_promise_is_never_due_in_the_past_or_on_no_day(phrase):
    assert said(phrase, ahead=True) is None


@pytest.mark.parametrize("before", ["every", "each", "since", "before", "next"])
def test_a_weekday_that_belongs_to_another_word_is_not_when_it_happened(before):
    assert day_at([before, "friday"], 1, TUESDAY, ahead=False) is None


def test_the_last_day_of_a_short_month_stands_in_for_the_31st():
    assert said("a month ago", ahead=False, today=date(2026, 3, 31)) == "2026-02-28"


def test_on_a_saturday_this_week_still_has_its_sunday():
    assert said("this week", ahead=True, today=date(2026, 5, 16)) == "2026-05-17"


BITS = [
    "on",
    "by",
    "last",
    "next",
    "in",
    "two",
    "31",
    "3rd",
    "may",
    "feb",
    "2026",
    "weeks",
    "ago",
    "friday",
    "the",
    "a",
]


@given(
    words=st.lists(st.sampled_from(BITS), min_size=1),
    today=st.dates(),
    ahead=st.booleans(),
)
def test_a_day_found_is_always_on_the_right_side_of_today_and_in_a_year_we_know(words, today, ahead):
    found = day_at(words, 0, today, ahead=ahead)

    if found:
        assert 1800 <= found.day.year <= 2100
        assert 0 < found.end <= len(words)
        assert ahead or found.day <= today

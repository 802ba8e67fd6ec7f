"""Partial dates: what is taken for a day, how it is spelled, and when it comes round."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats.partial_date import PartialDate, parse, read


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1815-12-10", "1815-12-10"),
        ("18151210", "1815-12-10"),
        (" 1815-12-10 ", "1815-12-10"),
        ("1815-12-10T14:30:00Z", "1815-12-10"),
        ("18151210T143000", "1815-12-10"),
        ("1815-12-10 00:00:00", "1815-12-10"),
        ("--12-10", "--12-10"),
        ("--1210", "--12-10"),
        ("--0720", "--07-20"),
        ("--02-29", "--02-29"),
        ("16041231", "--12-31"),
        ("1604-08-20", "--08-20"),
        ("1604-02-29", "--02-29"),
        ("1815-12", "1815-12"),
        ("1815", "1815"),
        ("1800-01-01", "1800-01-01"),
        ("2100-12-31", "2100-12-31"),
    ],
)
def test_a_day_is_spelled_canonically(text, canonical):
    assert parse(text) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "circa 1800",
        "0000-00-00",
        "0001-01-01",
        "1799-12-31",
        "2101-01-01",
        "9999-12-31",
        "1815-02-29",
        "1815-13",
        "1815-00",
        "1815-00-10",
        "--00-10",
        "--13-01",
        "--02-30",
        "--12",
        "---10",
        "1604",
        "1604-08",
        "181512",
        "12/10/1815",
        "T102200",
        "\u0661\u0668\u0661\u0665-\u0661\u0662-\u0661\u0660",
    ],
)
def test_what_is_no_day_of_1800_to_2100_gives_nothing(text):
    assert parse(text) is None


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_of_the_range_comes_back_from_both_iso_forms(day):
    extended, basic = parse(day.isoformat()), parse(day.strftime("%Y%m%d"))

    assert (extended, basic) == (day.isoformat(), day.isoformat())


@given(st.text())
def test_any_text_gives_nothing_or_what_reads_as_itself(text):
    found = parse(text)

    assert found is None or parse(found) == found


def test_its_parts_can_be_asked_for():
    assert read("--12-10") == PartialDate(year=None, month=12, day=10)
    assert read("1815-12") == PartialDate(year=1815, month=12, day=None)
    assert read("1815") == PartialDate(year=1815)


def test_a_birthday_comes_round_each_year():
    assert PartialDate(1815, 12, 10).in_year(2026) == date(2026, 12, 10)
    assert PartialDate(None, 12, 10).in_year(2026) == date(2026, 12, 10)


def test_a_leap_day_comes_a_day_early_in_common_years():
    leap_day = PartialDate(None, 2, 29)

    assert [leap_day.in_year(2027), leap_day.in_year(2028)] == [date(2027, 2, 28), date(2028, 2, 29)]


def test_a_month_or_a_year_never_comes_round():
    assert [PartialDate(1815, 12).in_year(2026), PartialDate(1815).in_year(2026)] == [None, None]

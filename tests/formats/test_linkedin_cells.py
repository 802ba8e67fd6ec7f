from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from amity.formats.linkedin.days import day_of, days_come_first, instant_of
from amity.formats.linkedin.parties import parties
from amity.formats.linkedin.words import plain, repaired


@pytest.mark.parametrize(
    ("spelled", "kept"),
    [
        ("<p>One &amp; <b>two</b></p><p>three<br/>four</p>", "One & two\n\nthree\nfour"),
        ("a <script>steal()</script>b<!-- hidden -->c", "a bc"),
        ("if 1 < 2 and 3 > 2", "if 1 < 2 and 3 > 2"),
        ("write &lt;b&gt; for bold", "write <b> for bold"),
        ("x" * 600, "x" * 500),
        ("<style>" + "p{}" * 20, ""),
    ],
)
def test_the_words_of_a_message_are_plain_and_short(spelled, kept):
    assert plain(spelled) == kept


@pytest.mark.parametrize(
    ("garbled", "mended"),
    [
        ("JosÃ© GarcÃ\xada", "José García"),
        ("â€œyesâ€\x9d", "“yes”"),
        ("JOÃO", "JOÃO"),
        ("Zoë 🌊", "Zoë 🌊"),
        ("plain", "plain"),
    ],
)
def test_garbled_accents_are_mended_only_where_nothing_is_lost(garbled, mended):
    assert repaired(garbled) == mended


@pytest.mark.parametrize(
    ("names", "urls", "people"),
    [
        ("Ada Venn", "u1", [("Ada Venn", "u1")]),
        ("Ada Venn,Kim Sol", "u1,u2", [("Ada Venn", "u1"), ("Kim Sol", "u2")]),
        ("Ada Venn; Kim Sol", "u1; u2", [("Ada Venn", "u1"), ("Kim Sol", "u2")]),
        ("Ada Venn, PhD, Kim Sol", "u1 u2", [("Ada Venn, PhD", "u1"), ("Kim Sol", "u2")]),
        ("Ada Venn, Kim Sol", "u1", [("", "u1")]),
        ("Ada Venn, Kim Sol", "", [("Ada Venn", ""), ("Kim Sol", "")]),
        ("", "", []),
    ],
)
def test_names_go_to_addresses_only_where_their_numbers_agree(names, urls, people):
    assert [(party.name, party.url) for party in parties(names, urls)] == people


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05 Jun 1833", date(1833, 6, 5)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("03/15/2024", date(2024, 3, 15)),
        ("15/03/2024", date(2024, 3, 15)),
        ("3/4/24", date(2024, 3, 4)),
        ("03.04.2024", date(2024, 4, 3)),
        ("2024-03-15", date(2024, 3, 15)),
        ("2026/07/28 13:20:49 UTC", date(2026, 7, 28)),
        ("Fri Jan 24 02:54:41 UTC 2025", date(2025, 1, 24)),
        ("June 5, 2023", date(2023, 6, 5)),
        ("05 Jun 1799", None),
        ("9999-01-01", None),
        ("31 Feb 2020", None),
        ("2024-03-15 25:00:00", None),
        ("2024-03-15 or so", None),
        ("Feb 2022", None),
        ("", None),
    ],
)
def test_days_are_read_however_a_file_spells_them(text, day):
    assert day_of(text) == day


def test_a_column_with_a_day_above_twelve_tells_that_days_come_first():
    assert days_come_first(["03/04/2024", "15/04/2024"])
    assert not days_come_first(["03/04/2024", "04/15/2024"])
    assert day_of("03/04/2024", day_first=True) == date(2024, 4, 3)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-08-01 02:00:00 UTC", datetime(2026, 8, 1, 2, tzinfo=UTC)),
        ("2026-08-01T02:00:00+02:00", datetime(2026, 8, 1, 0, tzinfo=UTC)),
        ("1/29/26, 12:37 AM", datetime(2026, 1, 29, 0, 37)),
        ("1/29/26, 2:37\u202fPM", datetime(2026, 1, 29, 14, 37)),
        ("2026-08-01", None),
    ],
)
def test_instants_keep_their_zone_if_they_have_one(text, instant):
    assert instant_of(text) == instant


def test_a_clock_behind_ten_thousand_blanks_is_given_up_at_once():
    assert instant_of("2026-05-01" + " " * 10_000 + "x") is None

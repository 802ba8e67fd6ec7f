"""WhatsApp chats: golden pairs, the order of days, and keys that stay."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats import whatsapp
from amity.formats.records import Message, OwnerHint, Refused
from amity.formats.whatsapp.lines import DAY_FIRST, MONTH_FIRST, order_of
from formats_golden import assert_golden

SAMPLES = sorted((Path(__file__).parent / "whatsapp").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_a_chat_becomes_these_records(sample):
    assert_golden(sample, whatsapp.read)


def told(text, name=""):
    return list(whatsapp.read(io.BytesIO(text.encode()), name))


CHAT = "05/02/2023, 09:13 - Ilse: Open?\n13/02/2023, 09:15 - Maya: From ten\n"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("WhatsApp Chat with Ilse.txt", ["Maya"]),
        ("WhatsApp-Chat mit Ilse.txt", ["Maya"]),
        ("WhatsApp Chat - Maya.zip", ["Ilse"]),
        ("chat.txt", []),
    ],
)
def test_the_name_of_a_file_tells_whose_it_is(name, owner):
    assert [one.name for one in told(CHAT, name) if isinstance(one, OwnerHint)] == owner


def test_a_longer_export_of_a_chat_calls_its_messages_alike():
    first = [one.key for one in told(CHAT) if isinstance(one, Message)]

    longer = [one.key for one in told(CHAT + "14/02/2023, 09:15 - Ilse: Good\n") if isinstance(one, Message)]

    assert longer[:2] == first
    assert len(set(longer)) == 3


@given(
    start=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    steps=st.lists(st.integers(0, 40), min_size=20, max_size=40),
    month_first=st.booleans(),
)
def test_the_order_of_days_is_told_by_the_days_themselves(start, steps, month_first):
    days = [start]
    for step in steps:
        days.append(days[-1] + timedelta(days=step))
    spelled = [
        (day.month, day.day, day.year) if month_first else (day.day, day.month, day.year) for day in days
    ]

    order = order_of(spelled)

    wanted = MONTH_FIRST if month_first else DAY_FIRST
    assert order.places == wanted or not order.sure or len({day.month for day in days}) == 1


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_beginning_behind_another_mark_than_a_line_end_is_none_and_the_file_is_refused(mark):
    with pytest.raises(Refused, match="A WhatsApp chat was expected"):
        told(f"no entry{mark}03/04/2021, 10:01 - Ben: Who knows\n")


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        ("下午2:30:00", "14:30"),
        ("上午2:30:00", "02:30"),
        ("下午 12:05:00", "12:05"),
        ("上午12:05:00", "00:05"),
        ("午後2:30:00", "14:30"),
        ("午前 2:30:00", "02:30"),
        ("오후 2:30:00", "14:30"),
        ("오전\u202f2:30:00", "02:30"),
        ("凌晨12:05:00", "00:05"),
        ("中午12:05:00", "12:05"),
        ("中午11:55:00", "11:55"),
        ("晚上8:30:00", "20:30"),
        ("2:30:00 下午", "14:30"),
        ("2:30:00\u202fp.m.", "14:30"),
        ("2:30:00\u202fa.m.", "02:30"),
        ("2:30:00\u202fp.\u00a0m.", "14:30"),
        ("2:30:00 PM", "14:30"),
        ("14:30:00", "14:30"),
    ],
)
@pytest.mark.parametrize("line", ["[20/06/21 {}] Wei: Open?", "[20/06/21, {}] Wei: Open?"])
def test_a_clock_of_twelve_hours_is_read_in_whichever_words(clock, at, line):
    (said,) = told(line.format(clock))

    assert (said.at, said.sender.name, said.text) == (
        datetime.fromisoformat(f"2021-06-20T{at}:00"),
        "Wei",
        "Open?",
    )


@pytest.mark.parametrize(
    "line",
    [
        "2021/6/20 下午2:30 - Wei: Open?",
        "[2021/06/20 午後2:30:00] Wei: Open?",
        "[2021. 6. 20. 오후 2:30:00] Wei: Open?",
        "21. 6. 20. 오후 2:30 - Wei: Open?",
        "20. 6. 2021 14:30 - Wei: Open?",
    ],
)
def test_days_are_read_as_they_are_written_there(line):
    (said,) = told(line)

    assert (said.at.isoformat(), said.text) == ("2021-06-20T14:30:00", "Open?")


@pytest.mark.parametrize(
    "line", ["[20/06/21 14h30] Wei: Open?", "[Wei] Open?", "[20.06.21, soon] Wei: Open?"]
)
def test_a_bracket_makes_no_chat_a_json_file(line):
    with pytest.raises(Refused, match=r"this looks like plain text\."):
        told(line)

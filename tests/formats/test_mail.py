"""One header becomes one message."""

from __future__ import annotations

import time
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats.mail_fields import parties
from amity.formats.mail_headers import LONGEST_HEADER, LONGEST_KEY, read_header
from amity.formats.records import Message, Party, Robot, Skipped
from formats.mail_sample import FROM_LINE, a_header

ADA, OWNER = Party("Ada Byron", "ada@loom.example"), Party("Owner", "owner@book.example")


def read(block, **told):
    return list(read_header(block, "message 1", **told))


def the_message(block, **told):
    (message,) = read(block, **told)
    return message


def test_a_header_tells_who_wrote_to_whom_when_and_about_what():
    message = the_message(a_header(cc="Mina <mina@thread.example>", bcc="tomas@thread.example"))

    assert message == Message(
        where="message 1",
        key="one@loom.example",
        kind="mail",
        at=datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
        sender=ADA,
        recipients=(OWNER, Party("Mina", "mina@thread.example"), Party(email="tomas@thread.example")),
        subject="Looms",
    )


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("ada@loom.example", [("", "ada@loom.example")]),
        ("ada@loom.example (Ada Byron)", [("Ada Byron", "ada@loom.example")]),
        ('"Byron, Ada" <ada@loom.example>', [("Byron, Ada", "ada@loom.example")]),
        ("'Ada Byron' <ada@loom.example>", [("Ada Byron", "ada@loom.example")]),
        ('"ada@loom.example" <ada@loom.example>', [("", "ada@loom.example")]),
        (
            "Weavers: ada@loom.example, Mina <m@x.example>;",
            [("", "ada@loom.example"), ("Mina", "m@x.example")],
        ),
        ("undisclosed-recipients:;", []),
        ("Ada <ada>, a friend", []),
        ("ada@loom.example; m@x.example", [("", "ada@loom.example"), ("", "m@x.example")]),
        ("ADA@loom.example, Ada <ada@loom.example>", [("", "ADA@loom.example")]),
        ("Ada <ada@loom.example", [("Ada", "ada@loom.example")]),
        ("Ada ada@loom.example>", [("", "ada@loom.example")]),
        ("a@x.example b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("=?utf-8?Q?Byron=2C_Ada?= <ada@loom.example>", [("Byron, Ada", "ada@loom.example")]),
        ("=?utf-8?Q?Byron, Ada?= <ada@loom.example>", [("Byron, Ada", "ada@loom.example")]),
        ("M <m@x.example> =?utf-8?q?=2C?= a@x.example", [("M", "m@x.example"), ("", "a@x.example")]),
        ("=?utf-8?Q?Ada_<ada@loom.example>?=", [("", "ada@loom.example")]),
        ('"=?utf-8?B?SsO2cmc=?=" <j@x.example>', [("Jörg", "j@x.example")]),
        ("Jörg <j@bücher.example>", [("Jörg", "j@bücher.example")]),
        ("(" * 5000 + " ada@loom.example", [("", "ada@loom.example")]),
    ],
)
def test_addresses_are_found_in_whatever_a_field_holds(told, found):
    message = the_message(a_header(to=told))

    assert message.recipients == tuple(Party(*party) for party in found)


@pytest.mark.parametrize(
    ("told", "read_as"),
    [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= an =?iso-8859-1?Q?L=E9a?=", "Grüße an Léa"),
        ("=?utf-8?B?8J8=?= =?utf-8?B?p7Y=?=", "🧶"),
        ("=?iso-2022-jp?B?GyRCOzNFRBsoQg==?=", "山田"),
        ("=?utf-8*en?Q?with_a_language?=", "with a language"),
        ("=?utf-8?Q?never closed", "never closed"),
        ("=?utf-8?B?SGFsbG8?=", "Hallo"),
        ("=?utf-8?B?SGFsbG8hS?=", "Hallo!"),
        ("=?iso-8859-1?Q?=93quoted=94?=", "“quoted”"),
        ("=?nonsense?Q?G=C3=BCte?=", "Güte"),
        ("=?hex?Q?41?=", "41"),
        ("=?\x00?Q?odd?=", "odd"),
        ("=?utf-8?X?odd?=", "=?utf-8?X?odd?="),
        ("a\tb   c", "a b c"),
        ("left \u202eright", "left right"),
        ("=?utf-7?Q?+2AA-?=", ""),
        ("x" * 9999, "x" * 500),
    ],
)
def test_a_subject_is_decoded_into_one_clean_line(told, read_as):
    assert the_message(a_header(subject=told)).subject == read_as


def test_bytes_that_are_no_utf_8_are_windows_1252():
    block = a_header().replace(b"Looms", b"Caf\xe9 \x80 5")

    assert the_message(block).subject == "Café € 5"


def test_folded_fields_are_unfolded():
    block = a_header(to="Owner\r\n\t<owner@book.example>,\r\n  Mina\n <mina@thread.example>")

    assert the_message(block).recipients == (OWNER, Party("Mina", "mina@thread.example"))


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("Mon, 5 Jan 2026 10:30:00 -0000", datetime(2026, 1, 5, 10, 30, tzinfo=UTC)),
        ("5 Jan 26 10:30 EST", datetime(2026, 1, 5, 15, 30, tzinfo=UTC)),
        ("Mon, 5 Jan 2026 10:30:60 +0530 (IST)", datetime(2026, 1, 5, 5, 0, 59, tzinfo=UTC)),
        ("Fri, 31 Dec 1999 23:59:59 -0100", datetime(2000, 1, 1, 0, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_becomes_utc(told, at):
    assert the_message(a_header(date=told)).at == at


UNUSABLE_DATES = [
    None,
    "sometime in spring",
    "Mon, 5 Jan 2026 10:30:00",
    "Mon, 5 Jan 2026 10:30:00 LOOM",
    "Mon, 5 Jan 0226 10:30:00 +0000",
    "Mon, 5 Jan 9999 10:30:00 +0000",
    "Mon, 5 Jan 1799 10:30:00 +0000",
    "Mon, 45 Jan 2026 10:30:00 +0000",
    "Fri, 31 Dec 9999 23:59:59 -9999",
    "Mon, 5 Jan 2026 10:30:00 +" + "9" * 5000,
]


@pytest.mark.parametrize("told", UNUSABLE_DATES)
def test_without_a_usable_date_it_is_when_the_owners_server_took_it(told):
    hops = "by b for c; Tue, 6 Jan 2026 08:00:00 +0100\nReceived: by a; Mon, 5 Jan 2026 08:00:00 +0100"

    assert the_message(a_header(date=told, received=hops)).at == datetime(2026, 1, 6, 7, tzinfo=UTC)


def test_with_neither_it_is_the_time_of_the_from_line():
    block = FROM_LINE + b"\n" + a_header(date=None)

    assert the_message(block).at == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("told", UNUSABLE_DATES)
def test_with_none_of_them_it_is_reported(told):
    (skipped,) = read(a_header(date=told))

    assert skipped.why == "It has no date with a time zone between 1800 and 2100."
    assert skipped.text.startswith("From: Ada Byron <ada@loom.example> To: Owner")


def test_a_message_nobody_sent_is_reported():
    (skipped,) = read(a_header(**{"from": "somebody"}))

    assert skipped.why == "It has no sender with an address."


def test_the_sender_field_stands_in_for_from():
    assert the_message(a_header(**{"from": None}, sender="Ada Byron <ada@loom.example>")).sender == ADA


def test_text_without_a_header_is_reported():
    assert read(b"Dear owner: nothing\n") == [
        Skipped("message 1", "It has no mail header.", "Dear owner: nothing")
    ]


def test_a_header_over_the_bound_is_reported():
    (skipped,) = read(a_header(subject="x" * LONGEST_HEADER))

    assert skipped.why == "Its header is longer than 256 KiB."


@pytest.mark.parametrize("told", [None, "<>", "", "<" + "x" * (LONGEST_KEY + 1) + ">"])
def test_without_a_usable_message_id_the_key_is_a_hash_of_who_when_and_what(told):
    one = the_message(a_header(message_id=told))
    again = the_message(a_header(message_id=told, to="somebody@else.example"))
    later = the_message(a_header(message_id=told, date="Mon, 5 Jan 2026 10:30:01 +0100"))

    assert one.key.startswith("sha256:")
    assert one.key == again.key
    assert one.key != later.key


@pytest.mark.parametrize("told", ["<one@loom.example>", "\n <one@loom.example>", "one@loom.example"])
def test_a_key_is_the_message_id_without_brackets(told):
    assert the_message(a_header(message_id=told)).key == "one@loom.example"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, ""),
        ({"auto_submitted": "no"}, ""),
        ({"precedence": "first-class"}, ""),
        ({"list_id": "<weavers.lists.example>"}, "list"),
        ({"precedence": "list"}, "list"),
        ({"mailing_list": "contact weavers-help@lists.example"}, "list"),
        ({"list_unsubscribe": "<https://x.example>", "precedence": "list"}, "list"),
        ({"list_unsubscribe": "<https://x.example>"}, "bulk"),
        ({"precedence": "bulk"}, "bulk"),
        ({"precedence": "Junk"}, "bulk"),
        ({"auto_submitted": "auto-replied; vacation"}, "auto-reply"),
        ({"auto_submitted": "auto-generated"}, "auto-reply"),
        ({"x_autoreply": "yes"}, "auto-reply"),
        ({"return_path": "<>"}, "bounce"),
        ({"return_path": "<>", "auto_submitted": "auto-replied"}, "auto-reply"),
        ({"content_type": "multipart/report; report-type=delivery-status"}, "bounce"),
        ({"from": "MAILER-DAEMON@loom.example"}, "bounce"),
        ({"from": "Ada Byron <no-reply@loom.example>"}, "no-reply"),
        ({"x_gmail_labels": "Inbox,Category Personal"}, ""),
        ({"x_gmail_labels": "Inbox,Spam"}, "spam"),
        ({"x_gmail_labels": "Trash,Unread"}, "spam"),
        ({"x_gmail_labels": "Drafts"}, "draft"),
        ({"x_gmail_labels": "Category Promotions,Inbox"}, "bulk"),
        ({"x_gmail_labels": "Category Updates"}, "bulk"),
        ({"x_gmail_labels": "Category Forums"}, "list"),
        ({"x_gmail_labels": "Category Social"}, "notification"),
        ({"x_gmail_labels": '"Spam, or not",Inbox'}, ""),
        ({"x_gmail_labels": "=?UTF-8?Q?Kategorie:_=22Werbung=22,Entw=C3=BCrfe?="}, "draft"),
        ({"x_gmail_labels": "=?UTF-8?Q?Cat=C3=A9gorie=C2=A0:_Forums?="}, "list"),
    ],
)
def test_mail_nobody_wrote_to_another_says_why(told, why):
    assert the_message(a_header(**told)).automatic == why


@pytest.mark.parametrize("labels", ["Sent", "Opened,Sent", "=?UTF-8?Q?Envoy=C3=A9s?=", "Gesendet"])
def test_gmail_tells_what_the_owner_sent(labels):
    assert the_message(a_header(x_gmail_labels=labels)).sent_by_owner is True


def test_what_the_owner_sent_is_theirs_whatever_the_category_of_the_conversation():
    message = the_message(a_header(x_gmail_labels="Sent,Category Updates"))

    assert (message.sent_by_owner, message.automatic) == (True, "")


def test_nothing_else_tells_who_the_owner_is():
    assert (
        the_message(a_header(x_gmail_labels="Inbox", delivered_to="owner@book.example")).sent_by_owner is None
    )


def test_a_gmail_chat_is_a_message_of_its_own_kind():
    assert the_message(a_header(x_gmail_labels="Chat")).kind == "message"


def test_a_recipient_that_is_no_person_is_counted_as_a_robot():
    message, room, token = read(
        a_header(to="r@resource.calendar.google.com, Owner <owner@book.example>, reply+5f@tickets.example")
    )

    assert message.recipients == (OWNER,)
    assert (room.why, token.why) == ("calendar or room", "reply token")


@pytest.mark.parametrize(
    "told",
    [
        {"list_id": "The weavers <weavers.lists.example>"},
        {"list_id": "<w.example>", "list_post": "<mailto:Weavers@lists.example?subject=x>"},
        {"mailing_list": "list weavers@lists.example; contact weavers-help@lists.example"},
    ],
)
def test_a_mailing_list_is_no_person(told):
    message, robot = read(a_header(to="weavers@lists.example, Owner <owner@book.example>", **told))

    assert message.recipients == (OWNER,)
    assert robot == Robot("message 1", Party(email="weavers@lists.example"), "mailing list")


def test_the_mailbox_around_a_message_may_label_it():
    message = the_message(a_header(), labels=("Sent",))

    assert message.sent_by_owner is True


HOSTILE = [
    b"To: " + b"(" * 250_000,
    b"To: " + b"=?u?q?" * 40_000,
    b"To: " + b"<@" * 100_000,
    b"Subject: " + b"=?punycode?q?zzzz9" * 14_000,
    b"List-Post: " + b"a" * 250_000 + b"\nList-Id: <x.y>",
    b"X-Gmail-Labels: " + b'",' * 120_000,
    b"Message-ID: " + b"<" * 250_000,
    b"To: a@b.example\n" * 16_000,
    b"\n " * 100_000,
]


@pytest.mark.parametrize("field", HOSTILE, ids=lambda field: field[:16].decode())
def test_a_hostile_header_takes_no_more_than_a_moment(field):
    started = time.process_time()

    records = read(a_header(to=None) + field + b"\n")

    assert isinstance(records[0], Message)
    assert time.process_time() - started < 5


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def assert_arrives_or_is_reported(block):
    records = read(block)

    assert [type(record) for record in records if not isinstance(record, Robot)] in ([Message], [Skipped])
    assert all("\0" not in text and text.encode() is not None for text in texts_in(tuple(records)))


WHOLE = a_header(
    cc='=?utf-8?B?SsO2cmc=?= <j@x.example>, "A, B" <ab@x.example>, Group: c@x.example;',
    received="by a; Mon, 5 Jan 2026 08:00:00 +0100",
    list_id="<weavers.lists.example>",
    x_gmail_labels="=?UTF-8?Q?Sent,Bo=C3=AEte?=",
    content_type="text/plain",
)
PIECES = st.binary(max_size=6) | st.sampled_from(
    [
        b"\r",
        b"\n",
        b"\0",
        b"\xff\xfe",
        b"=?",
        b"?=",
        b'"',
        b"(",
        b"<",
        b";",
        b":",
        b"\n ",
        b"\nFrom: ",
        b"=?utf-7?q?+2AA-?=",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 9), PIECES), max_size=12))
def test_a_damaged_header_arrives_or_is_reported(damages):
    block = WHOLE
    for place, length, piece in damages:
        block = block[:place] + piece + block[place + length :]

    assert_arrives_or_is_reported(block)


@given(st.binary(max_size=400))
def test_any_bytes_arrive_or_are_reported(junk):
    assert_arrives_or_is_reported(junk)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_may_stand_in_a_field(subject, addresses):
    assert_arrives_or_is_reported(
        a_header().replace(b"Looms", subject.encode(errors="replace"))
        + b"Cc: "
        + addresses.encode(errors="replace")
        + b"\n"
    )


@pytest.mark.parametrize("mark", ["@", "<", "<>", "<,", "[<", "<a,", ",", ";", "(", '"'])
def test_a_field_of_nothing_but_marks_takes_no_second_and_hides_nobody_behind_it(mark):
    field = f"Weavers: {mark * (200_000 // len(mark))}, tomas@thread.example"

    started = time.process_time()
    found = parties(field)

    assert time.process_time() - started < 1
    assert {one.email for one in found} <= {"tomas@thread.example"}
    assert found or mark in {"(", '"', "@"}  # behind which a text may go on without an end

from __future__ import annotations

import io
import mailbox
import random
import tracemalloc
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats import mbox
from amity.formats.mail_headers import LONGEST_HEADER
from amity.formats.records import Message, Refused, Skipped
from amity.formats.robots import why_robot
from formats.mail_sample import FROM_LINE, a_header, a_mail, a_mailbox
from formats_golden import assert_golden

GOLDEN = Path(__file__).parent / "mbox"
MIB = 1024 * 1024


def read(content):
    return list(mbox.read(io.BytesIO(content)))


def keys(content):
    return [record.key for record in read(content) if isinstance(record, Message)]


@pytest.mark.parametrize("name", ["thunderbird.mbox", "takeout.mbox", "odd.mbox"])
def test_a_mailbox_becomes_its_golden_records(name):
    assert_golden(GOLDEN / name, mbox.read)


@pytest.mark.parametrize("name", ["thunderbird.mbox", "takeout.mbox", "odd.mbox"])
def test_a_mailbox_is_recognised_by_its_content(name):
    assert mbox.recognise((GOLDEN / name).read_bytes()) is True


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_line_ends_make_no_difference(line_end):
    plain = a_mailbox(a_mail(), a_mail(message_id="<two@loom.example>"))

    converted = plain.replace(b"\n", line_end)

    assert mbox.recognise(converted) is True
    assert read(converted) == read(plain)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n\n\r\n", b"\xef\xbb\xbf\n"])
def test_a_mark_or_blank_lines_may_come_first(before):
    content = before + a_mailbox(a_mail())

    assert mbox.recognise(content) is True
    assert keys(content) == ["one@loom.example"]


@pytest.mark.parametrize(
    "line",
    [
        b"From ada@loom.example Mon Jan  5 10:30:00 2026",
        b"From ada@loom.example Mon Jan 05 10:30 2026",
        b"From - Mon Jan  5 10:30:00 2026",
        b"From Mon Jan  5 10:30:00 2026",
        b"From Ada Byron <ada@loom.example> Mon Jan  5 10:30:00 2026",
        b"From 1828754568043628583@xxx Mon Jan 05 10:30:00 +0000 2026",
        b"From ada@loom.example Mon Jan  5 10:30:00 UTC 2026",
        b"From ada@loom.example Mon Jan  5 10:30:00 2026 +0000",
        b"From ada@loom.example Mon, 5 Jan 2026 10:30:00 +0000",
        b"From loom!ada Mon Jan  5 10:30:00 2026 remote from loom",
        b"From MAILER-DAEMON  Mon Jan  5 10:30:00 2026  ",
    ],
)
def test_a_from_line_in_any_spelling_begins_a_message(line):
    content = a_mailbox(a_mail()) + line + b"\n" + a_mail(date=None, message_id="<two@loom.example>")

    first, second = read(content)

    assert (first.key, second.key) == ("one@loom.example", "two@loom.example")
    assert second.at.isoformat() == "2026-01-05T10:30:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        b"From here on it was quiet.",
        b"From Mon to Fri, 10:30 to 12:00, in 2026",
        b"From the talk on Mon Jan 5 10:30:00 2026 I remember the loom",
        b">From ada@loom.example Mon Jan  5 10:30:00 2026",
        b">>From ada@loom.example Mon Jan  5 10:30:00 2026",
        b" From ada@loom.example Mon Jan  5 10:30:00 2026",
        b"from ada@loom.example Mon Jan  5 10:30:00 2026",
        b"From: forged@loom.example",
    ],
)
def test_a_line_of_the_body_begins_nothing(line):
    body = b"Dear owner,\n\n" + line + b"\nMessage-ID: <forged@loom.example>\n\nYours\n"

    assert keys(a_mailbox(a_mail(body), a_mail(message_id="<two@loom.example>"))) == [
        "one@loom.example",
        "two@loom.example",
    ]


def test_an_empty_mailbox_has_no_messages():
    assert read(b"") == []
    assert read(b"\r\n\r\n") == []


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"PK\x03\x04rest", "a ZIP file"),
        (b"%PDF-1.7", "a PDF"),
        ("From ada".encode("utf-16"), "UTF-16 text"),
        (b"BEGIN:VCARD\r\nFN:Ada\r\n", "vCards"),
        (b"BEGIN:VCALENDAR\r\n", "a calendar"),
        (b"\x89\0\1\2" * 50, "a binary file"),
        (a_mail(), "a single message"),
        (b"From here on it was quiet.\n", "text beginning with “From here on it was quiet.”"),
    ],
)
def test_another_file_is_refused_in_a_sentence(content, seems):
    assert mbox.recognise(content) is False
    with pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.sentence == (
        f"A mailbox was expected, beginning with a From line; this looks like {seems}."
    )


def test_half_a_mailbox_gives_every_whole_header():
    whole = a_mailbox(*(a_mail(message_id=f"<{number}@loom.example>") for number in range(3)))

    records = read(whole[: whole.rindex(b"To:")])

    assert [record.where for record in records] == ["message 1", "message 2", "message 3"]
    assert keys(whole[: whole.rindex(b"To:")])[:2] == ["0@loom.example", "1@loom.example"]
    assert isinstance(records[2], Skipped)


def test_a_header_cut_off_by_the_next_message_takes_nothing_from_it():
    first, second = read(a_mailbox(a_header(to=None, subject="Cut off")[:-1], a_mail()))

    assert (first.recipients, first.subject) == ((), "Cut off")
    assert second.subject == "Looms"


def test_a_header_over_the_bound_is_reported_and_the_rest_arrives():
    content = a_mailbox(
        a_mail(), a_mail(subject="x" * LONGEST_HEADER), a_mail(message_id="<three@loom.example>")
    )

    _, skipped, _ = read(content)

    assert (skipped.where, skipped.why) == ("message 2", "Its header is longer than 256 KiB.")
    assert keys(content) == ["one@loom.example", "three@loom.example"]


def test_binary_junk_between_messages_is_nobodys_message():
    junk = random.Random(5).randbytes(3 * MIB)
    content = a_mailbox(a_mail(junk), a_mail(message_id="<two@loom.example>"))

    assert keys(content) == ["one@loom.example", "two@loom.example"]


@settings(max_examples=40)
@given(st.integers(-1500, 1500), st.sampled_from([MIB // 4, MIB // 2, 2 * MIB, 2 * MIB - LONGEST_HEADER]))
def test_no_message_is_lost_or_doubled_where_the_window_slides(shift, place):
    padding = place + shift - len(a_mailbox(a_mail(b"")))
    content = a_mailbox(a_mail(b"x" * padding), *(a_mail(message_id=f"<{n}@x.example>") for n in range(9)))

    assert keys(content) == ["one@loom.example", *(f"{n}@x.example" for n in range(9))]


@given(st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=8)), max_size=10))
def test_a_damaged_mailbox_never_stops_the_reader(damages):
    content = a_mailbox(a_mail(), a_mail(list_id="<w.lists.example>"), a_mail(bcc="m@x.example"))
    for place, junk in damages:
        content = content[:place] + junk + content[place + len(junk) :]

    records = read(FROM_LINE + b"\n" + content)

    assert all(record.where.startswith("message ") for record in records)


NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Lo"], include_characters=" ,.'()@"), min_size=1, max_size=20
).map(lambda name: " ".join(name.split()))
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
ADDRESSES = st.builds(
    lambda name, local, host: Address(name, f"{local}.person", f"{host}.example"), NAMES, WORDS, WORDS
).filter(lambda one: not why_robot(one.addr_spec, one.display_name))  # words may well spell reply.example


@st.composite
def written(draw):
    mail = EmailMessage()
    mail["From"] = draw(ADDRESSES)
    mail["To"] = draw(st.lists(ADDRESSES, min_size=1, max_size=4))
    mail["Date"] = "Mon, 5 Jan 2026 10:30:00 +0100"
    mail["Subject"] = draw(NAMES)
    mail.set_content(draw(st.sampled_from(["From me\n\nFrom you\n", "Hello\n", "\n\n"])))
    return mail


@settings(max_examples=60)
@given(st.lists(written(), max_size=6))
def test_a_mailbox_python_wrote_gives_back_every_address(tmp_path_factory, mails):
    path = tmp_path_factory.mktemp("mail") / "written.mbox"
    box = mailbox.mbox(path)
    for mail in mails:
        box.add(mail)
    box.close()

    records = read(path.read_bytes())

    assert [(record.sender.email, [party.email for party in record.recipients]) for record in records] == [
        (mail["From"].addresses[0].addr_spec, unique(party.addr_spec for party in mail["To"].addresses))
        for mail in mails
    ]


def unique(found):
    return list(dict.fromkeys(found))


class Endless(io.RawIOBase):
    """A mailbox of so many bytes that nobody ever holds."""

    def __init__(self, size):
        self._mail = a_mailbox(
            a_mail(b"A line of the body, seventy or so characters long, as mail has it.\n" * 300)
        )
        self._left = size // len(self._mail)
        self._rest = b""

    def read(self, size=-1):
        while len(self._rest) < size and self._left:
            self._rest += self._mail
            self._left -= 1
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def peak_of(size):
    tracemalloc.start()
    for record in mbox.read(Endless(size)):
        assert isinstance(record, Message)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_mailbox():
    small, large = peak_of(4 * MIB), peak_of(32 * MIB)

    assert large < 2 * MIB
    assert large < 1.1 * small

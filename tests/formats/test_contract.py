"""What every reader promises, whatever its format; the list in registry.py is the whole list.

A new format joins by one entry in ``KINDS``.
"""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from amity.formats.records import Contact, Event, Message, OwnerHint, Party, Record, Refused, Skipped
from amity.formats.registry import FORMATS, Format, recognise
from formats.monica_sample import a_block, a_contact, an_export

NAME, PHONE = "Zoë Müller", "+44 20 7946 0018"


def a_mail(number, body="Hello\n", sender="ada@byron.example"):
    return (
        f"From: Ada Byron <{sender}>\nTo: Bram Tilde <bram@tilde.example>\nSubject: Looms {number}\n"
        f"Date: Mon, 05 Jan 2026 10:00:00 +0000\nMessage-ID: <{number}@byron.example>\n\n{body}"
    )


def an_mbox(count):
    long = "Hello\n" * 500  # so that few of them already fill a reader's buffer
    return "".join(f"From ada Mon Jan  5 10:00:00 2026\n{a_mail(n, long)}\n" for n in range(count)).encode()


def some_cards(count):
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{0}\r\nFN:{1}\r\nN:Müller;Zoë;;;\r\n"
        "EMAIL:zoe{0}@loom.example\r\nEND:VCARD\r\n"
    )
    return "".join(card.format(n, NAME) for n in range(count)).encode()


def a_calendar(count):
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART:20260105T100000Z\r\nSUMMARY:{1}\r\nEND:VEVENT\r\n"
    events = "".join(event.format(n, NAME) for n in range(count))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def connections(count):
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    row = "Zoë,Müller,https://www.linkedin.com/in/zoe-{0},,Looms,Weaver,05 Jan 2026\n"
    return (head + "".join(row.format(n) for n in range(count))).encode()


def a_linkedin_zip(count):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", connections(count))
    return packed.getvalue()


def a_table(*columns):
    """Make tables with these columns, below some words as people write them there."""
    cells = {
        "First Name": "Zoë",
        "Last Name": "Müller",
        "Name": NAME,
        "Display Name": NAME,
        "Mobile Phone": PHONE,
        "Phone": PHONE,
    }

    def make(count):
        row = ",".join(cells.get(name, "zoe{0}@loom.example") for name in columns)
        rows = "".join(f"{row.format(number)}\n" for number in range(count))
        return f"From the office of the guild, who knows when\n{','.join(columns)}\n{rows}".encode()

    return make


def a_chat(count):
    return "".join(f"27/01/2026, 10:{n % 60:02} - {NAME}: Loom {n}\n" for n in range(count)).encode()


def a_monica_export(count):
    contacts = [a_contact(f"c-{number}", "Zoë", "Müller") for number in range(count)]
    return json.dumps(an_export(a_block("contact", contacts)), ensure_ascii=False).encode()


@dataclass(frozen=True)
class Kind:
    """How to make samples of a format.

    ``make(n)`` has n records (a mail has n lines). Of the three records in ``broken`` the second
    has something unreadable, at ``place``. ``text`` is one record whose encoding may change.
    ``index`` is how many bytes a reader may keep of each record; its docstring says so.
    """

    make: Callable[[int], bytes]
    broken: bytes = b""
    place: str = ""
    text: bytes = b""
    index: int = 0


def without(content, part, instead=b""):
    """Replace a part where it stands for the second time."""
    first, second, rest = content.split(part, 2)
    return first + part + second + instead + rest


def of_tables(make):
    return Kind(make, broken=make(3).replace(b"zoe1", b'"zoe1'), place="line 4", text=make(1))


KINDS = {
    "linkedin": Kind(
        a_linkedin_zip,
        broken=without(connections(3), b"05 Jan 2026", b"soon"),
        place="Connections.csv line 3",
        text=connections(1),
        index=600,
    ),
    "vcard": Kind(
        some_cards,
        broken=without(some_cards(3), b"END:VCARD\r\n"),
        place="line 8",
        text=some_cards(1),
    ),
    "mbox": Kind(
        an_mbox, broken=without(an_mbox(3), b"From: Ada Byron <ada@byron.example>\n"), place="message 2"
    ),
    "eml": Kind(lambda count: a_mail(1, "Hello\n" * count).encode()),
    "maildir": Kind(lambda count: a_mail(1, "Hello\n" * count).encode()),
    "ics": Kind(
        a_calendar,
        broken=without(a_calendar(3), b"DTSTART:2026", b"DTSTART:9999"),
        place="line 8",
        text=a_calendar(1),
    ),
    "monica": Kind(
        a_monica_export,
        broken=a_monica_export(3).replace(b'"uuid": "c-1",', b'"uuid": "c-1",,'),
        place="contact 2",
        text=a_monica_export(1),
        index=400,
    ),
    "whatsapp": Kind(
        a_chat,
        broken=without(a_chat(3), b"27/01/2026", b"45/01/2026"),
        place="line 2",
        text=a_chat(1),
    ),
    "google": of_tables(a_table("First Name", "Last Name", "E-mail 1 - Value", "Phone 1 - Value")),
    "outlook": of_tables(a_table("First Name", "Last Name", "E-mail Address", "Mobile Phone")),
    "thunderbird": of_tables(
        a_table("First Name", "Last Name", "Display Name", "Primary Email", "Home Phone")
    ),
    "csv": of_tables(a_table("Name", "E-mail", "Phone")),
}
EVERY = [pytest.param(form, id=form.name) for form in FORMATS]
IN_FILES = [pytest.param(form, id=form.name) for form in FORMATS if not form.folder]
OF_MANY_RECORDS = [pytest.param(form, id=form.name) for form in FORMATS if KINDS[form.name].broken]
OF_TEXT = [pytest.param(form, id=form.name) for form in FORMATS if KINDS[form.name].text]


@pytest.fixture
def read(tmp_path):
    """Read content with a format, from a file or from the one mail of a Maildir on the disk."""

    def read_content(form: Format, content: bytes) -> Iterator[Record]:
        # A new file each time: ext4 sends one that is emptied and filled again to the disk at once.
        if form.folder:
            for part in ("cur", "new", "tmp"):
                (tmp_path / part).mkdir(exist_ok=True)
            mail = tmp_path / "cur" / "1.loom:2,S"
            mail.unlink(missing_ok=True)
            mail.write_bytes(content)
            yield from form.read(tmp_path)
            return
        path = tmp_path / "sample"
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        with path.open("rb") as file:
            yield from form.read(file)

    return read_content


def outcome(records):
    """All that is told of a source: its records, or the sentence of the refusal."""
    try:
        return list(records)
    except Refused as refusal:
        return refusal.sentence


def test_every_format_of_the_list_keeps_this_contract():
    assert set(KINDS) == {form.name for form in FORMATS}


@pytest.mark.parametrize("form", EVERY)
def test_the_same_file_read_twice_gives_the_same(form, read):
    content = KINDS[form.name].make(3)

    first, second = list(read(form, content)), list(read(form, content))

    assert first == second
    assert any(isinstance(record, Contact | Event | Message) for record in first)


@pytest.mark.parametrize("form", IN_FILES)
def test_a_file_object_may_be_read_twice_and_stays_open(form):
    file = io.BytesIO(KINDS[form.name].make(3))

    first = list(form.read(file))
    file.seek(0)
    second = list(form.read(file))

    assert (first, file.closed) == (second, False)


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b" \r\n\t\r\n"])
def test_an_empty_file_gives_nothing_or_is_refused(form, content, read):
    told = outcome(read(form, content))

    assert isinstance(told, str) or [type(record) for record in told] in ([], [Skipped])


@pytest.mark.parametrize("form", EVERY)
def test_half_a_file_is_read_as_far_as_it_goes_or_refused(form, read):
    content = KINDS[form.name].make(3)
    whole = list(read(form, content))

    told = [outcome(read(form, content[:cut])) for cut in range(0, len(content), 7)]

    assert all(isinstance(part, str) or len(part) <= len(whole) + 1 for part in told)


def is_of_owner(record):
    return isinstance(record, OwnerHint)


@pytest.mark.parametrize("form", OF_MANY_RECORDS)
def test_a_broken_record_is_reported_with_its_place_and_the_rest_arrives(form, read):
    kind = KINDS[form.name]
    first, second, third = (record.key for record in read(form, kind.make(3)) if not is_of_owner(record))

    told = list(read(form, kind.broken))

    assert [record.where for record in told if isinstance(record, Skipped)] == [kind.place]
    keys = [record.key for record in told if not (isinstance(record, Skipped) or is_of_owner(record))]
    assert [key for key in keys if key != second] == [first, third]


@pytest.mark.parametrize("form", IN_FILES)
def test_thousands_of_records_stream_in_flat_memory(form, read):
    """Every buffer is full by then, so fifteen bytes a record would show, and no object is so small."""
    kind = KINDS[form.name]
    few, many = 1_500, 4_500
    list(read(form, kind.make(100)))  # what is imported or cached at the first reading counts for nobody

    small = peak_of(read, form, kind.make(few))
    large = peak_of(read, form, kind.make(many))

    assert large < small + (15 + kind.index) * (many - few)


def peak_of(read, form, content):
    tracemalloc.start()
    for _ in read(form, content):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("form", OF_TEXT)
@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-with-mark", "cp1252"]
)
def test_a_name_survives_every_encoding(form, encoding, read):
    text = KINDS[form.name].text.decode()
    mark, codec = ("\ufeff", "utf-16-be") if encoding == "utf-16-be-with-mark" else ("", encoding)

    told = list(read(form, (mark + text).encode(codec)))

    assert told == list(read(form, text.encode()))
    said = next(one for one in told if not is_of_owner(one))
    assert NAME in {
        getattr(said, "name", ""),
        getattr(said, "title", ""),
        getattr(said, "sender", Party()).name,
    }


@pytest.mark.parametrize("form", OF_TEXT)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(form, line_end, read):
    text = KINDS[form.name].text.decode().replace("\r\n", "\n")

    told = list(read(form, text.replace("\n", line_end).encode()))

    assert told == list(read(form, text.encode()))


@pytest.mark.parametrize("form", EVERY)
def test_random_bytes_are_refused_or_read_without_a_crash(form, read):
    chance = random.Random(form.name)
    heads = [b"", KINDS[form.name].make(1)[:40]]
    noises = [head + chance.randbytes(chance.randrange(2_000)) for head in heads for _ in range(50)]

    told = [outcome(read(form, noise)) for noise in noises]

    assert all(isinstance(part, str) or len(part) <= 3 for part in told)


@pytest.mark.parametrize("form", EVERY)
def test_bytes_changed_by_chance_never_crash_a_reader(form, read):
    chance = random.Random(form.name)
    content = KINDS[form.name].make(3)

    for _ in range(100):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert outcome(read(form, bytes(damaged))) is not None


@pytest.mark.parametrize("form", IN_FILES)
@pytest.mark.parametrize("other", IN_FILES)
def test_a_file_of_one_format_is_refused_by_the_readers_of_the_others(form, other, read):
    told = outcome(read(other, KINDS[form.name].make(2)))

    reads = other is form or (other.name == "csv" and form.plan)  # every table is a table
    assert isinstance(told, str) != reads


@pytest.mark.parametrize("form", IN_FILES)
def test_each_format_is_recognised_as_itself_and_nothing_else(form):
    content = KINDS[form.name].make(3)

    takers = [other.name for other in FORMATS if other.recognise(content[: 64 * 1024])]

    assert takers == [form.name]
    assert recognise(io.BytesIO(content), "a.bin") is form

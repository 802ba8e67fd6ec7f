from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats import linkedin
from amity.formats.records import Contact, Event, Message, OwnerHint, Party, Refused, Robot, Skipped
from formats.linkedin_sample import (
    Written,
    invented_connections,
    invented_messages,
    linkedin_zip,
    profile_url,
)
from formats_golden import assert_golden

GOLDEN = Path(__file__).parent / "linkedin"
SHARED = Path(__file__).parents[3] / "shared/data/exports/linkedin-synthetic/sample_export.zip"
TODAY = date(2024, 5, 1)
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MESSAGES = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MAYA, TOMAS = (profile_url(name) for name in ("Maya Oduya-Lind", "Tomas Ferrow"))


def packed(**files):
    """Pack files given as ``Connections=text`` into a ZIP in memory."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, text in files.items():
            writing.writestr(f"{name}.csv", text)
    return archive


def golden_zip(folder, inside="Complete_LinkedInDataExport_03-01-2024/"):
    """Pack the golden folder's CSV files the way LinkedIn does."""
    texts = {inside + path.stem: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    return packed(**texts)


def records(file):
    return list(linkedin.read(io.BytesIO(file) if isinstance(file, bytes) else file))


def one_message(row):
    """Read a messages.csv of one row."""
    (message,) = (r for r in records((MESSAGES + row).encode()) if not isinstance(r, OwnerHint))
    return message


def of(kind, found):
    return [record for record in found if isinstance(record, kind)]


def test_a_whole_export_becomes_what_a_person_read_and_approved():
    assert_golden(GOLDEN / "export", lambda folder: linkedin.read(golden_zip(folder)))


@pytest.mark.parametrize("sample", ["legacy_connections", "connections_from_excel", "old_messages", "page"])
def test_a_single_file_becomes_what_a_person_read_and_approved(sample):
    assert_golden(GOLDEN / f"{sample}.csv", linkedin.read)


def test_the_invented_export_arrives_whole(tmp_path):
    people, talk = invented_connections(TODAY), invented_messages(TODAY)
    path = linkedin_zip(tmp_path / "export.zip", connections=people, messages=talk)

    with path.open("rb") as file:
        recognised = linkedin.recognise(file.read(64 * 1024))
        found = records(file)

    assert recognised
    assert Counter(type(r).__name__ for r in found) == {
        "OwnerHint": 1,
        "Contact": len(people) + 1,
        "Message": len(talk),
    }
    assert [r.met for r in of(Contact, found)[1:]] == [one.connected for one in people]
    assert [r.sent_by_owner for r in of(Message, found)] == [one.by_owner for one in talk]


def test_reading_the_same_export_twice_gives_the_same(tmp_path):
    path = linkedin_zip(
        tmp_path / "export.zip", connections=invented_connections(TODAY), messages=invented_messages(TODAY)
    )

    with path.open("rb") as file:
        first, second = records(file), records(file)

    assert first == second


def test_an_empty_file_gives_nothing():
    assert records(b"") == []


def test_headers_without_rows_give_nothing():
    assert records(packed(Connections=CONNECTIONS, messages=MESSAGES)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, line_end):
    row = f"Zoë,Ferrow,{TOMAS},,Ångström & Co,,05 Jun 2023\n"
    text = f'"Notes:"\nSome notes, with commas\n\n{CONNECTIONS}{row}\n,,,,,,\n'

    found = records(text.replace("\n", line_end).encode(encoding))

    assert found == [
        Contact(
            where="Connections.csv line 5",
            key="linkedin.com/in/tomas-ferrow",
            name="Zoë Ferrow",
            ways=found[0].ways,
            organisation="Ångström & Co",
            met=date(2023, 6, 5),
        )
    ]


def test_the_columns_may_stand_in_any_order():
    shuffled = "Connected On,POSITION,last name,First_Name,Url\n05 Jun 2023,Diver,Ferrow,Tomas," + TOMAS

    (contact,) = records(shuffled.encode())

    assert (contact.name, contact.title, contact.met) == ("Tomas Ferrow", "Diver", date(2023, 6, 5))


def test_a_connection_without_a_profile_keeps_its_key_when_a_spreadsheet_respells_the_day():
    spelled, respelled = (
        records(f"{CONNECTIONS}Ida,Blank,,,{company},,{day}\n".encode())[0]
        for company, day in (("Old Co", "05 Jun 2023"), ("New Co", "2023-06-05"))
    )

    assert spelled.key == respelled.key


def test_a_stray_line_never_becomes_a_person():
    found = records(f"{CONNECTIONS}the rest of somebody's note\n".encode())

    assert found == [
        Skipped(
            "Connections.csv line 2",
            "Neither a way to reach this person nor a day is given.",
            "the rest of somebody's note",
        )
    ]


def test_the_same_row_twice_has_the_same_key():
    row = f"c1,Tomas Ferrow,{TOMAS},Maya Oduya-Lind,{MAYA},2024-01-05 09:30:00 UTC,,Hello,INBOX\n"

    first, second = of(Message, records((MESSAGES + row + row).encode()))

    assert first.key == second.key


def test_the_owner_is_whoever_takes_part_in_most_conversations():
    rows = "".join(
        f"c{n},Guest {n},{profile_url(f'guest {n}')},M. O. L.,{MAYA},2024-01-05 09:30:00 UTC,,Hi,INBOX\n"
        for n in range(3)
    )

    found = records(packed(messages=MESSAGES + rows))

    assert found[0] == OwnerHint("messages.csv", "M. O. L.", found[0].ways)
    assert [way.value for way in found[0].ways] == [MAYA]
    assert [message.sent_by_owner for message in found[1:]] == [False, False, False]


def test_of_two_who_only_wrote_to_each_other_the_profile_tells_who_is_the_owner():
    row = f"c1,Tomas Ferrow,{TOMAS},Maya Oduya-Lind,{MAYA},2024-01-05 09:30:00 UTC,,Hello,INBOX\n"
    profile = "First Name,Last Name,Maiden Name,Headline\nTomas,Ferrow,,Harbour master\n"

    with_profile = of(Message, records(packed(messages=MESSAGES + row, Profile=profile)))
    without = of(Message, records(packed(messages=MESSAGES + row)))

    assert [message.sent_by_owner for message in with_profile] == [True]
    assert [message.sent_by_owner for message in without] == [None]


def test_an_invitation_says_which_profile_is_the_owners():
    row = f'Maya Oduya-Lind,Pia Sandoz,"8/20/23, 2:13 PM",,OUTGOING,{MAYA},{profile_url("Pia Sandoz")}\n'

    found = records(packed(Invitations=INVITATIONS + row))

    assert found == [OwnerHint("messages.csv", "Maya Oduya-Lind", found[0].ways)]
    assert [way.value for way in found[0].ways] == [MAYA]


def test_what_a_closed_account_wrote_is_nobodys():
    robot = one_message(f"c1,LinkedIn Member,,Maya Oduya-Lind,{MAYA},2024-01-05 09:30:00 UTC,,Bye,INBOX\n")

    assert isinstance(robot, Robot)
    assert robot.party == Party("LinkedIn Member")


def test_an_event_the_owner_attends_arrives():
    text = (
        "Event Name,Event Time,Status,External Url\nBuoys,2025-03-05 18:00:00 UTC,ATTENDING,\n"
        "Fair,2025-03-06 18:00:00 UTC,INTERESTED,\nLost,never,ATTENDING,\n"
    )

    event, problem = records(text.encode())

    assert (event.title, event.starts) == ("Buoys", datetime(2025, 3, 5, 18, tzinfo=UTC))
    assert isinstance(event, Event)
    assert problem.where == "Events.csv line 4"


def test_a_member_that_is_a_web_page_is_reported_and_the_others_arrive():
    row = f"Tomas,Ferrow,{TOMAS},,,,05 Jun 2023\n"

    found = records(packed(Connections=CONNECTIONS + row, messages="<html><body>Sign in</body></html>"))

    assert [type(record) for record in found] == [Skipped, Contact]
    assert found[0].where == "messages.csv"
    assert found[0].why.startswith("This looks like a web page (HTML); it lacks the columns conversation id")


def test_a_damaged_member_is_reported_and_the_others_arrive():
    row = f"Tomas,Ferrow,{TOMAS},,,,05 Jun 2023\n"
    talk = "".join(
        f"c1,Tomas Ferrow,{TOMAS},Maya Oduya-Lind,{MAYA},2024-01-05 09:30:00 UTC,,Hello {n * 7919},INBOX\n"
        for n in range(3000)
    )
    data = bytearray(packed(messages=MESSAGES + talk, Connections=CONNECTIONS + row).getvalue())
    data[len(data) // 2] ^= 0xFF

    found = records(bytes(data))

    assert [record.name for record in of(Contact, found)] == ["Tomas Ferrow"]
    assert "messages.csv" in {record.where for record in of(Skipped, found)}


def test_half_a_zip_is_refused_in_one_sentence():
    data = golden_zip(GOLDEN / "export").getvalue()

    with pytest.raises(Refused) as refusal:
        records(data[: len(data) // 2])

    assert refusal.value.sentence == "This ZIP file is incomplete or damaged; download or copy it once more."


def test_a_bomb_is_refused_in_one_sentence():
    with pytest.raises(Refused) as refusal:
        records(packed(Connections=CONNECTIONS + "\n" * (8 << 20)))

    assert refusal.value.sentence.startswith("This ZIP file would unpack to far more than it should hold")


def test_another_zip_is_refused_and_not_recognised():
    other = packed(holiday="when,where\n")

    with pytest.raises(Refused) as refusal:
        records(other)

    assert refusal.value.sentence.startswith("This ZIP file holds none of the files of a LinkedIn export")
    assert not linkedin.recognise(other.getvalue())


@pytest.mark.parametrize(
    "head", [b"", b"%PDF-1.7", b"BEGIN:VCARD\r\nFN:Ada\r\n", b"Name,Given Name\nAda,Ada\n"]
)
def test_other_files_are_not_recognised(head):
    assert not linkedin.recognise(head)


def test_a_list_of_phone_numbers_by_itself_is_not_taken_for_the_owners():
    text = b"Number,Extension,Type\n555 0100,+46,Mobile\n"

    with pytest.raises(Refused) as refusal:
        records(text)

    assert refusal.value.sentence.startswith("This looks like a table with the columns Number,Extension,Type")
    assert not linkedin.recognise(text)


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path):
    def peak(days):
        talk = (
            Written(f"Guest {n % 10}", datetime(2020, 1, 1, n % 24, n % 60), f"words {n}")
            for n in range(100 * days)
        )
        path = linkedin_zip(tmp_path / f"{days}.zip", connections=[], messages=talk)
        with path.open("rb") as file:
            tracemalloc.start()
            count = sum(1 for _ in linkedin.read(file))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return count, most

    few, many = peak(10), peak(60)

    assert (few[0], many[0]) == (1002, 6002)
    assert many[1] < few[1] + 300_000


ROWS = {
    "Connections": "\n".join(
        [
            CONNECTIONS.strip(),
            *(f'Guest,N{n},{profile_url(f"g {n}")},,"A, B",x,05 Jun 2023' for n in range(6)),
        ]
    ),
    "messages": "\n".join(
        [
            MESSAGES.strip(),
            *(
                f'c{n},G {n},{profile_url(f"g {n}")},Maya,{MAYA},2024-01-0{n + 1} 09:30:00 UTC,,"a\nb",INBOX'
                for n in range(6)
            ),
        ]
    ),
}


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from(sorted(ROWS)),
    at=st.integers(0, 10_000),
    what=st.binary(max_size=8)
    | st.sampled_from([b'"', b"\0", b"\r", b",", b'",', b"\xff\xfe", b"PK\x03\x04"]),
    cut=st.integers(0, 40),
)
def test_no_damage_to_a_file_makes_it_crash(name, at, what, cut):
    data = ROWS[name].encode()
    at %= len(data)
    broken = data[:at] + what + data[at + cut :]

    try:
        found = records(packed(**{name: broken}))
    except Refused as refusal:
        found = [refusal]

    assert len(found) > 0


@settings(deadline=None, max_examples=150)
@given(
    changes=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, 9),
)
def test_no_damage_to_a_zip_makes_it_crash(changes, cut):
    data = bytearray(packed(**ROWS).getvalue())
    for at, byte in changes:
        data[at % len(data)] = byte

    try:
        found = records(bytes(data[: len(data) - cut]))
    except Refused as refusal:
        found = [refusal]

    assert len(found) > 0


@settings(deadline=None, max_examples=100)
@given(
    cells=st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=9), max_size=8
    )
)
def test_every_row_arrives_or_is_reported(cells):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]

    found = records(packed(Connections=CONNECTIONS + "\n".join(lines)))

    filled = [row for row in cells if any(cell.replace("\0", "").strip() for cell in row)]
    told = {record.where for record in found}
    assert len(told) == len(filled)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not on this machine")
def test_the_synthetic_export_of_twenty_thousand_messages_arrives_without_a_loss():
    with SHARED.open("rb") as file:
        found = records(file)

    assert of(Skipped, found) == []
    assert len([m for m in of(Message, found) if m.where.startswith("messages.csv")]) == 20_000
    assert Counter(m.automatic for m in of(Message, found)) == {"": 20_042, "draft": 41}

"""Attendee lists: what platforms export, what people paste, and what is no list at all."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats.attendees import Attendee, read
from amity.formats.records import Refused, Skipped

LUMA = (
    "guest_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,Company\n"
    "gst-1,Ada Byron,Ada,Byron,ada@loom.example,,2026-05-01,approved,,Loom House\n"
    "gst-2,,Kofi,Novak,kofi@loom.example,,2026-05-01,pending_approval,,\n"
    "gst-3,Otto Moreau,Otto,Moreau,otto@loom.example,,2026-05-01,declined,,\n"
)
EVENTBRITE = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee Status,Job Title,Company\n"
    '1,2026-05-01,Ada,Byron,ada@loom.example,1,General,Attending,"Weaver, chief",Loom House\n'
)
MEETUP = "Name\tUser ID\tTitle\tEvent Host\tRSVP\tURL of Member Profile\nAda B.\tuser 1\t\tNo\tYes\thttps://meet.example/1\n"


def lines_of(text):
    return list(read(BytesIO(text.encode()), "list"))


def test_a_luma_export_is_read_with_what_each_guest_answered():
    found = lines_of(LUMA)

    assert found == [
        Attendee("list line 2", "Ada Byron", "ada@loom.example", "", "Loom House", "yes"),
        Attendee("list line 3", "Kofi Novak", "kofi@loom.example", "", "", "maybe"),
        Attendee("list line 4", "Otto Moreau", "otto@loom.example", "", "", "no"),
    ]


def test_an_eventbrite_report_is_read_with_what_each_guest_does():
    assert lines_of(EVENTBRITE) == [
        Attendee("list line 2", "Ada Byron", "ada@loom.example", "", "Weaver, chief, Loom House", "yes")
    ]


def test_a_meetup_list_is_read_though_it_is_cut_by_tabs():
    assert lines_of(MEETUP) == [Attendee("list line 2", "Ada B.", "", "", "", "yes")]


def test_pasted_lines_are_names_with_or_without_an_address():
    pasted = (
        "1. Ada Byron <ada@loom.example>\n- Kofi Novak, Weaver, Loom House\n\notto@loom.example\nRosa Keita\n"
    )

    assert [(one.name, one.email, one.about) for one in lines_of(pasted)] == [
        ("Ada Byron", "ada@loom.example", ""),
        ("Kofi Novak", "", "Weaver, Loom House"),
        ("", "otto@loom.example", ""),
        ("Rosa Keita", "", ""),
    ]


def test_a_line_that_names_nobody_is_reported_and_the_rest_arrives():
    found = lines_of("Ada Byron\n12345 67 89\n")

    assert found == [
        Attendee("list line 1", "Ada Byron"),
        Skipped("list line 2", "The line does not read like a name.", "12345 67 89"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sku,price\nloom,3\nbobbin,4\n", "a table with the columns sku,price"),
        ("%PDF-1.7 …", "a PDF document"),
        ("<!doctype html><p>Ada Byron</p>", "a web page"),
        ('{"guests": []}', "a JSON file"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(text, kind):
    with pytest.raises(Refused, match=f"names nobody: it looks like {kind}"):
        lines_of(text)


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(Refused, match="larger than 5 MB"):
        lines_of("Ada Byron\n" * 600_000)


def test_an_empty_list_gives_nobody():
    assert lines_of("") == []


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused_and_read_twice_the_same(data):
    def outcome():
        try:
            return list(read(BytesIO(data)))
        except Refused as why:
            return why.sentence

    assert outcome() == outcome()

"""Calendars: what arrives from the files that calendar programs write."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amity.formats import ics
from amity.formats.ics.guests import MOST_GUESTS
from amity.formats.ics.recurrence import MOST_FRUITLESS
from amity.formats.ics.words import conference_link, plain_words
from amity.formats.ics_writer import write_calendar
from amity.formats.records import WORDS_KEPT, Event, Guest, OwnerHint, Party, Robot, Skipped, Way
from formats_golden import assert_golden

SAMPLES = sorted((Path(__file__).parent / "ics").glob("*.ics"))
REAL_ONES = Path(__file__).parents[3] / "shared" / "data" / "calendars"


def a_calendar(*lines, uid="tea@loom.example", start="DTSTART:20260105T160000Z"):
    """One event with these further lines, in a calendar of its own."""
    event = ["BEGIN:VEVENT", f"UID:{uid}", start, "SUMMARY:Tea", *lines, "END:VEVENT"]
    return calendar_of(*event)


def calendar_of(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def records(content, **options):
    return list(ics.read(io.BytesIO(content), **options))


def events(content, **options):
    return [record for record in records(content, **options) if isinstance(record, Event)]


def reasons(content):
    return [record.why for record in records(content) if isinstance(record, Skipped)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_becomes_its_records(sample):
    assert_golden(sample, ics.read)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(encoding, line_end):
    plain = a_calendar("LOCATION:Café Zürich", "DESCRIPTION:A long", "  walk")

    told = events(plain.decode().replace("\r\n", line_end).encode(encoding))

    assert told == events(plain)
    assert (told[0].place, told[0].description) == ("Café Zürich", "A long walk")


def test_a_fold_in_the_middle_of_a_letter_is_mended():
    content = a_calendar("LOCATION:Café").replace("é".encode(), b"\xc3\r\n \xa9")

    (event,) = events(content)

    assert event.place == "Café"


def test_the_first_place_counts_lines_from_one():
    (event,) = events(a_calendar())

    assert event.where == "line 3"


def test_times_keep_the_zone_they_were_written_in():
    content = a_calendar(start="DTSTART;TZID=Asia/Tokyo:20260105T160000")

    (event,) = events(content)

    assert event.starts == datetime(2026, 1, 5, 16, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert event.starts.tzinfo.key == "Asia/Tokyo"


def test_a_floating_time_stays_floating():
    (event,) = events(a_calendar("DURATION:PT45M", start="DTSTART:20260105T160000"))

    assert (event.starts, event.ends) == (datetime(2026, 1, 5, 16), datetime(2026, 1, 5, 16, 45))


def test_a_zone_of_one_file_says_nothing_about_the_next():
    zone = (
        "BEGIN:VTIMEZONE|TZID:House|BEGIN:STANDARD|DTSTART:19700101T000000"
        "|TZOFFSETFROM:{0}|TZOFFSETTO:{0}|END:STANDARD|END:VTIMEZONE"
    )
    event = "BEGIN:VEVENT|UID:1|DTSTART;TZID=House:20260105T160000|END:VEVENT"

    (early,) = events(calendar_of(*zone.format("+0200").split("|"), *event.split("|")))
    (late,) = events(calendar_of(*zone.format("-0700").split("|"), *event.split("|")))

    assert (early.starts.utcoffset(), late.starts.utcoffset()) == (timedelta(hours=2), timedelta(hours=-7))


def test_a_zone_days_away_is_no_zone():
    zone = (
        "BEGIN:VTIMEZONE|TZID:Far|BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETFROM:+5744|TZOFFSETTO:+5744"
    )
    lines = (
        f"{zone}|END:STANDARD|END:VTIMEZONE|BEGIN:VEVENT|UID:1|DTSTART;TZID=Far:20260105T160000|END:VEVENT"
    )

    skipped, event = records(calendar_of(*lines.split("|")))

    assert skipped.why == "Nobody explains the time zone 'Far', so its times are taken as local."
    assert event.starts == datetime(2026, 1, 5, 16)


def test_the_machine_s_own_zone_is_never_asked():
    content = a_calendar(start="DTSTART;TZID=localtime:20260105T160000")

    (event,) = events(content)

    assert event.starts == datetime(2026, 1, 5, 16)


@pytest.mark.parametrize(
    "line", ["X-WR-CALNAME:Ada@Byron.example", "X-OWNER;CN=Ada:mailto:Ada@Byron.example"]
)
def test_a_calendar_named_after_an_address_tells_its_owner(line):
    (hint, _event) = records(a_calendar().replace(b"VERSION:2.0", line.encode()))

    assert (type(hint), hint.ways) == (OwnerHint, (Way("email", "Ada@Byron.example"),))


@pytest.mark.parametrize("name", ["Work", "c_12@group.calendar.google.com", "no-reply@loom.example"])
def test_other_names_of_calendars_tell_no_owner(name):
    told = records(a_calendar().replace(b"VERSION:2.0", f"X-WR-CALNAME:{name}".encode()))

    assert [type(record) for record in told] == [Event]


def test_rooms_and_machines_are_no_guests():
    lines = (
        "ATTENDEE;CUTYPE=RESOURCE;CN=Projector:mailto:projector@loom.example",
        "ATTENDEE;CN=Booking:mailto:no-reply@loom.example",
        "ATTENDEE;CUTYPE=INDIVIDUAL;CN=Ada Byron;PARTSTAT=ACCEPTED:mailto:ada@byron.example",
    )

    projector, booking, event = records(a_calendar(*lines))

    assert projector == Robot("line 3", Party("Projector", "projector@loom.example"), "resource")
    assert (type(booking), booking.party.email) == (Robot, "no-reply@loom.example")
    assert event.guests == (Guest(Party("Ada Byron", "ada@byron.example"), "yes"),)


def test_a_parameter_with_several_quoted_values_hides_no_address():
    line = 'ATTENDEE;DELEGATED-TO="mailto:a@b.example","mailto:c@d.example";CN=Ada:mailto:ada@byron.example'

    (event,) = events(a_calendar(line))

    assert event.guests == (Guest(Party("Ada", "ada@byron.example")),)


def test_a_crowd_is_cut_and_that_is_said():
    lines = [f"ATTENDEE:mailto:guest{number}@loom.example" for number in range(MOST_GUESTS + 1)]

    skipped, event = records(a_calendar(*lines))

    assert skipped.why == "It has more than 1,000 guests; the rest is left out."
    assert len(event.guests) == MOST_GUESTS


def test_an_event_that_is_its_own_link_needs_no_conference():
    (event,) = events(a_calendar("URL:https://loom.example/tea", "LOCATION:https://meet.google.com/abc-defg"))

    assert event.url == "https://loom.example/tea"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Join: https://us02web.zoom.us/j/123?pwd=x.", "https://us02web.zoom.us/j/123?pwd=x"),
        (
            "<https://teams.microsoft.com/l/meetup-join/19%3a>",
            "https://teams.microsoft.com/l/meetup-join/19%3a",
        ),
        ("(https://acme.webex.com/acme/j.php?MTID=m1)", "https://acme.webex.com/acme/j.php?MTID=m1"),
        ("https://zoom.us.trap.example/j/1 or https://notzoom.us/j/1", ""),
    ],
)
def test_only_the_four_kinds_of_calls_are_links(text, link):
    assert conference_link(text) == link


def test_a_long_description_is_cut():
    assert plain_words("<p>" + "word " * 1000 + "</p>") == ("word " * 1000)[:WORDS_KEPT]


def test_the_day_a_recurrence_was_moved_from_stays_its_key():
    moved = ["END:VEVENT", "BEGIN:VEVENT", "UID:tea@loom.example", "RECURRENCE-ID:20260112T160000Z"]
    content = a_calendar("RRULE:FREQ=WEEKLY;COUNT=2", *moved, "DTSTART:20260113T080000Z")

    told = [(event.key, event.starts.day) for event in events(content)]

    assert told == [("tea@loom.example/20260105T160000Z", 5), ("tea@loom.example/20260112T160000Z", 13)]


def test_a_million_repetitions_end_after_five_years():
    content = a_calendar("RRULE:FREQ=DAILY;COUNT=1000000")

    told = records(content)

    assert len([record for record in told if isinstance(record, Event)]) == 1827
    assert told[-1].why == (
        "It goes on; occurrences after 2031-01-05 are left out (at most 5 years and 2,000 are kept)."
    )


def test_three_times_a_day_end_after_two_thousand():
    told = records(a_calendar("RRULE:FREQ=DAILY;BYHOUR=8,12,16"))

    assert [type(record) for record in told] == [Event] * 2000 + [Skipped]


def test_with_today_an_old_series_is_followed_until_next_year():
    content = a_calendar("RRULE:FREQ=WEEKLY", start="DTSTART;TZID=Europe/Berlin:20100104T100000")

    days = [event.starts.date() for event in events(content, today=date(2026, 3, 1))]

    assert (days[0], days[-1], len(days)) == (date(2022, 3, 7), date(2027, 3, 1), 261)


@pytest.mark.parametrize("end", ["COUNT=5", "UNTIL=20100201T090000Z"])
def test_an_old_series_that_came_to_its_end_is_followed_from_its_beginning(end):
    content = a_calendar(f"RRULE:FREQ=WEEKLY;{end}", start="DTSTART;TZID=Europe/Berlin:20100104T100000")

    days = [event.starts.date() for event in events(content, today=date(2026, 3, 1))]

    assert (days[0], days[-1], len(days)) == (date(2010, 1, 4), date(2010, 2, 1), 5)


def test_rules_that_lead_nowhere_are_followed_only_so_often():
    nowhere = "BEGIN:VEVENT|UID:{0}|DTSTART:20260105T160000Z|RRULE:FREQ=YEARLY;INTERVAL=1000|END:VEVENT"
    lines = "|".join(nowhere.format(number) for number in range(MOST_FRUITLESS + 1)).split("|")

    told = reasons(calendar_of(*lines))

    assert told[-1] == "More than 50 rules of this calendar lead nowhere. Only its first day is kept."
    assert len(set(told[:-1])) == 1


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0"),
        *(
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=WEEKLY;COUNT=many",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=DAILY;BYMONTH=13",
        ),
        *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=", "garbage", ";;;"),
        *("FREQ=WEEKLY;UNTIL=whenever", "FREQ=DAILY;COUNT=" + "9" * 400, "FREQ=DAILY;" + "BYDAY=MO;" * 200),
    ],
)
def test_a_rule_that_cannot_be_followed_leaves_its_first_day(rule):
    skipped, event = records(a_calendar(f"RRULE:{rule}"))

    assert skipped.why.endswith(" Only its first day is kept.")
    assert event.key == "tea@loom.example/20260105T160000Z"


def test_forty_megabytes_in_one_line_are_passed_over():
    content = a_calendar("DESCRIPTION:" + "A" * 40_000_000)

    (event,) = events(content)

    assert event.description == "A" * WORDS_KEPT


def test_a_file_is_not_cut_off_by_another_calendar_in_it():
    content = a_calendar(uid="1") + a_calendar(uid="2")

    assert [event.key for event in events(content)] == ["1", "2"]


def test_what_is_written_is_read_back():
    when = datetime(2026, 6, 1, 18, 30, tzinfo=ZoneInfo("America/Lima"))
    dinner = Event(
        where="line 3",
        key="dinner@loom.example/20260601T233000Z",
        title="Dinner; with, marks\\",
        starts=when,
        ends=when + timedelta(hours=3),
        guests=(
            Guest(Party("Ada Byron", "ada@byron.example"), "yes", organiser=True),
            Guest(Party("Bram", phone="+49 30 1234"), "maybe"),
            Guest(Party('Tamsin "Tam" Quill')),
        ),
        place="Turmgasse 4",
        description="Two lines,\nno more",
        url="https://loom.example/dinner",
        cancelled=True,
    )

    written = write_calendar([dinner], name="Dinners")

    assert [replace(event, where="line 3") for event in events(written)] == [dinner]
    assert b"X-WR-CALNAME:Dinners\r\n" in written
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Lima\r\n" in written


@given(
    st.datetimes(datetime(1800, 1, 2), datetime(2100, 12, 30)),
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="<"), max_size=60),
)
def test_any_title_at_any_time_is_read_back(when, title):
    assume("\\N" not in title)  # icalendar 7.3 writes a backslash before an N as the end of a line
    when = when.replace(microsecond=0, tzinfo=UTC)
    event = Event("line 3", "key", title, when, when)

    (again,) = events(write_calendar([event], name="x"))

    assert (again.starts, again.title) == (when, title)


@pytest.mark.skipif(not REAL_ONES.is_dir(), reason="real calendars lie beside the project, not in it")
def test_no_real_calendar_takes_a_second():
    slow = {}

    for path in REAL_ONES.rglob("*.ics"):
        started = time.process_time()
        with path.open("rb") as file:
            head = file.read(65536)
            if ics.recognise(head):
                sum(1 for _ in ics.read(file))
        slow[path.name] = time.process_time() - started

    assert {name: spent for name, spent in slow.items() if spent > 1} == {}

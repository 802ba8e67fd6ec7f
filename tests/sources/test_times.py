"""When things happened: the owner's own day, whatever zone the file was written in."""

from datetime import UTC, datetime

import pytest

from amity.gatherings.models import Gathering
from amity.moments.models import Moment
from amity.owner.actions import claim, set_zone
from amity.people.models import PersonDate
from cast import an_owner
from formats.mail_sample import a_mail
from sources.book import rows
from sources.samples import ADA, ME, a_card, a_meeting, bring_in, eml, ics, vcf

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    owner = an_owner("Ines", zone="Pacific/Auckland")
    claim(owner, "email", ME)
    return owner


def a_mail_at(date):
    return a_mail(**{"from": ADA}, to=ME, date=date)


def test_a_day_is_the_owners_and_the_instant_is_kept_in_utc(ines, tmp_path):
    bring_in(ines, eml(tmp_path / "letter", a_mail_at("Mon, 5 Jan 2026 20:00:00 +0100")))

    moment = Moment.objects.get()
    assert (str(moment.day), moment.at) == ("2026-01-06", datetime(2026, 1, 5, 19, tzinfo=UTC))


def test_a_floating_time_is_the_wall_clock_of_the_owner(ines, tmp_path):
    bring_in(ines, ics(tmp_path / "cal", a_meeting("a", "20200106T090000", "20200106T100000", ME, ADA)))

    gathering = Gathering.objects.get()
    assert (str(gathering.day), gathering.starts_at, gathering.zone) == (
        "2020-01-06",
        datetime(2020, 1, 5, 20, tzinfo=UTC),
        "Pacific/Auckland",
    )


def test_a_whole_day_stays_a_whole_day_in_every_zone(ines, tmp_path):
    bring_in(ines, ics(tmp_path / "cal", a_meeting("a", "20200106", "20200108", ME, ADA)))

    gathering = Gathering.objects.get()
    assert (str(gathering.day), str(gathering.last_day), gathering.starts_at) == (
        "2020-01-06",
        "2020-01-07",
        None,
    )
    assert (str(Moment.objects.get().day), Moment.objects.get().at) == ("2020-01-06", None)


def test_a_party_that_ends_at_midnight_is_of_one_day(ines, tmp_path):
    bring_in(ines, ics(tmp_path / "cal", a_meeting("a", "20200106T190000", "20200107T000000", ME, ADA)))

    gathering = Gathering.objects.get()
    assert (str(gathering.day), str(gathering.last_day)) == ("2020-01-06", "2020-01-06")


def test_moving_to_another_zone_moves_no_past_day_even_when_the_file_comes_again(ines, tmp_path):
    letter = eml(tmp_path / "letter", a_mail_at("Mon, 5 Jan 2026 20:00:00 +0100"))
    meeting = ics(tmp_path / "cal", a_meeting("a", "20200106T090000", "20200106T100000", ME, ADA))
    bring_in(ines, letter, meeting)
    before = rows(ines)

    set_zone(ines, "America/Los_Angeles")
    bring_in(ines, letter, meeting)

    assert rows(ines) == before


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1815-12-10", ["1815-12-10"]),
        ("--12-10", ["--12-10"]),
        ("1604-12-10", ["--12-10"]),
        ("1815", ["1815"]),
        ("0000-00-00", []),
    ],
)
def test_of_a_birthday_as_much_is_kept_as_is_known(ines, tmp_path, written, kept):
    bring_in(ines, vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA, bday=written)))

    assert list(PersonDate.objects.values_list("value", flat=True)) == kept


@pytest.mark.once
@pytest.mark.parametrize(("year", "arrives"), [(0, 0), (1799, 0), (1800, 1), (2100, 1), (2101, 0), (9999, 0)])
def test_a_book_holds_the_years_1800_to_2100_and_reports_the_others(ines, tmp_path, year, arrives):
    meeting = a_meeting("a", f"{year:04}0706", f"{year:04}0707", ME, ADA)

    _, report = bring_in(
        ines,
        ics(tmp_path / "cal", meeting, a_meeting("b", "20200106", "20200107")),
        vcf(tmp_path / "c", a_card("A")),
    )

    assert Gathering.objects.filter(key="ics:a").count() == arrives
    assert len(report.files[0].skipped) == 1 - arrives


def test_a_meeting_repeated_since_long_ago_is_brought_up_to_the_present(ines, tmp_path):
    calendar = tmp_path / "old.ics"
    calendar.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:old\r\nSUMMARY:Walk\r\n"
        b"DTSTART:20120102T100000Z\r\nDTEND:20120102T110000Z\r\nRRULE:FREQ=MONTHLY\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    bring_in(ines, calendar)

    assert Gathering.objects.of(ines).filter(day__gte=ines.today()).exists()

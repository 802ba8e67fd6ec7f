from __future__ import annotations

import pytest

from amity.journal.models import Import, ImportState
from amity.nudges import scene
from amity.nudges.birthdays import birthdays
from amity.nudges.reasons.birthday import birthday as birthday_reason
from cast import a_person, asked_of, day

pytestmark = pytest.mark.django_db

birthday = asked_of(birthday_reason)


@pytest.mark.parametrize("born", ["--12-10", "1815-12-10"])
def test_a_birthday_is_thought_of_on_the_day_and_the_age_is_nobodys_business(born):
    ada = a_person("Ada Byron").born(born)

    nudge = birthday(ada, today=day("2026-12-10"))

    assert (nudge.why, nudge.opener, nudge.medium) == (
        "It is Ada's birthday today.",
        "Happy birthday, Ada. I hope the day is a good one.",
        "message",
    )


@pytest.mark.parametrize("today", ["2026-12-09", "2026-12-11", "2026-10-12"])
def test_on_other_days_there_is_no_birthday(today):
    assert birthday(a_person("Ada").born("1815-12-10"), today=day(today)) is None


@pytest.mark.parametrize("born", ["1815", "1812-10"])
def test_a_birthday_known_in_part_is_no_birthday(born):
    assert birthday(a_person("Ada").born(born), today=day("2026-12-10")) is None


@pytest.mark.parametrize(
    ("today", "is_birthday"),
    [("2026-02-28", True), ("2026-03-01", False), ("2028-02-28", False), ("2028-02-29", True)],
)
def test_a_leap_day_is_kept_a_day_early_in_common_years(today, is_birthday):
    ada = a_person("Ada").born("--02-29")

    assert (birthday(ada, today=day(today)) is not None) is is_birthday


@pytest.mark.parametrize(
    ("first", "other", "greeted"),
    [
        ("--12-10", "1815-12-11", "2026-12-11"),  # whichever says the most
        ("1815-12-11", "1815-12-10", "2026-12-10"),
        ("1815", "--12-10", "2026-12-10"),
    ],
)
def test_whoever_has_two_birthdays_is_thought_of_on_the_first_that_their_page_gives(first, other, greeted):
    ada = a_person("Ada").born(first).born(other).kept(care="close")

    days = ("2026-12-10", "2026-12-11")
    on = [at for at in days if birthday(ada, today=day(at))]
    first_of_all = [at for at in days if scene.of(ada.owner, day(at)).birthdays()]
    in_the_week, in_years = (
        [str(one.day) for one in birthdays(ada.owner, day("2026-12-05"), day(last))]
        for last in ("2026-12-12", "2027-03-01")
    )

    assert on == first_of_all == in_the_week == in_years == [greeted]


@pytest.mark.parametrize(("own", "greeted"), [("--12-11", "2026-12-11"), ("1815-12", "2026-12-10")])
def test_of_two_birthdays_the_owners_own_goes_before_a_files_unless_it_is_no_day(own, greeted):
    ada = a_person("Ada").born(own)
    told = Import.objects.create(owner=ada.owner, state=ImportState.ARRIVED)
    ada.person.persondates.create(owner=ada.owner, kind="birthday", value="1815-12-10", imported_by=told)

    on = [at for at in ("2026-12-10", "2026-12-11") if birthday(ada, today=day(at))]

    assert on == [greeted]


def test_another_day_of_a_persons_is_no_birthday():
    ada = a_person("Ada")
    ada.person.persondates.create(owner=ada.owner, kind="anniversary", value="--12-10")

    assert birthday(ada, today=day("2026-12-10")) is None


def test_whoever_gets_mail_from_the_owner_gets_a_mail():
    ada = a_person("Ada").born("--12-10").wrote_on("2026-11-01", kind="mail")

    assert birthday(ada, today=day("2026-12-10")).medium == "mail"

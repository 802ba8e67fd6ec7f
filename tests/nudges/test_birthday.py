from __future__ import annotations

import pytest

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


def test_another_day_of_a_persons_is_no_birthday():
    ada = a_person("Ada")
    ada.person.persondates.create(owner=ada.owner, kind="anniversary", value="--12-10")

    assert birthday(ada, today=day("2026-12-10")) is None


def test_whoever_gets_mail_from_the_owner_gets_a_mail():
    ada = a_person("Ada").born("--12-10").wrote_on("2026-11-01", kind="mail")

    assert birthday(ada, today=day("2026-12-10")).medium == "mail"

"""The one sentence of a morning: when it comes, what it says, and how it stops."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from amity.letter import sundays
from amity.letter.daily import set_daily
from amity.letter.models import Morning
from amity.letter.morning import sentence, write_morning
from amity.moments.actions import promise
from amity.nudges.actions import plan
from amity.owner.actions import NotPossible
from amity.post.actions import pause
from amity.post.models import Delivery, Mailing
from amity.post.sending import send_due
from cast import a_person, an_owner, day, instant
from letter_cast import links
from sink import parsed

pytestmark = pytest.mark.django_db
BERLIN, TODAY = "Europe/Berlin", day("2026-05-11")
HOUR = instant("2026-05-11 07:30", BERLIN)


@pytest.fixture
def ines():
    """Give Ines, who wants her sentence at half past seven, with a promise for the day."""
    owner = an_owner("Ines", zone=BERLIN)
    ada = a_person("Ada").of(owner)
    promise(ada.person, "send the paper", day=day("2026-05-01"), due=TODAY)
    set_daily(owner, Morning, on=True, at=time(7, 30), address="")
    return owner


def minute_by_minute(owner, start, minutes):
    """Let the clock look every minute; give how many mails it queued."""
    found = (write_morning(owner, now=start + timedelta(minutes=n)) for n in range(minutes))
    return len([one for one in found if one])


def test_it_comes_once_at_its_hour_with_one_sentence_and_one_click_ends_it(sink, ines, client):
    early = write_morning(ines, now=HOUR - timedelta(minutes=1))
    came = minute_by_minute(ines, HOUR, 3)
    send_due(ines)
    stop = next(link for link in links(sink) if "/leave/" in link)
    looked = client.get(stop)
    still_on = Morning.objects.get().on
    client.post(stop, {"List-Unsubscribe": "One-Click"})

    mail = parsed(sink.mails[0][2])
    words = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert (early, came, sink.to()) == (None, 1, ["ines@book.example"])
    assert mail["Subject"] == "Monday, 11 May"
    assert words.startswith(
        "For today you said you would: send the paper (Ada).\n\n--\nhttps://ines.example\n"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (looked.status_code, still_on, Morning.objects.get().on) == (200, True, False)


def test_the_link_of_one_mail_does_not_stop_the_other(sink, ines, client):
    from amity.letter.setting_up import head_of

    head = head_of(ines)
    minute_by_minute(ines, HOUR, 1)
    send_due(ines)

    client.post(next(link for link in links(sink) if "/leave/" in link), {"leave": "yes"})

    head.refresh_from_db()
    assert (head.private_mail, Morning.objects.get().on) == (True, False)


def test_a_machine_that_slept_makes_up_for_it_on_the_same_day_and_on_no_other(sink, ines):
    late = write_morning(ines, now=instant("2026-05-11 22:00", BERLIN))
    next_night = instant("2026-05-12 00:05", BERLIN)

    sundays.keep_sundays(ines, now=next_night)

    assert late is not None
    assert (sink.mails, Mailing.objects.get(kind="today").state) == ([], "cancelled")
    assert Delivery.objects.get().state == "pending"


@pytest.mark.once
@pytest.mark.parametrize(
    ("on", "at"),
    [("2026-03-29", time(2, 30)), ("2026-10-25", time(2, 30))],
    ids=["an hour that is left out", "an hour that comes twice"],
)
def test_a_day_on_which_the_clocks_change_has_one_mail(sink, ines, on, at):
    set_daily(ines, Morning, on=True, at=at, address="")
    promise(a_person("Bo").of(ines).person, "call", day=day("2026-01-01"), due=day(on))

    assert minute_by_minute(ines, instant(f"{on} 00:30", BERLIN), 300) == 1


def test_nothing_comes_on_a_day_that_asks_for_quiet(sink, ines):
    quiet = an_owner("Ines", quiet_days=[0])
    on_a_quiet_day = sentence(quiet, TODAY)
    open_again = an_owner("Ines", quiet_days=[])
    plan(open_again, TODAY, "rest")
    on_a_rest = sentence(open_again, TODAY)
    on_an_empty_day = write_morning(open_again, now=HOUR + timedelta(days=1))

    assert (on_a_quiet_day, on_a_rest, on_an_empty_day) == ("", "", None)


def test_the_first_nudge_comes_before_a_promise_and_whoever_rests_is_not_named(ines):
    charles = a_person("Charles").of(ines).kept(care="close").born("--05-11")

    named = sentence(ines, TODAY)
    charles.rests("2026-05-01", "2026-06-01")

    assert named == "It is Charles's birthday today."
    assert sentence(ines, TODAY) == "For today you said you would: send the paper (Ada)."


def test_nothing_is_queued_while_it_is_off_or_the_outbox_closed_or_no_server_set(sink, ines, settings):
    pause(ines)
    closed = write_morning(ines, now=HOUR)
    settings.AMITY_SMTP = ""
    without_server = write_morning(ines, now=HOUR + timedelta(days=1))
    settings.AMITY_SMTP = sink.url
    set_daily(ines, Morning, on=False, at=time(7, 30), address="")
    off = write_morning(ines, now=HOUR + timedelta(days=2))

    assert (closed, without_server, off, Mailing.objects.count()) == (None, None, None, 0)


def test_it_needs_somewhere_to_go():
    nowhere = an_owner("Jonas", email="owner@amity.invalid")

    with pytest.raises(NotPossible, match="Say which address"):
        set_daily(nowhere, Morning, on=True, at=time(7, 30), address="")
    with pytest.raises(NotPossible, match="does not look like"):
        set_daily(nowhere, Morning, on=True, at=time(7, 30), address="a@b\nBcc: c@d.example")

"""The ledger: what is sent once, what waits, what fails, and what the owner has to decide."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from amity.owner.actions import NotPossible
from amity.post import actions, ledger, queries
from amity.post.actions import Content, Recipient
from amity.post.address import digest_of
from amity.post.incoming import take_in
from amity.post.models import Delivery, Outbox, Suppressed
from amity.post.relay import Outcome
from amity.post.sending import send_due
from amity.post.worker import at_work
from cast import an_owner
from engines import on_postgresql
from sink import parsed

pytestmark = pytest.mark.django_db


def a_letter_to(*addresses, owner=None, kind=actions.LETTER, **content):
    content = {"subject": "Two weeks", "html": "<p>Hello</p>", "text": "Hello\n"} | content
    owner = owner or an_owner("Ines")
    actions.set_pace(owner, 0)
    return actions.queue(owner, kind, Content(**content), [Recipient(one) for one in addresses])


def states(mailing):
    return dict(Delivery.objects.filter(mailing=mailing).order_by("id").values_list("address", "state"))


def test_a_letter_goes_to_each_reader_once_however_often_the_sender_runs(sink):
    mailing = a_letter_to("ada@a.example", "mary@b.example", "ADA@a.example")

    for _ in range(3):
        send_due(mailing.owner)

    assert sorted(sink.to()) == ["ada@a.example", "mary@b.example"]
    assert states(mailing) == {"ada@a.example": "sent", "mary@b.example": "sent"}


def test_a_message_says_how_to_leave_in_one_step_and_keeps_its_id(sink):
    mailing = a_letter_to("ada@a.example")

    send_due(mailing.owner)

    message = parsed(sink.mails[0][2])
    delivery = Delivery.objects.get(mailing=mailing)
    assert message["Message-ID"] == f"<{delivery.uid}.{mailing.uid}@letters.example>"
    assert message["List-Unsubscribe"].startswith("<https://ines.example/letters/leave/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["From"] == "Ines Lund <ines@letters.example>"
    assert sink.mails[0][1] == message["List-Unsubscribe"].partition("<mailto:")[2].partition("?")[0]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_from_a_book_nobody_can_open_a_reader_leaves_by_a_mail_and_gets_no_other(sink, settings):
    settings.AMITY_URL = "http://127.0.0.1:8000"
    first = a_letter_to("ada@a.example", text="Leave: [[leave]]\nKept: [[preferences]]\n")
    send_due(first.owner)
    message = parsed(sink.mails[0][2])
    way_out = message["List-Unsubscribe"].strip("<>")

    to = way_out.removeprefix("mailto:").partition("?")[0]
    take_in(first.owner, f"From: ada@a.example\nTo: {to}\nSubject: unsubscribe\n\n".encode())
    second = a_letter_to("ada@a.example")
    send_due(second.owner)

    text = message.get_body(("plain",)).get_content()
    assert way_out == f"mailto:{sink.mails[0][1]}?subject=unsubscribe"
    assert message["List-Unsubscribe-Post"] is None
    assert text.split() == [
        "Leave:",
        way_out,
        "Kept:",
        "mailto:ines@letters.example?subject=What%20do%20you%20keep%20of%20me%3F",
    ]
    assert (len(sink.mails), states(second)) == (1, {"ada@a.example": "left"})


def test_an_unknown_mailbox_fails_for_good_and_is_not_written_to_again(sink):
    first = a_letter_to("gone@a.example", "ada@a.example")
    send_due(first.owner)

    second = a_letter_to("gone@a.example", "ada@a.example")
    send_due(second.owner)

    assert states(first) == {"gone@a.example": "failed", "ada@a.example": "sent"}
    assert states(second) == {"gone@a.example": "left", "ada@a.example": "sent"}
    assert (
        Delivery.objects.get(mailing=first, address="gone@a.example").reply == "550 5.1.1 No such user here"
    )


def test_a_full_mailbox_fails_this_time_only(sink):
    mailing = a_letter_to("full@a.example")

    send_due(mailing.owner)

    assert states(mailing) == {"full@a.example": "failed"}
    assert not Suppressed.objects.exists()


def test_a_domain_that_says_not_now_rests_and_the_others_get_their_letter(sink):
    mailing = a_letter_to("later@a.example", "ada@a.example", "mary@b.example")

    send_due(mailing.owner)

    assert states(mailing) == {
        "later@a.example": "pending",
        "ada@a.example": "pending",
        "mary@b.example": "sent",
    }
    soonest = min(
        Delivery.objects.filter(mailing=mailing, state="pending").values_list("not_before", flat=True)
    )
    assert timedelta(minutes=4) < soonest - timezone.now() <= timedelta(minutes=5)
    assert [ledger.wait(n).total_seconds() / 60 for n in range(1, 9)] == [5, 10, 20, 40, 80, 160, 240, 240]


def test_a_domain_that_says_not_now_ten_times_is_given_up(sink):
    mailing = a_letter_to("later@a.example")

    for _ in range(10):
        send_due(mailing.owner)
        Delivery.objects.update(not_before=timezone.now())

    assert states(mailing) == {"later@a.example": "failed"}


def test_a_connection_cut_after_data_is_unknown_and_waits_for_the_owner(sink):
    mailing = a_letter_to("cut@a.example", "ada@a.example")

    send_due(mailing.owner)
    send_due(mailing.owner)

    assert states(mailing) == {"cut@a.example": "unknown", "ada@a.example": "sent"}
    assert sink.to().count("cut@a.example") == 1
    assert [one.address for one in queries.unknowns(mailing.owner)] == ["cut@a.example"]


def test_the_owner_sends_an_unknown_again_with_the_same_id_or_lets_it_be(sink):
    mailing = a_letter_to("cut1@a.example", "cut2@a.example")
    send_due(mailing.owner)
    again, be = Delivery.objects.order_by("id")

    actions.send_again(again)
    actions.let_be(be)
    Delivery.objects.filter(pk=again.pk).update(address="ada@a.example")
    send_due(mailing.owner)

    assert list(Delivery.objects.order_by("id").values_list("state", flat=True)) == ["sent", "sent"]
    assert sink.ids()[0] == sink.ids()[2]
    with pytest.raises(NotPossible, match="It is known"):
        actions.send_again(be)


def test_what_a_dead_worker_was_sending_becomes_unknown_and_a_living_one_keeps_its_own(sink):
    mailing = a_letter_to("ada@a.example", "mary@b.example")
    dead, living = Delivery.objects.order_by("id")
    with at_work() as gone:
        ledger.claim([dead], gone, timezone.now())

    with at_work() as here:
        ledger.claim([living], here, timezone.now())
        swept = ledger.sweep(mailing.owner, timezone.now())

    assert swept == 1
    assert states(mailing) == {"ada@a.example": "unknown", "mary@b.example": "sending"}


def test_what_a_worker_of_another_machine_holds_is_unknown_only_after_an_hour(sink):
    mailing, now = a_letter_to("ada@a.example"), timezone.now()
    ledger.claim(list(Delivery.objects.all()), "elsewhere:0123456789ab", now)

    swept = [ledger.sweep(mailing.owner, now + timedelta(minutes=minutes)) for minutes in (59, 61)]

    assert swept == [0, 1]
    assert states(mailing) == {"ada@a.example": "unknown"}


def test_a_reader_who_leaves_between_queue_and_claim_gets_nothing(sink):
    mailing = a_letter_to("ada@a.example")
    actions.suppress(mailing.owner, digest_of(mailing.owner, "Ada@A.example"), "left")

    send_due(mailing.owner)

    assert sink.mails == []
    assert states(mailing) == {"ada@a.example": "left"}


def test_whoever_left_may_still_ask_and_a_complaint_stops_even_that(sink):
    owner = an_owner("Ines")
    for address, why in (("ada@a.example", "left"), ("mary@b.example", "complained")):
        actions.suppress(owner, digest_of(owner, address), why)

    mailing = a_letter_to("ada@a.example", "mary@b.example", kind=actions.ASKED)
    send_due(owner)

    assert states(mailing) == {"ada@a.example": "sent", "mary@b.example": "left"}


def test_nothing_leaves_while_the_outbox_is_paused_or_its_mailing_is(sink):
    mailing, held = a_letter_to("ada@a.example"), a_letter_to("mary@b.example")
    actions.hold(held)
    actions.pause(mailing.owner)
    send_due(mailing.owner)
    paused = list(sink.to())

    actions.resume(mailing.owner)
    send_due(mailing.owner)

    assert (paused, sink.to()) == ([], ["ada@a.example"])


def test_a_cancelled_letter_stays_cancelled(sink):
    mailing = a_letter_to("ada@a.example")
    actions.cancel(mailing)

    send_due(mailing.owner)

    assert sink.mails == []
    with pytest.raises(NotPossible, match="cancelled"):
        actions.go_on(mailing)


def test_a_restored_book_sends_nothing_until_its_owner_says_so(sink):
    mailing = a_letter_to("ada@a.example")
    actions.pause_restored()

    send_due(mailing.owner)

    assert sink.mails == []
    assert queries.box(mailing.owner).get_paused_display() == "the book was restored from a backup"


def test_whoever_left_after_the_backup_was_made_stays_away(sink):
    mailing = a_letter_to("ada@a.example", "mary@b.example")
    actions.suppress(mailing.owner, digest_of(mailing.owner, "ada@a.example"), "left")
    Suppressed.objects.all().delete()  # as the backup of before knows it
    actions.pause_restored()

    actions.resume(mailing.owner)
    send_due(mailing.owner)

    assert sink.to() == ["mary@b.example"]


def test_a_server_that_refuses_us_pauses_everything_and_is_quoted(sink):
    sink.answer_to_mail = "553 5.7.1 Not your address"
    mailing = a_letter_to("ada@a.example", "mary@b.example")

    send_due(mailing.owner)

    box = queries.box(mailing.owner)
    assert (box.paused, box.said) == ("refused", "553 5.7.1 Not your address")
    assert set(states(mailing).values()) == {"pending"}


def test_a_server_that_is_away_costs_no_attempt(sink, settings):
    settings.AMITY_SMTP = "smtp://127.0.0.1:1"
    mailing = a_letter_to("ada@a.example")
    send_due(mailing.owner)
    waited = Outbox.objects.get().rests_until

    Outbox.objects.update(rests_until=None)
    settings.AMITY_SMTP = sink.url
    send_due(mailing.owner)

    assert waited > timezone.now()
    assert list(Delivery.objects.values_list("state", "attempt")) == [("sent", 1)]


def test_one_domain_is_not_hurried(sink):
    mailing = a_letter_to("ada@a.example", "mary@a.example", "jo@b.example")
    actions.set_pace(mailing.owner, 60)

    send_due(mailing.owner, seconds=0.5)

    assert states(mailing) == {"ada@a.example": "sent", "mary@a.example": "pending", "jo@b.example": "sent"}


@pytest.mark.parametrize(
    "broken", ["Two\r\nBcc: all@b.example", "Two\nX: y", "Two\x00\x0bweeks", "Two\u2028weeks"]
)
def test_no_subject_or_name_adds_a_header(sink, broken):
    owner = an_owner("Ines")
    content = Content(broken, "<p>Hello</p>", "Hello\n", {"List-Id": broken})

    actions.queue(owner, actions.LETTER, content, [Recipient("ada@a.example", broken)])
    send_due(owner)

    message = parsed(sink.mails[0][2])
    assert sink.to() == ["ada@a.example"]
    assert "Bcc" not in message
    assert "X" not in message


@pytest.mark.parametrize(
    "address",
    ["ada@a.example\r\nRCPT TO:<b@b.example>", "ada", "a da@a.example", "<ada@a.example>", "ada@localhost"],
)
def test_what_is_no_plain_address_is_never_written_to(address):
    mailing = a_letter_to(address)

    assert states(mailing) == {}


def test_a_postscript_is_its_readers_alone(sink):
    owner = an_owner("Ines")
    content = Content("Two weeks", "<p>Hello</p>[[postscript]]", "Hello\n\n[[postscript]]\n")

    actions.queue(
        owner,
        actions.LETTER,
        content,
        [Recipient("ada@a.example", "", "See you <soon>"), Recipient("jo@b.example")],
    )
    actions.set_pace(owner, 0)
    send_due(owner)

    parts = {to: [part.get_content() for part in parsed(raw).iter_parts()] for to, _, raw in sink.mails}
    assert "See you <soon>" in parts["ada@a.example"][0]
    assert "P.S. See you &lt;soon&gt;" in parts["ada@a.example"][1]
    assert "soon" not in "".join(parts["jo@b.example"])


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_no_postscript_ends_its_mail_and_begins_another(sink, end):
    owner = an_owner("Ines")
    smuggled = (
        f"Bye{end}.{end}MAIL FROM:<x@x.example>{end}RCPT TO:<all@b.example>{end}DATA{end}Bcc: all@b.example"
    )
    content = Content("Two weeks", "<p>Hello</p>[[postscript]]", "Hello\n\n[[postscript]]\n")

    actions.queue(owner, actions.LETTER, content, [Recipient("ada@a.example", "", smuggled)])
    send_due(owner)

    raw = sink.mails[0][2]
    assert sink.to() == ["ada@a.example"]
    assert parsed(raw)["Bcc"] is None
    assert parsed(raw).get_body(("plain",)).get_content().splitlines()[2:4] == ["Bye", "."]
    assert raw.replace(b"\r\n", b"").count(b"\r") == 0


def test_greylisting_holds_up_one_reader_and_not_their_domain(sink):
    mailing = a_letter_to("grey1@a.example", "ada@a.example", "grey2@a.example")

    send_due(mailing.owner)
    first = states(mailing)
    Delivery.objects.update(not_before=timezone.now())
    send_due(mailing.owner)

    assert first == {"grey1@a.example": "pending", "ada@a.example": "sent", "grey2@a.example": "pending"}
    assert set(states(mailing).values()) == {"sent"}


def test_a_server_with_a_full_disk_is_nobodys_attempt(sink):
    sink.answer_to_mail = "452 4.3.1 Insufficient system storage"
    mailing = a_letter_to("ada@a.example", "mary@b.example")

    send_due(mailing.owner)

    assert set(Delivery.objects.values_list("state", "attempt")) == {("pending", 0)}
    assert Outbox.objects.get().rests_until > timezone.now()
    assert queries.box(mailing.owner).paused == ""


def test_a_server_that_likes_few_connections_gets_few(sink, settings):
    sink.most_at_once = 2
    settings.AMITY_SMTP = f"{sink.url}?connections=8"
    mailing = a_letter_to(*[f"reader{n}@d{n}.example" for n in range(40)])

    send_due(mailing.owner)

    assert set(Delivery.objects.values_list("state", "attempt")) == {("sent", 1)}
    assert sorted(sink.to()) == sorted(set(sink.to()))


def test_a_relay_with_a_pace_of_its_own_is_not_hurried(sink, settings):
    settings.AMITY_SMTP = f"{sink.url}?per_minute=60"
    mailing = a_letter_to("ada@a.example", "mary@b.example", "jo@c.example")

    send_due(mailing.owner, seconds=0.5)

    assert sorted(states(mailing).values()) == ["pending", "pending", "sent"]
    settings.AMITY_SMTP = f"{sink.url}?per_minute=many"
    with pytest.raises(NotPossible, match="whole number"):
        send_due(mailing.owner)


def test_without_a_mail_server_it_is_said_how_to_set_one(settings):
    settings.AMITY_SMTP = ""
    mailing = a_letter_to("ada@a.example")

    with pytest.raises(NotPossible, match="Set AMITY_SMTP"):
        send_due(mailing.owner)


def test_settling_twice_or_for_another_worker_changes_nothing(sink):
    a_letter_to("ada@a.example")
    with at_work() as here:
        delivery = Delivery.objects.select_related("owner").get()
        ledger.claim([delivery], here, timezone.now())
    ledger.settle([(delivery, Outcome("sent"))], timezone.now())

    ledger.settle([(delivery, Outcome("refused"))], timezone.now())

    assert Delivery.objects.get().state == "sent"
    assert not ledger.claim([delivery], here, timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_letter_without_a_double(sink):
    mailing = a_letter_to(*[f"reader{n}@d{n % 7}.example" for n in range(120)])

    def work():
        close_old_connections()
        send_due(mailing.owner, seconds=20)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3 if on_postgresql() else 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sink.to()) == len(set(sink.to())) == 120
    assert set(states(mailing).values()) == {"sent"}

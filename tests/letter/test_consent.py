"""Asking, confirming and leaving: by those who mean it, by scanners, and by forgers."""

from __future__ import annotations

import string
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from amity.letter import consent
from amity.letter.gate import Gate
from amity.letter.models import Consent, Subscriber
from amity.post.address import token
from amity.post.models import Delivery, Suppressed
from letter_cast import a_reader, ines_letter, leave_path, links, send_all
from sink import parsed

pytestmark = pytest.mark.django_db

SAME_ANSWER = "If that address can have the letter, a mail is on its way."


def ask(client, head, address="ada@a.example", *, age=10, **fields):
    signed = token(head.owner, "form", "0" * 32, at=int(time.time()) - age)
    return client.post(f"/letters/{head.slug}/ask", {"form": signed, "address": address} | fields)


def test_a_reader_asks_presses_the_button_and_is_on_the_list_with_evidence(client, sink):
    head = ines_letter()
    answer = ask(client, head, name="Ada Byron")
    send_all(head)
    (link,) = links(sink)

    shown = client.get(link)
    before = Subscriber.objects.get().state
    done = client.post(link, {"yes": "yes"})

    reader, evidence = Subscriber.objects.get(), Consent.objects.get()
    assert SAME_ANSWER in answer.content.decode()
    assert "Yes, send it to me" in shown.content.decode()
    assert (before, reader.state, reader.name) == ("asked", "reading", "Ada Byron")
    assert "You are on the list" in done.content.decode()
    assert evidence.words == consent.consent_words(head)
    assert (evidence.form, evidence.version) == ("page", consent.version_of(evidence.words))
    assert evidence.confirmed_at >= evidence.asked_at


def test_the_answer_is_the_same_for_whoever_is_known_or_gone_or_dead(client, sink):
    head = ines_letter()
    a_reader(head, "known@a.example")
    left = a_reader(head, "left@a.example")
    consent.leave(head.owner, left.digest, route="page", now=timezone.now())
    Suppressed.objects.create(owner=head.owner, digest=a_reader(head, "dead@a.example").digest, why="bounced")

    answers = {ask(client, head, f"{who}@a.example").content for who in ("known", "left", "dead", "new")}
    send_all(head)

    subjects = {to: parsed(raw)["Subject"] for to, _, raw in sink.mails}
    assert len(answers) == 1
    assert Delivery.objects.count() == 4
    assert subjects == {
        "known@a.example": "You have it already: Small tables",
        "left@a.example": "Please confirm: Small tables",
        "new@a.example": "Please confirm: Small tables",
    }


def test_nobodys_mailbox_is_filled_with_confirmations(client, sink):
    head = ines_letter()

    for _ in range(5):
        ask(client, head)
    send_all(head)

    assert sink.to() == ["ada@a.example"]


def test_a_flood_of_sign_ups_from_one_place_is_stopped_at_ten(client, sink):
    head = ines_letter()

    statuses = [ask(client, head, f"reader{n}@a.example").status_code for n in range(200)]

    assert (statuses.count(200), statuses.count(429)) == (10, 190)
    assert Subscriber.objects.count() == 10


def test_ten_thousand_sign_ups_a_minute_from_one_place_let_ten_in_and_from_anywhere_three_hundred_an_hour():
    from_one, from_anywhere = Gate(), Gate()

    one = sum(from_one.lets_in("192.0.2.1", n / 167) for n in range(10_000))
    anywhere = sum(from_anywhere.lets_in(f"2001:db8::{n:x}", n / 167) for n in range(10_000))

    assert (one, anywhere) == (10, 300)


@pytest.mark.parametrize(
    "machine", [{"age": 0}, {"age": 90_000}, {"website": "https://x.example"}, {"form": "made up"}]
)
def test_a_machine_gets_the_same_answer_and_nothing_happens(client, sink, machine):
    head = ines_letter()

    answer = ask(client, head, **machine)

    assert SAME_ANSWER in answer.content.decode()
    assert Subscriber.objects.count() == 0


def test_a_form_elsewhere_only_brings_the_address_to_ours(client, sink):
    head = ines_letter()

    shown = client.post(f"/letters/{head.slug}/from-elsewhere", {"address": "ada@a.example"})

    assert 'value="ada@a.example"' in shown.content.decode()
    assert Subscriber.objects.count() == 0


def test_an_address_that_is_none_is_said_beside_the_field(client, sink):
    head = ines_letter()

    answer = ask(client, head, "ada at a.example", name="Ada Byron")

    assert answer.status_code == 422
    assert "does not look like an e-mail address" in answer.content.decode()
    assert 'value="Ada Byron"' in answer.content.decode()
    assert 'value="ada at a.example"' in answer.content.decode()


def test_leaving_takes_one_post_without_cookie_or_redirect_and_may_be_repeated(client, sink):
    reader = a_reader(ines_letter())

    answers = [
        client.post(leave_path(reader), {"List-Unsubscribe": "One-Click"}),  # multipart
        client.post(
            leave_path(reader), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        ),
    ]

    assert [(one.status_code, dict(one.cookies)) for one in answers] == [(200, {}), (200, {})]
    assert Subscriber.objects.get().state == "left"
    assert Suppressed.objects.get().why == "left"
    assert Consent.objects.get().route == "one click"


def test_scanners_that_open_and_post_every_link_change_nothing(client, sink):
    head = ines_letter()
    reader = a_reader(head, "known@a.example")
    ask(client, head, "new@a.example")
    ask(client, head, "known@a.example")
    send_all(head)
    found = [link for at in range(len(sink.mails)) for link in links(sink, at)]

    for link in [*found, leave_path(reader)]:
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
        client.post(link)
        client.post(link, {"url": link})

    assert dict(Subscriber.objects.values_list("address", "state")) == {
        "known@a.example": "reading",
        "new@a.example": "asked",
    }
    assert Suppressed.objects.count() == 0


def test_forged_tokens_of_every_kind_do_nothing(client, sink):
    head = ines_letter()
    reader = a_reader(head)
    good = leave_path(reader).rpartition("/")[2]
    forged = [
        *(good[:-1] + sign for sign in string.ascii_letters if sign != good[-1]),
        "A" + good[1:] if good[0] != "A" else "B" + good[1:],
        good[:20],
        good + "AAAA",
        token(head.owner, "preferences", reader.digest),
        token(head.owner, "confirm", reader.digest, at=int(time.time())),
        "x",
        "%00",
    ]

    for text in forged:
        client.post(f"/letters/leave/{text}", {"List-Unsubscribe": "One-Click"})

    assert Subscriber.objects.get().state == "reading"


def test_a_confirmation_cannot_be_replayed_after_leaving(client, sink):
    head = ines_letter()
    ask(client, head)
    send_all(head)
    (link,) = links(sink)
    client.post(link, {"yes": "yes"})
    client.post(leave_path(Subscriber.objects.get()), {"List-Unsubscribe": "One-Click"})

    again = client.post(link, {"yes": "yes"})

    assert "used already" in again.content.decode()
    assert Subscriber.objects.get().state == "left"
    assert Suppressed.objects.get().why == "left"


def test_a_confirmation_ends_after_a_week(client, sink):
    head = ines_letter()
    long_ago = timezone.now() - timedelta(days=7, seconds=2)
    consent.ask(head, "ada@a.example", now=long_ago)
    send_all(head)
    (link,) = links(sink)

    client.post(link, {"yes": "yes"})

    assert Subscriber.objects.get().state == "asked"


def test_whoever_left_may_come_back_by_asking_and_confirming(client, sink):
    head = ines_letter()
    reader = a_reader(head)
    client.post(leave_path(reader), {"leave": "yes"})

    ask(client, head)
    send_all(head)
    client.post(links(sink)[0], {"yes": "yes"})

    assert Subscriber.objects.get().state == "reading"
    assert not Suppressed.objects.exists()


def test_leaving_works_for_ever_also_for_somebody_the_book_has_forgotten(client, sink):
    reader = a_reader(ines_letter())
    path = leave_path(reader)
    reader.delete()

    answer = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Suppressed.objects.get().digest == reader.digest


def test_a_reader_sees_all_that_is_kept_and_has_it_erased(client, sink):
    head = ines_letter()
    reader = a_reader(head, name="Ada Byron")
    path = f"/letters/preferences/{token(head.owner, 'preferences', reader.digest)}"
    shown = client.get(path).content.decode()

    client.post(path, {"deed": "erase"})

    assert all(said in shown for said in ("ada@a.example", "Ada Byron", consent.consent_words(head)))
    assert (Subscriber.objects.count(), Consent.objects.count()) == (0, 0)
    assert "not on the list" in client.get(path).content.decode()


def test_a_readers_name_that_is_too_long_comes_back_whole(client):
    head = ines_letter()
    reader = a_reader(head, name="Ada Byron")
    path = f"/letters/preferences/{token(head.owner, 'preferences', reader.digest)}"

    answer = client.post(path, {"deed": "change", "name": "Ada " * 60})

    assert answer.status_code == 422
    assert "That is longer than the 200 letters that fit here." in answer.content.decode()
    assert f'value="{("Ada " * 60).strip()}"' in answer.content.decode()
    assert Subscriber.objects.get().name == "Ada Byron"


def test_one_owners_tokens_open_nothing_of_anothers(client, sink):
    from cast import an_owner

    reader = a_reader(ines_letter())

    client.post(
        f"/letters/leave/{token(an_owner('Jonas'), 'leave', reader.digest)}",
        {"List-Unsubscribe": "One-Click"},
    )

    assert Subscriber.objects.get().state == "reading"

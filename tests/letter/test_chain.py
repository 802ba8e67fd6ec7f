"""Letters through a real Postfix into a real Dovecot, read back."""

from __future__ import annotations

import subprocess
import time

import dkim
import pytest
from django.utils import timezone

from amity.letter import actions, returns
from amity.letter.doctor import _round_trip, fetch, public_key
from amity.letter.models import Subscriber
from amity.post.message import Sender
from amity.post.models import Delivery
from amity.post.relay import Server
from letter_cast import a_reader, ines_letter, send_all
from mailservers import a_chain, need_a_chain
from sink import parsed

pytestmark = [pytest.mark.django_db]


@pytest.fixture(scope="module")
def chain():
    """Start Postfix and Dovecot once."""
    need_a_chain()
    with a_chain() as chain:
        yield chain


@pytest.fixture
def public(chain, settings, tmp_path):
    """Point Amity at the chain, with a key; give the record that would be published."""
    path = tmp_path / "dkim.pem"
    subprocess.run(
        ["openssl", "genrsa", "-traditional", "-out", path, "2048"], check=True, capture_output=True
    )
    settings.AMITY_SMTP, settings.AMITY_FROM = chain.smtp, "Ines Lund <ines@letters.example>"
    settings.AMITY_DKIM, settings.AMITY_IMAP = f"amity:{path}", chain.imap("ines")
    settings.AMITY_URL, settings.AMITY_HOME = "https://ines.example", tmp_path
    return f"v=DKIM1; k=rsa; p={public_key(path.read_bytes())}".encode()


def waited_for(look, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    return look()


def test_a_letter_arrives_signed_with_both_parts_and_its_headers(chain, public, settings):
    head = ines_letter()
    a_reader(head, "ada@letters.example")
    actions.send(
        actions.draft(head.owner, "Grüße, zwei Wochen", "Hallo *Ada*, schön.\n\n.ein Punkt"),
        now=timezone.now(),
    )

    send_all(head)

    delivery = Delivery.objects.get()
    settings.AMITY_IMAP = chain.imap("ada")
    raw = waited_for(lambda: fetch(f"<{delivery.uid}.{delivery.mailing.uid}@letters.example>"))
    mail = parsed(raw)
    assert delivery.state == "sent"
    assert dkim.verify(raw, dnsfunc=lambda *_, **__: public)
    assert mail["Subject"] == "Grüße, zwei Wochen"
    assert mail["Return-Path"].startswith("<ines+b-")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_body(("plain",)).get_content().splitlines()[:5] == [
        "Grüße, zwei Wochen",
        "",
        "Hallo Ada, schön.",
        "",
        ".ein Punkt",
    ]
    assert "<em>Ada</em>" in mail.get_body(("html",)).get_content()


def test_a_true_bounce_comes_back_over_imap_and_ends_the_letter(chain, public):
    head = ines_letter()
    a_reader(head, "ghost@letters.example")
    actions.send(actions.draft(head.owner, "Two weeks", "Hello."), now=timezone.now())
    send_all(head)
    before = Delivery.objects.get().state

    heard = waited_for(lambda: returns.read_mailbox(head.owner, now=timezone.now())["failed"])
    again = returns.read_mailbox(head.owner, now=timezone.now())

    assert (before, heard, again) == ("sent", 1, {})
    assert Delivery.objects.get().state == "failed"
    assert Delivery.objects.get().reply.startswith("5.1.1")


def test_an_address_that_postfix_does_not_know_is_refused_at_once(chain, public):
    head = ines_letter()
    a_reader(head, "nobody@letters.example")
    actions.send(actions.draft(head.owner, "Two weeks", "Hello."), now=timezone.now())

    send_all(head)

    assert Delivery.objects.get().state == "failed"
    assert "5.1.1" in Delivery.objects.get().reply
    assert Subscriber.objects.count() == 1


def test_the_doctor_sends_a_letter_to_itself_and_reads_it_back(chain, public):
    sender, server = Sender.from_settings(ines_letter().owner), Server.from_settings()

    found = _round_trip(sender, server, timezone.now())

    assert (found.well, found.says) == (True, "A letter to yourself arrived, and its signature holds.")

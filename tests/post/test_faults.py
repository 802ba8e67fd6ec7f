"""What becomes of a letter when its sender is killed at random, the server dies, or the disk is full."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlcipher3
from django.db import OperationalError, connection
from django.utils import timezone

from amity.post import actions, ledger
from amity.post.actions import Content, Recipient
from amity.post.models import Delivery
from amity.post.sending import send_due
from cast import an_owner
from other_process import a_home_of_its_own
from sink import a_sink

pytestmark = pytest.mark.django_db(transaction=True)
CONNECTIONS = 4
SENDER = Path(__file__).with_name("a_sender.py")


def a_process(sink, home):
    environ = {
        **os.environ,
        **a_home_of_its_own(home),
        "AMITY_SMTP": f"{sink.url}?connections={CONNECTIONS}",
        "AMITY_FROM": "Ines Lund <ines@letters.example>",
    }
    return subprocess.Popen([sys.executable, str(SENDER)], env=environ, stderr=subprocess.PIPE)


def a_letter_to_many(count):
    owner = an_owner("Ines")
    actions.set_pace(owner, 0)
    readers = (Recipient(f"reader{n}@d{n % 23}.example", f"Reader {n}") for n in range(count))
    return actions.queue(owner, actions.LETTER, Content("Two weeks", "<p>Hello</p>", "Hello\n"), readers)


def kill_at_random(mailing, sink, home, *, kills, longest, seed):
    """Kill a sender after a while, again and again, then let one finish; give the kills that met one."""
    draw, met = random.Random(seed), 0
    for _ in range(kills):
        sender = a_process(sink, home)
        before = len(sink.mails)
        while len(sink.mails) == before and sender.poll() is None:
            time.sleep(0.005)
        time.sleep(draw.uniform(0, longest))
        if sender.poll() is None:
            sender.send_signal(signal.SIGKILL)
            met += 1
        sender.communicate()
    last = a_process(sink, home)
    _, said = last.communicate(timeout=300)
    assert last.returncode == 0, said.decode()
    return met


def the_promise_is_kept(mailing, sink, *, met):
    """Nothing twice or lost, one unknown at most a kill and connection; give the states, and what arrived."""
    states = Counter(Delivery.objects.filter(mailing=mailing).values_list("state", flat=True))
    arrived = Counter(sink.to())
    twice = [address for address, times in arrived.items() if times > 1]
    rows = dict(Delivery.objects.filter(mailing=mailing).values_list("address", "state"))
    lost = [address for address, state in rows.items() if state == "sent" and address not in arrived]
    strays = [address for address in arrived if rows[address] not in {"sent", "unknown"}]
    assert (twice, lost, strays) == ([], [], [])
    assert set(states) <= {"sent", "unknown"}
    assert states["unknown"] <= met * CONNECTIONS
    return states, sum(arrived[address] for address, state in rows.items() if state == "unknown")


def test_a_sender_killed_a_few_times_sends_nothing_twice_and_loses_nothing(home):
    with a_sink() as sink:
        mailing, sink.seconds_a_mail = a_letter_to_many(150), 0.01

        met = kill_at_random(mailing, sink, home, kills=4, longest=0.08, seed=3)

        the_promise_is_kept(mailing, sink, met=met)
    assert met == 4


@pytest.mark.faults
def test_fifty_kills_over_two_thousand_letters(home, record_property):
    with a_sink() as sink:
        mailing, sink.seconds_a_mail = a_letter_to_many(2000), 0.01

        met = kill_at_random(mailing, sink, home, kills=50, longest=0.12, seed=7)

        states, arrived = the_promise_is_kept(mailing, sink, met=met)
    said = f"{met} kills: {states['sent']} sent, {states['unknown']} unknown, of which {arrived} had arrived"
    record_property("measured", said)
    sys.stdout.write(f"\n{said}\n")
    assert met == 50


def test_a_server_that_dies_in_the_middle_loses_nothing(settings, tmp_path):
    settings.AMITY_HOME, settings.AMITY_FROM = tmp_path, "ines@letters.example"
    mailing = a_letter_to_many(60)
    with a_sink() as sink:
        settings.AMITY_SMTP = sink.url
        send_due(mailing.owner, seconds=0.15)
        before = list(sink.to())
    send_due(mailing.owner)
    from amity.post.models import Outbox

    Outbox.objects.update(rests_until=None)
    with a_sink() as again:
        settings.AMITY_SMTP = again.url
        send_due(mailing.owner)

    assert sorted(before + again.to()) == sorted(f"reader{n}@d{n % 23}.example" for n in range(60))


def test_a_clock_that_jumps_back_or_ahead_sends_nothing_twice(settings, tmp_path):
    from datetime import timedelta

    settings.AMITY_HOME, settings.AMITY_FROM = tmp_path, "ines@letters.example"
    mailing = a_letter_to_many(12)
    with a_sink() as sink:
        settings.AMITY_SMTP = sink.url
        for jump in (timedelta(days=-400), timedelta(0), timedelta(days=400), timedelta(days=-1)):
            send_due(mailing.owner, now=lambda jump=jump: timezone.now() + jump)

        assert sorted(sink.to()) == sorted(set(sink.to()))
        assert len(sink.to()) == 12


@pytest.mark.sqlite
def test_a_database_locked_by_another_for_a_while_costs_nothing_and_for_long_an_unknown(
    settings, tmp_path, monkeypatch
):
    settings.AMITY_HOME, settings.AMITY_FROM = tmp_path, "ines@letters.example"
    mailing = a_letter_to_many(40)
    other = sqlcipher3.connect(
        connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False
    )
    with a_sink() as sink:
        settings.AMITY_SMTP, sink.seconds_a_mail = f"{sink.url}?connections=4", 0.05
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, other.rollback).start()
        send_due(mailing.owner, seconds=0.5)
        short = set(Delivery.objects.exclude(state="pending").values_list("state", flat=True))
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        threading.Timer(0.12, other.execute, ["BEGIN IMMEDIATE"]).start()
        with pytest.raises(OperationalError, match="locked"):
            send_due(mailing.owner)
        other.rollback()
        send_due(mailing.owner)

    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert short == {"sent"}
    assert sorted(set(sink.to())) == sorted(sink.to())
    assert states["unknown"] <= 4
    assert states["sent"] + states["unknown"] == 40


def test_a_disk_that_is_full_after_the_250_leaves_an_unknown_and_no_double(settings, tmp_path, monkeypatch):
    settings.AMITY_HOME, settings.AMITY_FROM = tmp_path, "ines@letters.example"
    mailing, whole = a_letter_to_many(5), ledger.settle

    def full(*_args):
        raise OperationalError("database or disk is full")

    with a_sink() as sink:
        settings.AMITY_SMTP = sink.url
        monkeypatch.setattr(ledger, "settle", full)
        with pytest.raises(OperationalError, match="full"):
            send_due(mailing.owner)
        monkeypatch.setattr(ledger, "settle", whole)
        send_due(mailing.owner)

        states = Counter(Delivery.objects.values_list("state", flat=True))
        assert (len(sink.to()), len(set(sink.to()))) == (5, 5)
        assert states == {"sent": 4, "unknown": 1}

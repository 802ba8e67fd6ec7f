"""Amity is told to end while letters leave: as systemd, Docker and a terminal do it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
from django.db import connection

from amity.post import actions
from amity.post.actions import Content, Recipient
from amity.post.models import Delivery
from cast import an_owner
from other_process import a_home_of_its_own
from sink import a_sink

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20


def a_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def a_house(home, sink):
    theirs = {**os.environ, **a_home_of_its_own(home), "AMITY_SMTP": sink.url}
    theirs["AMITY_FROM"] = "Ines Lund <ines@letters.example>"
    command = [sys.executable, "-m", "amity", "run", "--no-browser", "--port", a_free_port()]
    return subprocess.Popen(command, env=theirs, stdout=subprocess.DEVNULL)


def alone(home):
    """The states that the book's file holds without the log beside it; None on PostgreSQL, which has none."""
    if connection.vendor != "sqlite":
        return None
    copied = shutil.copy(connection.settings_dict["NAME"], home / "alone.sqlite3")
    with closing(sqlite3.connect(copied)) as book:
        return {state for (state,) in book.execute("SELECT state FROM amity_delivery")}


def test_told_to_end_it_finishes_the_mails_in_hand_writes_them_down_and_begins_no_other(home):
    readers = [Recipient(f"reader{n}@d{n}.example") for n in range(200)]
    actions.queue(an_owner("Ines"), actions.LETTER, Content("Two weeks", "<p>Hello</p>", "Hello"), readers)
    with a_sink() as sink:
        sink.seconds_a_mail = 0.3
        house = a_house(home, sink)
        until = time.monotonic() + 60
        while len(sink.mails) < 3 and time.monotonic() < until:
            time.sleep(0.02)

        house.send_signal(signal.SIGTERM)
        code = house.wait(timeout=SECONDS)

    states = Counter(Delivery.objects.values_list("state", flat=True))
    sent = list(Delivery.objects.filter(state="sent").values_list("address", flat=True))
    assert code == 0
    assert alone(home) in ({"sent", "pending"}, None)
    assert set(states) == {"sent", "pending"}
    assert sorted(sink.to()) == sorted(sent)

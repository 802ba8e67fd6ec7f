"""A real Postfix that is killed at its work, and one whose disk is full."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import connection

from amity.post import actions
from amity.post.actions import Content, Recipient
from amity.post.models import Delivery, Outbox
from amity.post.sending import send_due
from cast import an_owner
from mailservers import a_chain, need_a_chain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.once]
LETTERS = 300
TAKEN_AS = re.compile(r"with E?SMTP id (\w+)")


@pytest.fixture
def chain(settings, tmp_path):
    """A Postfix and a Dovecot of this test's own, for it kills them."""
    need_a_chain()
    with a_chain() as chain:
        settings.AMITY_SMTP = f"{chain.smtp}?connections=4"
        settings.AMITY_HOME, settings.AMITY_FROM = tmp_path, "ines@letters.example"
        set_up(chain, "virtual_alias_domains=", "virtual_alias_maps=static:ada@letters.example")
        yield chain


def a_letter_to_many(count):
    owner = an_owner("Ines")
    actions.set_pace(owner, 0)
    readers = (Recipient(f"reader{n}@letters.example", f"Reader {n}") for n in range(count))
    return actions.queue(owner, actions.LETTER, Content("Two weeks", "<p>Hello</p>", "Hello\n"), readers)


def postfix(chain, *words):
    program = ["/usr/sbin/post" + words[0], "-c", str(chain.folder / "postfix"), *words[1:]]
    subprocess.run(program, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def set_up(chain, *lines):
    postfix(chain, "conf", "-e", *lines)
    postfix(chain, "fix", "reload")
    time.sleep(1)


def kill(chain):
    """Kill Postfix with all its children, as a power cut would."""
    master = int((chain.folder / "queue" / "pid" / "master.pid").read_text())
    os.killpg(os.getpgid(master), signal.SIGKILL)
    while Path(f"/proc/{master}").exists() and "Z" not in Path(f"/proc/{master}/stat").read_text():
        time.sleep(0.01)


def taken(chain):
    """Give each letter that lies in Dovecot's Maildir as its reader and the id Postfix took it under.

    A Postfix killed between Dovecot's yes and its own note delivers that one again, under the same id.
    """
    folder = chain.folder / "mail" / "ada" / "Maildir" / "new"
    mails = [message_from_bytes(path.read_bytes()) for path in folder.glob("*")]
    found = [(str(mail["To"]), TAKEN_AS.search(str(mail.get_all("Received")))) for mail in mails]
    return {(reader, id_[1]) for reader, id_ in found if id_ and reader.startswith("Reader")}


def arrived(chain, wanted, seconds=60):
    """Give how often Postfix took each reader's letter, once so many have arrived."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and len(taken(chain)) < wanted:
        time.sleep(0.5)
    return Counter(reader for reader, _ in taken(chain))


def states():
    return Counter(Delivery.objects.values_list("state", flat=True))


def test_a_postfix_killed_in_the_middle_gets_every_letter_once_when_it_is_back(chain, record_property):
    mailing = a_letter_to_many(LETTERS)

    def cut():
        until = time.monotonic() + 30
        while time.monotonic() < until and states()["sent"] < LETTERS // 3:
            time.sleep(0.01)
        kill(chain)
        connection.close()

    killer = threading.Thread(target=cut)
    killer.start()
    send_due(mailing.owner)
    killer.join()
    between = states()
    postfix(chain, "fix", "start")
    Outbox.objects.update(rests_until=None)
    send_due(mailing.owner)

    found, after = arrived(chain, states()["sent"]), states()
    record_property("measured", f"{dict(between)} when killed, {dict(after)} after")
    assert between["pending"] > 0
    assert set(after) <= {"sent", "unknown"}
    assert after["unknown"] <= 4
    assert max(found.values()) == 1
    assert sum(found.values()) >= after["sent"]


def test_a_postfix_without_room_in_its_queue_leaves_every_letter_waiting(chain):
    mailing = a_letter_to_many(20)
    set_up(chain, f"queue_minfree={2**50}")

    send_due(mailing.owner)
    full = Counter(Delivery.objects.values_list("state", "attempt"))
    set_up(chain, "queue_minfree=0")
    Outbox.objects.update(rests_until=None)
    send_due(mailing.owner)

    assert full == {("pending", 0): 20}
    assert states() == {"sent": 20}
    assert set(arrived(chain, 20).values()) == {1}

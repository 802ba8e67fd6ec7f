"""Claim: 10,000 letters leave at a quarter of the rate of Postfix's own generator, and 30 a second with DKIM.

Peer: ``smtp-source`` of Postfix, which sends the same bytes again and again and keeps no record; as many
sessions as we have connections. Ours are written for each reader and kept in the ledger, each committed to
the disk before it leaves, in less than 150 MB. Both speak to ``smtp-sink``, and then, as root, to a real
Postfix. Then two processes share one letter, and with 50,000 readers the desk opens within 200 ms and the
next batch is claimed within 20 ms (``python tests/servers.py python benchmarks/letters.py`` does it on
PostgreSQL). Needs Debian's ``postfix`` and ``dovecot``.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

LETTERS, SIGNED, TO_POSTFIX = int(os.environ.get("LETTERS", "10000")), 300, 1000
READERS = int(os.environ.get("READERS", "50000"))
TESTS = Path(__file__).parent.parent / "tests"
WORDS = (
    "# Six chairs\n\n"
    + "Six is the number at which *one* conversation still holds. " * 20
    + "\n\n- one\n- two\n"
)


@contextmanager
def _sink() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    user = ["-u", "postfix"] if os.geteuid() == 0 else []
    sink = subprocess.Popen(
        ["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{port}", "1000"], stdin=subprocess.DEVNULL
    )
    time.sleep(0.5)
    try:
        yield port
    finally:
        sink.terminate()
        sink.wait()


def _peer(port: int, message: Path, *, count: int, sessions: int, to: str = "ada@a.example") -> float:
    words = ["/usr/sbin/smtp-source", "-d", "-s", str(sessions), "-m", str(count)]
    envelope = ["-f", "ines@letters.example", "-t", to, "-F", str(message)]
    began = time.perf_counter()
    subprocess.run([*words, *envelope, f"127.0.0.1:{port}"], check=True)
    return count / (time.perf_counter() - began)


def _book(home: Path, port: int) -> Any:
    os.environ.update(AMITY_HOME=str(home), AMITY_FROM="Ines <ines@letters.example>")
    os.environ.update(AMITY_SMTP=f"smtp://127.0.0.1:{port}", DJANGO_SETTINGS_MODULE="amity.settings")
    import django

    django.setup()
    from amity.owner.actions import local_owner
    from amity.post.actions import set_pace
    from amity.storage.assets import gather
    from amity.storage.schema import bring_up_to_date

    bring_up_to_date()
    gather()
    owner = local_owner()
    set_pace(owner, 0)
    return owner


def _queue(owner: Any, count: int, address: str = "reader{n}@d{d}.example") -> Any:
    from amity.letter.actions import draft
    from amity.letter.dress import edition
    from amity.letter.setting_up import head_of
    from amity.post.actions import LETTER, Recipient, queue

    content = edition(head_of(owner), draft(owner, "Two weeks", WORDS))
    readers = (Recipient(address.format(n=n, d=n % 50), f"Reader {n}") for n in range(count))
    return queue(owner, LETTER, content, readers)


def _ours(owner: Any, count: int) -> float:
    from amity.post.sending import send_due

    began, sent = time.perf_counter(), 0
    while tally := send_due(owner, seconds=600):
        sent += tally["sent"]
    assert sent == count, sent
    return count / (time.perf_counter() - began)


def _signed(owner: Any, home: Path) -> float:
    from django.conf import settings

    words = ["openssl", "genrsa", "-traditional", "-out", str(home / "key"), "2048"]
    subprocess.run(words, check=True, capture_output=True)
    settings.AMITY_DKIM = f"amity:{home / 'key'}"
    _queue(owner, SIGNED)
    rate = _ours(owner, SIGNED)
    settings.AMITY_DKIM = ""
    return rate


def _two_processes(owner: Any, count: int) -> tuple[float, int]:
    """Let two processes send one letter; give the rate and how many were sent more or less than once."""
    from amity.post.models import Delivery

    mailing = _queue(owner, count)
    began = time.perf_counter()
    both = [subprocess.Popen([sys.executable, TESTS / "post" / "a_sender.py"]) for _ in range(2)]
    for one in both:
        assert one.wait() == 0
    rate = count / (time.perf_counter() - began)
    return rate, count - Delivery.objects.filter(mailing=mailing, state="sent", attempt=1).count()


def _real(owner: Any, message: Path) -> str:
    """Send to a Postfix that keeps a queue on the disk, beside the same by its own generator."""
    sys.path.insert(0, str(TESTS))
    from django.conf import settings

    from mailservers import a_chain, lacking

    if lacking():
        return f"not measured, missing here: {lacking()}"
    with a_chain() as chain:
        settings.AMITY_SMTP = chain.smtp
        _take_all(chain.folder / "postfix")
        port = int(chain.smtp.rpartition(":")[2])
        peer = _peer(port, message, count=TO_POSTFIX, sessions=32, to="ada@letters.example")
        _queue(owner, TO_POSTFIX, "reader{n}@letters.example")
        ours = _ours(owner, TO_POSTFIX)
    return f"{ours:.0f} a second, smtp-source {peer:.0f}: {ours / peer:.2f} of it"


def _take_all(config: Path) -> None:
    """Let Postfix take every reader, keep the mail in its queue on the disk, and throw it away from there."""
    kept = ["virtual_mailbox_maps=static:x", "virtual_transport=discard:"]
    subprocess.run(["/usr/sbin/postconf", "-c", config, "-e", *kept], check=True)
    subprocess.run(["/usr/sbin/postfix", "-c", config, "reload"], check=True, capture_output=True)
    time.sleep(1)


def _timed(work: Callable[[], object]) -> float:
    took = []
    for _ in range(7):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took) * 1000


def _many_readers(owner: Any) -> tuple[float, float, float]:
    """Give the milliseconds of the desk, of the list of readers, and of claiming the next batch."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from amity.letter.models import Subscriber
    from amity.post import ledger
    from amity.post.address import digest_of

    addresses = (f"reader{n}@d{n % 50}.example" for n in range(READERS))
    Subscriber.objects.bulk_create(
        (
            Subscriber(owner=owner, address=one, digest=digest_of(owner, one), state="reading")
            for one in addresses
        ),
        batch_size=2000,
    )
    _queue(owner, READERS)
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(owner)

    def claimed() -> None:
        with transaction.atomic():
            now = timezone.now()
            batch = ledger.next_ones(owner, now, [], [])[:32]
            assert len(ledger.claim(batch, "here:nobody", now)) == len(batch)

    pages = [_timed(lambda at=at: client.get(at)) for at in ("/letter/desk", "/letter/readers")]
    return pages[0], pages[1], _timed(claimed)


def main() -> None:
    """Print the rates beside the peer's, ours with DKIM, two processes, 50,000 readers, and the memory."""
    with tempfile.TemporaryDirectory(prefix="amity-letters-") as name, _sink() as port:
        home = Path(name)
        owner = _book(home, port)
        from django.db import connection
        from django.utils import timezone

        from amity.post.message import Sender, compose
        from amity.post.models import Delivery
        from amity.post.relay import Server

        _queue(owner, LETTERS)
        first = Delivery.objects.select_related("mailing", "owner").first()
        assert first is not None
        sample = home / "message"
        raw = compose(Sender.from_settings(owner), first, timezone.now())
        sample.write_bytes(raw.replace(b"\r\n", b"\n"))
        lines = Server.from_settings().connections
        one, many = (_peer(port, sample, count=LETTERS, sessions=n) for n in (1, lines))
        ours, signed = _ours(owner, LETTERS), _signed(owner, home)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        shared, wrong = _two_processes(owner, LETTERS // 5)
        desk, readers, claim = _many_readers(owner)
        Delivery.objects.all().delete()
        real = _real(owner, sample)
    print(f"{LETTERS:,} letters of {len(raw):,} bytes to smtp-sink, {connection.vendor}, one worker")
    print(f"  smtp-source, 1 session (no record)    {one:8.0f} a second")
    print(f"  smtp-source, {lines} sessions (no record)  {many:8.0f} a second")
    print(f"  Amity (ledger, each its own)          {ours:8.0f} a second, {ours / many:.2f} of it")
    print(f"                                                 {ours / one:.2f} of one session's")
    print(f"  Amity with DKIM, 2048 bits            {signed:8.0f} a second ({SIGNED} letters)")
    print(f"  peak memory                           {memory:8d} MB")
    print(f"  two processes, started anew           {shared:8.0f} a second, {wrong} not exactly once")
    print(f"  to a real Postfix                     {real}")
    print(
        f"{READERS:,} readers: desk {desk:.0f} ms, readers {readers:.0f} ms, batch claimed in {claim:.1f} ms"
    )


if __name__ == "__main__":
    main()

"""Claim: 10,000 letters leave at a quarter of the rate of Postfix's own generator, and 30 a second with DKIM.

Peer: ``smtp-source`` of Postfix, which sends the same bytes again and again and keeps no record. Ours are
written for each reader and kept in the ledger, one durable commit each, in less than 150 MB. Both speak to
``smtp-sink`` over one connection. Needs Debian's ``postfix``.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LETTERS, SIGNED = int(os.environ.get("LETTERS", "10000")), 300
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


def _peer(port: int, message: Path) -> float:
    words = [
        "/usr/sbin/smtp-source",
        "-d",
        "-m",
        str(LETTERS),
        "-f",
        "ines@letters.example",
        "-t",
        "ada@a.example",
    ]
    began = time.perf_counter()
    subprocess.run([*words, "-F", str(message), f"127.0.0.1:{port}"], check=True)
    return LETTERS / (time.perf_counter() - began)


def _book(home: Path, port: int) -> Any:
    os.environ.update(AMITY_HOME=str(home), AMITY_FROM="Ines <ines@letters.example>")
    os.environ.update(AMITY_SMTP=f"smtp://127.0.0.1:{port}", DJANGO_SETTINGS_MODULE="amity.settings")
    import django

    django.setup()
    from amity.owner.actions import local_owner
    from amity.post.actions import set_pace
    from amity.storage.schema import bring_up_to_date

    bring_up_to_date()
    owner = local_owner()
    set_pace(owner, 0)
    return owner


def _queue(owner: Any, count: int) -> Any:
    from amity.letter.actions import draft
    from amity.letter.dress import edition
    from amity.letter.setting_up import head_of
    from amity.post.actions import LETTER, Recipient, queue

    content = edition(head_of(owner), draft(owner, "Two weeks", WORDS))
    readers = (Recipient(f"reader{n}@d{n % 50}.example", f"Reader {n}") for n in range(count))
    return queue(owner, LETTER, content, readers)


def _ours(owner: Any, count: int) -> float:
    from amity.post.sending import send_due

    began, sent = time.perf_counter(), 0
    while tally := send_due(owner, seconds=600):
        sent += tally["sent"]
    assert sent == count, sent
    return count / (time.perf_counter() - began)


def main() -> None:
    """Print both rates, ours with DKIM, and the memory."""
    with tempfile.TemporaryDirectory(prefix="amity-letters-") as name, _sink() as port:
        home = Path(name)
        owner = _book(home, port)
        from django.conf import settings
        from django.utils import timezone

        from amity.post.message import Sender, compose
        from amity.post.models import Delivery

        _queue(owner, LETTERS)
        first = Delivery.objects.select_related("mailing", "owner").first()
        assert first is not None
        sample = home / "message"
        sample.write_bytes(
            compose(Sender.from_settings(owner), first, timezone.now()).replace(b"\r\n", b"\n")
        )
        peer, ours = _peer(port, sample), _ours(owner, LETTERS)
        subprocess.run(
            ["openssl", "genrsa", "-traditional", "-out", home / "key", "2048"],
            check=True,
            capture_output=True,
        )
        settings.AMITY_DKIM = f"amity:{home / 'key'}"
        _queue(owner, SIGNED)
        signed = _ours(owner, SIGNED)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{LETTERS:,} letters, one connection to smtp-sink")
    print(f"  smtp-source (no record)     {peer:8.0f} a second")
    print(f"  Amity (ledger, each its own) {ours:7.0f} a second, {ours / peer:.2f} of it")
    print(f"  Amity with DKIM, 2048 bits  {signed:8.0f} a second ({SIGNED} letters)")
    print(f"  peak memory                 {memory:8d} MB")


if __name__ == "__main__":
    main()

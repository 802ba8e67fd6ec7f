"""A mail server that keeps what it is given and answers by recipient.

``gone@`` is refused with 550, ``full@`` with 552, ``later@`` put off with 451, ``grey@`` greylisted
once, ``cut@`` cut off after DATA; everybody else is taken. A mail counts as taken before
the 250 leaves, as RFC 5321 has it.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

REFUSED = {
    "gone": "550 5.1.1 No such user here",
    "full": "552 5.2.2 Mailbox full",
    "later": "451 4.7.1 Not now",
}


@dataclass
class Sink:
    """What arrived: (recipient, sender, bytes), in order."""

    port: int = 0
    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    answer_to_mail: str = ""
    seconds_a_mail: float = 0.0
    most_at_once: int = 1000
    greeted: list[object] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        return [parsed(raw)["Message-ID"] for _, _, raw in self.mails]

    def to(self) -> list[str]:
        return [recipient for recipient, _, _ in self.mails]

    async def handle_EHLO(self, server, session, _envelope, hostname, responses):  # noqa: N802
        self.greeted = [one for one in self.greeted if not one.is_closing()] + [server.transport]
        if len(self.greeted) > self.most_at_once:
            return ["421 4.7.0 Too many connections"]
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.answer_to_mail:
            return self.answer_to_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        name = address.partition("@")[0]
        refused = REFUSED.get(name.partition("+")[0])
        if name.startswith("grey") and address not in self.seen:
            self.seen.add(address)
            refused = "450 4.2.0 Greylisted, see you in five minutes"
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server: SMTP, _session, envelope):  # noqa: N802
        await asyncio.sleep(self.seconds_a_mail)
        with self.lock:
            self.mails += [(to, envelope.mail_from, envelope.content) for to in envelope.rcpt_tos]
        if envelope.rcpt_tos[0].startswith("cut"):
            server.transport.abort()
        return "250 Taken"


def parsed(raw: bytes) -> EmailMessage:
    """Read a mail that arrived."""
    return message_from_bytes(raw, policy=policy.default)


@contextlib.contextmanager
def a_sink() -> Iterator[Sink]:
    """Listen on a free port until the block ends."""
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()

"""The conversation with the mail server, step by step, so that it is known what an interruption means.

Before the server has said 354 to DATA nothing can have been delivered. After that, until its last word,
nobody knows: RFC 5321 section 6.1 lets a server take the mail although its 250 was lost.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from django.conf import settings

from amity.owner.actions import NotPossible

TIMEOUT = 60.0
AGREED, GO_AHEAD, SERVICE_ENDS = 250, 354, 421
TRIES_LATER, REFUSES = 4, 5
# RFC 3463: the mailbox or its domain is not there. Full mailboxes and rules against a mail are not its death.
_DEAD = re.compile(r"\b5\.(1\.[0-36]|1\.10|2\.1)\b")
_DEAD_CODES = {550, 551, 553}


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: host, port, how it is guarded, and who we are there."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""

    @classmethod
    def from_settings(cls) -> Server:
        """Read ``AMITY_SMTP``.

        Raises:
            NotPossible: when it is missing, or is no smtp:// or smtps:// address.
        """
        parts = urlsplit(settings.AMITY_SMTP)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise NotPossible(
                "No mail server is set. Set AMITY_SMTP, such as smtp://user:password@mail.example.org:587, "
                "and AMITY_FROM, the address your letters come from."
            )
        tls = parts.scheme == "smtps"
        port = parts.port or (465 if tls else 587 if parts.username else 25)
        return cls(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


@dataclass(frozen=True)
class Outcome:
    """What became of one mail: sent, later (4xx), refused (5xx), unknown, or unsent (our way out is closed).

    `dead` says that the mailbox is not there; `closed` that the server wants nothing of us at all.
    """

    kind: str
    reply: str = ""
    dead: bool = False
    closed: bool = False


class Conversation:
    """One connection to the server, opened at the first mail and again when it was cut."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if self._smtp is not None and kind is None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
        self._smtp = None

    def deliver(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Hand one message over; never raises for what the server or the network does."""
        try:
            smtp = self._connected()
            refused = _envelope(smtp, sender, recipient)
            if refused is None:
                code, said = smtp.docmd("DATA")
                refused = None if code == GO_AHEAD else _judged(code, said, at_recipient=False)
        except (smtplib.SMTPException, OSError) as trouble:
            self._smtp = None
            return _unsent(trouble)
        if refused is not None:
            self._after(refused, smtp)
            return refused
        return self._content(smtp, message)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = connect(self._server)
        return self._smtp

    def _content(self, smtp: smtplib.SMTP, message: bytes) -> Outcome:
        """Send what follows DATA. From here on, an interruption means that nobody knows."""
        try:
            smtp.send(_stuffed(message))
            code, said = smtp.getreply()
        except (smtplib.SMTPException, OSError) as trouble:
            self._smtp = None
            return Outcome(
                "unknown", f"The connection broke off before the server's last word: {trouble}"[:500]
            )
        outcome = (
            Outcome("sent", _words(code, said)) if code == AGREED else _judged(code, said, at_recipient=True)
        )
        self._after(outcome, smtp)
        return outcome

    def _after(self, outcome: Outcome, smtp: smtplib.SMTP) -> None:
        """Leave the connection ready for the next mail, or close it when the server ends its service."""
        if outcome.kind == "sent":
            return
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._smtp = None


def connect(server: Server) -> smtplib.SMTP:
    """Open a connection, guarded where the server can; a password never travels in the clear."""
    context = ssl.create_default_context()
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    smtp.ehlo()
    if not server.tls and smtp.has_extn("starttls") and not _is_here(server.host):
        smtp.starttls(context=context)
        smtp.ehlo()
    if server.user:
        _refuse_in_the_clear(server, smtp)
        smtp.login(server.user, server.password)
    return smtp


def _refuse_in_the_clear(server: Server, smtp: smtplib.SMTP) -> None:
    if not (_is_here(server.host) or isinstance(smtp.sock, ssl.SSLSocket)):
        raise smtplib.SMTPNotSupportedError("The server offers no TLS, so the password is not sent.")


def _is_here(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}


def _envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> Outcome | None:
    """Name sender and recipient; give what the server has against them."""
    code, said = smtp.mail(sender)
    if code != AGREED:
        closed = code // 100 == REFUSES
        return Outcome("unsent", _words(code, said), closed=closed)
    code, said = smtp.rcpt(recipient)
    return None if code // 100 == 2 else _judged(code, said, at_recipient=True)  # noqa: PLR2004  (2yz: yes)


def _judged(code: int, said: bytes, *, at_recipient: bool) -> Outcome:
    words = _words(code, said)
    if code == SERVICE_ENDS or code < 0:
        return Outcome("unsent", words)
    if code // 100 == TRIES_LATER:
        return Outcome("later", words)
    enhanced = re.search(r"\b5\.\d+\.\d+\b", words)
    dead = bool(_DEAD.search(words)) if enhanced else at_recipient and code in _DEAD_CODES
    return Outcome("refused", words, dead=dead)


def _unsent(trouble: Exception) -> Outcome:
    closed = isinstance(trouble, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError)
    return Outcome("unsent", f"{trouble}"[:500], closed=closed)


def _words(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}".replace("\n", " ")[:500]


def _stuffed(message: bytes) -> bytes:
    """Double the dots that begin a line and end with the lone one (RFC 5321 section 4.5.2)."""
    body = re.sub(rb"(?m)^\.", b"..", message)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"

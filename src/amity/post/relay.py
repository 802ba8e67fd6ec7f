"""The conversation with the mail server, step by step, so that it is known what an interruption means.

Before the server has said 354 to DATA nothing can have been delivered. After that, until its last word,
nobody knows: RFC 5321 section 6.1 lets a server take the mail although its 250 was lost.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from amity.owner.actions import NotPossible

TIMEOUT = 60.0
# Each open connection may leave one unknown in a crash. Mail providers like few; one's own server takes more.
CONNECTIONS, CONNECTIONS_HERE, MOST_CONNECTIONS = 4, 32, 50
AGREED, GO_AHEAD, SERVICE_ENDS = 250, 354, 421
TRIES_LATER, REFUSES = 4, 5
# RFC 3463: the mailbox or its domain is not there. Full mailboxes and rules against a mail are not its death.
_DEAD = re.compile(r"\b5\.(1\.[0-36]|1\.10|2\.1)\b")
# RFC 3463: 4.3.x is the server's own trouble, such as a full disk or queue, and says nothing of a reader.
_ITS_OWN = re.compile(r"^4\d\d 4\.3\.")
# RFC 6647: "not yet, for you and this reader". Who comes back is let in; the domain's others need not wait.
_GREY = re.compile(r"gr[ea]y.?list", re.IGNORECASE)
_DEAD_CODES = {550, 551, 553}


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: host, port, how it is guarded, and who we are there."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""
    connections: int = 1
    per_minute: int = 0

    @classmethod
    def from_settings(cls) -> Server:
        """Read ``AMITY_SMTP``, with how many connections and mails a minute the server likes.

        Raises:
            NotPossible: when it is missing, or is no smtp:// or smtps:// address.
        """
        parts = urlsplit(settings.AMITY_SMTP)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise NotPossible(
                _(
                    "No mail server is set. Set AMITY_SMTP, such as "
                    "smtp://user:password@mail.example.org:587, and AMITY_FROM, the address your letters "
                    "come from."
                )
            )
        tls = parts.scheme == "smtps"
        port = parts.port or (465 if tls else 587 if parts.username else 25)
        usual = CONNECTIONS_HERE if is_here(parts.hostname) else CONNECTIONS
        return cls(
            parts.hostname,
            port,
            tls,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            connections=max(1, min(_number(parts.query, "connections", usual), MOST_CONNECTIONS)),
            per_minute=_number(parts.query, "per_minute", 0),
        )


def _number(query: str, name: str, otherwise: int) -> int:
    said = parse_qs(query).get(name, [""])[0]
    if said and not said.isdecimal():
        raise NotPossible(
            _("In AMITY_SMTP, %(name)s is a whole number, such as %(name)s=4.") % {"name": name}
        )
    return int(said or otherwise)


@dataclass(frozen=True)
class Outcome:
    """What became of one mail: sent, later (4xx), refused (5xx), unknown, or unsent (our way out is closed).

    *grey* is later for this reader alone; `dead` says that the mailbox is not there; `closed` that the server
    wants nothing of us at all.
    """

    kind: str
    reply: str = ""
    dead: bool = False
    closed: bool = False


class Conversation:
    """One connection to the server, opened at the first mail and again when it was cut.

    A mail goes over in four steps, so that several connections can be at it at once: ``begin`` names it,
    ``agreed`` hears whether it is wanted, ``hand_over`` sends it, ``last_word`` hears what became of it.
    None of them raises for what the server or the network does.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._trouble: Outcome | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self.close(politely=kind is None)

    def close(self, *, politely: bool) -> None:
        """End the connection, with a word of good-bye or without."""
        if self._smtp is not None and politely:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def deliver(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Hand one message over, all four steps."""
        self.begin(sender, recipient)
        refused = self.agreed()
        if refused is not None:
            return refused
        self.hand_over(message)
        return self.last_word()

    def begin(self, sender: str, recipient: str) -> None:
        """Name sender and recipient and ask to go ahead; all at once where the server lets us (RFC 2920)."""
        self._trouble = None
        self._asked = [
            _("MAIL FROM:<%(sender)s>") % {"sender": sender},
            f"RCPT TO:<{recipient}>",
            "DATA",
        ]
        try:
            if self._smtp is None:
                self._smtp = connect(self._server)
            self._at_once = self._smtp.has_extn("pipelining")
            if self._at_once:
                self._smtp.send("".join(f"{line}\r\n" for line in self._asked))
        except (smtplib.SMTPException, OSError) as trouble:
            self._lost(_unsent(trouble))

    def agreed(self) -> Outcome | None:
        """Hear the answers: None when the message may follow, else what the server has against it."""
        smtp = self._smtp
        if self._trouble is not None or smtp is None:
            return self._trouble
        try:
            answers = _answers(smtp, self._asked, at_once=self._at_once)
            refused = _refusal(answers)
            if refused is not None:
                _end_early(smtp, answers)
        except (smtplib.SMTPException, OSError) as trouble:
            return self._lost(_unsent(trouble))
        return refused

    def hand_over(self, message: bytes) -> None:
        """Send what follows DATA. From here on, an interruption means that nobody knows."""
        try:
            self._open.send(_stuffed(message))
        except (smtplib.SMTPException, OSError) as trouble:
            self._lost(_unknown(trouble))

    def last_word(self) -> Outcome:
        """Hear what became of what was handed over."""
        if self._trouble is not None:
            return self._trouble
        try:
            code, said = self._open.getreply()
        except (smtplib.SMTPException, OSError) as trouble:
            return self._lost(_unknown(trouble))
        return (
            Outcome("sent", _words(code, said)) if code == AGREED else _judged(code, said, at_recipient=True)
        )

    @property
    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected(_("The connection is gone."))
        return self._smtp

    def _lost(self, trouble: Outcome) -> Outcome:
        """Remember what a cut connection means for the mail at hand; the next one opens another."""
        self.close(politely=False)
        self._trouble = trouble
        return trouble


def _answers(smtp: smtplib.SMTP, asked: list[str], *, at_once: bool) -> list[tuple[int, bytes]]:
    """Hear an answer to each command; one by one, the first that is refused is the last that is sent."""
    answers: list[tuple[int, bytes]] = []
    for command in asked:
        if not at_once:
            if answers and answers[-1][0] // 100 != 2:  # noqa: PLR2004  (2yz: yes)
                break
            smtp.putcmd(command)
        answers.append(smtp.getreply())
        if answers[-1][0] == SERVICE_ENDS:
            break
    return answers


def _refusal(answers: list[tuple[int, bytes]]) -> Outcome | None:
    """Judge the answers to MAIL, RCPT and DATA: the first that is no yes counts."""
    code, said = answers[0]
    if code != AGREED:
        return Outcome("unsent", _words(code, said), closed=code // 100 == REFUSES)
    code, said = answers[1]
    if code // 100 != 2:  # noqa: PLR2004  (2yz: yes)
        return _judged(code, said, at_recipient=True)
    code, said = answers[2]
    return None if code == GO_AHEAD else _judged(code, said, at_recipient=False)


def _end_early(smtp: smtplib.SMTP, answers: list[tuple[int, bytes]]) -> None:
    """Leave the connection ready for the next mail after a refusal.

    A server may say 354 although it refused the only reader; then the end of an empty text is owed to it,
    which reaches nobody (RFC 2920 section 3.1).
    """
    if answers[-1][0] == SERVICE_ENDS:
        raise smtplib.SMTPServerDisconnected(_words(*answers[-1]))
    if answers[-1][0] == GO_AHEAD:
        smtp.send(".\r\n")
        smtp.getreply()
    smtp.rset()


def connect(server: Server) -> smtplib.SMTP:
    """Open a connection, guarded where the server can; a password never travels in the clear."""
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trust())
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    smtp.ehlo()
    if not server.tls and smtp.has_extn("starttls") and not is_here(server.host):
        smtp.starttls(context=trust())
        smtp.ehlo()
    if server.user:
        _refuse_in_the_clear(server, smtp)
        smtp.login(server.user, server.password)
    return smtp


@cache
def trust() -> ssl.SSLContext:
    """Read the machine's certificates once: it takes longer than many mails."""
    return ssl.create_default_context()


def _refuse_in_the_clear(server: Server, smtp: smtplib.SMTP) -> None:
    if not (is_here(server.host) or isinstance(smtp.sock, ssl.SSLSocket)):
        raise smtplib.SMTPNotSupportedError(_("The server offers no TLS, so the password is not sent."))


def is_here(host: str) -> bool:
    """Tell whether a host is this machine, so that nobody listens in between."""
    return host in {"127.0.0.1", "::1", "localhost"}


def _judged(code: int, said: bytes, *, at_recipient: bool) -> Outcome:
    words = _words(code, said)
    if code == SERVICE_ENDS or code < 0 or _ITS_OWN.search(words):
        return Outcome("unsent", words)
    if code // 100 == TRIES_LATER:
        return Outcome("grey" if _GREY.search(words) else "later", words)
    enhanced = re.search(r"\b5\.\d+\.\d+\b", words)
    dead = bool(_DEAD.search(words)) if enhanced else at_recipient and code in _DEAD_CODES
    return Outcome("refused", words, dead=dead)


def _unknown(trouble: Exception) -> Outcome:
    return Outcome(
        "unknown",
        (_("The connection broke off before the server's last word: %(trouble)s") % {"trouble": trouble})[
            :500
        ],
    )


def _unsent(trouble: Exception) -> Outcome:
    closed = isinstance(trouble, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError)
    return Outcome("unsent", f"{trouble}"[:500], closed=closed)


def _words(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}".replace("\n", " ")[:500]


def _stuffed(message: bytes) -> bytes:
    """Double the dots that begin a line and end with the lone one (RFC 5321 section 4.5.2)."""
    body = message.replace(b"\r\n.", b"\r\n..")  # no message of ours begins with a dot
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"

"""What comes back: bounces (RFC 3464), complaints (RFC 5965), automatic answers (RFC 3834). Plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

MOST_BYTES = 10 * 1024 * 1024
_OUR_ID = re.compile(r"<([0-9a-z]{12})\.([0-9a-z]{12})@[^>\s]+>")
_RETURNED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


@dataclass(frozen=True)
class Returned:
    """One mail that came back or was answered.

    `kind` is failed, delayed, complaint, automatic or reply. `sent_to` holds every header that may name our
    return path; `delivery` the uid in the Message-ID of the mail it is about, '' when it shows none.
    `status` is RFC 3463's (``5.1.1``).
    """

    kind: str
    sent_to: str
    delivery: str = ""
    status: str = ""
    says: str = ""
    subject: str = ""

    @property
    def is_dead(self) -> bool:
        """Tell whether the mailbox or its domain is gone; a full mailbox is not."""
        return self.kind == "failed" and bool(re.fullmatch(r"5\.(1\.([0-36]|10)|2\.1)", self.status))


def read(raw: bytes) -> Returned:
    """Read one returned mail; anything that is no report and not automatic is a reply. Never fails."""
    message = message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
    sent_to = " ".join(_value(message, name) for name in _RETURNED)
    kind = (
        message.get_content_type() == "multipart/report"
        and str(message.get_param("report-type", "")).casefold()
    )
    subject = _value(message, "Subject")
    if kind == "delivery-status":
        return _bounce(message, sent_to)
    if kind == "feedback-report":
        return Returned(
            "complaint", sent_to + " " + _all_headers(message), _original(message), subject=subject
        )
    automatic = _value(message, "Auto-Submitted").casefold() not in {"", "no"}
    automatic = automatic or _value(message, "Precedence").casefold() in {
        "bulk",
        "junk",
        "auto_reply",
        "list",
    }
    automatic = automatic or "X-Autoreply" in message or "X-Autorespond" in message
    about = _OUR_ID.search(_value(message, "In-Reply-To") + " " + _value(message, "References"))
    return Returned(
        "automatic" if automatic else "reply", sent_to, about[1] if about else "", subject=subject
    )


def _bounce(message: Message, sent_to: str) -> Returned:
    action, status, says = "", "", ""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload() if part.is_multipart() else []:
            if isinstance(fields, Message) and "Action" in fields:
                action = _value(fields, "Action").casefold()
                status = (re.findall(r"[245]\.\d{1,3}\.\d{1,3}", _value(fields, "Status")) or [""])[0]
                says = _value(fields, "Diagnostic-Code")[:500]
    kind = "failed" if action == "failed" else "delayed"
    return Returned(kind, sent_to, _original(message), status, says, _value(message, "Subject"))


def _original(message: Message) -> str:
    """Find our Message-ID in the mail that a report sends back, whole or only its headers."""
    for part in message.walk():
        found = None
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            found = _OUR_ID.search(payload.decode(errors="replace") if isinstance(payload, bytes) else "")
        elif part is not message and "Message-ID" in part:
            found = _OUR_ID.search(_value(part, "Message-ID"))
        if found:
            return found[1]
    return ""


def _all_headers(message: Message) -> str:
    return " ".join(str(value) for part in message.walk() for value in part.values())[:20_000]


def _value(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def text_of(raw: bytes) -> str:
    """Give the words of a reply, without what it quotes."""
    message = message_from_bytes(raw[:MOST_BYTES], policy=policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("plain",))
    try:
        text = str(part.get_content()) if part else ""
    except (LookupError, ValueError, KeyError):
        text = ""
    own = []
    for line in text.splitlines():
        if re.match(
            r"^(On .{5,200} wrote:|Am .{5,200} schrieb .*:|Le .{5,200} a écrit ?:|-{2,} ?Original)",
            line.strip(),
        ):
            break
        if not line.lstrip().startswith(">"):
            own.append(line)
    return "\n".join(own).strip()

"""One delivery as the bytes that leave: headers, the two parts, and a DKIM signature where a key is set."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path

from django.conf import settings

from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post.address import return_path, token
from amity.post.models import Delivery, Mailing, MailingKind

# Where a reader's own links and words stand in a mailing's two parts.
LEAVE, PREFERENCES, POSTSCRIPT = "[[leave]]", "[[preferences]]", "[[postscript]]"
LEAVE_PATH, PREFERENCES_PATH = "/letters/leave/", "/letters/preferences/"
# Long lines rather than folded ones: Python's folding turns a long address in brackets into an encoded word.
POLICY = policy.SMTP.clone(max_line_length=990, cte_type="7bit", raise_on_defect=False)
SIGNED = [
    "from",
    "reply-to",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "list-id",
    "list-help",
    "list-archive",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
]


@dataclass(frozen=True)
class Sender:
    """Who the mail is from, in three forms, and the key it is signed with."""

    address: str
    name: str
    selector: bytes = b""
    key: bytes = b""

    @classmethod
    def from_settings(cls, owner: Owner) -> Sender:
        """Read ``AMITY_FROM`` and ``AMITY_DKIM`` (selector:path to an RSA key in PEM).

        Raises:
            NotPossible: when the address is missing or the key cannot be read.
        """
        name, address = parseaddr(settings.AMITY_FROM)
        if "@" not in address:
            raise NotPossible(
                "Set AMITY_FROM to the address your letters come from, such as Ines <ines@example.org>."
            )
        selector, _, path = settings.AMITY_DKIM.partition(":")
        try:
            key = Path(path).read_bytes() if path else b""
        except OSError as error:
            raise NotPossible("The key that AMITY_DKIM names cannot be read.") from error
        return cls(address, name or owner.name, selector.encode(), key)

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]


def leave_url(owner: Owner, mailing: Mailing, digest: str) -> str:
    """Give the address of the page, and of the one-click POST, that ends the letter for one reader."""
    purpose = "own" if mailing.kind == MailingKind.OWN else "leave"
    return f"{settings.AMITY_URL}{LEAVE_PATH}{token(owner, purpose, digest)}"


def preferences_url(owner: Owner, digest: str) -> str:
    """Give the address of a reader's own page."""
    return f"{settings.AMITY_URL}{PREFERENCES_PATH}{token(owner, 'preferences', digest)}"


def compose(sender: Sender, delivery: Delivery, now: datetime) -> bytes:
    """Give the whole message with CRLF line ends, signed when there is a key."""
    mailing, owner = delivery.mailing, delivery.owner
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox(sender.name, sender.address)
    message["To"] = _mailbox(delivery.name, delivery.address)
    message["Subject"] = one_line(mailing.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{delivery.uid}.{mailing.uid}@{sender.domain}>"
    for name, value in mailing.headers.items():
        message[name] = one_line(value)
    leave = leave_url(owner, mailing, delivery.digest)
    if mailing.kind != MailingKind.ASKED:
        to = return_path(owner, sender.address, delivery.uid)
        message["List-Unsubscribe"] = f"<{leave}>, <mailto:{to}?subject=unsubscribe>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    own = {
        LEAVE: leave,
        PREFERENCES: preferences_url(owner, delivery.digest),
        POSTSCRIPT: delivery.postscript,
    }
    message.set_content(re.sub(r"\n{3,}", "\n\n", _filled(mailing.text, own)))
    message.add_alternative(
        _filled(mailing.html, {mark: _in_html(mark, value) for mark, value in own.items()}), subtype="html"
    )
    return sign(sender, message.as_bytes())


def one_line(text: str, longest: int = 900) -> str:
    """Make a text safe as a header: no line ends, no control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:longest]


def _mailbox(name: str, address: str) -> Address | str:
    name = one_line(name, 200)
    return Address(name, addr_spec=address) if name else address


def _in_html(mark: str, value: str) -> str:
    said = html.escape(value).replace("\n", "<br>")
    if mark != POSTSCRIPT or not said:
        return said
    style = "padding:14px 18px;background-color:#eef3ea;border-radius:6px"
    return f'<p class="ps" style="{style}">P.S. {said}</p>'


def _filled(text: str, own: dict[str, str]) -> str:
    for mark, value in own.items():
        text = text.replace(mark, value)
    return text


def sign(sender: Sender, raw: bytes) -> bytes:
    """Put a DKIM signature before a message, over both unsubscribe headers too, where there is a key."""
    if not sender.key:
        return raw
    import dkim

    there = [
        name.encode()
        for name in SIGNED
        if f"\r\n{name}:".encode() in b"\r\n" + raw.partition(b"\r\n\r\n")[0].lower()
    ]
    signature = dkim.sign(raw, sender.selector, sender.domain.encode(), sender.key, include_headers=there)
    return bytes(signature) + raw

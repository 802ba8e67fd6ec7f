"""One delivery as the bytes that leave: headers, the two parts, and a DKIM signature where a key is set."""

from __future__ import annotations

import binascii
import html
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from amity.owner.actions import NotPossible
from amity.owner.address import own
from amity.owner.models import Owner
from amity.post.address import return_path, token
from amity.post.models import Delivery, Mailing, MailingKind

# Where a reader's own links and words stand in a mailing's two parts.
LEAVE, PREFERENCES, POSTSCRIPT = "[[leave]]", "[[preferences]]", "[[postscript]]"
LEAVE_PATH, PREFERENCES_PATH = "/letters/leave/", "/letters/preferences/"
# Long lines rather than folded ones: Python's folding turns a long address in brackets into an encoded word.
POLICY = policy.SMTP.clone(max_line_length=990, cte_type="7bit", raise_on_defect=False)
_TO_THE_OWNER = {MailingKind.OWN, MailingKind.TODAY, MailingKind.AFTER}
_MARKS = {LEAVE, PREFERENCES, POSTSCRIPT}
_CUT = re.compile("(" + "|".join(re.escape(mark) for mark in sorted(_MARKS)) + ")")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]{0,199}")
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
                _("Set AMITY_FROM to the address your letters come from, such as Ines <ines@example.org>.")
            )
        selector, _colon, path = settings.AMITY_DKIM.partition(":")
        try:
            key = Path(path).read_bytes() if path else b""
        except OSError as error:
            raise NotPossible(_("The key that AMITY_DKIM names cannot be read.")) from error
        return cls(address, name or owner.name, selector.encode(), key)

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]


def leave_url(owner: Owner, mailing: Mailing, digest: str) -> str:
    """Give the address of the page, and of the one-click POST, that ends the letter for one reader."""
    purpose = mailing.kind if mailing.kind in _TO_THE_OWNER else "leave"
    return f"{settings.AMITY_URL}{LEAVE_PATH}{token(owner, purpose, digest)}"


def preferences_url(owner: Owner, digest: str) -> str:
    """Give the address of a reader's own page."""
    return f"{settings.AMITY_URL}{PREFERENCES_PATH}{token(owner, 'preferences', digest)}"


class Press:
    """A mailing made ready once, its standing parts encoded; each reader's letter is struck from it."""

    def __init__(self, sender: Sender, mailing: Mailing, owner: Owner) -> None:
        self._sender, self._mailing, self._owner = sender, mailing, owner
        self._is_public = own().is_public
        self._boundary = b"=_" + mailing.uid.encode()  # no quoted-printable text holds =_
        self._top = _standing_headers(sender, mailing)
        bare = re.sub(r"\n{3,}", "\n\n", mailing.text.replace(POSTSCRIPT, ""))
        self._text = {False: _segments(bare), True: _segments(mailing.text)}
        self._html = _segments(mailing.html)

    def letter(self, delivery: Delivery, now: datetime) -> bytes:
        """Give the whole message with CRLF line ends, signed when there is a key."""
        theirs = {**self._links(delivery), POSTSCRIPT: delivery.postscript}
        in_html = {mark: _in_html(mark, value) for mark, value in theirs.items()}
        parts = [
            self._top,
            *self._own_headers(delivery, theirs[LEAVE], now),
            b'Content-Type: multipart/alternative; boundary="' + self._boundary + b'"\r\n\r\n',
            self._part(b"plain"),
            _struck(self._text[bool(delivery.postscript)], theirs),
            self._part(b"html"),
            _struck(self._html, in_html),
            b"\r\n--" + self._boundary + b"--\r\n",
        ]
        return sign(self._sender, b"".join(parts))

    def bounces_to(self, delivery: Delivery) -> str:
        """Give the address to which this one mail comes back."""
        return return_path(self._owner, self._sender.address, delivery.uid)

    def _links(self, delivery: Delivery) -> dict[str, str]:
        """Give a reader's own links; who cannot open a page of this book leaves, and asks, by a mail."""
        if self._is_public or self._mailing.kind in _TO_THE_OWNER:
            return {
                LEAVE: leave_url(self._owner, self._mailing, delivery.digest),
                PREFERENCES: preferences_url(self._owner, delivery.digest),
            }
        asks = quote(_("What do you keep of me?"))
        return {
            LEAVE: self._leave_by_mail(delivery),
            PREFERENCES: f"mailto:{self._sender.address}?subject={asks}",
        }

    def _leave_by_mail(self, delivery: Delivery) -> str:
        return f"mailto:{self.bounces_to(delivery)}?subject=unsubscribe"

    def _own_headers(self, delivery: Delivery, leave: str, now: datetime) -> list[bytes]:
        lines = [
            f"To: {_to(delivery)}",
            f"Date: {format_datetime(now)}",
            f"Message-ID: <{delivery.uid}.{self._mailing.uid}@{self._sender.domain}>",
        ]
        if self._mailing.kind != MailingKind.ASKED:
            ways = dict.fromkeys([leave, self._leave_by_mail(delivery)])
            lines.append(f"List-Unsubscribe: {', '.join(f'<{way}>' for way in ways)}")
        if self._mailing.kind != MailingKind.ASKED and self._is_public:  # RFC 8058 wants https, and a way in
            lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        return [f"{line}\r\n".encode("ascii") for line in lines]

    def _part(self, kind: bytes) -> bytes:
        return (
            b"\r\n--" + self._boundary + b"\r\nContent-Type: text/" + kind + b'; charset="utf-8"\r\n'
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        )


def compose(sender: Sender, delivery: Delivery, now: datetime) -> bytes:
    """Give one delivery's whole message."""
    return Press(sender, delivery.mailing, delivery.owner).letter(delivery, now)


def _standing_headers(sender: Sender, mailing: Mailing) -> bytes:
    """Write the headers that are the same for every reader, by way of ``EmailMessage``."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox(sender.name, sender.address)
    message["Subject"] = one_line(mailing.subject)
    for name, value in mailing.headers.items():
        message[name] = one_line(value)
    message["MIME-Version"] = "1.0"
    return message.as_bytes().removesuffix(b"\r\n")


def _to(delivery: Delivery) -> str:
    if _PLAIN_NAME.fullmatch(delivery.name) and delivery.address.isascii():
        return f"{delivery.name} <{delivery.address}>"
    folded = POLICY.header_factory("To", str(_mailbox(delivery.name, delivery.address))).fold(policy=POLICY)
    return str(folded).partition(": ")[2].rstrip("\r\n")


def _segments(text: str) -> list[str | bytes]:
    """Cut a part at its marks; what stands between them is encoded (RFC 2045 section 6.7)."""
    return [piece if piece in _MARKS else _quoted(piece) for piece in _CUT.split(text)]


def _quoted(text: str) -> bytes:
    # A lone CR would leave as it is, and some servers take it for the end of a line.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return binascii.b2a_qp(lines.encode())


def _struck(segments: list[str | bytes], own: dict[str, str]) -> bytes:
    """Put a reader's own words between the standing ones; a soft line break keeps every line short."""
    return b"=\r\n".join(one if isinstance(one, bytes) else _quoted(own[one]) for one in segments)


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

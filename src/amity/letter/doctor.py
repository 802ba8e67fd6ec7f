"""Would a letter arrive? What the mail server, the DNS and the mailbox say, and what to publish."""

from __future__ import annotations

import base64
import imaplib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from amity.owner.actions import NotPossible
from amity.owner.address import public_url
from amity.owner.models import Owner, new_uid
from amity.post.message import POLICY, Sender, sign
from amity.post.relay import Conversation, Server, is_here, trust

DNS_SECONDS, MAILBOX_SECONDS = 3.0, 30.0
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")  # AlgorithmIdentifier rsaEncryption, RFC 3279


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `publish` is a DNS record to make, where one is missing."""

    what: str
    well: bool
    says: str
    publish: str = ""


def _well(what: str, says: str) -> Finding:
    return Finding(what, well=True, says=says)


def _look(what: str, says: str, publish: str = "") -> Finding:
    return Finding(what, well=False, says=says, publish=publish)


def examine(owner: Owner, *, now: datetime, send: bool = False) -> list[Finding]:
    """Look at everything a letter passes; with `send`, send one to ourselves and read it back over IMAP."""
    try:
        sender, server = Sender.from_settings(owner), Server.from_settings()
    except NotPossible as missing:
        return [_look("mail server", missing.sentence)]
    found = [_address(), _server(server), _key(sender), *_published(sender)]
    if send:
        found.append(_round_trip(sender, server, now))
    return found


def _address() -> Finding:
    if public_url():
        return _well("address", _("Links in letters lead to %(address)s.") % {"address": settings.AMITY_URL})
    return _look(
        "address",
        _(
            "AMITY_URL is no https address that readers can open: they leave by a mail "
            "instead, and AMITY_IMAP reads it."
        ),
    )


def _server(server: Server) -> Finding:
    import smtplib

    from amity.post.relay import connect

    try:
        smtp = connect(server)
        smtp.quit()
    except (smtplib.SMTPException, OSError) as trouble:
        return _look(
            "mail server",
            _("%(host)s:%(port)s cannot be used: %(trouble)s")
            % {"host": server.host, "port": server.port, "trouble": trouble},
        )
    return _well("mail server", f"{server.host}:{server.port} answers.")


def _key(sender: Sender) -> Finding:
    if not sender.key:
        says = _(
            "No key is set, so the mail server has to sign, both unsubscribe headers included "
            "(OpenDKIM: SignHeaders *,+list-unsubscribe-post)."
        )
        return _well(_("DKIM key"), says)
    try:
        public_key(sender.key)
    except ValueError as wrong:
        return _look(_("DKIM key"), _("The key cannot be used: %(wrong)s") % {"wrong": wrong})
    return _well(_("DKIM key"), _("Letters are signed here, both unsubscribe headers included."))


def public_key(pem: bytes) -> str:
    """Give the public half of an RSA key as a DKIM record has it (``p=``, base 64).

    Raises:
        ValueError: when it is no RSA key in PEM.
    """
    from dkim.crypto import UnparsableKeyError, parse_pem_private_key

    try:
        key = parse_pem_private_key(pem)
    except (UnparsableKeyError, ValueError) as error:
        raise ValueError(_("it is no RSA key in PEM.")) from error
    numbers = _der(0x30, _number(key["modulus"]) + _number(key["publicExponent"]))
    return base64.b64encode(_der(0x30, _RSA + _der(0x03, b"\0" + numbers))).decode()


def _number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:  # noqa: PLR2004  (DER's short form)
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def _published(sender: Sender) -> Iterator[Finding]:
    """Look up SPF, DKIM and DMARC; where DNS does not answer, only say what has to be there."""
    domain = sender.domain
    spf = _('%(domain)s. TXT "v=spf1 mx ~all"  (with your mail server in it)') % {"domain": domain}
    yield _record("SPF", domain, "v=spf1", spf)
    if sender.key:
        name, public = f"{sender.selector.decode()}._domainkey.{domain}", public_key(sender.key)
        yield _record("DKIM", name, "", f'{name}. TXT "v=DKIM1; k=rsa; p={public}"', holds=f"p={public}")
    dmarc = f'_dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:{sender.address}"'
    yield _record("DMARC", f"_dmarc.{domain}", "v=DMARC1", dmarc)


def _record(what: str, name: str, begins: str, publish: str, *, holds: str = "") -> Finding:
    """Judge the text records of a name: one and only one may be of a kind (RFC 7208 4.5, RFC 7489 6.6.3)."""
    texts = _texts(name)
    if texts is None:
        says = _("DNS did not answer for %(name)s; this has to be there.")
        return _look(what, says % {"name": name}, publish)
    found = [text for text in texts if text.startswith(begins)]
    if not found:
        return _look(what, _("%(name)s has no such record yet.") % {"name": name}, publish)
    if len(found) > 1:
        return _look(what, _("%(name)s has more than one, and then none counts. Keep one.") % {"name": name})
    if holds not in "".join(found[0].split()):  # a long key may be written with spaces (RFC 6376 3.6.1)
        return _look(what, _("%(name)s has another key than yours.") % {"name": name}, publish)
    said = {"name": name, "text": found[0][:200]}
    return _well(what, _("%(name)s is published: %(text)s") % said)


def _texts(name: str) -> list[str] | None:
    """Give the text records of a name, None where DNS does not answer."""
    import dns.exception
    import dns.resolver

    try:
        answers = dns.resolver.resolve(name, "TXT", lifetime=DNS_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        return None
    return [b"".join(answer.strings).decode(errors="replace") for answer in answers]


def _round_trip(sender: Sender, server: Server, now: datetime) -> Finding:
    """Send a mail to ourselves through the real server, and wait for it in the mailbox."""
    if not settings.AMITY_IMAP:
        return _look(
            "round trip", _("Set AMITY_IMAP to try one, such as imaps://user:password@mail.example.org.")
        )
    mark = new_uid()
    message = EmailMessage(policy=POLICY)
    message["From"] = message["To"] = sender.address
    message["Subject"] = _("Amity looks whether this arrives %(mark)s") % {"mark": mark}
    message["Date"], message["Message-ID"] = format_datetime(now), f"<{mark}.doctor@{sender.domain}>"
    message["List-Unsubscribe"] = f"<{settings.AMITY_URL}/letters/leave/test>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_("This mail looks whether letters arrive. It can be thrown away.\n"))
    with Conversation(server) as talk:
        outcome = talk.deliver(sender.address, sender.address, sign(sender, message.as_bytes()))
    if outcome.kind != "sent":
        return _look("round trip", _("The server did not take it: %(reply)s") % {"reply": outcome.reply})
    return _arrived(f"<{mark}.doctor@{sender.domain}>", sender)


def _arrived(message_id: str, sender: Sender) -> Finding:
    until = time.monotonic() + MAILBOX_SECONDS
    try:
        while time.monotonic() < until:
            raw = fetch(message_id)
            if raw:
                return _as_it_came(raw, sender)
            time.sleep(0.5)
    except (imaplib.IMAP4.error, OSError) as trouble:
        return _look("round trip", _("The mailbox cannot be read: %(trouble)s") % {"trouble": trouble})
    return _look("round trip", _("The server took it, but it did not arrive within half a minute."))


def _as_it_came(raw: bytes, sender: Sender) -> Finding:
    """Say whether a letter came back whole; our own signature is checked with our own key, without DNS."""
    import dkim

    if b"dkim-signature:" not in raw.lower():
        return _well("round trip", _("A letter to yourself arrived, without a signature."))
    if not sender.key:
        return _well("round trip", _("A letter to yourself arrived, signed."))
    record = f"v=DKIM1; k=rsa; p={public_key(sender.key)}".encode()
    if dkim.verify(raw, dnsfunc=lambda *_, **__: record):
        return _well("round trip", _("A letter to yourself arrived, and its signature holds."))
    return _look(
        "round trip", _("A letter to yourself arrived, but something on the way broke its signature.")
    )


def fetch(message_id: str) -> bytes:
    """Give one mail from the mailbox ``AMITY_IMAP`` names, b'' when it is not there."""
    with mailbox() as imap:
        _, found = imap.search(None, "HEADER", "Message-ID", f'"{message_id}"')
        numbers = found[0].split() if found and found[0] else []
        if not numbers:
            return b""
        _, parts = imap.fetch(numbers[-1].decode(), "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def mailbox() -> imaplib.IMAP4:
    """Open the mailbox ``AMITY_IMAP`` names, read-only; its path is the folder, else INBOX.

    Raises:
        NotPossible: when it is no imap:// or imaps:// address.
    """
    parts = urlsplit(settings.AMITY_IMAP)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
        raise NotPossible(_("AMITY_IMAP must look like imaps://user:password@mail.example.org/INBOX."))
    if parts.scheme == "imaps":
        # Left to itself, imaplib takes any certificate.
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            parts.hostname, parts.port or 993, timeout=20, ssl_context=trust()
        )
    else:
        imap = imaplib.IMAP4(parts.hostname, parts.port or 143, timeout=20)
        if not is_here(parts.hostname):
            imap.starttls(trust())  # or it fails: no password goes out in the clear
    imap.login(unquote(parts.username or ""), unquote(parts.password or ""))
    imap.select(unquote(parts.path.strip("/")) or "INBOX", readonly=True)
    return imap

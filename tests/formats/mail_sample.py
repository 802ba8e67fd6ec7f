"""Invented mail for the tests: builders that state only what matters."""

from __future__ import annotations

FROM_LINE = b"From ada@loom.example Mon Jan  5 10:30:00 2026"
USUAL = {
    "From": "Ada Byron <ada@loom.example>",
    "To": "Owner <owner@book.example>",
    "Date": "Mon, 5 Jan 2026 10:30:00 +0100",
    "Subject": "Looms",
    "Message-ID": "<one@loom.example>",
}


def a_header(**fields: str | None) -> bytes:
    """Build a header block; ``list_id="…"`` adds a field, ``date=None`` leaves one out."""
    told = {name.replace("_", "-").lower(): value for name, value in fields.items()}
    kept = {name: told.pop(name.lower(), value) for name, value in USUAL.items()}
    lines = [f"{name}: {value}" for name, value in {**kept, **told}.items() if value is not None]
    return "\n".join(lines).encode() + b"\n"


def a_mail(body: bytes = b"The body is nobody's business.\n", **fields: str | None) -> bytes:
    """Build a whole message."""
    return a_header(**fields) + b"\n" + body


def a_mailbox(*mails: bytes) -> bytes:
    """Put messages into an mbox with LF line ends."""
    return b"".join(FROM_LINE + b"\n" + mail + b"\n" for mail in mails)

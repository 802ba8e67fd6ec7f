"""What a file that nobody can read looks like, in words for its owner."""

from __future__ import annotations

import re

from amity.formats.encodings import decode, is_utf16

A_JSON = "a JSON file"
# First bytes and what they mean; (offset, bytes) where they stand further in.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftyphei", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftyp", "a film or sound recording"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an Office document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or a saved Outlook message"),
    (0, b"!BDN", "an Outlook data file (PST)"),
    (0, b"SQLite format 3\0", "a database"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"PK\x03\x04", "a ZIP file"),
    (0, b"PK\x05\x06", "an empty ZIP file"),
)
# A bracket alone makes no JSON: chats, lists and poems begin with one too.
_JSON = re.compile(
    r"[\[{](?:\s*+[\[{])*+\s*+(?:"
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"\s*+[:,\]}]|\Z)'
    r"|(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*+(?:[,\]}]|\Z)"
    r"|[\]}]\s*+(?:[,\]}]|\Z))",
    re.DOTALL,
)
_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"BEGIN:VCALENDAR", re.IGNORECASE), "a calendar file"),
    (re.compile(r"BEGIN:VCARD", re.IGNORECASE), "a vCard file"),
    (re.compile(r"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE), "a web page"),
    (re.compile(r"<\?xml|<[a-z][\w:.-]*[\s>]", re.IGNORECASE), "an XML file"),
    (_JSON, A_JSON),
    (re.compile(r"(?:[^\n,]*,){2}[^\n]*\n(?:[^\n,]*,){2}"), "a table (CSV)"),
)
_OFFICE = ("[Content_Types].xml", "mimetype")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def looks_like(head: bytes) -> str:
    """Say what a file looks like by its first bytes: ``a PNG picture``, ``plain text``."""
    for offset, signature, words in _SIGNATURES:
        if head.startswith(signature, offset):
            return words
    if b"\0" in head and not is_utf16(head):
        return "a binary file"
    text = decode(head).strip()
    if not text:
        return "an empty file"
    for pattern, words in _TEXTS:
        if pattern.match(text):
            return words
    return "a binary file" if len(_CONTROLS.findall(text)) * 50 > len(text) else "plain text"


def zip_looks_like(names: list[str]) -> str:
    """Say what a ZIP looks like by the names of its members."""
    if any(name in _OFFICE for name in names):
        return "an Office document"
    return "a ZIP file with none of the files that Amity knows" if names else "an empty ZIP file"

"""Text as LinkedIn garbles it, made plain."""

from __future__ import annotations

import html
import re
from hashlib import blake2b

from amity.formats.records import WORDS_KEPT

# What UTF-8 looks like after a program took its bytes for Windows-1252: "Ã©" for "é". The first byte of
# such a pair lies in C2 to F4, the second in 80 to BF.
_TO_LATIN1 = {
    ord(byte.decode("cp1252")): byte[0]
    for byte in (bytes([code]) for code in range(0x80, 0xA0))
    if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_GARBLED = re.compile(f"[\xc2-\xf4][\x80-\xbf{''.join(map(chr, _TO_LATIN1))}]")
# Markup around 500 characters is seldom longer; the rest of a newsletter is never looked at.
_MARKUP_READ = 40 * WORDS_KEPT
_UNSEEN = re.compile(r"<(script|style|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h[1-6]|/?blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|img|font|ul|ol|table|tbody|td|th|html|body|head|hr|pre|code|small|center|"
    r"sub|sup|meta|link|style|script|title)\b[^<>]*>",
    re.IGNORECASE,
)


def repaired(text: str) -> str:
    """Undo mojibake, if undoing it loses nothing; any other text comes back as it is.

    >>> repaired("JosÃ©")
    'José'
    """
    if text.isascii() or not _GARBLED.search(text):
        return text
    try:
        return text.translate(_TO_LATIN1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def plain(content: str) -> str:
    """Turn a message's content, HTML or not, into at most WORDS_KEPT characters of plain text."""
    text = content[:_MARKUP_READ].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
    return _in_paragraphs(text)[:WORDS_KEPT].rstrip()


def _in_paragraphs(text: str) -> str:
    """Let one blank line stand between paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(lines).strip() for lines in paragraphs if lines)


def short_hash(*parts: str) -> str:
    """Give 16 hexadecimal digits that stand for these texts, the same on every machine."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

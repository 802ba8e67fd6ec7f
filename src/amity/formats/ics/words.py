"""Plain words out of what calendars put into places and descriptions."""

from __future__ import annotations

import html
import re

from amity.formats.records import WORDS_KEPT

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_LINE_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"'\\|]{1,1000}", re.IGNORECASE)
_CONFERENCE = re.compile(
    r"https://(?:[\w-]+\.)*(?:zoom\.us/\w|zoomgov\.com/\w|meet\.google\.com/\w|webex\.com/\w"
    r"|teams\.microsoft\.com/(?:l/)?meet|teams\.live\.com/meet)[^\s<>\"'\\|]{0,1000}",
    re.IGNORECASE,
)


def plain_words(text: str) -> str:
    """Return a text without HTML, its lines trimmed, cut at WORDS_KEPT characters."""
    if _TAG.search(text):
        text = html.unescape(_TAG.sub("", _LINE_TAG.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:WORDS_KEPT]


def one_line(text: str) -> str:
    """Return a text on one line, cut at WORDS_KEPT characters."""
    return " ".join(plain_words(text).split())


def web_link(text: str) -> str:
    """Return the text when it is an http or https address, else an empty text."""
    return text.strip() if _LINK.fullmatch(text.strip()) else ""


def conference_link(text: str) -> str:
    """Return the first address of a Zoom, Meet, Teams or Webex call in a text, or an empty text."""
    found = _CONFERENCE.search(text)
    return html.unescape(found[0]).rstrip(".,;:!?)]") if found else ""

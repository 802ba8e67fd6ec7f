"""The words of a mail header: RFC 2047 encoded words, well formed or not, as one clean line.

The standard library raises on broken ones; a reader has to show the owner something instead.
"""

from __future__ import annotations

import binascii
import re

from amity.formats.encodings import decode
from amity.formats.records import WORDS_KEPT

# An encoded word that was cut off ends with the text. Lengths are bounded to keep the time linear.
_WORD = re.compile(r"=\?([^?\s]{0,80})\?([bBqQ])\?(.*?)(?:\?=|$)")
_BETWEEN = re.compile(r"\?=\s+(?==\?)")
_Q_WORD = re.compile(r"=\?[^?\s]{0,80}\?[qQ]\?.{0,400}?\?=")
_LONE_COMMA = re.compile(r"=\?[^?\s]{0,80}\?[qQ]\?=2C\?=")
_SPECIAL = re.compile(r'[ \t,;:<>"()@]')
# Control characters, line and paragraph separators, overrides of the writing direction, half surrogates.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_UTF8 = {"", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit"}
_WIDER = {"iso-8859-1": "cp1252", "latin1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def text_of(raw: bytes) -> str:
    """Decode one header value as it stands in the file: UTF-8 (RFC 6532), else Windows-1252."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode(raw)


def words(text: str, longest: int = WORDS_KEPT) -> str:
    """Decode the encoded words of a header value into one line of at most ``longest`` characters.

    Never fails: an unknown character set is read as UTF-8 or Windows-1252.
    """
    text = text[: 4 * longest]  # some character sets (punycode) take quadratic time
    if "=?" in text:
        text = _decoded(text)
    if not text.isprintable():
        text = _UNSHOWABLE.sub(" ", text)
    return " ".join(text.split())[:longest].rstrip()


def guarded(text: str) -> str:
    """Make an address list safe to split whose encoded words were not.

    A mark that would end an address is escaped, as in ``=?utf-8?Q?Byron, Ada?=``; a comma that is a word
    of its own stood between two addresses (older Pythons fold long lists so).
    """
    if "=?" not in text:
        return text
    return _Q_WORD.sub(_escaped, _LONE_COMMA.sub(",", text))


def _escaped(word: re.Match[str]) -> str:
    return _SPECIAL.sub(lambda mark: f"={ord(mark[0]):02X}", word[0])


def _decoded(text: str) -> str:
    """Decode word by word; neighbours of one character set may share a character, so join them first."""
    text = _BETWEEN.sub("?=", text)
    told, here, raw, charset = [], 0, b"", ""
    for word in _WORD.finditer(text):
        its_charset = word[1].partition("*")[0].lower()  # RFC 2231 allows a language after a star
        if word.start() > here or its_charset != charset:
            told += [_in_charset(raw, charset), text[here : word.start()]]
            raw, charset = b"", its_charset
        raw += _bytes_of(word[3], base64=word[2] in "bB")
        here = word.end()
    return "".join([*told, _in_charset(raw, charset), text[here:]])


def _bytes_of(encoded: str, *, base64: bool) -> bytes:
    if not base64:
        return binascii.a2b_qp(encoded.encode(errors="replace"), header=True)
    letters = re.sub(r"[^A-Za-z0-9+/]", "", encoded)
    if len(letters) % 4 == 1:  # half a byte is left over
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "==")


def _in_charset(raw: bytes, charset: str) -> str:
    if charset in _UTF8:
        return decode(raw)
    try:
        return raw.decode(_WIDER.get(charset, charset), "replace")
    except (LookupError, ValueError):
        return decode(raw)

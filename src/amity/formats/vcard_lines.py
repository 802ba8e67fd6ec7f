"""The grammar of vCard: from bytes to cards made of properties, still without any meaning.

Covers RFC 6350 (4.0), RFC 2426 (3.0) and the vCard 2.1 specification of 1996 at once, because real files
mix them: folded lines, quoted-printable with soft breaks, ``CHARSET``, groups, bare 2.1 types, quoted
parameters and the carets of RFC 6868. One property is held in memory at a time, one card at a time.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from amity.formats.encodings import LONGEST_LINE, decode, raw_lines
from amity.formats.records import Refused, Skipped

LONGEST_TEXT = 1024 * 1024  # characters of any value that is not a picture
MOST_PROPERTIES = 10_000  # of one card, broken lines included; a full address book entry has about fifty
MOST_FOLDS = 500_000  # of one property; a picture of LONGEST_LINE has 140,000
LARGEST_CARD = 2 * LONGEST_LINE  # characters
_LONGEST_HEAD = 10_000
_LONGEST_MARKER = 40
_NO_PROPERTY = "The line is not a property: it has no name before a colon."
_TOO_MUCH = "The card is too large; the rest of it is left out."

_QUOTED_HEAD = re.compile(r'[^":]*(?:"[^"]*"[^":]*)+(?=:)')
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PARAMETER = re.compile(r'(?:[^";]|"[^"]*"?)+')
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_ESCAPE = re.compile(r"\\([\\,;:nN])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KNOWN_CHARSET = re.compile(
    r"iso[-_]?[0-9]|windows-|cp|koi8|utf-?(8|16)|shift|euc|gb|big5|mac", re.IGNORECASE
)
_MAY_GO_ON = re.compile(r"(?:[\w-]+\.)?(?:NOTE|PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[^,\s]{0,200};base64,", re.IGNORECASE)
_BINARY = {"B", "BASE64"}
_ENCODINGS = _BINARY | {"QUOTED-PRINTABLE", "7BIT", "8BIT"}

Parameters = Mapping[str, tuple[str, ...]]


class Property(NamedTuple):
    """One property: name in capitals, group, parameters by capital name, value as text with its escapes.

    A tuple, for a million lines: a frozen dataclass takes four times as long to make.
    """

    line: int
    name: str
    group: str
    parameters: Parameters
    value: str

    @property
    def text(self) -> str:
        """The whole value without escapes and without control characters other than line ends and tabs."""
        return unescaped(self.value)

    def parts(self, separator: str) -> list[str]:
        """Split a structured value or a list at its unescaped separators."""
        if "\\" not in self.value:
            return [unescaped(part) for part in self.value.split(separator)]
        parts = [""]
        for token in re.findall(rf"\\.|{separator}|[^\\{separator}]+|\\", self.value, re.DOTALL):
            if token == separator:
                parts.append("")
            else:
                parts[-1] += token
        return [unescaped(part) for part in parts]

    @property
    def is_binary(self) -> bool:
        """Whether the value is base64, by its encoding or as a data URI."""
        return (
            not _BINARY.isdisjoint(self.parameters.get("ENCODING", ()))
            or _DATA_URI.match(self.value) is not None
        )


@dataclass(slots=True)
class Card:
    """The properties between BEGIN:VCARD and END:VCARD, and what of them could not be taken."""

    line: int
    properties: list[Property] = field(default_factory=list)
    faults: list[Skipped] = field(default_factory=list)
    size: int = 0

    @property
    def sample(self) -> str:
        """Enough of it to recognise it by."""
        told = [
            f"{found.name}:{found.value[:40]}" for found in self.properties[:5] if found.name != "VERSION"
        ]
        return " ".join(" ".join(told).split())

    def take(self, line: int, text: str, *, whole: bool) -> None:
        """Read one unfolded line into the card, or note why not."""
        self.size += len(text)
        if self.size > LARGEST_CARD or len(self.properties) + len(self.faults) >= MOST_PROPERTIES:
            if not self.faults or self.faults[-1].why != _TOO_MUCH:
                self.faults.append(Skipped(f"line {line}", _TOO_MUCH, _shown(text)))
            return
        found = _property(line, text, whole=whole)
        if isinstance(found, Skipped):
            self.faults.append(found)
        else:
            self.properties.append(found)


def unescaped(text: str) -> str:
    """Resolve backslash escapes, make every line end LF and drop control characters."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cards(file: BinaryIO) -> Iterator[Card | Skipped]:
    """Yield each whole card; one without an end is skipped, as are lines outside any card.

    The card of an agent inside a card (2.1) is a card of its own. Raises ``Refused`` when there is text
    but no card in it.
    """
    opened: list[Card] = []
    stray, begun = None, False
    for line, text, whole in _unfolded(file):
        marker = _marker(text)
        if opened and _is_seam(marker):
            yield opened.pop()
            marker = "BEGIN:VCARD"
        if marker == "BEGIN:VCARD":
            yield from _left_behind(opened, stray)
            opened, stray, begun = [*_awaiting_agent(opened), Card(line)], None, True
        elif not opened:
            stray = stray or Skipped(f"line {line}", "The line stands outside any card.", _shown(text))
        elif marker == "END:VCARD":
            yield opened.pop()
        else:
            opened[-1].take(line, text, whole=whole)
    if stray and not begun:
        raise Refused(
            f"This is not a vCard file: there is no BEGIN:VCARD; it starts with “{stray.text[:40]}”."
        )
    yield from _left_behind(opened, stray, at_end=True)


def _marker(text: str) -> str:
    return text.replace(" ", "").upper() if len(text) < _LONGEST_MARKER else ""


def _is_seam(marker: str) -> bool:
    """Tell whether two files were joined here, the first without its last line end."""
    return marker.startswith("END:VCARD") and marker.endswith("BEGIN:VCARD")


def _awaiting_agent(opened: list[Card]) -> list[Card]:
    last = opened[0].properties[-1:] if len(opened) == 1 else []
    return opened if any(found.name == "AGENT" and not found.value for found in last) else []


def _left_behind(opened: list[Card], stray: Skipped | None, *, at_end: bool = False) -> Iterator[Skipped]:
    """Report what is given up when a new card begins or the file ends."""
    if stray:
        yield stray
    for card in opened if at_end or not _awaiting_agent(opened) else []:
        yield Skipped(
            f"line {card.line}", "The card has no END:VCARD; half of it may be missing.", card.sample
        )


def _unfolded(file: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """Join folded lines (a blank first column) and soft line breaks; one character for each byte.

    The flag is False for what went on for more than LONGEST_LINE or MOST_FOLDS and was cut there.
    """
    number, pieces, size = 0, [""], 0
    for at, line in raw_lines(file):
        whole = size < LONGEST_LINE and len(pieces) < MOST_FOLDS
        more = _continuation(pieces, line)
        if more is None:
            text = "".join(pieces)
            pieces.clear()  # a picture need not lie here twice while it is being read
            if text:
                yield number, text, whole
            number, pieces, size = at, [line], len(line)
        elif more and whole:
            pieces.append(more)
            size += len(more)
    if text := "".join(pieces):
        yield number, text, size < LONGEST_LINE and len(pieces) < MOST_FOLDS


def _continuation(pieces: list[str], line: str) -> str | None:
    """Give what a line adds to the property before it, or None when it starts one of its own."""
    if pieces[-1].endswith("=") and _is_quoted_printable(pieces[0]) and _marker(line) != "END:VCARD":
        pieces[-1] = pieces[-1][:-1]
        return line
    if not line or line[0] in " \t":
        return line[1:]
    return "\n" + line if ":" not in line and _MAY_GO_ON.match(pieces[0]) else None


def _is_quoted_printable(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:_LONGEST_HEAD].partition(":")[0].upper()


def _property(line: int, text: str, *, whole: bool) -> Property | Skipped:
    quoted = _QUOTED_HEAD.match(text, 0, _LONGEST_HEAD) if '"' in text else None
    end = quoted.end() if quoted else text.find(":", 0, _LONGEST_HEAD)
    head = _parsed_head(text[:end]) if end > 0 else None
    if head is None:
        return Skipped(f"line {line}", _NO_PROPERTY, _shown(text))
    name, group, parameters = head
    found = Property(line, name, group, parameters, _value(text[end + 1 :], parameters)) if whole else None
    if found is None or (len(text) >= LONGEST_TEXT and not found.is_binary):
        return Skipped(f"line {line}", f"The {name} is too large and is left out.", _shown(text))
    return found


@lru_cache(maxsize=512)
def _parsed_head(head: str) -> tuple[str, str, Parameters] | None:
    """Split what stands before the colon; heads repeat from card to card, hence the cache."""
    path, *parameters = _PARAMETER.findall(head) if '"' in head else head.split(";")
    group, _, name = path.strip(" \t").rpartition(".")
    if not _NAME.fullmatch(name):
        return None
    collected: dict[str, tuple[str, ...]] = {}
    for parameter in parameters:
        key, value = _parameter(parameter)
        values = value.lower().split(",") if key == "TYPE" else [value]
        collected[key] = (*collected.get(key, ()), *values)
    return name.upper(), group.lower(), collected


def _parameter(parameter: str) -> tuple[str, str]:
    key, equals, value = parameter.partition("=")
    if not equals:  # vCard 2.1 writes the value alone
        key, value = "ENCODING" if key.strip().upper() in _ENCODINGS else "TYPE", key
    value = _CARET.sub(lambda found: _CARETS[found[1]], _bytes_read(value.strip(' \t"')))
    return key.strip().upper(), value.upper() if key.strip().upper() == "ENCODING" else value


def _value(raw: str, parameters: Parameters) -> str:
    encoding = parameters.get("ENCODING", ())
    if "QUOTED-PRINTABLE" in encoding:
        raw = a2b_qp(raw.encode("latin-1")).decode("latin-1")
    return raw if raw.isascii() else _bytes_read(raw, *parameters.get("CHARSET", ())[:1])


def _bytes_read(raw: str, charset: str = "") -> str:
    """Read one character for each byte as text: by its charset where it names one, else by looks."""
    data = raw.encode("latin-1")
    try:
        return data.decode(charset if _KNOWN_CHARSET.match(charset) else "utf-8")
    except (LookupError, UnicodeError):  # a card that names the wrong charset is read as if it named none
        return decode(data)


def _shown(text: str) -> str:
    return _bytes_read(text[:80])

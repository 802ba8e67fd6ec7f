"""A text with the words that were looked for: some of it around the first, cut into what fits or not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from amity.storage.words import Sought, Term, words_of

AROUND = 60  # letters before the first word found
SHOWN = 180
_WORD = re.compile(r"\w(?:[\w\u0300-\u036f]|['\u2019](?=\w))*")


@dataclass(frozen=True)
class Piece:
    """Some of a text; `found` when it is one of the words looked for."""

    text: str
    found: bool = False


def pieces(text: str, sought: Sought, *, shown: int = SHOWN) -> tuple[Piece, ...]:
    """Cut a text into pieces, shortened to where the first word is found; without any, to its beginning."""
    text = " ".join(text.split())
    terms = [term for group in sought for term in group]
    spans = [span for span in _spans(text) if _fits(text[slice(*span)], terms)]
    begin = max(0, spans[0][0] - AROUND) if spans and len(text) > shown else 0
    begin = text.find(" ", begin) + 1 if begin else 0
    end = min(len(text), begin + shown)
    parts, at = ["…"] if begin else [], begin
    found = [Piece(parts[0])] if parts else []
    for start, stop in spans:
        if begin <= start and stop <= end:
            found += [Piece(text[at:start]), Piece(text[start:stop], found=True)]
            at = stop
    found.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return tuple(piece for piece in found if piece.text)


def has(parts: Iterable[Piece]) -> bool:
    """Tell whether any word was found in them."""
    return any(piece.found for piece in parts)


def _spans(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text)]


def _fits(word: str, terms: list[Term]) -> bool:
    return any(term.fits(one) for one in words_of(word) for term in terms)

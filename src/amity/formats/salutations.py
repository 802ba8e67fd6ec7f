"""Words that only greet (Mr, Frau, Mme, Sra., Dhr.): they stand before a name and are no part of it.

Whoever has a title of their own keeps it (Dr., Prof., Sir, Countess): a title is somebody's, a greeting
everybody's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Compared without case and full stops; in the languages whose headers are read. In full they are nobody's
# name, wherever they stand.
IN_FULL = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "mister", "messrs", "madam"),
        *("herr", "herrn", "frau", "frl", "fräulein"),
        *("mme", "mmes", "mlle", "mlles", "monsieur", "messieurs", "madame", "mademoiselle"),
        *("sra", "sres", "srta", "señor", "señora", "señorita"),
        *("senhor", "senhora", "senhorita", "exmo", "exma"),
        *("signor", "signore", "signora", "signorina"),
        *("dhr", "mijnheer", "meneer", "mevr", "mevrouw", "mejuffrouw"),
    )
)
# Elsewhere than in a field of their own these are initials, surnames, or the elder of two.
_IN_SHORT = frozenset(("hr", "m", "mm", "sr", "sig", "sigg", "sigra", "signa", "heer", "mw", "mej"))
_GREETINGS = IN_FULL | _IN_SHORT
# Titles that stand before a name and stay there; they tell a column of such words from one of employments.
ACADEMIC = frozenset(("dr", "prof", "professor"))
TITLES = ACADEMIC | {"sir", "dame", "rev", "fr", "ing", "dipl", "hon"}
_NAMES_TOO = frozenset(("lady", "lord", "mag"))
_BETWEEN = frozenset(("de", "and", "und", "et", "y", "e", "en", "&", "+"))
_PIECE = re.compile(r"[^\s/,]+")


@lru_cache(maxsize=1024)
def without_greeting(prefix: str) -> str:
    """Give what of a prefix belongs to the name: ``Frau Prof. Dr.`` -> ``Prof. Dr.``, ``Mr`` -> nothing."""
    words = _PIECE.findall(prefix)
    kept = [word for word in words if _plain(word) not in _GREETINGS]
    if len(kept) == len(words):
        return prefix
    while kept and _plain(kept[0]) in _BETWEEN:
        del kept[0]
    while kept and _plain(kept[-1]) in _BETWEEN:
        del kept[-1]
    return " ".join(kept)


def stand_before_names(cells: list[str]) -> bool:
    """Tell whether cells say how people are greeted, some of them perhaps by a title of their own."""
    words = {_plain(word) for cell in cells for word in _PIECE.findall(cell)}
    return not words.isdisjoint(_GREETINGS) and words <= _GREETINGS | TITLES | _NAMES_TOO | _BETWEEN


def after_greeting(name: str, prefix: str) -> str:
    """Take the greeting off the beginning of a name, where that very greeting is said beside it."""
    greeting = {_plain(word) for word in _PIECE.findall(prefix)} & (_GREETINGS | _BETWEEN)
    words = name.split()
    while len(words) > 1 and _plain(words[0]) in greeting:
        del words[0]
    return " ".join(words)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).replace(".", "").casefold()

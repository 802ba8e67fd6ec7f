"""Names of people in a line: those the book knows by any spelling, new ones by their capitals.

A new name is a run of capitalised words ("Ada Byron", "Ludwig van der Berg", "J. O'Neill") or
of words in a script without capitals (山田 太郎, אדה). A single first name means everybody in
the book who bears it; the caller asks when it means several.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from amity.formats.salutations import ACADEMIC, IN_FULL
from amity.moments.dates_in_words import WEEKDAY_OF
from amity.moments.line.clauses import APOSTROPHE, Clause, Word, small
from amity.storage.folded import fold

_PARTICLES = small(
    "van der den de la le las los da das do dos di du del della von vom zu zur af av "
    "ten ter "
    "bin ibn al el abu ben y 't"
)
_TITLES = (IN_FULL | ACADEMIC) - {"miss"}  # in a sentence *miss* is a verb
_NOT_NAMES = small(
    "i i'm i'll i've i'd she he they we it you the a an this that these those my our "
    "her his their "
    "and or but so if when at in on with about from to by for of ceo cto cfo coo vp hr phd mba "
    "great good nice lovely new"
)
_LONGEST = 6  # words in a name


class Name(NamedTuple):
    """A name as written, the index after it, and the folded names of the book it may mean (none: new)."""

    text: str
    end: int
    known: tuple[str, ...]


def could_be_name(word: Word) -> bool:
    """Whether a word may begin or go on with a name: a capital, or a letter of a script without them."""
    if word.sort != "word" or word.low in _NOT_NAMES or word.low in WEEKDAY_OF:
        return False
    _, _, inner = word.text.replace("-", "'").replace(APOSTROPHE, "'").partition("'")
    return _is_capital(word.text[0]) or bool(len(inner) > 1 and inner[0].isupper())  # d'Arc, al-Khwarizmi


def may_be_in_name(word: Word) -> bool:
    """Whether a word may stand anywhere in a name, particles included."""
    return word.low in _PARTICLES or could_be_name(word)


def _is_capital(letter: str) -> bool:
    # Georgian letters have capitals in Unicode that nobody writes.
    return letter.isalpha() and (not letter.islower() or "\u10d0" <= letter <= "\u10ff")


def run_of_capitals(clause: Clause, start: int) -> int:
    """The index after the name-like words at ``start`` (``start`` itself when there are none)."""
    end = i = start
    while i < min(len(clause.words), start + _LONGEST) and clause.lows[i]:
        if could_be_name(clause.words[i]):
            end = i + 1
            if clause.words[i].low.endswith(("'s", "s'")):
                break  # "Ada's office": the name ends here
        elif clause.lows[i] not in _PARTICLES:
            break
        i += 1
    return end


class KnownNames:
    """The names of the book, found by their leading words: "ada", "ada byron"."""

    def __init__(self, folded: Collection[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for name in folded:
            self._by_first.setdefault(name.partition(" ")[0], []).append(name)

    def name_at(self, clause: Clause, start: int, *, new: bool) -> Name | None:
        """The name that begins at ``start``: one of the book's, or a ``new`` one by its capitals."""
        if start >= len(clause.words) or not clause.lows[start]:
            return None
        begin = start
        known, end = self._longest(clause, start)
        if clause.lows[start].rstrip(".") in _TITLES:
            begin += 1
            # The book may have somebody with the title, *Frau Weber*: whichever holds more of the line.
            known, end = max((known, end), self._longest(clause, begin), key=lambda found: found[1])
        capitals = run_of_capitals(clause, begin)
        if known and (end >= capitals or (end - begin > 1 and self._is_whole(clause, begin, end))):
            return Name(_written(clause, start, end), end, known)
        if capitals > begin and new:
            return Name(_written(clause, start, capitals), capitals, ())
        return None

    def name_opening(self, clause: Clause, start: int) -> Name | None:
        """The name that opens a clause, where the first capital says little: not "Invited Ada"."""
        name = self.name_at(clause, start, new=True)
        if name and not name.known and self.name_at(clause, start + 1, new=False):
            return None
        return name

    def _longest(self, clause: Clause, start: int) -> tuple[tuple[str, ...], int]:
        """The names that share most words with the line from ``start`` on, and the index after them."""
        names: Collection[str] = ()
        spelled, end = "", start
        while end < min(start + _LONGEST, len(clause.words)) and clause.lows[end]:
            longer = f"{spelled} {fold(_bare(clause.words[end].text))}".lstrip()
            pool = names if spelled else self._by_first.get(longer, ())
            fitting = [name for name in pool if f"{name} ".startswith(f"{longer} ")]
            if not fitting:
                break
            names, spelled, end = fitting, longer, end + 1
        return ((spelled,) if spelled in names else tuple(sorted(names))), end

    def _is_whole(self, clause: Clause, start: int, end: int) -> bool:
        spelled = fold(_written(clause, start, end))
        return spelled in self._by_first.get(spelled.partition(" ")[0], ())


def _bare(text: str) -> str:
    return text.removesuffix("'s").removesuffix(f"{APOSTROPHE}s")


def _written(clause: Clause, start: int, end: int) -> str:
    return _bare(clause.line[clause.words[start].start : clause.words[end - 1].end])

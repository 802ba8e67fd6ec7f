"""A line cut into words and clauses, and tables of phrases to look them up in.

Plain ground for `amity.moments.capture`: no rule of the grammar lives here. A clause ends
at a comma, semicolon, full stop, bracket or dash, but not inside a number or a quotation,
and not at the comma of a list of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from amity.moments.dates_in_words import MONTH_OF, WEEKDAY_OF

Meaning = TypeVar("Meaning")

# Signs of other keyboards, spelled out because they look like their neighbours: apostrophe, commas.
APOSTROPHE = "\u2019"
COMMAS = frozenset({",", "\u3001", "\uff0c"})
OPAQUE = "\N{WHITE SQUARE}"
WORDS_READ = 400

# What is neither space nor punctuation belongs to a word: letters and marks of every script, digits, emoji.
_LETTER = r"""[^\s,;:.!?()"“”«»&/+@#'\u2019\-\u2013\u2014…\u3001\u3002\uff0c\uff1b]"""
_TOKEN = re.compile(
    rf"""
      (?P<opaque> "[^"\n]*" | “[^“”\n]*” | «[^«»\n]*»
                | https?://\S+ | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,8}} )
    | (?P<tag>    (?<!\w)\#\d*[^\W\d_][\w-]* )
    | (?P<word>   (?:Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr)\.(?=\s) | [ap]\.m\. | w/(?=\s)
                | (?<!\w)[^\W\d_a-zI]\.(?=\s)     # the initial of "J. Byron"
                | ['\u2019]t(?=\s)                # Gerard 't Hooft
                | {_LETTER}+ (?: ['\u2019.\-]{_LETTER}+ | (?<=\d)[:,](?=\d){_LETTER}+ )* )
    | (?P<end>    [,;.!?()\n…\u3001\u3002\uff0c\uff1b\u2014] | :(?=\s|$) | (?<=\s)[-\u2013](?=\s) )
    | [&/+@]
    """,
    re.VERBOSE,
)
_JOINS = frozenset({"and", "&", "/", "+", "plus"})


def small(words: str) -> frozenset[str]:
    """Give a set of words, written with spaces between them."""
    return frozenset(words.split())


class Word(NamedTuple):
    """One word, tag, quotation or sign of the line.

    ``low`` is what tables compare; quotations, addresses and tags are `OPAQUE` to them.
    """

    start: int
    end: int
    text: str
    low: str
    sort: str


@dataclass(slots=True)
class Clause:
    """Some words in a row. A word that was understood is taken: its place in ``lows`` is empty.

    ``after`` is the sign that ended it. ``told`` names what the rest of it belongs to, once the
    people and places in it are found.
    """

    line: str
    words: list[Word]
    after: str = ""
    told: str = ""
    lows: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lows = [word.low for word in self.words]

    def runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """The character spans of ``words[start:end]`` that nobody has taken yet."""
        runs: list[tuple[int, int]] = []
        previous = -2
        for i in range(start, end):
            if self.lows[i]:
                begin = runs.pop()[0] if previous == i - 1 else self.words[i].start
                runs.append((begin, self.words[i].end))
                previous = i
        return runs

    def text(self, start: int, end: int) -> str:
        """The owner's own words from ``start`` to ``end``, without those taken."""
        return " ".join(self.line[begin:stop] for begin, stop in self.runs(start, end))

    def take(self, start: int, end: int) -> list[tuple[int, int]]:
        """Take these words and say which spans of the line they were."""
        runs = self.runs(start, end)
        self.lows[start:end] = [""] * (end - start)
        return runs

    def skip(self, small: frozenset[str], at: int = 0) -> int:
        """The index after the words from ``at`` on that are taken or in ``small``."""
        while at < len(self.lows) and (not self.lows[at] or self.lows[at] in small):
            at += 1
        return at

    def past(self, small: frozenset[str], at: int) -> int:
        """The index after the words from ``at`` on that are in ``small``."""
        while at < len(self.lows) and self.lows[at] in small:
            at += 1
        return at

    def back(self, small: frozenset[str], at: int) -> int:
        """The index of the first of the words right before ``at`` that are in ``small``."""
        while at > 0 and self.lows[at - 1] in small:
            at -= 1
        return at

    def is_spent(self, at: int = 0) -> bool:
        """Whether nothing is left from ``at`` on."""
        return not any(self.lows[at:])


class Phrases(Generic[Meaning]):
    """A table from phrases to what they mean: ``{"coffee shop": "café, coffee", …}``.

    The longest phrase wins. Words in brackets must follow but are left where they are:
    ``"like (her)"``.
    """

    def __init__(self, table: Mapping[Meaning, str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], int, Meaning]]] = {}
        for meaning, phrases in table.items():
            for phrase in phrases.split(","):
                kept = len(phrase.partition("(")[0].split())
                words = phrase.replace("(", " ").replace(")", " ").split()
                self._by_first.setdefault(words[0], []).append((words, kept, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, lows: Sequence[str], start: int) -> tuple[Meaning, int] | None:
        """What the phrase at ``start`` means and the index after it, or None."""
        for words, kept, meaning in self._by_first.get(lows[start], ()) if start < len(lows) else ():
            if lows[start : start + len(words)] == words:
                return meaning, start + kept
        return None


def clauses(
    line: str,
    *,
    is_name: Callable[[Word], bool],
    opens: Callable[[list[str], int], bool],
) -> list[Clause]:
    """Cut a line into clauses.

    ``is_name`` says which words may be part of a name (for lists of names), ``opens`` whether
    an "and" at an index opens something new. Only the first `WORDS_READ` words are read: a line
    is a line, and reading one costs the same however much was pasted behind it.
    """
    words = _words(line)
    keeps = _list_commas(words, is_name) | _date_commas(words)
    lows = [word.low for word in words]
    found: list[Clause] = []
    start = 0
    for i, word in enumerate(words):
        ends = word.sort == "end" and i not in keeps
        if ends or (word.low in {"and", "but"} and opens(lows, i)):
            found.append(Clause(line, _said(words[start:i]), word.text if ends else ""))
            start = i + ends
    found.append(Clause(line, _said(words[start:])))
    return [clause for clause in found if clause.words]


def _words(line: str) -> list[Word]:
    found: list[Word] = []
    for match in islice(_TOKEN.finditer(line), WORDS_READ):
        sort, text = match.lastgroup or "sign", match[0]
        low = OPAQUE if sort in {"opaque", "tag"} else text.lower().replace(APOSTROPHE, "'")
        found.append(Word(match.start(), match.end(), text, low, sort))
    return found


def _said(words: Iterable[Word]) -> list[Word]:
    """The words without the commas inside a date, so that "May 3, 2026" reads as three words."""
    said = list(words)
    return [word for i, word in enumerate(said) if word.sort != "end" or not _is_in_date(said, i)]


def _is_in_date(words: Sequence[Word], i: int) -> bool:
    before, after = words[i - 1 : i], words[i + 1 : i + 2]
    if words[i].low != "," or not before or not after:
        return False
    year = before[0].low[:1].isdecimal() and after[0].low.isdecimal() and len(after[0].low) == len("2026")
    return year or (
        before[0].low in WEEKDAY_OF and (after[0].low in MONTH_OF or after[0].low[:1].isdecimal())
    )


def _date_commas(words: Sequence[Word]) -> set[int]:
    return {i for i, word in enumerate(words) if word.low == "," and _is_in_date(words, i)}


def _list_commas(words: Sequence[Word], is_name: Callable[[Word], bool]) -> set[int]:
    """The commas of "Ada, Ben and Carla": from the right, a name before "and", or before such a comma."""
    commas: set[int] = set()
    in_list = joined = (
        False  # whether the words to the right are a name in a list; whether a join stands there
    )
    for i in range(len(words) - 1, 0, -1):
        word = words[i]
        if is_name(word):
            in_list = in_list or joined
            joined = False
        elif word.low in COMMAS and (in_list or joined) and is_name(words[i - 1]):
            commas.add(i)
            joined, in_list = True, False
        else:
            joined = word.low in _JOINS and i + 1 < len(words) and is_name(words[i + 1])
            in_list = False
    return commas

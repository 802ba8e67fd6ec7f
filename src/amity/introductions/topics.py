"""What people have in common, by the words the owner wrote of them; plain, no Django."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations

_WORD = re.compile(r"[^\W\d_]{4,}")
_SHARED_BY_FEW = 0.1
_AT_MOST = 30

# What everybody says of everybody: sharing one of these is sharing nothing.
_COMMON = frozenset(
    """about above after again against almost along already also although always among another anybody
    anyone anything around away back because been before began begin being best better between both
    bring business came cannot change come company could curious different does doing done down during
    each easy else enough even ever every everybody everyone everything feel find first five found four
    from full gave gets getting give goes going good great grow hard have having hear help here hers
    herself high himself hope hoped hopes idea into itself just keep kept kind knew know known large
    last later lead learn learned learning least leave less life like likes little live long look
    looking lots love made make makes making many maybe mean meet might mine month months more most move
    moved much must myself near need never next nice none nothing often once only open opened opening
    other others ours over part people perhaps person place plan possible project projects publish quite
    rather read ready real really right same second seem seen several shall share should show side since
    some somebody someone something soon start started starting still such sure take takes taking talk
    tell than that their theirs them then there these they thing things think this those though three
    through time today together toward towards tries true trying turn under until upon used using very
    visit want wanted wanting wants well went were what when where whether which while whole whom whose
    will wish with within without wonder word words work worked working works world would write writing
    year years yours yourself young your""".split()  # noqa: SIM905  (a list of 240 words is read as a text)
)


def words_of(folded: str) -> frozenset[str]:
    """Give the telling words of a folded text, plural and singular alike: ``looms`` -> ``loom``."""
    found = (_singular(word) for word in _WORD.findall(folded) if word not in _COMMON)
    return frozenset(word for word in found if word not in _COMMON)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:  # noqa: PLR2004  (cities, but not ties)
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def weights(said: Mapping[int, AbstractSet[str]]) -> dict[str, float]:
    """Give the words that two or more people share, each with the logarithm of how rare it is.

    A word that is said of more than a tenth of all people (and of more than three) joins nobody.
    """
    people: defaultdict[str, int] = defaultdict(int)
    for words in said.values():
        for word in words:
            people[word] += 1
    few = min(_AT_MOST, max(3, math.floor(_SHARED_BY_FEW * len(said))))
    return {word: math.log(1 + len(said) / count) for word, count in people.items() if 2 <= count <= few}  # noqa: PLR2004


def pairs(said: Mapping[int, AbstractSet[str]]) -> dict[tuple[int, int], list[str]]:
    """Give every two people (lower key first) who share words, with these words, the rarest first."""
    rare = weights(said)
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for word, keys in _bearers(said, rare):
        for pair in combinations(keys, 2):
            shared[pair].append(word)
    return {pair: sorted(words, key=lambda word: (-rare[word], word)) for pair, words in shared.items()}


def _bearers(
    said: Mapping[int, AbstractSet[str]], rare: Mapping[str, float]
) -> Iterator[tuple[str, list[int]]]:
    of_word: defaultdict[str, list[int]] = defaultdict(list)
    for key in sorted(said):
        for word in said[key]:
            if word in rare:
                of_word[word].append(key)
    yield from of_word.items()

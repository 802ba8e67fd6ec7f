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
    """about above across after again against almost along already also although always among another
    answer answers anybody anyone anything around asked asks away back because been before began begin
    behind being below beside best better between beyond bigger both bring brings build building builds
    built business came cannot change child children come company could countries country curious days
    different does doing done down dream dreams during each early easy eight else enough even ever every
    everybody everyone everything families family feel fewer fifty find fine finish finished finishes
    first five forty found four friend friends from full gave gets getting give goes going good great
    group groups grow half hard have having hear help here hers herself high himself hope hoped hopes
    hour hours house hundred idea into itself jobs just keep kept kids kind knew know known large last
    late later lead learn learned learning least leave less life like likes little live long look
    looking lots love made make makes making many maybe mean meet mend mends might mine minute minutes
    month months more most move moved much must myself near need never newer next nice nine none nothing
    often older once only open opened opening other others ours over owns part people perhaps person
    place plan possible project projects publish quite rather read ready real really right running runs
    same second seem seen send sends seven several shall share should show side since small smaller some
    somebody someone something soon speak speaks start started starting stay stays still street such
    sure take takes taking talk talks taught teach teaches team teams tell than that their theirs them
    then there these they thing things think thirty this those though thousand three through time tiny
    today together toward towards town towns tries true trying turn twelve twenty twice under until upon
    used using very visit walk walks want wanted wanting wants week weeks well went were what when where
    whether which while whole whom whose will wish with within without woman women wonder word words
    work worked working works world would write writing year years young your yours yourself""".split()  # noqa: SIM905  (a list of 240 words is read as a text)
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

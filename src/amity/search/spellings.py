"""Words with a typo: which words of names are spelled nearly so. The same rows and SQL on both engines."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Length

from amity.owner.models import Owner
from amity.search.documents import ids_of
from amity.search.models import Kind, Spelling
from amity.storage.words import Term, kinds_with

FORGIVING_FROM, MORE_FORGIVING_FROM = 3, 6  # letters of a word in which one typo, or two, are forgiven
LOOKED_AT = 200  # words compared letter by letter
NEAREST = 12
_SPOILT = 4  # groups of three letters that one typo can spoil: a swap of two neighbours spoils four


def typos_forgiven(word: str) -> int:
    """Give how many typos a word may have; very short words have to be right."""
    return (len(word) >= FORGIVING_FROM) + (len(word) >= MORE_FORGIVING_FROM)


def threes(word: str) -> list[str]:
    """Give the groups of three letters of a word with its edges: ``ada`` -> ``$$a, $ad, ada, da$``."""
    padded = f"$${word}$"
    return sorted({padded[at : at + 3] for at in range(len(padded) - 2)})


def near(owner: Owner, word: str) -> list[str]:
    """Give the words of names that are spelled nearly so, the nearest first; one question."""
    forgiven = typos_forgiven(word)
    if not forgiven:
        return []
    groups = threes(word)
    alike = (
        Spelling.objects.filter(owner=owner, letters__in=groups)
        .values("word")
        .annotate(shared=Count("id"), size=Length("word"))
        .filter(
            shared__gte=max(1, len(groups) - _SPOILT * forgiven),
            size__gte=len(word) - forgiven,
            size__lte=len(word) + forgiven,
        )
        .order_by("-shared", "word")
        .values_list("word", flat=True)[:LOOKED_AT]
    )
    far = sorted((distance(word, other, forgiven), other) for other in alike)
    return [other for typos, other in far if typos <= forgiven][:NEAREST]


def distance(one: str, other: str, most: int) -> int:
    """Count the typos between two words: a letter more, less or another, or two neighbours swapped.

    The optimal string alignment distance (Boytsov 2011, ACM JEA 16, 2.1); above `most` it is `most` + 1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, opposite in enumerate(other, 1):
            typos = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                typos = min(typos, last[j - 2] + 1)
            row.append(typos)
        if min(row) > most:
            return most + 1
    return row[-1]


def learn(owner: Owner, names: Iterable[str]) -> None:
    """Remember how the words of these names are spelled."""
    words = {word for name in names for word in name.split() if typos_forgiven(word) and not word.isdigit()}
    known = set(Spelling.objects.filter(owner=owner, word__in=words).values_list("word", flat=True))
    Spelling.objects.bulk_create(
        [
            Spelling(owner=owner, letters=group, word=word)
            for word in sorted(words - known)
            for group in threes(word)
        ],
        ignore_conflicts=True,
    )


def unlearn(owner: Owner, names: Iterable[str]) -> None:
    """Forget the words of these names that nobody bears any more."""
    words = {word for name in names for word in name.split()}
    gone = [word for word in sorted(words) if not _is_borne(owner, word)]
    if gone:
        Spelling.objects.filter(owner=owner, word__in=gone).delete()


def _is_borne(owner: Owner, word: str) -> bool:
    return bool(kinds_with([[Term(word)]], owner=owner.pk, ids=ids_of(Kind.NAME)))


def forget_all(owner: Owner) -> None:
    """Forget every spelling of a book."""
    Spelling.objects.filter(owner=owner).delete()

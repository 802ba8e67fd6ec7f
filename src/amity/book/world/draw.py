"""Chance that can be repeated: the same seed draws the same world."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from amity.book.world.words import Name, cultures, in_their_own_script, phrases

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


class Draw(random.Random):
    """A seeded stream of draws. Lines are dealt like cards: none comes again before all have been out."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._decks: dict[str, list[str]] = {}

    def maybe(self, share: float) -> bool:
        """Say yes in this share of draws."""
        return self.random() < share

    def line(self, section: str) -> str:
        """Deal a line of a section."""
        deck = self._decks.setdefault(section, [])
        if not deck:
            deck += self.sample(phrases()[section], len(phrases()[section]))
        return deck.pop()

    def gap(self, rhythm: float) -> int:
        """Draw days until the two are next in touch: lognormal around the rhythm, at least one."""
        return max(1, round(rhythm * math.exp(self.gauss(0, 0.28))))

    def uid(self) -> str:
        """Draw a row's name, spelled as ``new_uid`` spells it."""
        return "".join(self.choices(_SIGNS, k=12))

    def names(self, count: int) -> list[Name]:
        """Draw invented names, no two alike; given names repeat only once all of them are taken."""
        own_script = list(in_their_own_script())
        self.shuffle(own_script)
        names = self._latin_names(count - len(own_script))
        for place, name in enumerate(own_script):
            names.insert(3 + place * 9, name)
        return names

    def _latin_names(self, count: int) -> list[Name]:
        rounds = [self._round(turn) for turn in range(math.ceil(count / len(_given())))]
        return [name for one in rounds for name in one][:count]

    def _round(self, turn: int) -> list[Name]:
        """Give every given name once, each time with another family name of its culture."""
        names = []
        for culture in cultures():
            shift = turn + len(culture.given)
            for place, given in enumerate(culture.given):
                full = f"{given} {culture.family[(place * 5 + shift) % len(culture.family)]}"
                names.append(Name(full, full))
        self.shuffle(names)
        return names


def _given() -> Sequence[str]:
    return [given for culture in cultures() for given in culture.given]

"""What has been understood of a line so far, and the small things a line can say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from amity.moments.line.clauses import Clause, Phrases
from amity.moments.line.names import KnownNames, Name
from amity.storage.folded import fold


class Somebody(NamedTuple):
    """A person as written, and the folded names of the book they may be: none is new, several ask which."""

    name: str
    known: tuple[str, ...] = ()


class Promised(NamedTuple):
    """What the owner said they would do, and by when."""

    text: str
    due: date | None = None


class Given(NamedTuple):
    """A gift (a kind of `product.md`), told in the owner's words."""

    kind: str
    received: bool
    text: str


class Sparked(NamedTuple):
    """A spark and its line, which may be empty."""

    kind: str
    text: str = ""


class Understood(NamedTuple):
    """Characters ``span[0]:span[1]`` of the line and the word for what they became."""

    span: tuple[int, int]
    what: str


@dataclass(slots=True)
class Reading:
    """The notes taken while reading. Of kinds, days, settings, gatherings and feelings the first counts."""

    today: date
    names: KnownNames
    own_settings: Phrases[str]
    kind: tuple[str, str] | None = None
    channel: tuple[str, str] | None = None
    day: date | None = None
    setting: str = ""
    gathering: str = ""
    felt: str = ""
    names_met: list[tuple[int, Somebody]] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    gifts: list[Given] = field(default_factory=list)
    sparks: list[Sparked] = field(default_factory=list)
    hopes: list[str] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)

    def take(self, clause: Clause, start: int, end: int, what: str) -> None:
        """Take words out of their clause and note what they became."""
        self.understood += [Understood(span, what) for span in clause.take(start, end)]

    def meet(self, clause: Clause, start: int, name: Name) -> None:
        """Take a name."""
        self.names_met.append((clause.words[start].start, Somebody(name.text, name.known)))
        self.take(clause, start, name.end, "person")

    def people(self) -> tuple[Somebody, ...]:
        """Everybody met, in the order of the line; "Ada" beside "Ada Byron" is the same person."""
        spelled = {somebody.name: fold(somebody.name).split() for _, somebody in self.names_met}
        shorter = {" ".join(words[:size]) for words in spelled.values() for size in range(1, len(words))}
        people: dict[str, Somebody] = {}
        for _, somebody in sorted(self.names_met):
            name = " ".join(spelled[somebody.name])
            if name not in shorter:
                people.setdefault(name, somebody)
        return tuple(people.values())

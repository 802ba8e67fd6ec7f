"""The words of the sample world, read from the text files beside this one. Plain; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Line:
    """Something that happened: the way it happened (a word such as ``coffee``) and the owner's words."""

    way: str
    text: str


@dataclass(frozen=True)
class Story:
    """Somebody the owner knows well. ``said`` maps what a line is (hope, like, fact ...) to its texts."""

    title: str
    organisation: str
    role: str
    said: dict[str, list[str]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def words(self, what: str) -> list[str]:
        """Give everything said under one word, [] when nothing was."""
        return self.said.get(what, [])


@dataclass(frozen=True)
class Name:
    """An invented name; ``latin`` differs where it is written in another script."""

    full: str
    latin: str


@dataclass(frozen=True)
class Culture:
    """Given and family names that belong together."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@cache
def stories() -> tuple[Story, ...]:
    """Give every story, in the order of the file."""
    return tuple(_story(block.split("\n")) for block in _blocks("stories.txt"))


def _story(lines: list[str]) -> Story:
    title, organisation = lines[0].removeprefix("# ").split(" | ")
    said: dict[str, list[str]] = {}
    happened: list[Line] = []
    for line in lines[1:]:
        word, text = line.removeprefix("- ").split(": ", 1)
        if line.startswith("- "):
            happened.append(Line(word, text))
        else:
            split = {"topic": "; ", "circle": ", "}.get(word)
            said.setdefault(word, []).extend(text.split(split) if split else [text])
    role = said.pop("role", ["friend"])[0]
    return Story(title, "" if organisation == "self-employed" else organisation, role, said, tuple(happened))


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Give the sections of moments and places: a heading with its lines."""
    sections = {}
    for block in [*_blocks("moments.txt"), *_blocks("places.txt")]:
        heading, *lines = block.split("\n")
        sections[heading.strip("[]")] = tuple(lines)
    return sections


@cache
def cultures() -> tuple[Culture, ...]:
    """Give the names of every culture."""
    found = []
    for block in _blocks("names.txt")[:-1]:
        given, family = (line for line in block.split("\n") if not line.startswith("#"))
        found.append(Culture(tuple(given.split(", ")), tuple(family.split(", "))))
    return tuple(found)


@cache
def in_their_own_script() -> tuple[Name, ...]:
    """Give the names that are not written in Latin letters."""
    pairs = (line.split(" = ") for line in _blocks("names.txt")[-1].split("\n"))
    return tuple(Name(own, latin) for own, latin in pairs)


def _blocks(file: str) -> list[str]:
    return (_FOLDER / file).read_text(encoding="utf-8").strip().split("\n\n")

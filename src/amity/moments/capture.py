"""The one-line grammar: "Met Ada Byron at PyCon breakout, promised paper by Friday, energised #analytics".

`parse` reads one line into a `Captured`; `sentence` says in one sentence what was understood.
The rules live in `amity.moments.line`: each is small and looks at one clause; what no rule takes
stays in ``text``, in order. docs/capture.md tells owners how to write a line.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from amity.moments.line.clauses import Phrases, clauses
from amity.moments.line.names import KnownNames, may_be_in_name
from amity.moments.line.openers import OPENERS, kind, opens_something
from amity.moments.line.reading import Given, Promised, Reading, Somebody, Sparked, Understood
from amity.moments.line.surroundings import surroundings

__all__ = ["Captured", "Given", "Promised", "Somebody", "Sparked", "Understood", "parse", "sentence"]

# Dashes, and the commas and full stops of Chinese and Japanese.
_SIGNS = "\u2013\u2014\u3001\u3002\uff0c\uff1b"
_NO_WORD = frozenset(string.punctuation + string.whitespace + "…“”«»\u2018\u2019" + _SIGNS)
_BREAK = re.compile(rf"[,;:.!?()\n…{_SIGNS}]")
_EDGES = f" \t\r\n,;:.-{_SIGNS}"


@dataclass(frozen=True, slots=True)
class Captured:
    """What one line says. ``day`` is when it happened: ``today`` when the line does not say.

    ``kind``, ``direction``, ``setting`` and ``felt`` are spelled as a moment's columns; empty
    means not said. ``understood`` lists the spans of the line that became something, in order
    and without overlap; ``text`` is all the rest.
    """

    today: date
    day: date
    kind: str = "note"
    direction: str = ""
    people: tuple[Somebody, ...] = ()
    setting: str = ""
    gathering: str = ""
    felt: str = ""
    promises: tuple[Promised, ...] = ()
    gifts: tuple[Given, ...] = ()
    sparks: tuple[Sparked, ...] = ()
    hopes: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    text: str = ""
    understood: tuple[Understood, ...] = ()


def parse(
    line: str, *, today: date, known: Collection[str] = frozenset(), settings: Collection[str] = ()
) -> Captured:
    """Read one line. ``known`` are the owner's people: full names, folded by `amity.storage.folded.fold`.

    ``settings`` are the owner's own, beside the ten; what the owner has named goes before what we know.

    Never raises; the same line, day and names always give the same.
    """
    reading = _read(line, today, known, settings)
    what, direction = _kind(reading)
    understood = tuple(sorted(reading.understood))
    return Captured(
        today=today,
        day=reading.day or today,
        kind=what,
        direction=direction,
        people=reading.people(),
        setting=reading.setting or ("video call" if what == "video call" else ""),
        gathering=reading.gathering,
        felt=reading.felt,
        promises=tuple(reading.promises),
        gifts=tuple(reading.gifts),
        sparks=tuple(reading.sparks),
        hopes=tuple(reading.hopes),
        circles=tuple(dict.fromkeys(reading.circles)),
        text=_rest(line, understood),
        understood=understood,
    )


def _read(line: str, today: date, known: Collection[str], settings: Collection[str]) -> Reading:
    own = Phrases({name: name.casefold() for name in settings})
    reading = Reading(today, KnownNames(known), own)
    found = clauses(line, is_name=may_be_in_name, opens=opens_something)
    for clause in found:
        for rule in OPENERS:
            rule(reading, clause)
    surroundings(reading, found, kind(reading, found))
    return reading


def _kind(reading: Reading) -> tuple[str, str]:
    """The kind and direction: the deed's, unless where or how says better ("met … on Zoom", "by phone")."""
    told, direction = reading.kind or ("", "")
    if told not in {"", "met"}:
        return told, direction
    if reading.channel:
        return reading.channel
    if reading.setting == "video call":
        return "video call", ""
    if told == "" and reading.names_met and (reading.setting or reading.gathering):
        return "met", ""
    return told or "note", ""


def _rest(line: str, understood: Sequence[Understood]) -> str:
    """What nobody understood, in order: parts that stood in different clauses are parted by a comma."""
    rest, end_of_last = "", 0
    for start, end in _gaps(line, understood):
        part = line[start:end].strip(_EDGES)
        if all(letter in _NO_WORD for letter in part):
            continue
        begin = line.index(part, start)
        parted = _BREAK.search(line, end_of_last, begin)
        rest += part if not rest else f"{', ' if parted else ' '}{part}"
        end_of_last = begin + len(part)
    return rest


def _gaps(line: str, understood: Sequence[Understood]) -> list[tuple[int, int]]:
    edges = [0, *(edge for piece in understood for edge in piece.span), len(line)]
    return list(zip(edges[::2], edges[1::2], strict=True))


_DEEDS = {
    ("met", ""): "Met {people}",
    ("call", "out"): "Called {people}",
    ("call", "in"): "A call from {people}",
    ("call", ""): "A call with {people}",
    ("video call", ""): "A video call with {people}",
    ("message", "out"): "Wrote to {people}",
    ("message", "in"): "Heard from {people}",
    ("message", ""): "Messages with {people}",
    ("mail", "out"): "Mailed {people}",
    ("mail", "in"): "A mail from {people}",
    ("mail", ""): "Mails with {people}",
    ("note", ""): "A note about {people}",
}
_THINGS = {"kind word": "a kind word", "idea": "an idea", "introduction": "an introduction"}


def sentence(captured: Captured) -> str:
    """One plain sentence that says what was understood, for the preview before anything is kept."""
    parts = [_deed(captured)]
    if captured.felt:
        parts.append(captured.felt if captured.felt != "neutral" else "felt neutral")
    parts += [f"you promised: {promised.text}{_by(promised, captured)}" for promised in captured.promises]
    parts += [
        f"you {'received' if gift.received else 'gave'} {_THINGS.get(gift.kind, gift.kind)}"
        for gift in captured.gifts
    ]
    parts += [
        f"spark: {spark.kind}" + (f" ({spark.text})" if spark.text else "") for spark in captured.sparks
    ]
    parts += [f"hope: {hope}" for hope in captured.hopes]
    if captured.circles:
        parts.append(f"circle{'s' * (len(captured.circles) > 1)}: {', '.join(captured.circles)}")
    if captured.text:
        parts.append(f"note: {captured.text}")
    return "; ".join(parts) + "."


def _deed(captured: Captured) -> str:
    told = _DEEDS[captured.kind, captured.direction]
    people = _and([somebody.name for somebody in captured.people])
    if not people:
        people = "somebody"
        told = "A note" if captured.kind == "note" else told
    place = captured.setting if captured.setting != captured.kind else ""
    if captured.gathering:
        place = f" at {captured.gathering}" + (f" ({place})" if place else "")
    elif place:
        place = f" ({place})"
    return told.format(people=people) + f"{place} {_on(captured.day, captured.today)}"


def _by(promised: Promised, captured: Captured) -> str:
    return f", by {_day(promised.due, captured.today)}" if promised.due else ""


def _on(day: date, today: date) -> str:
    near = {today.toordinal(): "today", today.toordinal() - 1: "yesterday"}
    return near.get(day.toordinal()) or f"on {_day(day, today)}"


def _day(day: date, today: date) -> str:
    """Friday 15 May, with its year when that is another than this."""
    return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


def _and(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), "".join(names[-1:])) if part)

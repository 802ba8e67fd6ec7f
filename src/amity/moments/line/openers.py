"""The rules for what opens a clause: a promise, a hope, a spark, a gift, a feeling, a deed.

One rule, one function: it looks at one clause and, if the clause opens with the words of its
table, takes them. "Opens" leaves room for small words ("and I really …").
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeVar

from amity.moments.dates_in_words import DEADLINES, Said, day_at
from amity.moments.line import vocabulary as words
from amity.moments.line.clauses import Clause, Phrases
from amity.moments.line.names import Name
from amity.moments.line.reading import Given, Promised, Reading, Sparked

Meaning = TypeVar("Meaning")

_OPENING = (words.PROMISES, words.HOPES, words.SPARKS, words.FEELINGS, words.GIFT_DEEDS)
_NO_NAMES = (*_OPENING, words.FEELING_DEEDS, words.KINDS, words.SETTINGS)
_BEFORE_OPENING = frozenset({"i", "she", "he", "they", "felt", "was"})


def opens_something(lows: list[str], at: int) -> bool:
    """Whether the "and" at ``at`` opens a new thing: "and felt energised", "and she hopes to"."""
    after = at + 1
    if after < len(lows) and lows[after] in _BEFORE_OPENING:
        after += 1
    return any(table.at(lows, after) for table in _OPENING)


def circles(reading: Reading, clause: Clause) -> None:
    """Take the owner's tags: "#analytics"."""
    for i, word in enumerate(clause.words):
        if word.sort == "tag":
            reading.circles.append(word.text[1:])
            reading.take(clause, i, i + 1, "circle")


def promise(reading: Reading, clause: Clause) -> None:
    """Take the owner's own word, with its day: "promised paper by Friday"."""
    opening = _opening(clause, words.PROMISES, words.MINE - {"was"})
    if opening is None or clause.is_spent(opening[1]) or clause.lows[opening[1]] in words.NOT_PROMISED:
        return
    begin, end = clause.past(words.PROMISE_FILLERS, opening[1]), len(clause.words)
    due_at, due = _due(reading, clause, begin)
    parts = [clause.text(begin, due_at), clause.text(due.end, end) if due else ""]
    text = " ".join(part for part in parts if part)
    if text:
        reading.promises.append(Promised(text, due.day if due else None))
        reading.take(clause, 0, end, "promise")


def _due(reading: Reading, clause: Clause, begin: int) -> tuple[int, Said | None]:
    """Where the day of a promise is said: the first one after "by", else the last one."""
    last: tuple[int, Said | None] = (len(clause.words), None)
    i = begin
    while i < len(clause.words):
        said = day_at(clause.lows, i, reading.today, ahead=True)
        if said:
            last = (i, said)
            if clause.lows[i] in DEADLINES:
                break
        i = said.end if said else i + 1
    return last


def hope(reading: Reading, clause: Clause) -> None:
    """Take what somebody else is trying to do: "she hopes to launch in May"."""
    end = len(clause.words)
    for i in range(end):
        found = words.HOPES.at(clause.lows, i)
        if found and not clause.is_spent(found[1]) and (i == 0 or clause.lows[i - 1] not in words.NOT_HOPED):
            start = clause.back(words.THEIRS | words.ALSO, i)
            reading.hopes.append(clause.text(found[1], end))
            reading.take(clause, start, end, "hope")
            name = _name_opening(reading, clause)
            if name and name.end == start:
                reading.meet(clause, clause.skip(words.MINE), name)
            return


def spark(reading: Reading, clause: Clause) -> None:
    """Take why the owner cares for this person: "curious about looms"."""
    found = _opening(clause, words.SPARKS, words.MINE)
    if found:
        reading.sparks.append(Sparked(found[0], clause.text(found[1], len(clause.words))))
        reading.take(clause, 0, len(clause.words), "spark")


def feeling(reading: Reading, clause: Clause) -> None:
    """Take how it was for the owner, if nothing follows: "energised", "she left me happy"."""
    giver = _giver(reading, clause)
    deed = words.FEELING_DEEDS.at(clause.lows, giver.end)
    found = deed or _opening(clause, words.FEELINGS, words.FELT_BEFORE)
    if found and not reading.felt and clause.skip(words.FELT_TAILS, found[1]) == len(clause.words):
        reading.felt = found[0]
        if deed and giver.name:
            reading.meet(clause, giver.start, giver.name)
        reading.take(clause, 0, len(clause.words), "felt")


def gift(reading: Reading, clause: Clause) -> None:
    """Take what was given: "she gave me an idea", "thanked her for the intro"."""
    giver = _giver(reading, clause)
    deed = words.GIFT_DEEDS.at(clause.lows, giver.end)
    if deed is None:
        return
    receiver = _receiver(reading, clause, deed[1])
    found = _given(clause, deed[0], giver, receiver)
    if found is None:
        return
    kind, received, end = found
    reading.gifts.append(Given(kind, received, clause.text(0, len(clause.words))))
    for party in (giver, receiver):
        if party.name:
            reading.meet(clause, party.start, party.name)
    reading.take(clause, 0, len(clause.words) if deed[0] == "thank" else end, "gift")
    clause.told = "gift"


class _Party(NamedTuple):
    """Who gives or receives: the words from ``start`` to ``end``, perhaps a name."""

    start: int
    end: int
    who: Literal["me", "them", ""]
    name: Name | None = None


def _giver(reading: Reading, clause: Clause) -> _Party:
    start = clause.skip(words.MINE)
    if clause.lows[start : start + 1] and clause.lows[start] in words.THEIRS:
        return _Party(start, clause.skip(words.MINE, start + 1), "them")
    name = _name_opening(reading, clause)
    if name is None:
        return _Party(start, start, "me")
    return _Party(start, clause.skip(words.MINE, name.end), "them", name)


def _receiver(reading: Reading, clause: Clause, at: int) -> _Party:
    low = clause.lows[at] if at < len(clause.lows) else ""
    if low in words.TO_ME:
        return _Party(at, at + 1, "me")
    if low in words.TO_THEM:
        return _Party(at, at + 1, "them")
    name = reading.names.name_at(clause, at, new=True)
    return _Party(at, name.end, "them", name) if name else _Party(at, at, "")


def _given(clause: Clause, deed: str, giver: _Party, receiver: _Party) -> tuple[str, bool, int] | None:
    """Which kind of gift, whether the owner received it, and the index after it."""
    if (giver.who, receiver.who) == ("them", "them"):
        return None  # "she introduced Ben to Carla" is a gift, but not one of ours
    received = receiver.who == "me" or giver.who == "them" or deed == "get"
    thing = words.GIFT_THINGS.at(clause.lows, clause.past(words.GIFT_FILLERS, receiver.end))
    if deed == "thank":
        return (thing[0], not received, thing[1]) if thing else ("kind word", received, receiver.end)
    if deed in {"give", "get"}:
        return (thing[0], received, thing[1]) if thing else None
    return deed, received, receiver.end


def kind(reading: Reading, found: list[Clause]) -> Clause | None:
    """Find the first deed, the owner's ("met") or another's ("she wrote"), and the clause that tells it."""
    for clause in found:
        mine = _opening(clause, words.KINDS, words.KIND_FILLERS)
        theirs = _giver(reading, clause)
        deed = mine or (words.THEIR_KINDS.at(clause.lows, theirs.end) if theirs.who == "them" else None)
        if deed is None:
            continue
        reading.kind = deed[0]
        if not mine and theirs.name:
            reading.meet(clause, theirs.start, theirs.name)
        reading.take(clause, 0, deed[1], "kind")
        return clause
    return None


def _opening(clause: Clause, table: Phrases[Meaning], small: frozenset[str]) -> tuple[Meaning, int] | None:
    """What the clause opens with after words that are small or taken, and the index after it."""
    for at in range(clause.skip(small) + 1):
        found = table.at(clause.lows, at)
        if found:
            return found
    return None


def _name_opening(reading: Reading, clause: Clause) -> Name | None:
    """A name that opens the clause; a capital of "Met" or "Dinner" is that of any first word."""
    at = clause.skip(words.MINE)
    if any(table.at(clause.lows, at) for table in _NO_NAMES):
        return None
    return reading.names.name_opening(clause, at)


OPENERS = (circles, promise, hope, spark, feeling, gift)

"""Where, when and with whom: read in the clause of the deed, or in a clause that says nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from amity.moments.dates_in_words import day_at
from amity.moments.line import vocabulary as words
from amity.moments.line.clauses import Clause
from amity.moments.line.names import Name, could_be_name, run_of_capitals
from amity.moments.line.reading import Reading


class Piece(NamedTuple):
    """Words of a clause that say one thing; ``start == end`` where the same words say a second thing."""

    start: int
    end: int
    what: str
    value: date | str | tuple[str, str] | Name


def surroundings(reading: Reading, found: list[Clause], head: Clause | None) -> None:
    """Read every clause: the head freely, the others only where they are nothing but surroundings.

    A head that is already spent ("Note: Ada has two kids") leaves its place to the next clause.
    """
    if head and head.is_spent():
        head = None
    for clause in found:
        if clause is head or clause.told:
            _read_freely(_Look(reading, clause), led=clause is head)
        elif (
            not _read_wholly(_Look(reading, clause))
            and head is None
            and not (reading.names_met or reading.setting)
        ):
            head = clause
            _read_freely(_Look(reading, clause, new=True), led=False)
        if clause.told:
            reading.take(clause, 0, len(clause.words), clause.told)


def _read_freely(look: _Look, *, led: bool) -> None:
    """Take what is understood and leave the rest, up to a turn of the clause. ``led``: a name is expected."""
    lows, i = look.clause.lows, look.clause.skip(words.ALSO)
    while i < len(lows) and lows[i] not in words.TURNS | words.TOPICS:
        pieces = look.at(i, led=led)
        led = led and (bool(pieces) or not lows[i]) and not look.reading.names_met
        coming = day_at(lows, i, look.reading.today, ahead=True)
        i = pieces[-1].end if pieces else coming.end if coming else i + 1
        for piece in pieces:
            look.keep(piece)
    if i < len(lows) and lows[i] in words.TOPICS:
        _closing_day(look, i)


def _closing_day(look: _Look, start: int) -> None:
    """Take the last words if they are a day: "talked to Ada about looms yesterday"."""
    for i in range(start, len(look.clause.lows)):
        if look.clause.lows[i] in words.TURNS:
            return
        said = day_at(look.clause.lows, i, look.reading.today, ahead=False)
        if said and look.clause.is_spent(said.end):
            look.keep(Piece(i, said.end, "day", said.day))
            return


def _read_wholly(look: _Look) -> bool:
    """Take the clause if every word of it is surroundings, and new ones; else leave it alone."""
    found: list[Piece] = []
    i = look.clause.skip(words.ALSO)
    while i < len(look.clause.lows):
        pieces = look.at(i, led=False)
        if not pieces or any(look.is_known(piece) for piece in pieces):
            return False
        found += pieces
        i = look.clause.skip(frozenset(), pieces[-1].end)
    for piece in found:
        look.keep(piece)
    return True


@dataclass(slots=True)
class _Look:
    """A look at one clause. ``new``: it may open with the name of somebody new."""

    reading: Reading
    clause: Clause
    new: bool = False

    def at(self, i: int, *, led: bool) -> list[Piece]:
        """What the words at ``i`` say, if anything."""
        lows = self.clause.lows
        if not lows[i]:
            return []
        said = day_at(lows, i, self.reading.today, ahead=False)
        if said:
            return [Piece(i, said.end, "day", said.day)]
        channel = words.CHANNELS.at(lows, i)
        if channel:
            return [Piece(i, channel[1], "channel", channel[0])]
        opening = i == self.clause.skip(words.ALSO)
        return self._place(i, opening=opening and not led) or self._people(i, led=led, opening=opening)

    def is_known(self, piece: Piece) -> bool:
        """Whether the line has said such a thing before; people may always be added."""
        return piece.what != "person" and bool(getattr(self.reading, piece.what))

    def keep(self, piece: Piece) -> None:
        """Note a piece and take its words, unless the line has said such a thing before."""
        if isinstance(piece.value, Name):
            self.reading.meet(self.clause, piece.start, piece.value)
        elif not self.is_known(piece):
            setattr(self.reading, piece.what, piece.value)
            self.reading.take(
                self.clause, piece.start, piece.end, "kind" if piece.what == "channel" else piece.what
            )

    def _place(self, i: int, *, opening: bool) -> list[Piece]:
        """Where it was: "at PyCon breakout" is a gathering, a setting, or both."""
        clause, lows = self.clause, self.clause.lows
        lead = words.PLACE_LEADS.at(lows, i)
        if lead is None and not opening:
            return []
        start = clause.past(words.ARTICLES, lead[1] if lead else i)
        end = self._end_of_capitals(start)
        at, setting = self._setting(start, end)
        if setting is None:
            named = end > start and lows[i] in words.GATHERING_LEADS and not self._is_somebody(start, end)
            return [Piece(i, end, "gathering", self._name(start, end))] if named else []
        if lead is None and at == start and not self._may_follow(setting[1]):
            return []  # "work was hard"
        if at == start or self._is_somebody(start, at) or setting[0] not in words.GATHERING_SETTINGS:
            return [Piece(i if at == start else at, setting[1], "setting", setting[0])]
        stop = max(at, end)
        gathering = Piece(i, stop, "gathering", self._name(start, stop))
        return [gathering, Piece(stop, max(stop, setting[1]), "setting", setting[0])]

    def _end_of_capitals(self, start: int) -> int:
        """The end of a gathering's name: capitals, "of", a year; never a day such as "PyCon Friday"."""
        lows, ends = self.clause.lows, run_of_capitals(self.clause, start)
        for i in range(start + 1, ends):
            if day_at(lows, i, self.reading.today, ahead=False):
                return i
        if ends > start and lows[ends : ends + 1] == ["of"]:
            ends = max(ends, run_of_capitals(self.clause, ends + 1))
        year = lows[ends] if start < ends < len(lows) else ""
        return ends + (year.isdecimal() and len(year) == len("2026"))

    def _setting(self, start: int, end: int) -> tuple[int, tuple[str, int] | None]:
        """The setting that closes the capitals ("Berlin Marathon") or follows them ("PyCon breakout")."""
        closing = end - (end > start and self.clause.lows[end - 1].isdecimal())
        for at in range(start, end + 1):
            lows = self.clause.lows
            found = self.reading.own_settings.at(lows, at) or words.SETTINGS.at(lows, at)
            if found and found[1] >= closing:
                return at, found
        return end, None

    def _may_follow(self, at: int) -> bool:
        rest = self.clause.lows[at : at + 1]
        return not rest or not rest[0] or rest[0] in words.AFTER_SETTING or bool(self.at(at, led=False))

    def _is_somebody(self, start: int, end: int) -> bool:
        """Whether "at Ada's" is a person's place rather than a gathering."""
        if self.clause.words[end - 1].low.endswith("'s"):
            return True
        return self.reading.names.name_at(self.clause, start, new=False) is not None

    def _name(self, start: int, end: int) -> str:
        return self.clause.line[self.clause.words[start].start : self.clause.words[end - 1].end]

    def _people(self, i: int, *, led: bool, opening: bool) -> list[Piece]:
        """Everybody named in a row: "Ada Byron", "with my friend Ada and Ben"."""
        clause = self.clause
        leads = words.GIFT_PEOPLE_LEADS if clause.told else words.PEOPLE_LEADS
        with_them = clause.lows[i] in leads or self._is_at_somebodys(i)
        led = led or with_them
        at = clause.past(words.PEOPLE_FILLERS, i + with_them) if led else i
        names = self.reading.names
        name = names.name_opening(clause, at) if opening and self.new else names.name_at(clause, at, new=led)
        if name is None or not (led or self._stands_alone(at, name, opening=opening)):
            return []
        pieces = [Piece(i if at == i + with_them else at, name.end, "person", name)]
        while True:
            join = pieces[-1].end
            after = clause.past(words.PEOPLE_JOINS, join)
            at = clause.past(words.PEOPLE_FILLERS, after)
            another = self.reading.names.name_at(clause, at, new=True) if after > join else None
            if another is None:
                return pieces
            pieces.append(Piece(join if at == after else at, another.end, "person", another))

    def _is_at_somebodys(self, i: int) -> bool:
        rest = self.clause.words[i + 1 : i + 2]
        return (
            self.clause.lows[i] == "at"
            and bool(rest)
            and could_be_name(rest[0])
            and rest[0].low.endswith("'s")
        )

    def _stands_alone(self, at: int, name: Name, *, opening: bool) -> bool:
        """Whether a name nobody led up to is meant as somebody there."""
        words_in_name, lows = name.end - at, self.clause.lows
        if not name.known:
            joined = lows[name.end : name.end + 1] and lows[name.end] in words.PEOPLE_JOINS
            follows = name.end + 1 < len(lows) and could_be_name(self.clause.words[name.end + 1])
            return words_in_name > 1 or bool(joined and follows)
        spoken_of = at > 0 and lows[at - 1] in words.SPOKEN_OF_AFTER
        capital = could_be_name(self.clause.words[at])
        return opening or (not spoken_of and (words_in_name > 1 or capital))

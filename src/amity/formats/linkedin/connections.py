"""Connections.csv: the people, and an index of them for the files that name no profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from amity.formats.linkedin.days import day_of, days_come_first, not_a_day
from amity.formats.linkedin.export import Export
from amity.formats.linkedin.parties import address, folded, full_name, profile_of
from amity.formats.linkedin.words import short_hash
from amity.formats.records import Contact, Record, Remark, Skipped, Way
from amity.formats.tabular import Row

_KNOWN = {"first name", "last name", "url", "email address", "company", "position", "connected on"}


class Acquaintance(NamedTuple):
    """As much of a connection as another record needs to say the same person is meant."""

    key: str
    name: str
    ways: tuple[Way, ...]
    company: str


class Acquaintances:
    """The connections met so far by their names and keys: one small entry per connection."""

    def __init__(self) -> None:
        self._named: defaultdict[str, dict[str, Acquaintance]] = defaultdict(dict)

    def add(self, somebody: Acquaintance) -> None:
        """Remember a connection; one listed twice counts once, as first listed."""
        self._named[folded(somebody.name)].setdefault(somebody.key, somebody)

    def called(self, name: str, company: str = "") -> Acquaintance | str:
        """Find the one connection of this name (and company, if several), else say why in a sentence."""
        same = list(self._named.get(folded(name), {}).values())
        if len(same) > 1:
            same = [one for one in same if company and folded(one.company) == folded(company)] or same
        if len(same) == 1:
            return same[0]
        how_many = "None" if not same else str(len(same))
        return f"{how_many} of the connections in this export {'are' if same else 'is'} called {name[:60]}."


def connections(export: Export, known: Acquaintances) -> Iterator[Record]:
    """Yield a Contact for each connection and add them to those known."""
    day_first = days_come_first(row["connected on"] for row in export.good_rows("connections"))
    for row in export.rows("connections"):
        if isinstance(row, Skipped):
            yield row
        else:
            yield from _connection(row, day_of(row["connected on"], day_first=day_first), known)


def _connection(row: Row, met: date | None, known: Acquaintances) -> Iterator[Record]:
    somebody = _acquaintance(row, met)
    if not somebody.name:
        yield row.skipped("A connection without a name; the account may be closed.")
        return
    if not somebody.ways and not row["connected on"]:
        yield row.skipped("Neither a way to reach this person nor a day is given.")
        return
    if row["connected on"] and met is None:
        yield row.skipped(not_a_day(row["connected on"]))
    known.add(somebody)
    yield Contact(
        where=row.where,
        key=somebody.key,
        name=somebody.name,
        ways=somebody.ways,
        organisation=somebody.company,
        title=row["position"],
        remarks=tuple(Remark(column, text) for column, text in row.others(_KNOWN)),
        met=met,
    )


def _acquaintance(row: Row, met: date | None) -> Acquaintance:
    """Read who a row is about; the key is the profile, else name and day, as neither ever changes."""
    name = full_name(row["first name"], row["last name"])
    url, email = address(row["url"]), row["email address"]
    ways = (*([Way("url", url, "LinkedIn")] if url else []), *([Way("email", email)] if email else []))
    key = profile_of(url) or f"connection {short_hash(folded(name), str(met))}"
    return Acquaintance(key, name, ways, row["company"])

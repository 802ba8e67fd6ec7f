"""Recommendations and endorsements: what two people said of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from amity.formats.linkedin.connections import Acquaintance, Acquaintances
from amity.formats.linkedin.days import day_of, not_a_day
from amity.formats.linkedin.export import Export
from amity.formats.linkedin.parties import address, full_name, profile_of
from amity.formats.records import Contact, Record, Remark, Skipped, Way
from amity.formats.tabular import Row

_DIRECTIONS = (
    ("received", "endorser", "Endorsed you for"),
    ("given", "endorsee", "You endorsed them for"),
)
_KNOWN = {"first name", "last name", "company", "job title", "text", "creation date", "status"}


def recommendations(export: Export, known: Acquaintances) -> Iterator[Record]:
    """Yield each recommendation as a remark on the connection it names."""
    for direction, label in (("received", "Recommended you"), ("given", "You recommended them")):
        for row in export.rows(f"recommendations {direction}"):
            if isinstance(row, Skipped):
                yield row
            else:
                yield from _recommendation(row, label, known)


def _recommendation(row: Row, label: str, known: Acquaintances) -> Iterator[Record]:
    somebody = known.called(full_name(row["first name"], row["last name"]), row["company"])
    if isinstance(somebody, str):
        yield row.skipped(somebody)
        return
    day = day_of(row["creation date"])
    if row["creation date"] and day is None:
        yield row.skipped(not_a_day(row["creation date"]))
    rest = (Remark(column, text) for column, text in row.others(_KNOWN))
    remarks = (*([Remark(label, row["text"], day)] if row["text"] else []), *rest)
    yield Contact(row.where, somebody.key, somebody.name, ways=somebody.ways, remarks=remarks)


@dataclass(slots=True)
class _Praise:
    """The skills one person was endorsed for, or endorsed the owner for."""

    where: str
    somebody: Acquaintance
    skills: dict[str, None] = field(default_factory=dict)
    latest: date | None = None

    def add(self, skill: str, day: date | None) -> None:
        self.skills[skill] = None
        self.latest = max(filter(None, (self.latest, day)), default=None)


def endorsements(export: Export, known: Acquaintances) -> Iterator[Record]:
    """Yield one remark for each person and direction, listing the skills."""
    for direction, end, label in _DIRECTIONS:
        people: dict[str, _Praise] = {}
        for row in export.rows(f"endorsements {direction}"):
            problem = row if isinstance(row, Skipped) else _collect(row, end, people, known)
            if problem:
                yield problem
        for one in people.values():
            remark = Remark(label, ", ".join(one.skills), one.latest)
            yield Contact(
                one.where, one.somebody.key, one.somebody.name, ways=one.somebody.ways, remarks=(remark,)
            )


def _collect(row: Row, end: str, people: dict[str, _Praise], known: Acquaintances) -> Skipped | None:
    """Add one skill to the person who has it; report what cannot be added."""
    if row["endorsement status"].casefold() == "rejected":
        return None
    somebody = _endorsed(row, end, known)
    if isinstance(somebody, str):
        return row.skipped(somebody)
    day = day_of(row["endorsement date"])
    praise = people.setdefault(somebody.key, _Praise(row.where, somebody))
    praise.add(row["skill name"], day)
    undated = row["endorsement date"] and day is None
    return row.skipped(not_a_day(row["endorsement date"])) if undated else None


def _endorsed(row: Row, end: str, known: Acquaintances) -> Acquaintance | str:
    name = full_name(row[f"{end} first name"], row[f"{end} last name"])
    url = address(row[f"{end} public url"])
    if not profile_of(url) or not name:
        return known.called(name)
    return Acquaintance(profile_of(url), name, (Way("url", url, "LinkedIn"),), "")

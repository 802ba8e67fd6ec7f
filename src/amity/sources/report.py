"""What an import says of itself: the same in the terminal, in the browser and in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_SKIPPED_SHOWN = 2000


@dataclass
class FileReport:
    """One file: what it was, how many records it held, and what could not be read."""

    path: str
    format: str = ""
    records: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    skipped_more: int = 0
    refused: str | None = None

    def skip(self, where: str, why: str, text: str) -> None:
        """Report a record that did not arrive; the first ones with their place, the rest as a number."""
        if len(self.skipped) < MOST_SKIPPED_SHOWN:
            self.skipped.append({"where": where, "why": why, "text": text})
        else:
            self.skipped_more += 1

    def to_json(self) -> dict[str, Any]:
        """Give the file in the terminal's contract."""
        more = f"and {self.skipped_more} more records could not be read"
        rest = [{"where": self.path, "why": more, "text": ""}] if self.skipped_more else []
        return {
            "path": self.path,
            "format": self.format,
            "records": self.records,
            "skipped": [*self.skipped, *rest],
            "refused": self.refused,
        }


@dataclass
class Report:
    """The whole import.

    ``claims`` are what its files call the owner's own, as (kind, value, normal form); ``renames`` who got a
    better name than their mailbox's, as key -> [before, after]; ``died`` who of the book is remembered
    because of it; ``repeats`` the import that brought the very same files; ``stayed`` who stayed by name when
    it was undone, and ``refold`` whose search words that changed, by key.
    """

    files: list[FileReport] = field(default_factory=list)
    people_new: int = 0
    people_updated: int = 0
    people_same: int = 0
    moments_new: int = 0
    moments_same: int = 0
    gatherings_new: int = 0
    gatherings_same: int = 0
    robots: int = 0
    group: int = 0
    notes: list[str] = field(default_factory=list)
    ask_about_guests: bool = False
    claims: list[list[str]] = field(default_factory=list)
    renames: dict[str, list[str]] = field(default_factory=dict)
    died: list[int] = field(default_factory=list)
    repeats: str = ""
    stayed: list[str] = field(default_factory=list)
    refold: list[int] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def all_refused(self) -> bool:
        """Tell whether nothing at all could be read."""
        return all(file.refused for file in self.files)

    @property
    def brought_anything(self) -> bool:
        """Tell whether the book holds something because of it."""
        new = self.people_new, self.people_updated, self.moments_new, self.gatherings_new
        return any(new) or bool(self.renames or self.died)

    def as_read(self) -> Report:
        """Give what reading alone told, with nothing counted yet."""
        return Report(
            files=self.files,
            robots=self.robots,
            notes=self.notes,
            ask_about_guests=self.ask_about_guests,
            claims=self.claims,
        )

    def to_row(self) -> dict[str, Any]:
        """Give the report as it is stored with the import."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Report:
        """Read a stored report back."""
        values = dict(row)
        files = [FileReport(**file) for file in values.pop("files", [])]
        return cls(files=files, **values)

    def to_json(self, uid: str) -> dict[str, Any]:
        """Give the report in the terminal's contract."""
        return {
            "import": uid,
            "files": [file.to_json() for file in self.files],
            "people": {"new": self.people_new, "updated": self.people_updated, "same": self.people_same},
            "moments": {"new": self.moments_new, "same": self.moments_same},
            "gatherings": {"new": self.gatherings_new, "same": self.gatherings_same},
            "robots": self.robots,
            "group": self.group,
            "notes": self.notes,
            "seconds": round(self.seconds, 3),
        }


def with_people_named(report: dict[str, Any], names: Mapping[Any, str | int]) -> dict[str, Any]:
    """Give a stored report that names people otherwise: by uid for an export, by key again in another book.

    Somebody without a name there, such as who is no longer in the book, is left out.
    """
    said = dict(report)
    if "renames" in said:
        told = ((_named(one, names), both) for one, both in said["renames"].items())
        said["renames"] = {str(one): both for one, both in told if one is not None}
    for column in ("died", "refold"):
        if column in said:
            there = (_named(one, names) for one in said[column])
            said[column] = [one for one in there if one is not None]
    return said


def _named(one: str | int, names: Mapping[Any, str | int]) -> str | int | None:
    """Look somebody up; a key that a report has as text is a number in the book."""
    return names.get(one, names.get(int(one)) if str(one).isdecimal() else None)

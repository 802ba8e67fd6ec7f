"""People as a page shows them: initials on the colour of the name, standing and last day in words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from amity.doors.web.words import STANDINGS, when
from amity.people.queries import PersonRow
from amity.ties.queries import Portrait

HUES = 24
ORDER = ("like", "admire", "curious", "rooting")
_SAID = dict(STANDINGS)


@dataclass(frozen=True)
class SparkShown:
    """Why this person; `on` where the owner has said so."""

    kind: str
    line: str
    on: bool = True


@dataclass(frozen=True)
class Face:
    """A person in a list, at a letter or at the head of their page."""

    uid: str
    name: str
    place: str
    care: str
    remembered: bool
    organisation: str
    title: str
    standing: str
    last_words: str
    photo_url: str | None
    circles: list[str] = field(default_factory=list)
    sparks: list[SparkShown] = field(default_factory=list)

    @property
    def initials(self) -> str:
        """Give one or two letters that stand for the name."""
        parts = [part for part in self.name.split() if part[0].isalnum()] or [self.name or "?"]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    @property
    def hue(self) -> int:
        """Give the name's own colour, always the same."""
        return hashlib.blake2b(self.name.casefold().encode(), digest_size=2).digest()[0] % HUES


def face(row: PersonRow, tie: Portrait, today: date) -> Face:
    """Dress a person for a page."""
    return Face(
        uid=row.uid,
        name=row.name,
        place=row.place,
        care=row.care,
        remembered=row.remembered,
        organisation=row.organisation,
        title=row.title,
        standing=str(_SAID[tie.standing]),
        last_words=when(tie.last, today) if tie.last else "",
        photo_url=reverse("photo", args=[row.uid]) if row.has_photo else None,
        circles=row.circles,
        sparks=[SparkShown(kind, row.sparks[kind]) for kind in ORDER if kind in row.sparks],
    )


def spark_rows(row: PersonRow) -> list[SparkShown]:
    """Give the four sparks in order, said or not, for the form."""
    return [SparkShown(kind, row.sparks.get(kind, ""), on=kind in row.sparks) for kind in ORDER]

"""What do I keep about this person? Everything of theirs in the book, by the source that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from amity.duplicates.handing import tables_of_people
from amity.journal.models import Import, Touch
from amity.letter.models import Subscriber
from amity.moments.models import Moment, Participation
from amity.people.models import Person, Photo, Way
from amity.post.address import digest_of
from amity.storage.together import ask_together


@dataclass(frozen=True)
class Line:
    """One row of the book in words."""

    what: str
    text: str


@dataclass(frozen=True)
class Source:
    """Where lines come from: ``files`` of an import and its day, or the owner (no files, no day)."""

    uid: str
    files: list[str]
    day: date | None
    lines: list[Line]


@dataclass(frozen=True)
class Kept:
    """Everything about one person; ``deeds`` of the journal by number, and whether they read the letter."""

    sources: list[Source]
    deeds: int
    letter: bool


def kept(person: Person) -> Kept:
    """Give everything the book holds of one person and of whoever became them, the owner's words first."""
    by_source: defaultdict[Import | None, list[Line]] = defaultdict(list)
    for row in _rows_to_tell(person):
        what, says = SAID[type(row).__name__]
        by_source[getattr(row, "imported_by", None)].append(Line(str(what), says(row)))
    order = sorted(by_source.items(), key=lambda one: one[0].pk if one[0] else 0)
    whom = [person.pk, *_gone(person).values_list("pk", flat=True)]
    touches = Touch.objects.filter(owner=person.owner, table="amity.person", row__in=whom)
    return Kept(
        sources=[_source(run, lines) for run, lines in order],
        deeds=touches.values("deed").distinct().count(),
        letter=_reads_the_letter(person),
    )


def _source(run: Import | None, lines: list[Line]) -> Source:
    if run is None:
        return Source("", [], None, lines)
    return Source(run.uid, [PurePath(path).name for path in run.paths], run.started_at.date(), lines)


def _reads_the_letter(person: Person) -> bool:
    addresses = (
        Way.objects.filter(person=person, kind="email").exclude(normal="").values_list("normal", flat=True)
    )
    digests = [digest_of(person.owner, address) for address in addresses]
    return Subscriber.objects.of(person.owner).filter(digest__in=digests).exists()


def _gone(person: Person) -> models.QuerySet[Person]:
    return Person.everything.filter(owner=person.owner, became=person.uid).order_by("pk")


def rows_about(person: Person) -> Iterator[Any]:
    """Give every row that is about one person: theirs, those of whoever became them, and their moments."""
    whom = [person, *_gone(person)]
    yield from whom
    for question in _questions_about(whom):
        yield from question


def _rows_to_tell(person: Person) -> Iterator[Any]:
    """Give the same without what nobody reads: who was in a moment, which is told itself, and a picture."""
    whom = [person, *_gone(person)]
    told = [question for question in _questions_about(whom) if question.model is not Participation]
    told = [question.defer("jpeg") if question.model is Photo else question for question in told]
    return chain(whom, *ask_together(*told))


def _questions_about(whom: list[Person]) -> Iterator[models.QuerySet[Any]]:
    for model, columns in tables_of_people():
        mine = Q()
        for column in columns:
            mine |= Q(**{f"{column}__in": whom})
        relations = {field.name for field in model._meta.concrete_fields if field.is_relation}  # noqa: SLF001
        found = model._base_manager.filter(mine)  # noqa: SLF001
        yield found.select_related(*relations - {"owner"}).order_by("pk")
    there = Moment.objects.filter(participations__person__in=whom).distinct()
    yield there.select_related("imported_by").order_by("day", "pk")


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _fact(row: Any) -> str:
    return _("a private one, on their page") if row.sensitive else _joined(row.label, row.text)


# What each table's rows are called, and what one of them says.
SAID: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "Person": (lazy("name"), lambda row: _joined(row.name, row.how_met)),
    "OtherName": (lazy("other name"), lambda row: row.name),
    "Way": (lazy("way to reach them"), lambda row: _joined(row.value, row.label)),
    "Spark": (lazy("spark"), lambda row: _joined(_(row.kind), row.line)),
    "Hope": (lazy("hope"), lambda row: row.text),
    "Fact": (lazy("fact"), _fact),
    "PersonDate": (lazy("day"), lambda row: _joined(row.kind, row.value)),
    "Season": (lazy("season"), lambda row: _joined(row.starts, row.ends, row.why)),
    "Photo": (lazy("photo"), lambda _row: _("a picture of them")),
    "Membership": (lazy("circle"), lambda row: row.circle.name),
    "Affiliation": (lazy("work"), lambda row: _joined(row.title, row.organisation and row.organisation.name)),
    "Link": (lazy("link"), lambda row: f"{row.a.name}, {_(row.kind)}: {row.b.name}"),
    "Moment": (lazy("moment"), lambda row: _joined(row.day, _(row.kind), row.text[:160])),
    "Gift": (lazy("gift"), lambda row: _joined(row.day, _(row.kind), row.text)),
    "Promise": (lazy("promise"), lambda row: _joined(row.day, row.text)),
    "Attendance": (lazy("gathering"), lambda row: _joined(row.gathering.day, row.gathering.title)),
    "Suggestion": (lazy("suggested"), lambda row: str(row.day)),
    "Nudge": (lazy("nudge"), lambda row: _joined(row.plan.day, row.why)),
    "Introduction": (lazy("introduction"), lambda row: _joined(row.day, row.a.name, row.b.name)),
    "Apart": (lazy("at another table"), lambda row: _joined(row.a.name, row.b.name)),
    "Perhaps": (lazy("perhaps the same"), lambda row: _joined(row.a.name, row.b.name)),
    "Visitor": (lazy("left on your card"), lambda row: _joined(row.day, row.value, row.line)),
}

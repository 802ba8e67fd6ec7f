"""What do I keep about this person? Everything of theirs in the book, by the source that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
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
from amity.storage.together import ask_together, tables_with


@dataclass(frozen=True)
class Line:
    """One row of the book in words."""

    what: str
    text: str


@dataclass(frozen=True)
class Source:
    """What one source says: ``files`` of an import and its day, or the owner (no files, no day).

    ``rows`` are the tables' names with their rows; they become words only when somebody reads them.
    """

    uid: str
    files: list[str]
    day: date | None
    rows: list[tuple[str, Any]]

    def lines(self, most: int | None = None) -> list[Line]:
        """Give the first rows in words, or all of them."""
        return [Line(str(SAID[table][0]), SAID[table][1](row)) for table, row in self.rows[:most]]


@dataclass(frozen=True)
class Kept:
    """Everything about one person; ``deeds`` of the journal by number, and whether they read the letter."""

    sources: list[Source]
    deeds: int
    letter: bool


def kept(person: Person) -> Kept:
    """Give everything the book holds of one person and of whoever became them, the owner's words first."""
    whom = [person, *_gone(person)]
    by_source: defaultdict[int, list[tuple[str, Any]]] = defaultdict(list)
    for table, row in _rows_to_tell(whom):
        by_source[getattr(row, "imported_by_id", None) or 0].append((table, row))
    runs = Import.objects.in_bulk(by_source.keys() - {0})
    touches = Touch.objects.filter(owner=person.owner, table="amity.person", row__in=[one.pk for one in whom])
    return Kept(
        sources=[_source(runs.get(key), rows) for key, rows in sorted(by_source.items())],
        deeds=touches.values("deed").distinct().count(),
        letter=_reads_the_letter(person),
    )


def _source(run: Import | None, rows: list[tuple[str, Any]]) -> Source:
    if run is None:
        return Source("", [], None, rows)
    return Source(run.uid, [PurePath(path).name for path in run.paths], run.started_at.date(), rows)


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
    for model, columns in tables_of_people():
        yield from _about(whom, model, columns)
    yield from _moments_with(whom).select_related("imported_by")


def _rows_to_tell(whom: list[Person]) -> Iterator[tuple[str, Any]]:
    """Give the same with their tables, without what nobody reads: who was in a moment, and a picture."""
    there = tables_with(tables_of_people(), [person.pk for person in whom])
    told = [_about(whom, *table) for table in there if table[0] is not Participation]
    told = [question.defer("jpeg") if question.model is Photo else question for question in told]
    # A moment's own columns alone: of a friend of twenty years there are thousands.
    told.append(_moments_with(whom).values_list("day", "kind", "text", "imported_by_id", named=True))
    for person in whom:
        yield Person.__name__, person
    for question, rows in zip(told, ask_together(*told), strict=True):
        for row in rows:
            yield question.model.__name__, row


def _about(whom: list[Person], model: type[models.Model], columns: Sequence[str]) -> models.QuerySet[Any]:
    mine = Q()
    for column in columns:
        mine |= Q(**{f"{column}__in": whom})
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}  # noqa: SLF001
    found = model._base_manager.filter(mine)  # noqa: SLF001
    return found.select_related(*relations - {"owner"}).order_by("pk")


def _moments_with(whom: list[Person]) -> models.QuerySet[Moment]:
    there = Participation.objects.filter(person__in=whom).values("moment_id")
    return Moment.objects.filter(pk__in=there).order_by("day", "pk")


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

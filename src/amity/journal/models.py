"""Deeds, the rows they touched, and imports. Every upper room's rows can say which import brought them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from amity.owner.models import Owned, OwnedQuerySet, Owner, Row_co


class ImportState(models.TextChoices):
    """Where an import stands; rows of one that is *arriving* or *leaving* are invisible."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"  # a preview, waiting for the owner's yes
    ARRIVING = "arriving"
    ARRIVED = "arrived"
    LEAVING = "leaving"
    UNDONE = "undone"
    FAILED = "failed"


class Import(Owned):
    """One run over one or more files of a source."""

    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.WAITING)
    paths = models.JSONField(default=list)
    words = models.CharField(
        max_length=6, default="direct", help_text="whose words are kept: none, direct, all"
    )
    columns = models.JSONField(default=dict, help_text="what the owner says of a table's columns, by name")
    preview = models.BooleanField(default=False, help_text="stop after the count and wait for a yes")
    fingerprint = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    checkpoint = models.BigIntegerField(default=0, help_text="records of the staging file already saved")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        indexes = [models.Index(fields=["owner", "state"])]

    @property
    def waits(self) -> bool:
        """Tell whether this is a preview that has counted everything and waits for the owner's yes."""
        return self.state == ImportState.READY and self.preview and self.finished_at is not None


class _IsHere(Func):
    """Whether a row came with no import, or with one that is neither on its way in nor out.

    Every question asks it, so it is written out: built of conditions it took longer than many an answer.
    """

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, Any]:
        """Give the condition; its expressions are the row's import and the owner."""
        (row, _none), (owner, params) = map(compiler.compile, self.get_source_expressions())
        hidden = (
            f"SELECT h.id FROM {Import._meta.db_table} h "  # noqa: S608, SLF001  (names of our own)
            f"WHERE h.owner_id = {owner} AND h.state IN ('{ImportState.ARRIVING}', '{ImportState.LEAVING}')"
        )
        return f"({row} IS NULL OR {row} NOT IN ({hidden}))", params


class _HasKey(Func):
    """Whether a row has a natural key, in the very words of the index that holds those with one.

    SQLite uses such an index only where the question says its condition again, written out.
    """

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, Any]:
        """Give the condition; its expression is the row's key."""
        ((key, _none),) = map(compiler.compile, self.get_source_expressions())
        return f"NOT ({key} = '')", ()


class SourcedQuerySet(OwnedQuerySet[Row_co]):
    """Rows that may have come with an import."""

    def of(self, owner: Owner) -> Self:
        """Only this owner's rows, without those of an import still on its way in or out."""
        return super().of(owner).filter(_IsHere(F("imported_by_id"), Value(owner.pk)))

    def keyed(self, keys: Collection[str]) -> Self:
        """Only the rows with one of these natural keys, which are never empty."""
        return self.filter(_HasKey(F("key")), key__in=keys)


class Sourced(Owned):
    """A row that knows its first source; further ones are rows of ``Origin``."""

    imported_by = models.ForeignKey(Import, null=True, on_delete=models.CASCADE, related_name="+")

    objects = SourcedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Owned.Meta):
        abstract = True

    @classmethod
    def taken_back(cls, keys: Collection[int]) -> None:
        """Write anew what rows keep of others, after an undo that touched them; most keep nothing."""


class Origin(Owned):
    """A further import that says the same as a row already here; the row stays while one says it."""

    imported_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    key = models.CharField(max_length=200, blank=True, help_text="the natural key this source gives the row")

    class Meta(Owned.Meta):
        indexes = [
            models.Index(fields=["owner", "table", "row"]),
            models.Index(fields=["owner", "table", "key"]),
        ]


class Deed(Owned):
    """One human deed (or one of the clock's): who did what, and whether it was taken back."""

    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=6, default="owner")  # owner, clock
    verb = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300, blank=True)
    final = models.BooleanField(default=False, help_text="it went out to somebody and cannot be called back")
    imported = models.ForeignKey(Import, null=True, on_delete=models.CASCADE, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Owned.Meta):
        ordering = ["id"]


class Touch(models.Model):
    """One row a deed made, changed, removed, or was about, with its image before and after."""

    class Kind(models.TextChoices):
        """What happened to the row."""

        MADE = "made"
        CHANGED = "changed"
        REMOVED = "removed"
        ABOUT = "about"
        MOVED = "moved"  # it hangs on somebody else now, and nothing was said about it

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=7, choices=Kind)
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["owner", "table", "row"])]


class Sent(models.Model):
    """A form that was carried out: sent once more, by an impatient finger, it is not."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "token"], name="sent_once")]


class Cursor(models.Model):
    """How far an upper room has read the journal."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    room = models.CharField(max_length=20)
    deed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "room"], name="cursor_once")]

"""What can be found, by its words: a cache that is rebuilt and never edited, exported or backed up."""

from __future__ import annotations

from django.db import models

from amity.owner.models import Owner


class Kind(models.IntegerChoices):
    """What an entry stands for. A person has two: what they are called, and all that is said of them."""

    NAME = 1
    PERSON = 2
    HOPE = 3
    FACT = 4
    PROMISE = 5
    GATHERING = 6
    MOMENT = 7


class Entry(models.Model):
    """The words of one row of the book. The id says kind and day, so that newest first costs no sorting.

    The index beside it is no model (``storage.words.create``). On SQLite triggers of this table fill it: a
    migration that makes the table anew has to make them anew too.
    """

    id = models.BigIntegerField(primary_key=True)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    row = models.BigIntegerField()
    words = models.TextField(help_text="folded, each once, with a space between")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "row"], name="found_once")]


class Spelling(models.Model):
    """Three letters in a row of a word in somebody's name: how a word with a typo is found."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    letters = models.CharField(max_length=3)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "letters", "word"], name="spelled_once")]
        indexes = [models.Index(fields=["owner", "word"])]


class Reading(models.Model):
    """How far the whole book has been read anew: the kind, and the row before which to go on."""

    owner = models.OneToOneField(Owner, on_delete=models.CASCADE, related_name="+")
    kind = models.PositiveSmallIntegerField(choices=Kind)
    before = models.BigIntegerField(null=True)

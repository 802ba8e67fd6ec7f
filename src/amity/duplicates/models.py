"""Who became whom, with all that changed hands; and which two are perhaps one person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from amity.journal.models import Sourced
from amity.owner.models import Owned, OwnedQuerySet
from amity.people.models import Person, SetAside, ShownPairs


class Merge(Sourced):
    """Two people became one. Everything in it is said by uid, so that it holds in another copy of the book.

    ``moved`` are rows that hang on another person since, as [table, uid, column]; a row without a uid of
    its own is named by its moment's. ``made`` are rows the merge added, as [table, uid]. ``before`` and
    ``after`` are the columns of the person who stayed. What both had said stays with who is gone.
    ``imported_by`` is the import after which Amity joined them by itself.
    """

    on_merge = "move"  # never asked: whoever is gone does not become somebody a second time
    gone = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="merge")
    into = models.CharField(max_length=12, help_text="uid of the person who stayed")
    at = models.DateTimeField(default=timezone.now)
    moved: models.JSONField[Any, Any] = models.JSONField(default=list)
    made: models.JSONField[Any, Any] = models.JSONField(default=list)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta(Sourced.Meta):
        indexes = [models.Index(fields=["owner", "into"])]


class Answer(models.TextChoices):
    """What the owner says when asked whether two are the same person; yes is a merge."""

    NO = "no"
    LATER = "later"


class Perhaps(Owned, SetAside):
    """Two people who are perhaps one, with why. Asked once: an answered one is never asked again."""

    on_merge = "drop_pair"
    a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="perhaps_a")
    b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="perhaps_b")
    evidence: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="why, in a few words each"
    )
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)

    objects: ClassVar[ShownPairs[Perhaps]] = ShownPairs()  # type: ignore[assignment]
    everything = OwnedQuerySet.as_manager()

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(a=models.F("b")), name="perhaps_has_two_ends"),
        ]

    def says(self) -> Any:
        """Give what two rows that ask the same have in common."""
        return frozenset([self.a_id, self.b_id])

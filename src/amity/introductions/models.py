"""Introductions with where they stand, and who should not sit at one table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from amity.owner.models import Owned, OwnedQuerySet
from amity.people.models import Person, SetAside, ShownPairs


class State(models.TextChoices):
    """Where an introduction stands; which may follow which is said in ``actions.FOLLOWS``."""

    WRITING = "writing"
    ASKED = "asked"
    AGREED = "agreed"  # two yeses, and the mail that brings them together has not gone yet
    INTRODUCED = "introduced"
    LET_GO = "let go"  # somebody would rather not, or not now
    WITHDRAWN = "withdrawn"
    PASSED = "passed over"  # the owner would not introduce these two


class Answer(models.TextChoices):
    """What somebody says who is asked."""

    YES = "yes"
    NOT_NOW = "not now"
    NO = "no"


class Good(models.TextChoices):
    """What the owner says a month later."""

    YES = "yes"
    NOT_REALLY = "not really"
    UNKNOWN = "unknown"


class Introduction(Owned, SetAside):
    """Two people who should know each other, asked separately first.

    ``a`` and ``b`` are its two ends: what is said to either, and what they answered, stands in the columns
    of that end. Of a private link only a hash is kept; both links close at the same instant, ``closes_at``,
    whatever became of the introduction by then.
    """

    on_merge = "drop_pair"
    a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="introductions_a")
    b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="introductions_b")
    state = models.CharField(max_length=11, choices=State, default=State.WRITING)
    why = models.CharField(max_length=500, blank=True, help_text="why Amity thought of these two")
    day = models.DateField(help_text="when it was begun")
    line_a = models.CharField(max_length=500, blank=True)
    line_b = models.CharField(max_length=500, blank=True)
    answer_a = models.CharField(max_length=7, choices=Answer, blank=True)
    answer_b = models.CharField(max_length=7, choices=Answer, blank=True)
    by_mail = models.BooleanField(
        default=False, help_text="Amity asked, by mail with a link; else the owner did"
    )
    digest_a = models.CharField(max_length=64, blank=True)
    digest_b = models.CharField(max_length=64, blank=True)
    asked_on = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    introduced_on = models.DateField(null=True)
    good = models.CharField(max_length=10, choices=Good, blank=True)

    objects: ClassVar[ShownPairs[Introduction]] = ShownPairs()  # type: ignore[assignment]
    everything = OwnedQuerySet.as_manager()

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(a=F("b")), name="an_introduction_has_two_ends"),
            *(
                models.UniqueConstraint(
                    fields=[f"digest_{end}"], condition=~Q(**{f"digest_{end}": ""}), name=name
                )
                for end, name in (("a", "a_link_opens_one_a"), ("b", "a_link_opens_one_b"))
            ),
        ]
        indexes = [models.Index(fields=["owner", "state"])]

    def says(self) -> Any:
        """Each introduction is one of its own."""
        return self.uid


class Apart(Owned, SetAside):
    """Two people who should not sit at one table. Only the owner knows, and it needs no reason."""

    on_merge = "drop_pair"
    a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="apart_a")
    b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="apart_b")

    objects: ClassVar[ShownPairs[Apart]] = ShownPairs()  # type: ignore[assignment]
    everything = OwnedQuerySet.as_manager()

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(a=F("b")), name="apart_has_two_ends"),
        ]

    def says(self) -> Any:
        """Give what two rows that say the same have in common."""
        return frozenset([self.a_id, self.b_id])

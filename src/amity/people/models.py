"""A person and everything that hangs on them.

Each model with a key to ``Person`` says what happens when two people turn out to be one:
``on_merge`` is ``move`` (the row changes hands), ``keep_newest``, ``join`` (equal rows become
one: what makes them equal is ``says``) or ``drop_pair`` (a row between the two falls away, and what
either had with a third is joined). A test fails for a key without it.

Nothing is deleted when two become one. Whoever *became* somebody else stays in the table, hidden, and
what both had said stays with them, so that it can come apart again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from amity.journal.models import Sourced, SourcedQuerySet
from amity.owner.models import Owned, OwnedQuerySet, Owner, Row_co
from amity.storage.folded import fold


class Care(models.TextChoices):
    """How much of themselves the owner wants to give this tie."""

    LIGHT = "light"
    WARM = "warm"
    CLOSE = "close"


CARE_WEIGHT = {Care.LIGHT: 1.0, Care.WARM: 2.0, Care.CLOSE: 4.0}


class Place(models.TextChoices):
    """Where a person is in the book."""

    NEW = "new"
    KEPT = "kept"
    SHELF = "shelf"


class Present(models.Manager["Person"]):
    """Everybody but those who became somebody else; ``Person.everything`` has them too."""

    def get_queryset(self) -> SourcedQuerySet[Person]:
        """Leave them out of every question."""
        return SourcedQuerySet(self.model, using=self._db).filter(became="")

    def of(self, owner: Owner) -> SourcedQuerySet[Person]:
        """Only what belongs to this owner and is there for them to see."""
        return self.get_queryset().of(owner)


class Person(Sourced):
    """Somebody the owner has met or may meet."""

    name = models.CharField(max_length=300)
    folded = models.TextField(help_text="everything a search for the person may say, folded")
    place = models.CharField(max_length=5, choices=Place, default=Place.NEW)
    care = models.CharField(max_length=5, choices=Care, blank=True)
    kept_on = models.DateField(null=True)
    answered_on = models.DateField(null=True, help_text="when the owner last said shelf, or not now, of them")
    how_met = models.CharField(max_length=500, blank=True)
    met_on = models.DateField(null=True)
    remembered = models.BooleanField(default=False)
    mentioned = models.BooleanField(default=False)
    trashed_at = models.DateTimeField(null=True)
    source_key = models.CharField(
        max_length=200, blank=True, help_text="what the first source calls this record"
    )
    # By uid and not by key, so that a person may be written before the one they became.
    became = models.CharField(max_length=12, blank=True, help_text="uid of the person they turned out to be")

    objects: ClassVar[Present] = Present()  # type: ignore[assignment]
    everything = SourcedQuerySet.as_manager()

    class Meta(Sourced.Meta):
        indexes = [
            models.Index(fields=["owner", "place"]),
            models.Index(fields=["owner", "trashed_at"]),
            models.Index(fields=["owner", "became"], condition=~Q(became=""), name="who_became_whom"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def taken_back(cls, keys: Collection[int]) -> None:
        """Be found again by what was said before the undo."""
        from amity.people.finding import refold

        refold(keys)


class OfPerson(Sourced):
    """A row that hangs on one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)ss")
    on_merge: ClassVar[str]

    class Meta(Sourced.Meta):
        abstract = True

    def says(self) -> Any:
        """Give what makes two rows of one person the same; most say something of their own."""
        return self.uid


class SetAside(models.Model):
    """A row that other lists show as well: set aside, where the same is said of whom its person became."""

    aside = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Shown(models.Manager[Row_co]):
    """Rows that are not set aside; ``everything`` has the others too."""

    def get_queryset(self) -> SourcedQuerySet[Row_co]:
        """Leave the others out of every question."""
        return SourcedQuerySet(self.model, using=self._db).filter(aside=False)

    def of(self, owner: Owner) -> SourcedQuerySet[Row_co]:
        """Only what belongs to this owner and is there for them to see."""
        return self.get_queryset().of(owner)


class ShownPairs(models.Manager[Row_co]):
    """The same for rows between two people, of a table that no import fills."""

    def get_queryset(self) -> OwnedQuerySet[Row_co]:
        """Leave the others out of every question."""
        return OwnedQuerySet(self.model, using=self._db).filter(aside=False)

    def of(self, owner: Owner) -> OwnedQuerySet[Row_co]:
        """Only what belongs to this owner."""
        return self.get_queryset().of(owner)


class OtherName(OfPerson):
    """Another name the person goes by."""

    on_merge = "join"
    name = models.CharField(max_length=300)

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return fold(self.name)


class Way(OfPerson):
    """A way to reach a person; ``normal`` is what two spellings of one way have in common."""

    on_merge = "join"
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=500)
    normal = models.CharField(max_length=500)
    label = models.CharField(max_length=80, blank=True)

    class Meta(OfPerson.Meta):
        indexes = [models.Index(fields=["owner", "kind", "normal"])]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.kind, self.normal or fold(self.value)


class SparkKind(models.TextChoices):
    """Why this person."""

    LIKE = "like"
    ADMIRE = "admire"
    CURIOUS = "curious"
    ROOTING = "rooting"


class Spark(OfPerson):
    """Why this person, in the owner's words. One of each kind; there are no scores."""

    on_merge = "join"
    kind = models.CharField(max_length=7, choices=SparkKind)
    line = models.CharField(max_length=500, blank=True)

    class Meta(OfPerson.Meta):
        constraints = [
            *OfPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind"], name="one_spark_of_a_kind"),
        ]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.kind


class HopeState(models.TextChoices):
    """What became of a hope."""

    OPEN = "open"
    HAPPENED = "happened"
    LET_GO = "let go"


class Hope(OfPerson):
    """Something a person is trying to do: what the owner is rooting for."""

    on_merge = "move"
    text = models.CharField(max_length=500)
    day = models.DateField()
    state = models.CharField(max_length=8, choices=HopeState, default=HopeState.OPEN)
    ended_on = models.DateField(null=True)
    cheered_on = models.DateField(null=True, help_text="when the owner was glad with them")


class Fact(OfPerson):
    """Something worth remembering, with the source that says so."""

    on_merge = "join"
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    day = models.DateField(null=True)
    sensitive = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return fold(self.label), fold(self.text)


class PersonDate(OfPerson):
    """A birthday or another day of the person's; partial dates are canonical text."""

    on_merge = "join"
    kind = models.CharField(max_length=80)
    value = models.CharField(max_length=10)

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.kind, self.value


class Season(OfPerson):
    """A stretch in which the tie is left in peace."""

    on_merge = "move"
    starts = models.DateField()
    ends = models.DateField()
    why = models.CharField(max_length=200, blank=True)


class Photo(OfPerson):
    """A face, 256 px, JPEG up to 36 KB."""

    on_merge = "keep_newest"
    jpeg = models.BinaryField()

    def says(self) -> Any:
        """A person has one face."""
        return "photo"


class Circle(Sourced):
    """The owner's tag on people."""

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "folded"], name="circle_once"),
        ]


class Membership(OfPerson):
    """A person in a circle."""

    on_merge = "join"
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")

    class Meta(OfPerson.Meta):
        constraints = [
            *OfPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "circle"], name="in_a_circle_once"),
        ]

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.circle.folded


class Organisation(Sourced):
    """A place where people work."""

    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "folded"], name="organisation_once"),
        ]


class Affiliation(OfPerson):
    """What a person does, and where; the newest one is shown."""

    on_merge = "join"
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="affiliations"
    )
    title = models.CharField(max_length=300, blank=True)

    def says(self) -> Any:
        """Give what two rows of one person that say the same have in common."""
        return self.organisation.folded if self.organisation else "", fold(self.title)


class Link(Sourced, SetAside):
    """Two persons who know each other; ``maybe`` when it was inferred."""

    on_merge = "drop_pair"
    a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links_out")
    b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=120)
    since = models.CharField(max_length=10, blank=True)
    maybe = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Shown[Link]] = Shown()  # type: ignore[assignment]
    everything = SourcedQuerySet.as_manager()

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=~Q(a=models.F("b")), name="a_link_has_two_ends"),
        ]

    def says(self) -> Any:
        """Give what two links that say the same have in common."""
        return self.a_id, self.b_id, fold(self.kind)


class Erased(Owned):
    """A keyed hash of an identity the owner had erased: an import that meets it passes it over."""

    digest = models.CharField(max_length=64)

    class Meta(Owned.Meta):
        indexes = [models.Index(fields=["owner", "digest"])]
